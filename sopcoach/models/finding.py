"""How people are found and put in order, the same on both databases (ADR 22)."""

from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.db.models import Q

from sopcoach.words.names import fold

BY_NAME = ("name_folded", "pk")
FOLLOWS = frozenset({"called", "name_folded", "called_folded"})
"""What `User.save` makes of a name."""


class FoldedField(models.CharField):
    """Letters from a to z, which every database puts in the order of their codes: a locale would skip the spaces."""

    def db_parameters(self, connection: Any) -> Any:
        collation = {"collation": "C"} if connection.vendor == "postgresql" else {}
        return super().db_parameters(connection) | collation


class UserQuerySet[T: models.Model](models.QuerySet[T]):
    def for_list(self) -> Self:
        return self.select_related("unit").order_by(*BY_NAME)

    def named(self, words: str) -> Self:
        """Those whose name, what they are called, or e-mail holds each of the words, whatever their accents and case."""
        found = self
        for word in words.split():
            parts = fold(word).split()
            named = Q(*(("name_folded__contains", part) for part in parts))
            called = Q(*(("called_folded__contains", part) for part in parts))
            mailed = Q(email__contains=word.lower()) if word.isprintable() else Q()
            found = found.filter(named | called | mailed) if parts or mailed else found.none()
        return found

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        people = list(objs)
        for person in people:
            person.follow_name()
        return super().bulk_create(people, *args, **kwargs)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **kwargs: Any) -> int:
        people = list(objs)
        for person in people:
            person.follow_name()
        return super().bulk_update(people, with_what_follows(fields), *args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        """As Django's. Raises TypeError for a name alone, which would leave behind what follows from it."""
        if "name" in kwargs and not kwargs.keys() >= FOLLOWS:
            raise TypeError("Change a name by save() or bulk_update(): what it is found by follows from it.")
        return super().update(**kwargs)

    def administering(self) -> Self:
        return self.filter(is_administrator=True, is_active=True)

    def hold_administrators(self, *people: int) -> None:
        """Let nobody else change them until this transaction ends: the last two must not let go at once.

        Nor `people`, by key, of whom something is to change as well: all in one go, since whoever asks somebody to coach
        holds the two in the same order.
        """
        held = self.filter(Q(is_administrator=True, is_active=True) | Q(pk__in=people))
        list(held.select_for_update(no_key=True).order_by("pk"))


def with_what_follows(fields: Iterable[str]) -> set[str]:
    names = set(fields)
    return names | FOLLOWS if names & {"name", "called"} else names
