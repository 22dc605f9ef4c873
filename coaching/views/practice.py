"""Practice between sessions: +1 in one tap, and a line that stays one's own (product.md, 4.6)."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from coaching.forms.practice import EntryDayForm, LineForm, PlusForm
from coaching.models import EntryLine, Goal, LoggedLevel, Partnership, PracticeEntry
from coaching.models.partnership import Engagement
from coaching.models.practice import PracticeEntryQuerySet
from coaching.queries.corrections import lay_beside
from coaching.queries.logged_levels import own_levels, todays_of
from coaching.views import waited
from coaching.views.on_phone import with_what_belongs
from coaching.views.sharing import tell_shared
from sopcoach.models import User
from sopcoach.models.written import once
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.reading import wants_json
from sopcoach.requests.typed import HttpRequest, by_button
from sopcoach.words import dates
from sopcoach.words.refusal import Refused

PER_PAGE = 20


@require_safe
def practice(request: HttpRequest) -> HttpResponse:
    just = _just(request)
    return with_what_belongs(request, practice_page(request, just=just, focus="tap" if just else ""))


@require_POST
def plus(request: HttpRequest, goal_id: uuid.UUID) -> HttpResponse:
    if wants_json(request):
        return _answer_to_a_tap(request, goal_id)
    goal, entry = _count(request, goal_id)
    if request.htmx:
        return _row(request, entry.goal_id, just=entry, focus="tap")
    return_to = request.POST.get("next", "")
    if return_to.startswith("/") and url_has_allowed_host_and_scheme(
        return_to, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        messages.success(request, f"Noted: {goal.what}.")
        return HttpResponseRedirect(return_to)
    return redirect(_place_of(entry))


def _count(request: HttpRequest, goal_id: uuid.UUID) -> tuple[Goal, PracticeEntry]:
    goal = _goal_or_404(request, goal_id)
    form = PlusForm(request.POST)
    if not form.is_valid():
        raise Refused(
            "This +1 came without its mark, so it wasn’t counted. Open the page again, and tap once more."
        )
    return goal, PracticeEntry.note(goal, by=request.user, **form.cleaned_data)


def _answer_to_a_tap(request: HttpRequest, goal_id: uuid.UUID) -> JsonResponse:
    def do() -> dict[str, str]:
        goal, _entry = _count(request, goal_id)
        return {"row": _row(request, goal.pk, focus="").render().content.decode()}

    return waited.answer(do, gone="Its goal isn’t here any more.")


@require_POST
def undo(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    entry = _entry_or_404(request, entry_id)
    entry.undo(by=request.user)
    if request.htmx:
        return _row(request, entry.goal_id, focus="tap")
    messages.success(request, "Taken back.")
    return redirect("practice")


@require_POST
@by_button("keep", "share")
def line(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    if wants_json(request):
        return _answer_to_a_line(request, entry_id)
    entry = _entry_or_404(request, entry_id)
    entry.partnership.require_worker(request.user, "Only the worker writes here.")
    form = LineForm(request.POST)
    share = request.POST["act"] == "share"
    kept = form.save(entry, by=request.user, share=share) if form.is_valid() else None
    if request.htmx:
        return _row(
            request, entry.goal_id, just=entry, form=None if kept else form, focus="tap" if kept else "line"
        )
    if kept:
        if share:
            tell_shared(request, "your line", entry.partnership.supervisor)
        return redirect(_place_of(entry))
    return practice_page(request, just=entry, form=form, focus="line")


def _answer_to_a_line(request: HttpRequest, entry_id: uuid.UUID) -> JsonResponse:
    def do() -> dict[str, str]:
        entry = _entry_or_404(request, entry_id)
        share = request.POST.get("act") == "share"
        entry.write_line(by=request.user, text=request.POST.get("line", ""), share=share)
        return {"row": _row(request, entry.goal_id, focus="").render().content.decode()}

    return waited.answer(do, gone="What it was about isn’t here any more.")


@require_POST
def when(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    """Say on which day it was, where it was not the day of the tap."""
    entry = _entry_or_404(request, entry_id)
    entry.partnership.require_worker(request.user, "Only the worker says when it was.")
    form = EntryDayForm(request.POST)
    if not form.save(entry, by=request.user):
        return practice_page(request, just=entry, day_form=form, focus="")
    messages.success(request, f"Dated: {dates.day(form.cleaned_data['practised_on'], 'weekday')}.")
    return redirect("practice")


def practice_page(
    request: HttpRequest,
    *,
    just: PracticeEntry | None = None,
    focus: str = "",
    form: LineForm | None = None,
    day_form: EntryDayForm | None = None,
    level_form: BaseForm | None = None,
    level_focus: uuid.UUID | None = None,
    level: LoggedLevel | None = None,
) -> TemplateResponse:
    """The page, or with a form that has something to put right: of an entry, of a tap on a ladder, of a logged level."""
    goals = list(_own_goals(request))
    today = timezone.localdate()
    shown = [goal for goal in goals if not goal.is_reached or _is_fresh(goal, just, today)]
    page = Paginator(_own_entries(request), PER_PAGE).get_page(request.GET.get("page"))
    todays = todays_of(request.user)
    own = own_levels(request.user).select_related("focus__aspect", "partnership__supervisor")
    levels = Paginator(own, PER_PAGE).get_page(request.GET.get("levels"))
    lines = [line for entry in page if (line := _shared_line(entry))]
    lay_beside(request.user, [*lines, *(one for one in levels if one.shared_at)])
    context = {
        "goals": sorted(shown, key=lambda goal: goal.is_reached),
        "page": page,
        "supervisors": sorted({goal.partnership.supervisor.short_name for goal in goals}),
        "formal": Engagement.FORMAL,
        "ended": Engagement.ENDED,
        "day_form": day_form,
        "today": today,
        "todays": todays,
        "levels": levels,
        "opened": level_focus
        or _named(request, "focus")
        or (todays[0].focus.pk if len(todays) == 1 else None),
        "level_form": level_form,
        "level_focus": level_focus,
        "level": level,
    }
    return TemplateResponse(
        request, "coaching/practice/practice.html", context | _after(request, just, form, focus)
    )


def _row(
    request: HttpRequest,
    goal_id: uuid.UUID,
    *,
    just: PracticeEntry | None = None,
    form: LineForm | None = None,
    focus: str,
) -> TemplateResponse:
    """The goal's row alone, which htmx puts in its place."""
    context = {"goal": _goal_or_404(request, goal_id)} | _after(request, just, form, focus)
    return TemplateResponse(request, "coaching/goal/_row.html", context)


def _after(
    request: HttpRequest, just: PracticeEntry | None, form: LineForm | None, focus: str
) -> dict[str, Any]:
    line = next(iter(once(_lines_of, request.user, [just.pk])), None) if just else None
    return {"just": just, "line": line, "line_form": form, "focus": focus}


def _lines_of(user: User, entries: Sequence[uuid.UUID]) -> QuerySet[EntryLine]:
    return EntryLine.objects.visible_to(user).filter(entry__in=entries)


def _own_goals(request: HttpRequest) -> QuerySet[Goal]:
    """Goals going on, of all partnerships in which the reader is the worker."""
    return once(_going_on, request.user)


def _going_on(user: User, _: Sequence[uuid.UUID]) -> QuerySet[Goal]:
    own = {"partnership__worker": user, "partnership__engagement": Engagement.FORMAL}
    return Goal.objects.visible_to(user).filter(**own).going_on().for_list()


def _goal_or_404(request: HttpRequest, goal_id: uuid.UUID) -> Goal:
    goal = next(iter(once(_goal_at, request.user, [goal_id])), None)
    if goal is None:
        raise Http404
    return goal


def _goal_at(user: User, goals: Sequence[uuid.UUID]) -> QuerySet[Goal]:
    return Goal.objects.visible_to(user).filter(_of_a_side(user), pk__in=goals).for_list()


def _own_entries(request: HttpRequest) -> PracticeEntryQuerySet:
    lines = Prefetch("line", EntryLine.objects.visible_to(request.user))
    return (
        PracticeEntry.objects.visible_to(request.user)
        .filter(worker=request.user)
        .for_list()
        .with_looked_at()
        .prefetch_related(lines)
    )


def _shared_line(entry: PracticeEntry) -> EntryLine | None:
    line: EntryLine | None = getattr(entry, "line", None)
    return line if line and line.shared_at else None


def _is_fresh(goal: Goal, just: PracticeEntry | None, today) -> bool:
    """Whether a reached goal still stands among those going on: on the day it was reached."""
    is_just = just is not None and just.goal_id == goal.pk
    return is_just or timezone.localdate(goal.last_entry_at) == today


def _entry_or_404(request: HttpRequest, entry_id: uuid.UUID) -> PracticeEntry:
    """By its own id, or by the one that it was given where it was tapped: a line may wait there beside its +1."""
    return get_object_or_404(
        PracticeEntry.objects.visible_to(request.user)
        .filter(_of_a_side(request.user))
        .select_related("partnership"),
        Q(pk=entry_id) | Q(worker=request.user, client_key=entry_id),
    )


def _of_a_side(user: User) -> Q:
    """Whoever reads a thing because it was released to them has no place here."""
    return Q(partnership__in=Partnership.objects.visible_to(user))


def _just(request: HttpRequest) -> PracticeEntry | None:
    """The entry that was just noted, which the address names after a +1 without JavaScript."""
    asked = _named(request, "just")
    if asked is None:
        return None
    return PracticeEntry.objects.visible_to(request.user).filter(worker=request.user, pk=asked).first()


def _named(request: HttpRequest, what: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.GET.get(what, ""))
    except ValueError:
        return None


def _place_of(entry: PracticeEntry) -> str:
    return f"{reverse('practice')}?just={entry.pk}#goal-{entry.goal_id}"
