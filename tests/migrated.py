"""The databases as `migrate` makes them: once for a run, of which each of its processes takes copies.

`python -m tests.migrated FOLDER` makes them, which `bin/test` does beside its checks, and else whoever needs them first.
"""

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import django
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.creation import BaseDatabaseCreation

MADE_AHEAD = "MIGRATED_TESTS"
"""Names the folder of those that were made ahead."""

_migrate = BaseDatabaseCreation.create_test_db


def copying_from(folder: Path) -> Callable[..., str]:
    """What to put in the place of `create_test_db`; a database that is kept from run to run is none of its business."""

    def create_test_db(
        self: BaseDatabaseCreation, verbosity: int = 1, *, autoclobber: bool = False, keepdb: bool = False
    ) -> str:
        if keepdb:
            return _migrate(self, verbosity, autoclobber, keepdb=True)
        return _copy(self.connection, migrated(self.connection, folder))

    return create_test_db


def migrated(connection: BaseDatabaseWrapper, folder: Path) -> str:
    """Its name, or its file. Whoever comes first makes it; the others wait, since they could do nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / connection.vendor
    with made.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            # in a process of its own, since this one may have databases open
            command = [sys.executable, "-m", "tests.migrated", str(folder)]
            subprocess.run(command, cwd=settings.BASE_DIR, check=True)
    return _template(connection, folder)


def _make(connection: BaseDatabaseWrapper, folder: Path) -> None:
    connection.settings_dict["TEST"]["NAME"] = _template(connection, folder)
    _migrate(connection.creation, verbosity=0, autoclobber=True)
    connection.close()


def _copy(connection: BaseDatabaseWrapper, template: str) -> str:
    name = connection.creation._get_test_db_name()
    if connection.vendor == "postgresql":
        quote = connection.ops.quote_name
        with connection.creation._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quote(name)}")
            cursor.execute(f"CREATE DATABASE {quote(name)} TEMPLATE {quote(template)}")
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(template)) as file:
            file.backup(connection.connection)
    return name


def _template(connection: BaseDatabaseWrapper, folder: Path) -> str:
    if connection.vendor == "postgresql":
        return f"migrated_{connection.alias}"
    return str(folder / f"{connection.alias}.sqlite3")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    into = Path(sys.argv[1])
    into.mkdir(parents=True, exist_ok=True)
    for each in connections.all():
        _make(each, into)
    (into / connections["default"].vendor).touch()
