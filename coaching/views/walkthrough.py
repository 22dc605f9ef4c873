"""The walk-through of all practice profiles: mark alone, lay side by side, pick what to work on (product.md, 4.4)."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from coaching.forms.walkthrough import FocusChoiceForm, InterestForm
from coaching.models import Agreement, Focus, InterestMark, Seat, WalkthroughDone
from coaching.models.access import Thing
from coaching.models.partnership import Engagement
from coaching.models.walkthrough import reveal
from coaching.queries.learning_path import Step, in_order, steps_of
from coaching.rules.learning_path import Path, Place
from coaching.rules.picking import SLOTS, nothing_marked, picked_so_far, where_marks_meet
from coaching.views import access, live
from coaching.views.desk import seat_or_404
from coaching.views.live import Fact, Live
from profiles.models import Level, LevelDescriptor, PracticeProfile, SkillAspect
from sopcoach.requests.typed import HttpRequest, by_button, require_form
from sopcoach.words.amounts import listed
from sopcoach.words.refusal import Refused

ASKS = "done"
"""In the query of the walk-through's address: whoever came from “I'm done marking” is asked once."""


@require_form
def walkthrough(request: HttpRequest, slug: str) -> HttpResponse:
    """Marking, waiting or the reveal, by how far both are. A POST keeps what is ticked and finishes nothing."""
    walk = _walk_or_404(request, slug)
    if request.method == "POST":
        form = InterestForm(request.POST, aspects=walk.aspects)
        if form.is_valid():
            return _keep(request, walk, form)
        return _marking(request, walk, form)
    if live.asks(request):
        return walk.open_page.answer(request)
    if walk.is_revealed:
        if request.htmx.target == "picked":
            return _revealed(
                request, walk, FocusChoiceForm(request.GET, aspects=walk.aspects), part="#picked"
            )
        return _revealed(request, walk, FocusChoiceForm(aspects=walk.aspects))
    if not walk.has_agreement or not walk.is_going_on:
        return TemplateResponse(request, "coaching/walkthrough/locked.html", walk.context)
    if walk.own_is_done or ASKS in request.GET:
        page = "waiting" if walk.own_is_done else "done"
        marked = [mark.aspect for mark in walk.marks if mark.person_id == walk.seat.person.pk]
        return TemplateResponse(
            request, f"coaching/walkthrough/{page}.html", walk.context | {"marked": marked}
        )
    return _marking(request, walk, InterestForm(initial={"interest": walk.marked}, aspects=walk.aspects))


@require_POST
@by_button("done")
def done(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what is ticked and say that one is done, which fixes one's marks: so a page asks first."""
    walk = _walk_or_404(request, slug)
    if walk.own_is_done:
        return redirect("walkthrough", slug)  # a second click, which changes nothing
    form = InterestForm(request.POST, aspects=walk.aspects)
    if not form.is_valid():
        return _marking(request, walk, form)
    if "asked" not in request.POST:
        form.save(walk.seat.partnership, by=request.user)
        return redirect(f"{reverse('walkthrough', args=[slug])}?{ASKS}")
    form.finish(walk.seat.partnership, by=request.user)
    return redirect("walkthrough", slug)


@require_POST
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a focus on each aspect that the pair has picked; either of the two may send it."""
    walk = _walk_or_404(request, slug)
    if not walk.is_revealed:
        raise Refused("First each of you marks what is of interest. Then you pick together.")
    form = FocusChoiceForm(request.POST, aspects=walk.aspects)
    if form.is_valid():
        focuses = form.save(walk.seat.partnership, by=request.user)
        if focuses is not None:
            _say_what_was_picked(request, _walk_or_404(request, slug), focuses)
            return redirect("goals", slug)
    return _revealed(request, walk, form)


@dataclass(frozen=True)
class Pictured:
    """An aspect and what it looks like in practice."""

    aspect: SkillAspect
    text: str

    @property
    def profile(self) -> PracticeProfile:
        return self.aspect.profile


@dataclass(frozen=True)
class Walk:
    """How far the walk-through is, as the reader may see it."""

    request: HttpRequest
    seat: Seat

    @cached_property
    def has_agreement(self) -> bool:
        return Agreement.objects.visible_to(self.request.user).in_force(self.seat.partnership) is not None

    @property
    def is_going_on(self) -> bool:
        return self.seat.partnership.engagement == Engagement.FORMAL

    @cached_property
    def done_by(self) -> set[int]:
        done = WalkthroughDone.objects.visible_to(self.request.user).filter(partnership=self.seat.partnership)
        return set(done.values_list("person_id", flat=True))

    @property
    def own_is_done(self) -> bool:
        return self.seat.person.pk in self.done_by

    @property
    def other_is_done(self) -> bool:
        return self.seat.other.pk in self.done_by

    @property
    def is_revealed(self) -> bool:
        return self.own_is_done and self.other_is_done

    @cached_property
    def aspects(self) -> list[SkillAspect]:
        """In the edition's order or, for a pair that goes one after another, in its own."""
        found = list(
            SkillAspect.objects.filter(edition=self.seat.partnership.edition_id).select_related(
                "profile__edition"
            )
        )
        if self.seat.partnership.path == Path.TOGETHER:
            return found
        profiles = {aspect.profile_id: aspect.profile for aspect in found}
        place = {p.pk: n for n, p in enumerate(in_order(self.seat.partnership, profiles.values()))}
        return sorted(found, key=lambda aspect: (place[aspect.profile_id], aspect.order))

    @cached_property
    def middle(self) -> Level:
        """The middle of the scale, whose pictures say in a line each what the aspects are about."""
        levels = list(Level.objects.filter(edition=self.seat.partnership.edition_id))
        return levels[len(levels) // 2]

    @property
    def pictured(self) -> list["Pictured"]:
        """Each aspect with its picture at the middle level."""
        texts = dict(LevelDescriptor.objects.filter(level=self.middle).values_list("aspect", "text"))
        return [Pictured(aspect, texts.get(aspect.pk, "")) for aspect in self.aspects]

    @cached_property
    def steps(self) -> list[Step]:
        """Where the pair is on its path, if it goes one after another."""
        profiles = {aspect.profile_id: aspect.profile for aspect in self.aspects}
        return steps_of(self.request.user, self.seat.partnership, list(profiles.values()))

    @cached_property
    def suggested(self) -> str:
        """The practice profile, by slug, that comes next on the pair's path; it locks nothing."""
        return next((step.profile.slug for step in self.steps if step.place is Place.NEXT), "")

    @cached_property
    def marks(self) -> list[InterestMark]:
        """One's own; the other's as well once both are done."""
        visible = InterestMark.objects.visible_to(self.request.user).filter(partnership=self.seat.partnership)
        return list(visible.select_related("aspect__profile"))

    @property
    def marked(self) -> set[str]:
        me = self.seat.person.pk
        return {mark.aspect_slug for mark in self.marks if mark.person_id == me}

    @cached_property
    def active(self) -> list[Focus]:
        focuses = (
            Focus.objects.visible_to(self.request.user).filter(partnership=self.seat.partnership).active()
        )
        return list(focuses.select_related("aspect__profile").order_by("slot"))

    @property
    def open_page(self) -> Live:
        """What one who waits hears of the other side: that both are done, never a mark."""
        news = f"{self.seat.other.short_name} is done as well: your marks can be laid side by side."
        page = "revealed" if self.is_revealed else "waiting"
        address = reverse("walkthrough", args=[self.seat.partnership.slug])
        return Live(address, page, [Fact(page, news)])

    @property
    def context(self) -> dict[str, object]:
        return {"seat": self.seat, "walk": self}


def _walk_or_404(request: HttpRequest, slug: str) -> Walk:
    return Walk(request, seat_or_404(request, slug))


def _keep(request: HttpRequest, walk: Walk, form: InterestForm) -> HttpResponse:
    form.save(walk.seat.partnership, by=request.user)
    if request.htmx:
        return _marking(request, walk, form, part="#saved")
    messages.success(request, "Your marks are kept. Only you can read them for now.")
    return redirect("walkthrough", walk.seat.partnership.slug)


def _marking(request: HttpRequest, walk: Walk, form: InterestForm, *, part: str = "") -> TemplateResponse:
    if request.htmx:
        part = "#saved"
    is_kept = form.is_bound and not form.errors
    return TemplateResponse(
        request,
        f"coaching/walkthrough/marking.html{part}",
        walk.context | {"form": form, "kept_at": timezone.now() if is_kept else None},
    )


def _revealed(request: HttpRequest, walk: Walk, form: FocusChoiceForm, *, part: str = "") -> TemplateResponse:
    access.note(request, walk.seat, Thing.INTERESTS)
    sides = reveal(walk.seat.partnership, walk.marks, walk.aspects)
    in_focus = {focus.aspect_slug for focus in walk.active}
    shown = {aspect.slug for aspect in (*sides.both, *sides.worker_only, *sides.supervisor_only)}
    room = SLOTS - len(walk.active) if walk.is_going_on and walk.has_agreement else 0
    picked = [aspect for aspect in walk.aspects if aspect.slug in form.ticked - in_focus]
    single = _single_profile([*(focus.aspect for focus in walk.active), *picked])
    return TemplateResponse(
        request,
        f"coaching/walkthrough/reveal.html{part}",
        walk.context
        | {
            "form": form,
            "sides": sides,
            "where_marks_meet": where_marks_meet(len(sides.both), room=room),
            "nothing_marked": nothing_marked(both=bool(sides.both)),
            "others": [aspect for aspect in walk.aspects if aspect.slug not in shown],
            "in_focus": in_focus,
            "here": {aspect.slug for aspect in walk.aspects},
            "room": room,
            "picked_so_far": picked_so_far(len(picked), room=room, single_profile=single),
            "opens_others": any(aspect.slug not in shown for aspect in picked),
        },
    )


def _single_profile(aspects: list[SkillAspect]) -> str:
    """The one practice profile that all three come from, or nothing: worth a gentle word (product.md, 4.4)."""
    titles = {aspect.profile.title for aspect in aspects}
    return titles.pop() if len(aspects) == SLOTS and len(titles) == 1 else ""


def _say_what_was_picked(request: HttpRequest, walk: Walk, focuses: list[Focus]) -> None:
    if focuses:
        titles = [f"“{focus.aspect.title}”" for focus in focuses]
        messages.success(request, f"You work on {listed(titles)} now.")
    if single := _single_profile([focus.aspect for focus in walk.active]):
        messages.info(
            request,
            f"All three come from {single}. The profiles work best together, so you may like to mix them later. "
            "One after another is fine too, if it suits you better.",
        )
