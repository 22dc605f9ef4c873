"""A script sends for the person whose page it is on, and for nobody who has signed in since."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

from sopcoach.requests.reading import wants_json
from sopcoach.sign_in.kept_to import scope_of
from sopcoach.sign_in.local_drafts import person_id

SOMEBODY_ELSE = "Somebody else is signed in now."
NOBODY = "nobody"
"""For whom an answer is that is nobody's, or that of whoever holds a laptop which goes round."""


def of_one_person(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Take nothing that a page sends by a script once somebody else has signed in at that machine.

    Such a page names whose it is (`X-Person`), since it sends with the newest token, which is the other person's by
    then. What was typed stays in the browser, sealed for whoever typed it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.headers.get("X-Person")
        is_read = request.method in {"GET", "HEAD"}
        if is_read or person is None or not request.user.is_authenticated or person == person_id(request):
            return _signed(request, get_response(request))
        if wants_json(request):
            return JsonResponse({"status": SOMEBODY_ELSE}, status=401)
        return HttpResponse(SOMEBODY_ELSE, status=401, content_type="text/plain; charset=utf-8")

    return middleware


def _signed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Say for whom the answer is, by which a phone knows when what it keeps has to go (static/js/phone/store.js)."""
    is_somebodys = request.user.is_authenticated and not scope_of(request)
    response.headers.setdefault("X-Person", person_id(request) if is_somebodys else NOBODY)
    return response
