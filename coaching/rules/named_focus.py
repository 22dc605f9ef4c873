"""Which focus a goal's sentence names, however worn the name: "3 houses", "three-houses", "Three House". Pure."""

import re
from collections.abc import Sequence

from coaching.rules.goal_days import NUMBER_WORDS

_DIGITS = {str(number): word for word, number in NUMBER_WORDS.items()}
_SMALL = frozenset({"the", "a", "an", "and", "of", "to", "in", "for"})


def focus_named(sentence: str, titles: Sequence[Sequence[str]]) -> int | None:
    """Which of the focuses a sentence names; None where it names none, or two of them equally.

    :param titles: for each focus what it is called: its aspect's title and its profile's.
    """
    said = _words(sentence)
    found = [
        max((len(name) for name in map(_words, names) if _holds(said, name)), default=0) for names in titles
    ]
    best = max(found, default=0)
    return found.index(best) if best and found.count(best) == 1 else None


def _words(text: str) -> list[str]:
    plain = re.findall(r"[^\W_]+", text.lower().replace("’", "").replace("'", ""))
    words = (_DIGITS.get(word, word) for word in plain)
    return [word.removesuffix("s") for word in words if word not in _SMALL]


def _holds(said: list[str], name: list[str]) -> bool:
    size = len(name)
    return bool(name) and any(said[at : at + size] == name for at in range(len(said) - size + 1))
