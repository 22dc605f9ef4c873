"""Who is still there: office machines are shared, so whoever has been away for a while is signed out.

Being there is any request that a person causes, typing included. What a page asks for by itself is not (it says
`X-Live: 1`). A running coaching session counts as being there for as long as its view says (`stay`), since two people
who talk touch no keys. Unsaved text outlives a sign-out in the browser (static/js/autosave.js).
"""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

SEEN_AT = "seen_at"
PRESENT_UNTIL = "present_until"
NOTED_AFTER = 1 / 30
"""How much of the time goes by before somebody who is there is noted again: not every request needs a write."""

SIGNED_OUT = (
    "You had been away for a while, so you were signed out here. What was typed into a page that saves itself is kept, "
    "and comes back when you sign in again."
)


@receiver(user_logged_in)
def note_sign_in(sender: type, *, request: HttpRequest, **_: Any) -> None:
    request.session[SEEN_AT] = time.time()


def stay(request: HttpRequest, until: datetime) -> None:
    """Count this person as being there until then, whatever they touch: for two people in a session."""
    at = until.timestamp()
    if at > request.session.get(PRESENT_UNTIL, 0):
        request.session[PRESENT_UNTIL] = at


def leave(request: HttpRequest) -> None:
    """Take back what `stay` said, when the session is over."""
    if PRESENT_UNTIL in request.session:
        del request.session[PRESENT_UNTIL]


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
            now, limit = time.time(), settings.IDLE_MINUTES * 60
            seen_at = request.session.get(SEEN_AT, now)
            if now >= max(seen_at + limit, request.session.get(PRESENT_UNTIL, 0)):
                logout(request)
                messages.info(request, SIGNED_OUT)
            elif SEEN_AT not in request.session or (
                now - seen_at >= limit * NOTED_AFTER and not asks_by_itself(request)
            ):
                request.session[SEEN_AT] = now
        return get_response(request)

    return middleware
