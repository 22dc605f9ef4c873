"""The question that open pages ask all day, answered before anything is loaded: is there anything new? (ADR 34)

A page that has asked what is new (coaching/views/live.py) is told a token with the answer, and brings it along the next time
as `X-Since`. While it still fits, nothing has changed: that is a 204 after one query, without a session, a person or a wall.
Whatever doesn't fit is asked in full, as if there were no token, so this can say nothing but "nothing new".

A script brings a token only once what came with it is in place.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from coaching.views.live import asks
from sopcoach.models import User
from sopcoach.models.last_change import last_change, place_of
from sopcoach.requests.reading import number_in
from sopcoach.sign_in.idle import alone_until

HEADER = "X-Since"
LONGEST = 300
"""Seconds for which nothing but changes is asked for. Then a page is asked in full once, and is told a new token."""
SHORTEST = 30
"""The same for somebody whom only their meeting keeps signed in."""

_PLACE = re.compile(r"/(coaching|groups|training)/([^/]+)/")
_KINDS = {"coaching": "coaching.Partnership", "groups": "coaching.Group", "training": "coaching.Cohort"}
_STANDS = """SELECT person.password, coalesce((SELECT number FROM sopcoach_lastchange WHERE place = %s), 0)
FROM django_session sign_in, sopcoach_user person
WHERE sign_in.session_key = %s AND sign_in.expire_date > %s AND person.id = %s AND person.is_active"""


@dataclass(frozen=True)
class _Question:
    """What a page asks, by which sign-in."""

    address: str
    sign_in: str
    place: str

    def token(self, *, person: int, password: str, number: int, until: int) -> str:
        """It fits this address, sign-in and person, as long as the password and what stands here are the same."""
        said = "\n".join(map(str, [self.address, self.sign_in, self.place, person, password, number, until]))
        return f"{person}.{until}.{salted_hmac(__name__, said, algorithm='sha256').hexdigest()}"

    def fits(self, token: str) -> bool:
        person, until, *_ = [*map(number_or_none, token.split(".")), None, None]
        if person is None or until is None or time.time() >= until:
            return False
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        with connection.cursor() as cursor:
            cursor.execute(_STANDS, [self.place, self.sign_in, now, person])
            row = cursor.fetchone()
        if row is None:
            return False
        password, number = row
        expected = self.token(person=person, password=password, number=number, until=until)
        return constant_time_compare(token, expected)


def number_or_none(text: str) -> int | None:
    return number_in(text, most_digits=12)


def _question(request: HttpRequest) -> _Question | None:
    if request.method != "GET" or not asks(request):
        return None
    found = _PLACE.match(request.path_info)
    sign_in = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    if found is None or not sign_in or "\x00" in sign_in:
        return None
    return _Question(request.get_full_path(), sign_in, place_of(_KINDS[found[1]], found[2]))


def nothing_new(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Goes above whatever loads anything, and below what leads to HTTPS."""

    def middleware(request: HttpRequest) -> HttpResponse:
        question = _question(request)
        if question is None:
            return get_response(request)
        if question.fits(request.headers.get(HEADER, "")):
            return HttpResponse(status=204, headers={"Cache-Control": "private, no-store"})
        number = last_change(question.place)  # before anything is read, so that no change falls between
        response = get_response(request)
        person = getattr(request, "user", None)
        if isinstance(person, User) and response.status_code in (200, 204):
            now = time.time()
            until = int(now + max(SHORTEST, min(LONGEST, alone_until(request) - now)))
            response[HEADER] = question.token(
                person=person.pk, password=person.password, number=number, until=until
            )
        return response

    return middleware
