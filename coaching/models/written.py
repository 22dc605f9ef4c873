"""A query that is written once: Django builds and writes one out anew each time, which takes longer than the answer.

It is built for stand-ins, whose text is kept, and then asked with whoever and whatever they stand for. So it may ask who
its reader is and whether they administer, and nothing that is another matter on another day or for another person.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connections, models
from django.db.models import QuerySet

from sopcoach.models import User

WHOEVER_ASKS = -1
"""Stands for somebody's key where a query is written; nobody has it."""

type RowsOf = Callable[[User, Sequence[UUID]], QuerySet[Any, tuple[Any, ...]]]


@dataclass(frozen=True)
class Written:
    sql: str
    params: tuple[Any, ...]
    converters: Mapping[int, tuple[list[Callable[..., Any]], Any]]

    def params_for(self, meant: Mapping[Any, Any]) -> list[Any]:
        return [meant.get(value, value) for value in self.params]


def write(rows: QuerySet[Any, Any], using: str) -> Written:
    compiler = rows.query.get_compiler(using=using)
    sql, params = compiler.as_sql()
    return Written(sql, tuple(params), compiler.get_converters([one[0] for one in compiler.select]))


def stand_in(*, is_administrator: bool) -> User:
    """Somebody of whom nothing else is known: a query that asks for more fails at once."""
    known = {"id": WHOEVER_ASKS, "is_administrator": is_administrator, "is_active": True}
    names = [column.attname for column in User._meta.concrete_fields if column.attname in known]
    return User.from_db(None, names, [known[name] for name in names])


@lru_cache(maxsize=256)
def _of_so_many(rows: RowsOf, many: int, using: str, *, is_administrator: bool) -> Written:
    stand_ins = [UUID(int=n) for n in range(many)]
    return write(rows(stand_in(is_administrator=is_administrator), stand_ins), using)


def ask(
    rows: RowsOf, user: User, partnerships: Sequence[UUID] = (), *, using: str = "default"
) -> list[list[Any]]:
    """What `rows` says of these partnerships, as `user` may know it. One query."""
    connection, key = connections[using], models.UUIDField()
    written = _of_so_many(rows, len(partnerships), using, is_administrator=user.is_administrator)
    meant: dict[Any, Any] = {WHOEVER_ASKS: user.pk}
    for n, partnership in enumerate(partnerships):
        meant[key.get_db_prep_value(UUID(int=n), connection)] = key.get_db_prep_value(partnership, connection)
    with connection.cursor() as cursor:
        cursor.execute(written.sql, written.params_for(meant))
        found = [list(row) for row in cursor.fetchall()]
    for place, (converters, expression) in written.converters.items():
        for row in found:
            for convert in converters:
                row[place] = convert(row[place], expression, connection)
    return found
