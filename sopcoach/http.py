"""Typed requests, and the one way in which the product says no."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.http import HttpRequest as DjangoHttpRequest
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods
from django.views.defaults import page_not_found
from django_htmx.middleware import HtmxDetails

from sopcoach.sending.cut_off import CutOffError

if TYPE_CHECKING:
    from sopcoach.models import User  # whose verbs raise `Refused`

CUT_OFF = "The connection broke off before all of it had come, so nothing of it was stored."

require_form = require_http_methods(["GET", "HEAD", "POST"])
"""For a view that shows a form and takes it."""


class HttpRequest(DjangoHttpRequest):
    """A request of somebody signed in, as the middleware leaves it."""

    user: "User"
    htmx: HtmxDetails


class Refused(PermissionDenied):
    """Somebody may see the thing but not do this to it, or not yet. The message is a sentence for that person.

    Raised by verbs of the domain; answered as a 403 that shows the sentence (product.md, 6).
    """


class NotNow(Refused):
    """A no that may be a yes on another day, without anything being typed differently: what waits may go on waiting."""


def administrators_only[**P, R: HttpResponse](
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R]:
    """Refuse a view to whoever isn't an administrator, before it looks anything up. Goes nearest to the function."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> R:
        request.user.require_administrator()
        return view(request, *args, **kwargs)

    return guarded


def by_button[**P, R: HttpResponse](
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


def wants_json(request: DjangoHttpRequest) -> bool:
    return request.headers.get("X-Autosave") == "1"


def named_in(request: DjangoHttpRequest, key: str) -> str | None:
    """The name that the query of an address gives for something to look up, if any.

    Raises Http404 for one that holds a NUL: nothing is called so, and PostgreSQL refuses to look for it.
    """
    name = request.GET.get(key)
    if name and "\x00" in name:
        raise Http404
    return name


def number_in(value: object, *, most_digits: int = 9) -> int | None:
    """The whole number that somebody sent, or None where it isn't one of at most so many digits.

    The one way from what a request says to an `int`: `"²".isdigit()` is true, and `int("²")` an error.
    """
    text = str(value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= most_digits else None


def bad_request(request: DjangoHttpRequest, exception: Exception) -> HttpResponse:
    """Answer a 400 without reading what was sent, as Django's own handler does: it may be what can't be read."""
    is_cut_off = isinstance(exception, CutOffError)
    if wants_json(request):
        sentence = CUT_OFF if is_cut_off else "This couldn’t be read, so it isn’t saved."
        return JsonResponse({"status": sentence}, status=400)
    return TemplateResponse(
        request, "400.html", {"cut_off": CUT_OFF if is_cut_off else ""}, status=400
    ).render()


def not_found(request: DjangoHttpRequest, exception: Exception) -> HttpResponse:
    """Answer a 404; a script hears that there is no use in sending it again."""
    if wants_json(request):
        return JsonResponse({"status": "There is no place for this any more, so it isn’t saved."}, status=404)
    return page_not_found(request, exception)


def permission_denied(request: DjangoHttpRequest, exception: Exception) -> HttpResponse:
    """Answer a 403: with the sentence of a `Refused`, and with nothing of any other exception.

    What came with a refused form is given back to whoever wrote it: things may have changed while they were writing.
    """
    is_refused = isinstance(exception, Refused)
    sentence = str(exception) if is_refused else "You can’t do that here."
    if wants_json(request):
        return JsonResponse({"status": sentence}, status=403)
    page = {"sentence": sentence, "words": words_in(request) if is_refused else []}
    return TemplateResponse(request, "403.html", page, status=403).render()


def words_in(request: DjangoHttpRequest) -> list[str]:
    """The texts that a form brought: what is made of several words, so neither choices nor keys. Of nobody's account."""
    if request.method != "POST" or request.path.startswith("/accounts/"):
        return []
    values = (value.strip() for name in request.POST for value in request.POST.getlist(name))
    return [value for value in values if len(value.split()) > 1]
