"""The private feed of somebody's meetings, for their calendar to look up."""

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from coaching.feed.meetings import calendar_of
from sopcoach.mailing.feed import ACTOR, CalendarFeed
from sopcoach.requests.actor import acting_as, acting_as_system

WRONG = {"calendar": "20/m/ip"}
"""How many addresses that lead nowhere somebody may try. One that does is never made to wait: calendars of a whole agency
look theirs up from one place."""


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever holds the address reads when its person meets, and nothing else: a calendar signs in nowhere."""
    with acting_as_system(ACTOR):
        found = CalendarFeed.by_token(token)
    if found is None:
        tried = ratelimit.consume(request, app="sopcoach", action="calendar", config=WRONG, limit_get=True)
        if not tried:
            return ratelimit.respond_429(request)
        raise Http404
    with acting_as(found.person):
        written = calendar_of(found.person, found.title)
    response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="meetings.ics"'
    return response
