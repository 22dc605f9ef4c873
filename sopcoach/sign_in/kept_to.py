"""A sign-in that opens a few addresses and nothing else, for a laptop that goes round a room (ADR 12).

Whoever holds that laptop holds its owner's sign-in. So from the moment it goes round it shows what it goes round for,
and nothing more: the only way back to everything is to sign out, and in again.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from sopcoach.requests.reading import wants_json
from sopcoach.sign_in.idle import asks_by_itself

KEPT_TO = "kept_to"
"""Session key: the addresses that still open, each with what lies under it. Signing out takes it away, and no save of
another request does (sopcoach/sign_in/sessions.py)."""
ALWAYS = ("account_logout", "still_here")
SENTENCE = "This laptop goes round. Sign out and in again to open anything else."


def keep_to(request: HttpRequest, *addresses: str) -> None:
    request.session[KEPT_TO] = list(addresses)


def is_kept_to(request: HttpRequest, address: str) -> bool:
    return address in request.session.get(KEPT_TO, ())


def scope_of(request: HttpRequest) -> str:
    """What sets apart whoever writes on such a laptop from its owner elsewhere; "" where nothing is kept to."""
    return next(iter(request.session.get(KEPT_TO, ())), "")


def only_those(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: lead every other request of such a sign-in back. A script gets a 401, and keeps what was typed."""

    def middleware(request: HttpRequest) -> HttpResponse:
        addresses = request.session.get(KEPT_TO) if request.user.is_authenticated else None
        if not addresses or request.path_info.startswith((*addresses, *map(reverse, ALWAYS))):
            return get_response(request)
        if wants_json(request):
            return JsonResponse({"status": SENTENCE}, status=401)
        if asks_by_itself(request):
            return HttpResponse(status=401)
        return HttpResponseRedirect(addresses[0], status=303)

    return middleware
