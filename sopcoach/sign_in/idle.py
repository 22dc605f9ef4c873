"""Who is still there: office machines are shared, so whoever has been away for a while is signed out.

Being there is any request that a person causes, typing included. What a page asks for by itself is not (it says
`X-Live: 1`). A coaching session that somebody is in counts as being there while it goes on (`stay`), since two people who
talk touch no keys; it is asked again whenever its person would be signed out. Unsaved text outlives a sign-out in the browser (static/js/autosave.js).
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, ClassVar, Protocol

from django.apps import apps
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.db.models.options import Options
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from sopcoach.mailing.telling import has_come_by
from sopcoach.models import User

SEEN_AT = "seen_at"
MEETINGS = "meetings"
"""Session key: what somebody is in, as names of models and primary keys."""
NOTED_AFTER = 1 / 30
"""How much of the time goes by before somebody who is there is noted again: not every request needs a write."""

SIGNED_OUT = (
    "You had been away for a while, or were reading, which a page can’t always notice, so you were signed out here. What "
    "you had typed is kept, and comes back when you sign in again."
)


@receiver(user_logged_in)
def note_sign_in(sender: type, *, request: HttpRequest, user: User, **_: Any) -> None:
    request.session[SEEN_AT] = time.time()
    has_come_by(user)


class Meeting(Protocol):
    """A row that says how long those who are in it count as being there. Its manager knows `visible_to(user)`."""

    pk: Any
    _meta: ClassVar[Options]

    def present_until(self, away: timedelta) -> datetime | None:
        """`away` is how long anybody may be away."""


def stay(request: HttpRequest, meeting: Meeting) -> None:
    """Count this person as being there while the meeting goes on, whatever they touch: for two people in a session."""
    here = [meeting._meta.label, str(meeting.pk)]
    meetings = request.session.get(MEETINGS, [])
    if here not in meetings:
        request.session[MEETINGS] = [*meetings, here]


def _meetings_until(request: HttpRequest, away: timedelta) -> Iterator[float]:
    for label, pk in request.session.get(MEETINGS, ()):
        rows = apps.get_model(label)._default_manager.visible_to(request.user)  # type: ignore[attr-defined]
        meeting: Meeting | None = rows.filter(pk=pk).first()
        until = meeting.present_until(away) if meeting else None
        if until:
            yield until.timestamp()


def _is_in_meeting(request: HttpRequest, away: timedelta) -> bool:
    return any(until > time.time() for until in _meetings_until(request, away))


def alone_until(request: HttpRequest) -> float:
    """Until when somebody is signed in who neither touches anything nor is in a meeting."""
    seen_at: float = request.session.get(SEEN_AT, time.time())
    return seen_at + timedelta(minutes=settings.IDLE_MINUTES).total_seconds()


def seconds_left(request: HttpRequest) -> int:
    """For how long somebody is still signed in without a touch, so that a page can ask them in time (static/js/idle.js)."""
    away = timedelta(minutes=settings.IDLE_MINUTES)
    return max(0, int(max([alone_until(request), *_meetings_until(request, away)]) - time.time()))


def asks_by_itself(request: HttpRequest) -> bool:
    """Whether a page asks in the background, with nobody at the keys."""
    return request.headers.get("X-Live") == "1"


def sign_out_the_idle(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: end the session of whoever has been away too long, before anything of theirs is shown.

    Goes below the messages, which tell why, and leaves the answer to `SignInRequired`.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now, away = time.time(), timedelta(minutes=settings.IDLE_MINUTES)
            limit = away.total_seconds()
            seen_at = request.session.get(SEEN_AT, now)
            if now >= seen_at + limit and not _is_in_meeting(request, away):
                logout(request)
                messages.info(request, SIGNED_OUT)
            elif SEEN_AT not in request.session or (
                now - seen_at >= limit * NOTED_AFTER and not asks_by_itself(request)
            ):
                request.session[SEEN_AT] = now
                has_come_by(request.user)
        return get_response(request)

    return middleware
