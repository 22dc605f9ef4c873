"""That a row is among those that somebody may read, as a condition which costs next to nothing to ask."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models import Expression, F, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from sopcoach.models import User
from sopcoach.models.written import WHOEVER_ASKS, Written, stand_in, write

type Rows = Callable[[User], QuerySet[Any, Any]]


def among(rows: Rows, user: User, *columns: str) -> Q:
    """Rows whose `columns`, as a queryset spells them, are those of one of `rows(user)`, which is written once."""
    return Q(_Among(rows, user.pk, *columns, is_administrator=user.is_administrator))


@cache
def _written(rows: Rows, using: str, *, is_administrator: bool) -> Written:
    return write(rows(stand_in(is_administrator=is_administrator)), using)


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
        written = _written(self.rows, connection.alias, is_administrator=self.is_administrator)
        if not written.sql:
            raise EmptyResultSet
        columns, params = zip(*(compiler.compile(column) for column in self.columns), strict=True)
        one = columns[0] if len(columns) == 1 else f"({', '.join(columns)})"
        asked = written.params_for({WHOEVER_ASKS: self.reader})
        return f"{one} IN ({written.sql})", [*(value for values in params for value in values), *asked]
