"""The tables of a database that nobody has used yet, in a tenth of the time that its history takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connections


class NoHistory:
    """As MIGRATION_MODULES: no app has migrations, so that its tables are made from its models."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


def is_fresh(database: str) -> bool:
    connection = connections[database]
    return connection.vendor == "sqlite" and not connection.introspection.table_names()


def make_tables(database: str) -> None:
    """As `migrate` would leave them, which a test compares. Its rows say so: from now on this one migrates as any other.

    Only for SQLite: PostgreSQL's walls are made by migrations.
    """
    with _without_history():
        call_command("migrate", database=database, run_syncdb=True, interactive=False, verbosity=0)
    call_command("createcachetable", database=database, verbosity=0)
    call_command("migrate", database=database, fake=True, interactive=False, verbosity=0)


@contextmanager
def _without_history() -> Iterator[None]:
    stands = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = NoHistory()
    try:
        yield
    finally:
        settings.MIGRATION_MODULES = stands
