"""Goals: something that can be counted, by a day that can be named (FAQ, goal step 2)."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from coaching.forms.goal import GoalForm, SentenceForm, reading
from coaching.models import Agreement, CoachingSession, Focus, Goal, Seat, SelfRating
from coaching.models.access import Thing
from coaching.models.agreement import require_agreement
from coaching.models.base import private_keeper
from coaching.models.goal import WORKERS_OWN
from coaching.models.orientation import MOST_OF_A_GOAL
from coaching.models.partnership import Engagement
from coaching.queries.logged_levels import shared_levels
from coaching.queries.shared_lines import with_shared_lines
from coaching.rules.goal_days import QuickDay, quick_days
from coaching.rules.goal_sentence import read_day, read_sentence
from coaching.rules.named_focus import focus_named
from coaching.views import access
from coaching.views.desk import seat_or_404
from profiles.models import ExampleGoal
from sopcoach.models import User
from sopcoach.models.written import once
from sopcoach.requests.typed import HttpRequest, by_button, require_form
from sopcoach.vault.keyring import keyring
from sopcoach.words import dates
from sopcoach.words.refusal import Refused

LATEST = 5
"""How many reached goals the page shows; the celebrations hold them all."""


@require_form
def goals(request: HttpRequest, slug: str) -> HttpResponse:
    seat = seat_or_404(request, slug)
    focuses = _focuses(request, seat)
    with_target = [focus for focus in focuses if focus.target or seat.partnership.orientation]
    days = quick_days(timezone.localdate(), _next_session_on(request, seat))
    sentence_form = SentenceForm()
    is_taken_apart = False
    if request.method == "POST":
        seat.partnership.require_worker(request.user, WORKERS_OWN)
        require_agreement(seat.partnership)
        if not with_target:
            raise Refused(
                "First say where you are on this ladder and where you’d like to be, then set a goal."
            )
        if "read" in request.POST:
            sentence_form = SentenceForm(request.POST)
            is_taken_apart = sentence_form.is_valid()
            form = _from_sentence(sentence_form, request.POST, with_target, days)
        else:
            sentence_form = SentenceForm(initial={"whole": request.POST.get("whole", "")})
            form = GoalForm(request.POST, focuses=with_target, days=days)
            if form.is_valid() and (goal := form.save(by=request.user)):
                messages.success(request, f"Your goal is set: {goal.sentence}")
                return redirect("goals", slug)
        ideas = _ideas(seat, with_target)
    else:
        ideas = _ideas(seat, with_target)
        form = GoalForm(focuses=with_target, days=days, initial={"by": "thirty_days"})
        _begin_in(form, request.GET.get("focus", ""), with_target)
        _borrow(form, request.GET.get("idea", ""), ideas, with_target)
    standing = _standing(request, seat, focuses)
    can_set = seat.is_worker and standing["is_formal"] and standing["has_agreement"] and bool(with_target)
    lists = _lists(request, seat, focuses)
    if any(lists.values()):
        access.note(request, seat, Thing.GOALS)
    if with_shared_lines(request.user, (goal for goals in lists.values() for goal in goals)):
        access.note(request, seat, Thing.LINES)
    logged_on = shared_levels(request.user, focuses)
    if logged_on:
        access.note(request, seat, Thing.LEVELS)
    return TemplateResponse(
        request,
        "coaching/goal/goals.html",
        {
            "seat": seat,
            "form": form if can_set else None,
            "sentence_form": sentence_form,
            "is_taken_apart": is_taken_apart,
            "reading": form.reads,
            "ideas": ideas if can_set else [],
            "logged_on": logged_on,
        }
        | standing
        | lists,
    )


@require_form
def sentence(request: HttpRequest, slug: str) -> HttpResponse:
    """The sentence at the top of the form, while it is being typed.

    The page asks by POST, so that what somebody types stays out of addresses and the logs that keep them.
    """
    seat = seat_or_404(request, slug)
    seat.partnership.require_worker(request.user, WORKERS_OWN)
    typed = request.POST if request.method == "POST" else request.GET
    days = quick_days(timezone.localdate(), _next_session_on(request, seat))
    return TemplateResponse(request, "coaching/goal/goals.html#sentence", {"reading": reading(typed, days)})


@require_POST
@by_button("put_down")
def put_down(request: HttpRequest, slug: str, goal_id: object) -> HttpResponse:
    seat = seat_or_404(request, slug)
    visible = Goal.objects.visible_to(request.user).filter(partnership=seat.partnership)
    goal = get_object_or_404(visible, pk=goal_id)
    goal.put_down(by=request.user)
    messages.success(request, f"You let “{goal.what}” go. What you noted on it stays.")
    return redirect("goals", slug)


def _focuses(request: HttpRequest, seat: Seat) -> list[Focus]:
    keyring().fetch(
        [seat.partnership.pk, private_keeper(seat.partnership.pk, seat.partnership.worker_id)]
    )  # of the goals and of the lines, together
    return list(once(_active, request.user, [seat.partnership.pk]))


def _active(user: User, partnerships: Sequence[Any]) -> QuerySet[Focus]:
    started = SelfRating.objects.visible_to(user).filter(focus=OuterRef("pk"), session=None)
    visible = Focus.objects.visible_to(user).active().filter(partnership__in=partnerships)
    return visible.for_list().annotate(has_start=Exists(started))


def _next_session_on(request: HttpRequest, seat: Seat) -> date | None:
    """The day of the session that is planned, as long as it is still to come."""
    planned = next(iter(once(_ahead, request.user, [seat.partnership.pk])), None)
    starts_at = planned.starts_at if planned else None
    return dates.local_day(starts_at) if starts_at and starts_at > timezone.now() else None


def _ahead(user: User, partnerships: Sequence[Any]) -> QuerySet[CoachingSession]:
    """One at the most is ahead and has a day; a conversation has none."""
    planned = CoachingSession.objects.visible_to(user).filter(partnership__in=partnerships, opened_at=None)
    return planned.filter(starts_at__isnull=False, closed_at=None)


def _in_force(user: User, partnerships: Sequence[Any]) -> QuerySet[Agreement]:
    return Agreement.objects.visible_to(user).filter(partnership__in=partnerships).signed()


def _standing(request: HttpRequest, seat: Seat, focuses: list[Focus]) -> dict[str, Any]:
    """What comes before a goal: the agreement, focuses, and where each starts and leads to."""
    slug = seat.partnership.slug
    has_agreement = any(once(_in_force, seat.person, [seat.partnership.pk]))
    aimless = [] if seat.partnership.orientation else [focus for focus in focuses if not focus.target]
    waiting = aimless[0] if aimless else None
    url = ""
    if waiting:
        name = "focus_target" if waiting.has_start else "focus_start"  # type: ignore[attr-defined]
        url = reverse(name, args=[slug, waiting.aspect_slug])
    return {
        "is_ended": seat.partnership.engagement == Engagement.ENDED,
        "is_formal": seat.partnership.engagement == Engagement.FORMAL,
        "has_agreement": has_agreement,
        "has_focuses": bool(focuses),
        "waiting": waiting,
        "waiting_url": url,
    }


def _lists(request: HttpRequest, seat: Seat, focuses: list[Focus]) -> dict[str, Any]:
    with_targets = {focus.pk: focus for focus in focuses}
    going_on = once(_going_on, request.user, [seat.partnership.pk])
    found = [goal for goal in going_on if goal.focus_id in with_targets]
    for goal in found:
        goal.focus = with_targets[goal.focus_id]
    reached = sorted(
        (goal for goal in found if goal.is_reached), key=attrgetter("last_entry_at"), reverse=True
    )
    open_goals = [goal for goal in found if not goal.is_reached]
    return {
        "current": [goal for goal in open_goals if not goal.is_past],
        "past": [goal for goal in open_goals if goal.is_past],
        "reached": reached[:LATEST],
    }


def _going_on(user: User, partnerships: Sequence[Any]) -> QuerySet[Goal]:
    return Goal.objects.visible_to(user).filter(partnership__in=partnerships).going_on().for_list()


def _ideas(seat: Seat, focuses: list[Focus]) -> list[ExampleGoal]:
    """The example goals of the focuses' aspects, and those of their whole profiles; in orientation the small ones."""
    if not focuses or seat.is_supervisor:
        return []
    of_the_whole = Q(aspect=None, profile__in={focus.aspect.profile_id for focus in focuses})
    ideas = ExampleGoal.objects.filter(of_the_whole | Q(aspect__in={focus.aspect_id for focus in focuses}))
    return list(ideas.filter(count__lte=MOST_OF_A_GOAL) if seat.partnership.orientation else ideas)


def _begin_in(form: GoalForm, asked: str, focuses: list[Focus]) -> None:
    """Begin the form in the focus that was asked for by its aspect, if it is one of these."""
    if focus := next((focus for focus in focuses if focus.aspect_slug == asked), None):
        form.initial["focus"] = str(focus.pk)


def _borrow(form: GoalForm, asked: str, ideas: list[ExampleGoal], focuses: list[Focus]) -> None:
    """Begin the form from the idea that was asked for, if it is one of these."""
    idea = next((idea for idea in ideas if str(idea.pk) == asked), None)
    if idea is None:
        return
    by, day = read_day(idea.when, timezone.localdate(), form.days)
    about = [focus for focus in focuses if focus.aspect_id == idea.aspect_id]
    focus = next(iter(about or [focus for focus in focuses if focus.aspect.profile_id == idea.profile_id]))
    form.initial.update(
        {
            "focus": str(focus.pk),
            "verb": idea.verb,
            "practice": idea.practice,
            "with_whom": idea.with_whom,
            "joiner": Goal.Joiner.ON,
            "count": str(idea.count),
            "unit": idea.unit,
            "by": by,
            "day": day,
        }
    )


def _from_sentence(
    sentence_form: SentenceForm,
    typed: QueryDict,
    focuses: list[Focus],
    days: tuple[QuickDay, ...],
) -> GoalForm:
    """The form with what the sentence says put into its fields, to be looked over; nothing is set yet."""
    initial: dict[str, object] = {name: typed.get(name, "") for name in GoalForm.base_fields}
    if sentence_form.is_valid():
        whole = sentence_form.cleaned_data["whole"]
        parts = read_sentence(whole, timezone.localdate(), days)
        about = focus_named(whole, [(focus.aspect.title, focus.aspect.profile.title) for focus in focuses])
        focus = initial["focus"] if about is None else str(focuses[about].pk)
        initial = {"focus": focus} | parts.as_initial()
    return GoalForm(focuses=focuses, days=days, initial=initial)
