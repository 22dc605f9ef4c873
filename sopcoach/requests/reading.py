"""What a request says: the one way from what was sent to a name, a number, or what its sender wants to hear."""

from django.http import Http404
from django.http import HttpRequest as DjangoHttpRequest


def wants_json(request: DjangoHttpRequest) -> bool:
    return request.headers.get("X-Autosave") == "1"


def asks_for_part(request: DjangoHttpRequest) -> bool:
    """Whether htmx asks for a part of a page (sopcoach/sending/htmx.py). Also before a request has its `htmx`."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def is_for_phone(request: DjangoHttpRequest) -> bool:
    """Whether a phone asks for a page as it may keep it: with its reader's own words, and nobody else's (ADR 39)."""
    return request.headers.get("X-Phone") == "1"


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


def words_in(request: DjangoHttpRequest) -> list[str]:
    """The texts that a form brought: what is made of several words, so neither choices nor keys. Of nobody's account."""
    if request.method != "POST" or request.path.startswith("/accounts/"):
        return []
    values = (value.strip() for name in request.POST for value in request.POST.getlist(name))
    return [value for value in values if len(value.split()) > 1]
