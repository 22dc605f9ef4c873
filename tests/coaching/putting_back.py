"""The coaching's rows as they were: what of them is otherwise now, and how only that is put back. On PostgreSQL, where the
rows as they were stand in temporary tables beside the product's. Every caller stands past the wall."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Self

from django.apps import apps
from django.db import connection, connections, transaction
from django.db.backends.signals import connection_created
from psycopg import sql
from psycopg._preparing import PrepareManager

TABLES = sorted(model._meta.db_table for model in apps.get_app_config("coaching").get_models())
KEY_TABLES = sorted(model._meta.db_table for model in apps.get_app_config("vault").get_models())

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_SEALED = "v1:"
_BY_CHANCE = {"slug", "token", "code", "units"}
"""Names that are drawn; and how many keys there are, since one made for words that were taken back stays."""

type Row = dict[str, Any]
type Saved = dict[str, list[Row]]
"""The rows of each table."""
type Change = tuple[str, Row | None, Row | None]
"""A table, and one of its rows as it was and as it is now."""
type Digest = tuple[tuple[str, str, str], ...]


def _composed(statement: str, table: str, ids: Iterable[object] = ()) -> str:
    return (
        sql.SQL(statement)
        .format(
            table=sql.Identifier(table),
            was=sql.Identifier(f"was_{table}"),
            name=sql.Literal(table),
            ids=sql.SQL(", ").join(sql.Literal(str(one)) for one in ids),
        )
        .as_string(None)
    )


def _each(statement: str, tables: Iterable[str] = TABLES, between: str = "; ") -> str:
    return between.join(_composed(statement, table) for table in tables)


def _run(statements: str, using: str = "default") -> None:
    """Several statements on one way to the server, all or nothing."""
    if statements:
        with transaction.atomic(using=using):
            connections[using].connection.execute(statements, prepare=False)


def _all(using: str, tables: Iterable[str]) -> Saved:
    rows: Saved = {table: [] for table in tables}
    with connections[using].cursor() as cursor:
        cursor.execute(_each("SELECT {name}, to_jsonb(t) FROM {table} t", tables, between=" UNION ALL "))
        for table, row in cursor.fetchall():
            rows[table].append(json.loads(row))
    return rows


def _replace(using: str, saved: Saved) -> None:
    again = "INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s)"
    with transaction.atomic(using=using):
        _run(_each("DELETE FROM {table}", saved), using)
        with connections[using].cursor() as cursor:
            for table, rows in saved.items():
                if rows:
                    cursor.execute(_composed(again, table), [json.dumps(rows)])


def empty() -> None:
    _replace("default", {table: [] for table in TABLES})


@dataclass(frozen=True)
class AsItWas:
    """All rows of a moment, and the keys of their words."""

    rows: Saved
    keys: Saved

    @classmethod
    def now(cls) -> Self:
        return cls(_all("default", TABLES), _all("keys", KEY_TABLES))

    def enter(self) -> None:
        """Make the rows so, whatever stands there, and keep them at hand for `changes` and `put_back`."""
        _replace("default", self.rows)
        _replace("keys", self.keys)
        _run(_each("CREATE TEMP TABLE IF NOT EXISTS {was} (LIKE {table})"))
        _run(_each("DELETE FROM {was}"))
        _run(_each("INSERT INTO {was} SELECT * FROM {table}"))

    def put_back(self, changes: Iterable[Change]) -> None:
        """Undo these changes, and whatever has become of the keys."""
        undo, again = [], []
        for table in {table for table, *_ in changes}:
            now = [row["id"] for name, _, row in changes if name == table and row]
            was = [row["id"] for name, row, _ in changes if name == table and row]
            if now:
                undo.append(_composed("DELETE FROM {table} WHERE id IN ({ids})", table, now))
            if was:
                again.append(
                    _composed("INSERT INTO {table} SELECT * FROM {was} WHERE id IN ({ids})", table, was)
                )
        _run("; ".join(undo + again))
        if _all("keys", KEY_TABLES) != self.keys:
            _replace("keys", self.keys)


_CHANGES = _each(
    "SELECT {name}, to_jsonb(was), to_jsonb(now) FROM {was} was FULL JOIN {table} now ON was.id = now.id"
    " WHERE was IS DISTINCT FROM now",
    between=" UNION ALL ",
)


def changes() -> list[Change]:
    """Every row that isn't as it was."""
    found = connection.connection.execute(_CHANGES, prepare=True).fetchall()
    return [(table, *(row and json.loads(row) for row in rows)) for table, *rows in found]


def digest(changed: Iterable[Change], saved: Saved) -> Digest:
    """What has become of the rows, without what differs by chance or by the clock."""
    known = {str(row["id"]) for rows in saved.values() for row in rows}
    found = []
    for table, was, now in changed:
        if now is None:
            found.append((table, str(was and was["id"]), "gone"))
            continue
        columns = {
            column: _plain(column, value, known)
            for column, value in now.items()
            if column != "id" and (was is None or was[column] != value)
        }
        found.append((table, str(was["id"]) if was else "new", json.dumps(columns, sort_keys=True)))
    return tuple(sorted(found))


def _plain(column: str, value: Any, known: set[str]) -> Any:
    if column in _BY_CHANCE:
        return "by chance"
    if not isinstance(value, str):
        return value
    if value.startswith(_SEALED):
        return f"{len(value)} sealed"
    if _UUID.fullmatch(value) and value not in known:
        return "new"
    return "now" if _INSTANT.match(value) else value


@contextmanager
def plans_kept() -> Iterator[None]:
    """Let connections that are opened within plan each statement once: the policies make a plan long, and here the same
    few hundred statements come again and again."""
    before = connection.settings_dict["OPTIONS"]
    said = f"{before.get('options', '')} -c plan_cache_mode=force_generic_plan"
    once = {"server_side_binding": True, "options": said}
    connection.close()
    connection.settings_dict["OPTIONS"] = before | once
    connection_created.connect(_keep_plans)
    try:
        yield
    finally:
        connection_created.disconnect(_keep_plans)
        connection.settings_dict["OPTIONS"] = before
        connection.close()


class _Kept(PrepareManager):
    """What a connection has prepared. psycopg forgets it with each rollback, since that may take away a table."""

    prepare_threshold = 1
    prepared_max = 5_000

    def clear(self) -> bool:
        return False


def _keep_plans(connection: Any, **kwargs: object) -> None:
    if connection.alias == "default":
        connection.connection._prepared = _Kept()
