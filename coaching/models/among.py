"""That a row is among those that somebody may read, as a condition which costs next to nothing to ask."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.db import connections, models
from django.db.models import Expression, F, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from sopcoach.models import User

WHOEVER_ASKS = -1
"""Stands for somebody's key where the query is written; nobody has it."""

type Rows = Callable[[User], QuerySet[Any]]


def among(rows: Rows, user: User, *columns: str) -> Q:
    """Rows whose `columns`, as a queryset spells them, are those of one of `rows(user)`.

    Django builds and writes a query out anew each time it is asked, which takes far longer than the database does to
    answer: up to 5 ms for a row that may have been released. So the inner one is written once and then handed whoever asks.
    `rows` may ask who they are (`pk`) and whether they administer, and nothing else of them.
    """
    return Q(_Among(rows, user.pk, *columns, is_administrator=user.is_administrator))


@cache
def _written(rows: Rows, using: str, *, is_administrator: bool) -> tuple[str, tuple[Any, ...]]:
    whoever = User(pk=WHOEVER_ASKS, is_administrator=is_administrator)
    sql, params = rows(whoever).query.get_compiler(connection=connections[using]).as_sql()
    return sql, tuple(params)


class _Among(Expression):
    conditional = True
    output_field = models.BooleanField()

    def __init__(self, rows: Rows, reader: int, *columns: str, is_administrator: bool) -> None:
        super().__init__()
        self.rows, self.reader, self.is_administrator = rows, reader, is_administrator
        self.columns: list[Any] = [F(column) for column in columns]

    def get_source_expressions(self) -> list[Any]:
        return self.columns

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        self.columns = list(exprs)

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        sql, params = _written(self.rows, connection.alias, is_administrator=self.is_administrator)
        columns, found = zip(*(compiler.compile(column) for column in self.columns), strict=True)
        one = columns[0] if len(columns) == 1 else f"({', '.join(columns)})"
        asked = [self.reader if value == WHOEVER_ASKS else value for value in params]
        return f"{one} IN ({sql})", [*(value for values in found for value in values), *asked]
