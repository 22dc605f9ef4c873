"""Lays beside words that were shared what their author has put right in them, for whoever reads them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, reduce
from itertools import islice
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from coaching.models import Correction
from coaching.models.correction import Shared, kind_of
from sopcoach.models import User
from sopcoach.models.written import RowsOf, once, padded

WHERE = {
    "reflection": "what you looked back on",
    "self_rating": "your level and what you said to it",
    "observation": "what you saw",
    "reply": "your answer",
    "congratulation": "your words of congratulation",
    "line": "your line",
    "logged_level": "the level that you logged and your line to it",
}
"""What somebody puts something right in, as they would call it."""


@dataclass(frozen=True)
class PutRight:
    """What was put right in some words, in the order of its days, and by which address more can be."""

    kind: str
    corrections: list[Correction] = field(default_factory=list)

    @property
    def where(self) -> str:
        return WHERE[self.kind]


def lay_beside(reader: User, words: Iterable[Shared | None]) -> list[Correction]:
    """Give each of these words its `put_right`. Returns all that was put right in them; one query, none for no words."""
    rows: dict[UUID, Any] = {one.pk: one for one in words if one is not None}
    if not rows:
        return []
    keys: dict[str, list[UUID]] = defaultdict(list)
    for row in rows.values():
        keys[kind_of(row)].append(row.pk)
        row.put_right = PutRight(kind_of(row))
    asked = {kind: padded(keys[kind]) for kind in sorted(keys)}
    rows_of = _put_right_in(tuple((kind, len(of_kind)) for kind, of_kind in asked.items()))
    found = list(once(rows_of, reader, [key for of_kind in asked.values() for key in of_kind]))
    for one in found:
        rows[one.corrects].put_right.corrections.append(one)
    return found


@cache
def _put_right_in(kinds: tuple[tuple[str, int], ...]) -> RowsOf[QuerySet[Correction]]:
    """What was put right in so many words of each kind, whose keys come in the same order."""

    def rows(reader: User, keys: Sequence[Any]) -> QuerySet[Correction]:
        left = iter(keys)
        theirs = (Q(**{f"{kind}__in": list(islice(left, count))}) for kind, count in kinds)
        return Correction.objects.visible_to(reader).filter(reduce(or_, theirs)).for_list()

    return rows


def corrections_in(words: Iterable[Shared | None]) -> list[Correction]:
    """What was put right in words that corrections are laid beside."""
    return [one for row in words if row is not None for one in row.put_right.corrections]  # type: ignore[union-attr]


def said_in(words: Shared) -> list[tuple[str, str]]:
    """What was shared first, each part with what it answered; no part stays empty."""
    parts = {
        "reflection": (("Went well", "went_well"), ("Would do differently", "differently")),
        "self_rating": (("What tells you so", "because"),),
        "observation": (("What I saw that fits the goals", "saw"), ("To try next", "try_next")),
        "reply": (("My answer", "text"),),
        "congratulation": (("Worth celebrating", "text"),),
        "line": (("Your line", "text"),),
        "logged_level": (("What tells you so", "text"),),
    }
    found = [(label, getattr(words, name)) for label, name in parts[kind_of(words)]]
    return [(label, text) for label, text in found if text]
