"""What htmx asks for: a part of a page, or a page of the workflow without its shell (ADR 31).

A link or a form of the workflow that says nothing else is boosted: its page is made by the same view, and answered with
its title and its `<main>` alone (templates/base.html). Views have no part in that. An element with an `hx-post` or an
`hx-get` of its own asks for a part: then `request.htmx` is true, and its view answers with that fragment of its page.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from sopcoach.sign_in.local_drafts import person_id

DRIVEN_BY_HTMX = ("coaching.views.", "coaching.groups.", "coaching.training.")
"""Whose pages follow one another without their shell being made anew."""
OPENED_WHOLE = ("coaching.views.practice", "coaching.views.logged_level", "coaching.views.me")
"""All but these: what waits on a phone is looked for when a page is opened, and `me` leads to the pages of the account."""


def is_driven(request: HttpRequest) -> bool:
    """Whether the page that is asked for belongs to the workflow, in which only `<main>` changes from page to page."""
    match = request.resolver_match
    module = match.func.__module__ if match else ""
    return module.startswith(DRIVEN_BY_HTMX) and not module.startswith(OPENED_WHOLE)


class Asked(HtmxDetails):
    """`request.htmx`: true where a part is asked for."""

    def __bool__(self) -> bool:
        return super().__bool__() and not self.boosted


class HtmxMiddleware:
    """Leads a browser on to what can't stand between the header and the foot that it shows: another kind of page, a file,
    or a page of somebody who has signed in since. And says where the page stands in the browser's history."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.htmx = Asked(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if not asked.boosted:
            return response
        if request.method == "GET" and not response.get("Content-Type", "").startswith("text/html"):
            return HttpResponseClientRedirect(request.get_full_path())
        if request.method == "POST" or asked.current_url_abs_path == request.get_full_path():
            response.headers.setdefault("HX-Push-Url", "false")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        asked: Asked = request.htmx  # type: ignore[attr-defined]
        if not asked.boosted or request.method != "GET":
            return None
        is_another_person = request.headers.get("X-Person", "") != person_id(request)
        if is_another_person or not is_driven(request):
            return HttpResponseClientRedirect(request.get_full_path())
        return None
