"""A new demo's tables are made from the models: they are what its migrations would have left (ADR 32)."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

ON_SQLITE = "sqlite" in settings.DATABASES["default"]["ENGINE"]
pytestmark = pytest.mark.django_db

MAKE = """
import django
django.setup()
from django.core.management import call_command
from sopcoach.management.fresh_tables import is_fresh, make_tables
for database in ("default", "keys"):
    assert is_fresh(database)
    make_tables(database)
    assert not is_fresh(database)
    call_command("migrate", database=database, check_unapplied=True)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("fresh")
    files = {name: folder / f"{name}.sqlite3" for name in ("default", "keys")}
    addresses = {
        "DATABASE_URL": f"sqlite:///{files['default']}",
        "KEYS_DATABASE_URL": f"sqlite:///{files['keys']}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    subprocess.run(
        [sys.executable, "-c", MAKE], cwd=settings.BASE_DIR, env=os.environ | addresses, check=True
    )
    return files


def described(cursor) -> dict[str, dict[str, set]]:
    """What each table holds, in whatever order, and what keeps its values right, by name where it has one."""
    found = {}
    for table, sql in rows(cursor, "SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        if table.startswith("sqlite_"):
            continue
        found[table] = {
            "columns": {column[1:4] + column[5:] for column in rows(cursor, f'PRAGMA table_info("{table}")')},
            "constraints": set(re.findall(r'CONSTRAINT "(\w+)" (CHECK|UNIQUE)', sql)),
            "references": {key[2:] for key in rows(cursor, f'PRAGMA foreign_key_list("{table}")')},
            "indexes": set(indexes(cursor, table)),
        }
    return found


def indexes(cursor, table: str) -> Iterator[tuple]:
    for _, name, unique, origin, partial in rows(cursor, f'PRAGMA index_list("{table}")'):
        columns = [column for _, _, column in rows(cursor, f'PRAGMA index_info("{name}")')]
        yield "" if name.startswith("sqlite_") else name, unique, origin, partial, *columns


def rows(cursor, sql: str) -> list[tuple]:
    cursor.execute(sql)
    return cursor.fetchall()


@pytest.mark.skipif(not ON_SQLITE, reason="on PostgreSQL a demo is migrated as any other")
@pytest.mark.parametrize(("database", "at_least"), [("default", 60), ("keys", 2)])
def test_they_are_what_the_migrations_leave(made, database, at_least, request):
    if request.config.getoption("nomigrations"):
        pytest.skip("this run has no migrated tables to compare them with")
    with connections[database].cursor() as cursor:
        migrated = described(cursor)
    with sqlite3.connect(made[database]) as fresh:
        tables = described(fresh.cursor())

    assert len(tables) >= at_least
    assert tables.keys() == migrated.keys()
    assert [
        f"{name}: {tables[name]} {migrated[name]}" for name in tables if tables[name] != migrated[name]
    ] == []
