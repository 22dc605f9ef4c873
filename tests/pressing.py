"""A client that presses a page's button, as whoever has the page before them does."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve


class PressingClient(Client):
    """Sends with each form the button that its view asks for (sopcoach.requests.typed.by_button), where a test names none.

    Only where there is one that does something: a test of a page with several says which.
    """

    def post(self, path: Any, data: Any = None, *args: Any, **more: Any) -> Any:
        act = _button_of(str(path))
        if act and (data is None or (isinstance(data, dict) and "act" not in data)):
            data = {**(data or {}), "act": act}
        return super().post(path, data, *args, **more)


def _button_of(path: str) -> str | None:
    try:
        return button_of(resolve(urlsplit(path).path).func)
    except Resolver404:
        return None


def button_of(view: Callable[..., Any]) -> str | None:
    """The one button that does something where its form is sent to this view."""
    acts = [act for act in getattr(view, "acts", ()) if act not in {"keep", "find"}]
    return acts[0] if len(acts) == 1 else None
