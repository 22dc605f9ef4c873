"""Two at once, where the database lets one of them go on and stops the other: the request is done again, unseen (ADR 16).

The domain takes hold of what it changes in one order (coaching.models.locking), so this is rare: a change of somebody's
e-mail, an import, a job by hand.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.storage import default_storage
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse

from sopcoach.requests.reading import wants_json

log = logging.getLogger(__name__)

TRIES = 3
COLLISIONS = frozenset({"40001", "40P01"})
"""What PostgreSQL calls a serialization failure and a deadlock: all of it has been taken back, and may be done anew."""
NO_ANSWER_YET = "Somebody else was saving at this very moment. Nothing is lost; try once more."
DOING_IT_AGAIN = ("coaching.", "profiles.")
"""Whose pages are done again: what they do stands in the database or follows once it does. A mail is never sent twice."""
_BODY = ("_post", "_files", "_body", "_read_started", "_stream")
"""Where a request keeps what was sent, which comes only once."""


def is_collision(error: BaseException) -> bool:
    """Whether two got into each other's way, rather than one of them having failed."""
    if not isinstance(error, OperationalError):
        return False
    state = getattr(error.__cause__, "sqlstate", None)
    return state in COLLISIONS or "database is locked" in str(error)


class Collided(HttpResponse):
    """Stands where the answer would, until the request has been done again. A 503, so nothing of it is committed."""

    status_code = 503
    is_taken_back = False
    """Whether the wall's transaction has taken back whatever the request had done by then."""


class TryAgain:
    """Middleware: do a request again that collided with another, and say so in a sentence where it goes on colliding.

    Stands above `sopcoach.requests.actor.wall`, whose transaction has taken everything back by then. Without such a transaction
    (SQLite) part of what was asked may stand already, so only reading is done again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        as_it_came = _remember(request)
        for one in range(1, TRIES + 1):
            response = self.get_response(request)
            if not isinstance(response, Collided):
                return response
            log.warning("Two requests collided, try %s of %s", one, TRIES)
            if not (_may_be_done_again(request, response) and as_it_came()):
                break
        return _not_now(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return Collided() if is_collision(exception) else None


def _may_be_done_again(request: HttpRequest, response: Collided) -> bool:
    if request.method in {"GET", "HEAD"}:
        return True
    asked = request.resolver_match
    return response.is_taken_back and asked is not None and asked.func.__module__.startswith(DOING_IT_AGAIN)


def _remember(request: HttpRequest) -> Callable[[], bool]:
    """Remember a request as it came; what is returned makes it so again, or says that this can't be."""
    attributes, meta = dict(vars(request)), dict(request.META)

    def restore() -> bool:
        sent: dict[str, Any] = {name: vars(request)[name] for name in _BODY if name in vars(request)}
        files = [file for _, files in sent["_files"].lists() for file in files] if "_files" in sent else []
        if any(file.closed for file in files):
            return False
        for file in files:
            file.seek(0)
        vars(request).clear()
        vars(request).update(attributes | sent)
        request.META.clear()
        request.META.update(meta)
        request.session = type(request.session)(request.COOKIES.get(settings.SESSION_COOKIE_NAME))
        request._messages = default_storage(request)  # type: ignore[attr-defined]
        AuthenticationMiddleware(lambda request: HttpResponse()).process_request(request)
        return True

    return restore


def _not_now(request: HttpRequest) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"status": NO_ANSWER_YET}, status=503)
    return TemplateResponse(request, "503.html", {"sentence": NO_ANSWER_YET}, status=503).render()
