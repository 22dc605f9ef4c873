"""Levelling together: alone first, then the room, then the talk (product.md, 4)."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from coaching.training.forms.cohort import PlaceForm
from coaching.training.models import Cohort, Spread
from coaching.training.models.levelling import LevellingRoom, reveal, rooms
from coaching.training.views.training import attended_or_404
from coaching.training.vignettes import Vignette
from coaching.views import live
from coaching.views.live import Fact, Live
from profiles.ladder import LadderBand, Mode, Rung, ladder_for
from profiles.models import SkillAspect
from sopcoach.requests.typed import HttpRequest, by_button, require_form
from sopcoach.words.wording import spelled


@dataclass(frozen=True)
class Seen:
    """A rung as the room saw it."""

    rung: Rung
    people: int
    is_authors: bool

    @property
    def pips(self) -> range:
        return range(self.people)


@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    cohort, vignettes = _room_or_404(request, slug)
    standing = rooms(cohort, vignettes, request.user)
    titles = _aspect_titles(cohort, vignettes)
    return TemplateResponse(
        request,
        "coaching/levelling/list.html",
        {
            "cohort": cohort,
            "leads": cohort.is_led_by(request.user),
            "vignettes": [(v, titles[v.aspect], standing[v.slug]) for v in vignettes],
        },
    )


@require_form
@by_button("place", "reveal")
def vignette(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One story: placed alone, then seen as the room sees it."""
    cohort, vignettes = _room_or_404(request, slug)
    if not 1 <= number <= len(vignettes):
        raise Http404
    story = vignettes[number - 1]
    aspect = get_object_or_404(
        SkillAspect.objects.with_ladder().select_related("profile"), edition=cohort.edition, slug=story.aspect
    )
    form = PlaceForm(numbers=[descriptor.level.number for descriptor in aspect.descriptors.all()])
    if request.method == "POST" and request.POST["act"] == "reveal":
        reveal(cohort, story, by=request.user)
        return redirect("levelling_vignette", slug, number)
    if request.method == "POST":
        form = PlaceForm(
            request.POST, numbers=[descriptor.level.number for descriptor in aspect.descriptors.all()]
        )
        if form.is_valid() and form.save(cohort, story, by=request.user):
            messages.success(request, "Placed. Nothing says which placement is yours.")
            return redirect("levelling_vignette", slug, number)
    room = rooms(cohort, [story], request.user)[story.slug]
    now = _live(request, slug, number, room)
    if live.asks(request):
        if not now.knows(request):
            return now.answer(request)
        return TemplateResponse(request, "coaching/levelling/_waiting.html", {"room": room})
    context = {
        "cohort": cohort,
        "leads": cohort.is_led_by(request.user),
        "vignette": story,
        "aspect": aspect,
        "number": number,
        "total": len(vignettes),
        "following": number + 1 if number < len(vignettes) else None,
        "room": room,
        "live": now,
    }
    if room.is_revealed:
        return TemplateResponse(
            request, "coaching/levelling/reveal.html", context | _seen(request, cohort, story, aspect)
        )
    places = not context["leads"] and not room.has_placed
    context["form"] = form
    context["ladder"] = ladder_for(
        aspect,
        prefix="v",
        mode=Mode.CHOOSE if places else Mode.READ,
        chosen=form.chosen if places else None,
        error_id="level-error" if form.has_error("level") else "",
        is_slim=True,
    )
    return TemplateResponse(request, "coaching/levelling/place.html", context)


def _room_or_404(request: HttpRequest, slug: str) -> tuple[Cohort, list[Vignette]]:
    cohort = attended_or_404(request, slug)
    if not cohort.has_levelling:
        raise Http404
    return cohort, cohort.vignettes


def _aspect_titles(cohort: Cohort, vignettes: list[Vignette]) -> dict[str, str]:
    slugs = [vignette.aspect for vignette in vignettes]
    return dict(cohort.edition.aspects.filter(slug__in=slugs).values_list("slug", "title"))


def _live(request: HttpRequest, slug: str, number: int, room: LevellingRoom) -> Live:
    """What would change the page as a whole."""
    return Live(
        reverse("levelling_vignette", args=[slug, number]),
        "revealed" if room.is_revealed else "waiting",
        [
            Fact(room.is_revealed, "The room’s placements are shown."),
            Fact(room.is_enough, "Enough have placed it to be shown."),
        ],
    )


def _seen(request: HttpRequest, cohort: Cohort, story: Vignette, aspect: SkillAspect) -> dict[str, object]:
    spread = get_object_or_404(Spread.objects.visible_to(request.user), cohort=cohort, vignette=story.slug)
    ladder = ladder_for(aspect, prefix="v", mode=Mode.COMPARE)
    counts = spread.by_level

    def on(band: LadderBand) -> list[Seen]:
        seen = [Seen(rung, counts[rung.number], rung.number == story.level) for rung in band.rungs]
        return [row for row in seen if row.people or row.is_authors]

    return {
        "bands": [(band, rungs) for band in ladder.bands if (rungs := on(band))],
        "authors": ladder.rung(story.level),
        "how_many": spelled(spread.total).capitalize(),
    }
