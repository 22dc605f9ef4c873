"""Closing a session: what somebody still writes, or has written and not said, comes up before it is closed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from coaching.dialogue.stages import BY_KEY
from coaching.forms.closing import ClosingForm
from coaching.forms.session import MeetingForm
from coaching.models import Agreement, CoachingSession, Congratulation, Draft, Seat, StageWords
from coaching.queries.unshared import unshared_in
from coaching.views import autosave
from coaching.views.desk import session_or_404
from coaching.views.runner import CHEER, CLOSING, draft_keeper, page_of, put_typed, too_late
from coaching.views.sharing import keep_all, tell_shared
from sopcoach.models import day_off_text
from sopcoach.requests.reading import wants_json
from sopcoach.requests.typed import HttpRequest, by_button, require_form
from sopcoach.words import dates


@require_form
@by_button("close")
def close(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Keep the next date and close. What was said in the session is fixed from then on.

    What is typed on the page comes along and is kept. A page asks first where the other side is still writing, or the
    closer has written something and not said it.
    """
    seat, session = session_or_404(request, slug, number)
    if request.method != "POST":
        return HttpResponseRedirect(reverse("stage", args=[slug, number, "feedback"]))
    if session.is_closed:
        return _closed_meanwhile(request, seat, session)
    session.require_open()
    meeting = None if session.is_conversation else _next_meeting(request, seat, session)
    page = page_of(request, seat, session, BY_KEY["feedback"])
    is_kept = put_typed(request, session, page)
    if not is_kept or (meeting and not meeting.is_valid()):
        return TemplateResponse(
            request, "coaching/session/feedback.html", page | ({"form": meeting} if meeting else {})
        )
    left = unshared_in(session, request.user)
    words = StageWords.objects.visible_to(request.user).filter(session=session)
    is_writing = words.written_just_now(besides=request.user).exists()
    form = ClosingForm(request.POST, session=session, left=left, meeting=meeting)
    if "asked" not in request.POST and (left or is_writing):
        form = ClosingForm(session=session, left=left, meeting=meeting)
    elif {one.seen for one in left} <= set(request.POST.getlist("seen")) and form.close(by=request.user):
        return _closed(request, seat, session, meeting)
    page = {
        "seat": seat,
        "session": session,
        "form": form,
        "meeting": meeting,
        "left": left,
        "ticked": request.POST.getlist("share"),
        "is_writing": is_writing,
    }
    return TemplateResponse(request, "coaching/session/close.html", page)


@require_POST
@by_button("keep", "say")
def congratulate(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say what is worth celebrating, at the close of a session; or still, when somebody else has closed it."""
    seat, session = session_or_404(request, slug, number)
    if wants_json(request):
        return autosave.answer(request, draft_keeper(request, session), session)
    if session.is_closed:
        return _congratulate_still(request, seat, session)
    page = page_of(request, seat, session, BY_KEY["feedback"])
    if request.POST["act"] == "keep":
        return _keep(request, seat, session, page)
    text = request.POST.get("congratulation", "")
    if not put_typed(request, session, page, cheer=False):
        page["cheer"].put(request, draft_keeper(request, session))
        return TemplateResponse(request, "coaching/session/feedback.html", page)
    try:
        Congratulation.give(seat.partnership, by=request.user, text=text, session=session)
    except ValidationError as error:
        page["cheer"].text = text
        page["cheer"].error = " ".join(error.messages)
        return TemplateResponse(request, "coaching/session/feedback.html", page)
    tell_shared(request, "what is worth celebrating", seat.other)
    return HttpResponseRedirect(reverse("stage", args=[slug, number, "feedback"]))


def _keep(request: HttpRequest, seat: Seat, session: CoachingSession, page: dict) -> HttpResponse:
    """Keep for oneself what one might say."""
    is_kept = put_typed(request, session, page, cheer=False)
    if keep_all(request, [page["cheer"]], draft_keeper(request, session)) or not is_kept:
        return TemplateResponse(request, "coaching/session/feedback.html", page)
    return HttpResponseRedirect(reverse("stage", args=[seat.partnership.slug, session.number, "feedback"]))


def _next_meeting(request: HttpRequest, seat: Seat, session: CoachingSession) -> MeetingForm:
    agreement = Agreement.objects.visible_to(request.user).in_force(seat.partnership)
    minutes = agreement.minutes if agreement else 60
    return MeetingForm(request.POST, session=session, minutes=minutes, whole=CLOSING)


def _closed(
    request: HttpRequest, seat: Seat, session: CoachingSession, meeting: MeetingForm | None
) -> HttpResponse:
    slug = seat.partnership.slug
    if meeting is None:
        messages.success(request, f"{session.title} is closed.")
        return HttpResponseRedirect(reverse("session", args=[slug, session.number]))
    when = f"{dates.day(meeting.moment, 'weekday')} at {dates.clock(meeting.moment)}"
    closed = f"{session.title} is closed. You meet again on {when}."
    messages.success(request, f"{closed} {day_off_text(meeting.moment)}".strip())
    return HttpResponseRedirect(reverse("partnership", args=[slug]))


def _closed_meanwhile(request: HttpRequest, seat: Seat, session: CoachingSession) -> HttpResponse:
    """The second who closes hears who has, and when the two meet; what they hadn't said is shown to them."""
    told = f"{session.title} is closed already."
    if session.closed_by_id is not None:
        who = "You have" if session.closed_by_id == request.user.pk else f"{seat.other.short_name} has"
        told = f"{who} closed it."
    following = CoachingSession.objects.visible_to(request.user).filter(
        partnership=seat.partnership, number=session.number + 1
    )
    ahead = None if session.is_conversation else following.first()
    if ahead and ahead.starts_at:
        told += f" You meet on {dates.day(ahead.starts_at, 'weekday')} at {dates.clock(ahead.starts_at)}."
    slug = seat.partnership.slug
    if lost := _come_too_late(request, session):
        return too_late(request, seat, session, BY_KEY["feedback"], lost, told)
    messages.success(request, told)
    if unshared_in(session, request.user):
        return HttpResponseRedirect(reverse("stage", args=[slug, session.number, "feedback"]))
    return HttpResponseRedirect(reverse("partnership", args=[slug]))


def _come_too_late(request: HttpRequest, session: CoachingSession) -> dict[str, str]:
    """What the second who closes had typed and is stored nowhere."""
    drafts = Draft.objects.visible_to(request.user).filter(session=session)
    said = StageWords.objects.visible_to(request.user).filter(session=session, author=request.user)
    stored = {row.text for row in (*drafts, *said)}
    fields = [*session.fields_in(BY_KEY["feedback"]), CHEER]
    typed = {field.key: request.POST.get(field.key, "").replace("\r\n", "\n") for field in fields}
    return {key: text for key, text in typed.items() if text.strip() and text.strip() not in stored}


def _congratulate_still(request: HttpRequest, seat: Seat, session: CoachingSession) -> HttpResponse:
    """Words of congratulation have their place at any time: here among the celebrations, outside of the session."""
    draft: Draft | None = None
    text, key = request.POST.get("congratulation", ""), request.POST.get("draft")
    lost = _come_too_late(request, session)
    if lost.keys() - {CHEER.key}:
        return too_late(request, seat, session, BY_KEY["feedback"], lost)
    if key:
        left = (one.draft for one in unshared_in(session, request.user) if one.is_congratulation)
        draft = next((one for one in left if str(one.pk) == key), None)
        if draft is None:
            raise Http404
        text = draft.text
    try:
        Congratulation.give(
            seat.partnership, by=request.user, text=text, focus=draft.focus if draft else None
        )
    except ValidationError as error:
        typed = {} if draft else {"congratulation": text}
        return too_late(request, seat, session, BY_KEY["feedback"], typed, " ".join(error.messages))
    if draft:
        Draft.drop(session, by=request.user, field="congratulation", focus=draft.focus)
    tell_shared(request, "what is worth celebrating", seat.other)
    return HttpResponseRedirect(reverse("celebrations", args=[seat.partnership.slug]))
