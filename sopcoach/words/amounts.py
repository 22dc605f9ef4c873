"""How many of something, and several of it, as people say them."""

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import ngettext


def counted(count: int, one: str, many: str = "") -> str:
    """A number of things: "1 goal", "3 goals"."""
    return f"{count} {ngettext(one, many or f'{one}s', count)}"


def listed(parts: Iterable[str]) -> str:
    """Parts as people list them: "3 goals, 2 levels and 1 observation"; nothing where there are none."""
    return get_text_list(list(parts), "and")
