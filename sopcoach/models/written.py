"""A query that is written once: Django builds and writes one out anew each time, which takes longer than the answer.

It is built for stand-ins, its text is kept, and then it is asked with whoever and whatever they stand for (ADR 28). So it
may ask who its reader is and whether they administer, and nothing that is another matter on another day or for another
person: a moment in it, or anything else of its reader, is refused as it is written.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

from sopcoach.models.user import User

WHOEVER_ASKS = -1
"""Stands for somebody's key where a query is written; nobody has it."""

type Key = UUID | str | int
type RowsOf[Rows] = Callable[[User, Sequence[Any]], Rows]

_A_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Written:
    """No text where it is known beforehand that nobody finds anything by it."""

    rows: QuerySet[Any, Any]
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]

    def params_for(self, meant: Mapping[Any, Any]) -> tuple[Any, ...]:
        return tuple(meant.get(value, value) for value in self.params)

    def asked_with(self, meant: Mapping[Any, Any]) -> QuerySet[Any, Any]:
        """The same rows for whoever and whatever is meant, without being written out again."""
        if not self.sql:
            return self.rows
        rows: QuerySet[Any, Any] = self.rows._chain()  # type: ignore[attr-defined]
        query, params = copy(self.rows.query), self.params_for(meant)

        def get_compiler(using: str, *_: Any, **__: Any) -> SQLCompiler:
            kept = copy(self.compiler)
            kept.connection, kept.query = connections[using], query
            vars(kept)["as_sql"] = lambda *_, **__: (self.sql, params)
            return kept

        vars(query)["get_compiler"] = get_compiler
        rows._query = query  # type: ignore[attr-defined]
        return rows


def write(rows: QuerySet[Any, Any], using: str) -> Written:
    compiler = rows.query.get_compiler(using=using)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return Written(rows.none(), compiler, "", ())
    for value in params:
        if isinstance(value, date) or (isinstance(value, str) and _A_DAY.match(value)):
            raise TypeError(f"A moment can’t be kept in a query that is written once: {value}.")
    return Written(rows, compiler, sql, tuple(params))


def stand_in(*, is_administrator: bool) -> User:
    """Somebody of whom nothing else is known: a query that asks for more fails at once."""
    known = {"id": WHOEVER_ASKS, "is_administrator": is_administrator, "is_active": True}
    names = [column.attname for column in User._meta.concrete_fields if column.attname in known]
    return User.from_db(None, names, [known[name] for name in names])


_STAND_INS: dict[type, Callable[[int], Key]] = {
    UUID: lambda n: UUID(int=n),
    str: lambda n: f"\x1a{n}",
    int: lambda n: 32_700 + n,  # the smallest column of numbers takes it
}


def _standing_for(kinds: Iterable[type]) -> list[Key]:
    return [_STAND_INS[kind](n) for n, kind in enumerate(kinds)]


@lru_cache(maxsize=512)
def _written(
    rows: RowsOf[QuerySet[Any, Any]], kinds: tuple[type, ...], using: str, *, is_administrator: bool
) -> Written:
    return write(rows(stand_in(is_administrator=is_administrator), _standing_for(kinds)), using)


def once[Rows: QuerySet[Any, Any]](rows: RowsOf[Rows], user: User | None, keys: Sequence[Key] = ()) -> Rows:
    """`rows(user, keys)`, written once for each number of keys. One query; there is nothing to add to it.

    `user` is None where the rows are the same whoever asks.
    """
    connection, field = connections["default"], models.UUIDField()
    kinds = tuple(map(type, keys))
    is_administrator = user is not None and user.is_administrator
    written = _written(rows, kinds, connection.alias, is_administrator=is_administrator)

    def as_sent(key: Key) -> Any:
        return field.get_db_prep_value(key, connection) if isinstance(key, UUID) else key

    meant = dict(zip(map(as_sent, _standing_for(kinds)), map(as_sent, keys), strict=True))
    if user is not None:
        meant[WHOEVER_ASKS] = user.pk
    return written.asked_with(meant)  # type: ignore[return-value]


def padded[K: Key](keys: Sequence[K]) -> list[K]:
    """The same keys, some twice: so many that a query for any number of them is written for a few numbers only."""
    missing = (1 << (len(keys) - 1).bit_length()) - len(keys) if keys else 0
    return [*keys, *[keys[-1]] * missing]
