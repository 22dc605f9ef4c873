"""Asks about the names in what somebody has just written: beside "Saved", or on the page that a form leads to."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from coaching.rules.noticing import collecting, people_and_schools, taken
from sopcoach.models import User

MOST_ASKED = 3
"""Names in one question: the author looks over the text anyway."""


def question() -> str:
    """What to ask the author of the texts that came with this request; nothing where nothing looks like a name."""
    names = people_and_schools("\n".join(taken()), is_colleague=_has_an_account)
    if not names:
        return ""
    quoted = ", ".join(f"“{name}”" for name in names[:MOST_ASKED])
    return f"{quoted}: somebody from a family, or where they could be found? A colleague is fine; else say it in general."


def _has_an_account(name: str) -> bool:
    return User.objects.named(name).exists()


def ask_about_names(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a form that was taken leads to a page that asks. What saves itself asks in its own answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return get_response(request)
        with collecting():
            response = get_response(request)
            if response.status_code in (302, 303) and (asked := question()):
                messages.warning(request, asked)
            return response

    return middleware
