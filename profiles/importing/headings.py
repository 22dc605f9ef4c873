"""How people write the heading of a level and the number of one, and what stands beside an edition in its tables."""

import re

LEVEL = re.compile(r"(?:level|l)?\s*0*(\d{1,3})(?:\s*[:.)\u2013\u2014-]\s*(?P<name>.*))?", re.IGNORECASE)
NAME_FIRST = re.compile(r"(?P<name>.*\S)\s*[(\[]\s*(?:level|l)?\s*0*(\d{1,3})\s*[)\]]", re.IGNORECASE)
ASIDE = re.compile(
    r"\b(notes?|comments?|reviewers?|reviewed|remarks?|status|owner|author|date|updated|done|ok|todo|to do|source|check|checked|id)\b",
    re.IGNORECASE,
)


def level_in(text: str) -> tuple[int, str] | None:
    """Number and name of a level, as a heading or a cell says it, or None.

    “Level 1”, “L1”, “1 - Discovering”, “Level 1: Discovering” and “Discovering (1)” are all level 1.
    """
    text = " ".join(text.split())
    if found := LEVEL.fullmatch(text):
        return int(found[1]), (found["name"] or "").strip()
    if found := NAME_FIRST.fullmatch(text):
        return int(found[2]), found["name"].strip()
    return None


def is_aside(title: str) -> bool:
    """Whether a column is what somebody has noted beside an edition, by its heading."""
    return ASIDE.search(title) is not None
