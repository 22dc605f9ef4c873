"""What the database itself shows to a person and what it refuses, with nothing of the product in the way."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, models, transaction

from coaching.row_security.policy import walled_models
from sopcoach.models import User
from sopcoach.requests.actor import acting_as
from tests.roles import before_the_wall

REFUSED = "refused"
A_WHILE = timedelta(minutes=10)
"""Longer than a test takes: for the database it is still the moment at which the test's transaction began."""


def seen(model: type[models.Model], user: User | None) -> int:
    """How many rows of a model the database shows to a person."""
    with before_the_wall(), acting_as(user):
        return model._base_manager.count()


@contextmanager
def refused() -> Generator[None]:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        yield


@contextmanager
def refused_to(user: User | None) -> Generator[None]:
    """What `user` does within the block is refused by the database, which holds the same as before."""
    before = held()
    with before_the_wall(), acting_as(user), refused():
        yield
    assert held() == before


def attempt(user: User | None, statement: str) -> str | int:
    """Run SQL for somebody as the product's role: REFUSED, or on how many rows it took effect."""
    with before_the_wall(), acting_as(user), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(statement)
                return cursor.rowcount
        except ProgrammingError as error:
            if "row-level security" not in str(error):
                raise
            return REFUSED


def update(table: str, change: str, where: str = "true") -> str:
    return f"UPDATE {table} SET {change} WHERE {where}"  # noqa: S608  (of the tests' own words)


def assert_refused(user: User | None, statement: str) -> None:
    before = held()
    assert attempt(user, statement) == REFUSED, statement
    assert held() == before


def held() -> dict[str, str | None]:
    """All that the tables of coaching hold, as one print of each."""
    with connection.cursor() as cursor:
        prints = {}
        for model in walled_models():
            cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY id)) FROM {model._meta.db_table} t")  # noqa: S608
            prints[model.__name__] = cursor.fetchone()[0]
        return prints
