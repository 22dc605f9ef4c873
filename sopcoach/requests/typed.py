"""Typed requests, and by which methods and buttons a view takes them."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest as DjangoHttpRequest
from django.http import HttpResponseBase
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from sopcoach.models import User
from sopcoach.requests.reading import wants_json
from sopcoach.words.refusal import Refused

require_form = require_http_methods(["GET", "HEAD", "POST"])
"""For a view that shows a form and takes it."""


class HttpRequest(DjangoHttpRequest):
    """A request of somebody signed in, as the middleware leaves it."""

    user: User
    htmx: HtmxDetails


def administrators_only[**P, R: HttpResponseBase](
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R]:
    """Refuse a view to whoever isn't an administrator, before it looks anything up. Goes nearest to the function."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> R:
        request.user.require_administrator()
        return view(request, *args, **kwargs)

    return guarded


def by_button[**P, R: HttpResponseBase](
    *acts: str,
) -> Callable[[Callable[Concatenate[HttpRequest, P], R]], Callable[Concatenate[HttpRequest, P], R]]:
    """Take what is sent to a view only with the button that says what it does: `act`, one of `acts`.

    What shares, signs, ends or deletes happens by a button of its own or not at all: Enter in a field, or a form sent by
    anything but that button, is Refused. A page's form begins with `{% no_enter %}`, so that nobody comes to read it.
    What saves itself only keeps, and needs no button.
    """

    def guard(
        view: Callable[Concatenate[HttpRequest, P], R],
    ) -> Callable[Concatenate[HttpRequest, P], R]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> R:
            if request.method == "POST" and not wants_json(request) and request.POST.get("act") not in acts:
                raise Refused(
                    "That came without its button, so nothing was done. Go back, and press the button."
                )
            return view(request, *args, **kwargs)

        guarded.acts = acts  # type: ignore[attr-defined]
        return guarded

    return guard
