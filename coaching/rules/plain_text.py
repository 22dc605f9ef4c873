"""A text as a reader sees it: what is typed in other characters, or between the characters, hides nothing."""

import re
import unicodedata
from collections.abc import Sequence

# Dashes, slashes and quotes as word processors write them.
PLAIN_MARKS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-") | {"’": "'", "\u2044": "/"}
)
MOST_FOLDED = 4
"""No sign of a number stands for more characters, and a text stays as long as what may be typed."""
UNSEEN = frozenset({"Cf", "Mn", "Me"})
"""Categories of characters that take no place of their own on a page, such as a space of no width."""


def as_read(text: str) -> tuple[str, Sequence[int]]:
    """The text as a reader sees it, in plain characters and with single spaces, and where each of them was typed."""
    plain: list[str] = []
    places: list[int] = []
    for place, typed in enumerate(text):
        if typed.isascii():
            folded = typed
        elif unicodedata.category(typed) in UNSEEN:
            continue
        else:
            folded = unicodedata.normalize("NFKC", typed)[:MOST_FOLDED].translate(PLAIN_MARKS)
        for char in folded:
            if not char.isspace():
                plain.append(char)
                places.append(place)
            elif not plain or plain[-1] != " ":
                plain.append(" ")
                places.append(place)
    return "".join(plain), places


def as_typed(text: str, places: Sequence[int], start: int, end: int) -> str:
    return " ".join(text[places[start] : places[end - 1] + 1].split())


def pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE | re.VERBOSE)
