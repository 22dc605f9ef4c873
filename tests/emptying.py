"""How a test that commits its rows leaves the database: with the tables as `migrate` has made them."""

from django.core.management.color import no_style
from django.db import connections
from django.test import TransactionTestCase

from tests.roles import past_the_wall

MADE_BY_MIGRATE = {"django_content_type", "auth_permission", "django_site"}


def empty_what_has_rows(case: TransactionTestCase) -> None:
    """Django would empty every table and say that all is migrated anew, whereupon policies and triggers are made again.

    That took longer than most tests, and each of the server's connections forgot the plans that it had made.
    """
    with past_the_wall():
        for alias in case._databases_names(include_mirrors=False):
            _empty(alias)


def _empty(alias: str) -> None:
    connection = connections[alias]
    quote = connection.ops.quote_name
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        asked = ", ".join(f"EXISTS (SELECT 1 FROM {quote(name)})" for name in names)  # noqa: S608  (tables)
        cursor.execute(f"SELECT {asked}")
        answers = cursor.fetchone()
    filled = [
        name
        for name, has_rows in zip(names, answers, strict=True)
        if has_rows and name not in MADE_BY_MIGRATE
    ]
    emptying = connection.ops.sql_flush(no_style(), filled, allow_cascade=True)
    connection.ops.execute_sql_flush(emptying)
