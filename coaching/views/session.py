"""The session runner: a conversation along the Dialogue Structure (product.md, 5)."""

from itertools import groupby

from django.contrib import messages
from django.db.models import F
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from coaching.dialogue.stages import BY_KEY, STAGES, Stage, neighbours
from coaching.forms.session import MeetingForm
from coaching.models import CoachingSession, Seat
from coaching.queries.standing import standing_at
from coaching.views import autosave, live, review
from coaching.views.desk import seat_or_404, session_or_404
from coaching.views.runner import (
    detail_page,
    live_at,
    live_of,
    page_of,
    put_typed,
    rail_of,
    template_of,
    too_late,
    words_in,
    words_keeper,
)
from coaching.views.theirs import others_part
from sopcoach.requests.reading import wants_json
from sopcoach.requests.typed import HttpRequest, by_button, require_form
from sopcoach.words import dates


@require_safe
def sessions(request: HttpRequest, slug: str) -> HttpResponse:
    seat = seat_or_404(request, slug)
    rows = (
        CoachingSession.objects.visible_to(request.user)
        .filter(partnership=seat.partnership)
        .order_by(F("starts_at").desc(nulls_first=True), "-number")
    )
    by_year = groupby(rows, key=_year_of)
    page = {"seat": seat, "years": [(year, list(of_year)) for year, of_year in by_year]}
    return TemplateResponse(request, "coaching/session/list.html", page)


def _year_of(session: CoachingSession) -> int:
    """Under which year it stands in the list; what has no day is ahead."""
    return (dates.local_day(session.begins_at) if session.begins_at else timezone.localdate()).year


@require_POST
def converse(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a plain conversation along the eight stages, or go back into the one that is going on."""
    seat = seat_or_404(request, slug)
    session = CoachingSession.converse(seat.partnership, by=request.user)
    return HttpResponseRedirect(reverse("stage", args=[slug, session.number, STAGES[0].key]))


@require_safe
def detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The way into a session: last time's promises, and one button to begin or go on."""
    seat, session = session_or_404(request, slug, number)
    if live.asks(request):
        return live_of(session, request.path).answer(request)
    if session.shows_move and session.moved_by_id != request.user.pk:
        answer = detail_page(request, seat, session).render()
        session.see_move(by=request.user)
        return answer
    return detail_page(request, seat, session)


@require_POST
def begin(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    _, session = session_or_404(request, slug, number)
    session.open(by=request.user)
    return HttpResponseRedirect(reverse("stage", args=[slug, number, STAGES[0].key]))


@require_form
def move(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Choose another time for a session that hasn't begun."""
    seat, session = session_or_404(request, slug, number)
    if request.method == "POST":
        form = MeetingForm(request.POST, session=session)
        if form.move(by=request.user):
            return HttpResponseRedirect(reverse("session", args=[slug, number]))
    else:
        form = MeetingForm(session=session)
    return detail_page(request, seat, session, form)


@require_POST
@by_button("call_off")
def call_off(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let a session that hasn't begun have no day for now."""
    _, session = session_or_404(request, slug, number)
    session.call_off(by=request.user)
    messages.success(
        request, f"{session.title} is called off. Choose another day whenever it suits you both."
    )
    return HttpResponseRedirect(reverse("session", args=[slug, number]))


@require_form
def stage(request: HttpRequest, slug: str, number: int, stage: str) -> HttpResponse:
    """One stage: my words, the other side's words, and the way on."""
    if stage not in BY_KEY:
        raise Http404
    seat, session = session_or_404(request, slug, number)
    here = BY_KEY[stage]
    if request.method == "POST":
        return _save(request, seat, session, here)
    if here.key == "content" and not session.is_conversation:
        if session.is_opening:
            return _opening_content(request, seat, session)
        return review.content(request, seat, session)
    if live.asks(request):
        now = live_at(session, here)
        if not now.knows(request):
            return now.answer(request)
        theirs = others_part(request, seat, session, here)
        return TemplateResponse(request, f"coaching/session/{template_of(here)}.html#other", theirs)
    page = page_of(request, seat, session, here)
    return TemplateResponse(request, f"coaching/session/{template_of(here)}.html", page)


def _save(request: HttpRequest, seat: Seat, session: CoachingSession, stage: Stage) -> HttpResponse:
    if wants_json(request):
        return autosave.answer(request, words_keeper(request, session, stage), session)
    page = page_of(request, seat, session, stage)
    if session.is_closed and not session.takes_words:
        typed = {words.field.key: request.POST.get(words.field.key, "") for words in page["mine"]}
        return too_late(request, seat, session, stage, typed)
    if not session.takes_words:
        session.require_open()
    if not put_typed(request, session, page):
        return TemplateResponse(request, f"coaching/session/{template_of(stage)}.html", page)
    _, after = neighbours(stage)
    to = BY_KEY.get(request.POST.get("on", ""), after) if "on" in request.POST else None
    key = (to or stage).key
    return HttpResponseRedirect(reverse("stage", args=[seat.partnership.slug, session.number, key]))


def _opening_content(request: HttpRequest, seat: Seat, session: CoachingSession) -> HttpResponse:
    now = live_of(session, request.path)
    if live.asks(request):
        return now.answer(request)
    standing = standing_at(request.user, seat.partnership.slug, within_session=True)
    before, after = neighbours(BY_KEY["content"])
    return TemplateResponse(
        request,
        "coaching/session/content_opening.html",
        {
            "live": now,
            "seat": seat,
            "session": session,
            "stage": BY_KEY["content"],
            "place": STAGES.index(BY_KEY["content"]) + 1,
            "rail": rail_of(session, words_in(request, session), current=BY_KEY["content"]),
            "standing": standing,
            "next": standing.next_step if standing else None,
            "before": before,
            "after": after,
        },
    )
