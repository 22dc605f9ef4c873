from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from coaching.forms.focus import StartForm, TargetForm
from coaching.models import CarriedItem, Decision, Focus, Seat, SelfRating
from coaching.models.access import Thing
from coaching.queries.corrections import lay_beside
from coaching.views import access
from coaching.views.desk import seat_or_404
from coaching.views.sharing import tell_shared
from profiles.ladder import Ladder, Mark, MarkKind, Mode, ladder_for
from profiles.models import SkillAspect
from sopcoach.requests.typed import HttpRequest, by_button, require_form
from sopcoach.words import dates


@require_form
@by_button("share")
def start(request: HttpRequest, slug: str, aspect: str) -> HttpResponse:
    """Where the worker says where they are, before there is a target (product.md, 4.5)."""
    seat, focus = _focus_or_404(request, slug, aspect)
    rating = _start_of(request, focus)
    carried = list(
        CarriedItem.objects.visible_to(request.user)
        .filter(partnership=seat.partnership, aspect_slug=aspect)
        .for_list()
    )
    if rating or carried:
        access.note(request, seat, Thing.START, focus.aspect.title)
    lay_beside(request.user, [rating])
    form = None
    if request.method == "POST":
        seat.partnership.require_worker(
            request.user, "The worker says where they are. You’ll hear it when they share it."
        )
        form = StartForm(request.POST, numbers=_numbers(focus))
        if form.is_valid() and form.save(focus, by=request.user):
            tell_shared(request, f"where you start in {focus.aspect.title}", seat.other)
            return redirect("focus_target", slug, aspect)
    elif seat.is_worker and not rating:
        form = StartForm(numbers=_numbers(focus))
    ladder = _ladder(seat, focus, rating, "start", form, is_open=not rating)
    context = {
        "seat": seat,
        "focus": focus,
        "rating": rating,
        "form": form,
        "ladder": ladder,
        "carried": carried,
    }
    return TemplateResponse(request, "coaching/focus/start.html", context)


@require_form
@by_button("share")
def target(request: HttpRequest, slug: str, aspect: str) -> HttpResponse:
    """Where the worker says where they would like to be; open until the first review of the focus."""
    seat, focus = _focus_or_404(request, slug, aspect)
    rating = _start_of(request, focus)
    if rating:
        access.note(request, seat, Thing.START, focus.aspect.title)
    is_reviewed = _is_reviewed(request, focus)
    form = None
    if request.method == "POST":
        seat.partnership.require_worker(
            request.user, "The worker sets the target. Ask what would be worth reaching."
        )
        form = TargetForm(request.POST, numbers=_numbers(focus))
        if form.is_valid() and (chosen := form.save(focus, by=request.user)):
            tell_shared(request, f"your target in {focus.aspect.title}, level {chosen.level}", seat.other)
            return redirect("goals", slug)
    elif seat.is_worker and not rating:
        return redirect("focus_start", slug, aspect)
    elif seat.is_worker and rating and not is_reviewed and not seat.partnership.orientation:
        standing = focus.target.level if focus.target else min(rating.level + 1, _numbers(focus)[-1])
        form = TargetForm(initial={"level": str(standing)}, numbers=_numbers(focus))
    ladder = _ladder(seat, focus, rating, "target", form, is_open=not is_reviewed)
    context = {
        "seat": seat,
        "focus": focus,
        "rating": rating,
        "is_reviewed": is_reviewed,
        "form": form,
        "ladder": ladder,
    }
    return TemplateResponse(request, "coaching/focus/target.html", context)


def _focus_or_404(request: HttpRequest, slug: str, aspect: str) -> tuple[Seat, Focus]:
    seat = seat_or_404(request, slug)
    focuses = Focus.objects.visible_to(request.user).active().filter(partnership=seat.partnership)
    described = Prefetch("aspect", SkillAspect.objects.with_ladder().select_related("profile"))
    return seat, get_object_or_404(focuses.for_list().prefetch_related(described), aspect_slug=aspect)


def _is_reviewed(request: HttpRequest, focus: Focus) -> bool:
    """Whether the two have looked back on its target; what was decided in orientation came before there was one."""
    targets = focus.targets.all()
    decided = Decision.objects.visible_to(request.user).filter(focus=focus)
    return bool(targets) and decided.filter(decided_at__gte=targets[0].set_at).exists()


def _start_of(request: HttpRequest, focus: Focus) -> SelfRating | None:
    return SelfRating.objects.visible_to(request.user).for_list().filter(focus=focus, session=None).first()


def _numbers(focus: Focus) -> list[int]:
    return [descriptor.level.number for descriptor in focus.aspect.descriptors.all()]


def _ladder(
    seat: Seat,
    focus: Focus,
    rating: SelfRating | None,
    prefix: str,
    form: StartForm | TargetForm | None,
    *,
    is_open: bool,
) -> Ladder:
    """The aspect's ladder, to choose on for whoever has a form while the choice `is_open`, else to read."""
    return ladder_for(
        focus.aspect,
        prefix=prefix,
        mode=Mode.CHOOSE if form and is_open else Mode.READ,
        marks=_marks(seat, focus, rating),
        chosen=form.chosen if form else None,
        error_id="level-error" if form and form.has_error("level") else "",
    )


def _marks(seat: Seat, focus: Focus, rating: SelfRating | None) -> list[Mark]:
    """Where the worker started and what they aim at, as the reader would say it."""
    worker = seat.partnership.worker
    marks = []
    if rating:
        who = "You" if seat.is_worker else worker.short_name
        day = dates.day(rating.shared_at)
        marks.append(Mark(rating.level, MarkKind.WORKER, f"{who}, {day}", worker.initial))
    if focus.target:
        day = dates.day(focus.target.set_at)
        marks.append(Mark(focus.target.level, MarkKind.TARGET, f"Target since {day}"))
    return marks
