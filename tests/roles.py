"""Two roles of the tests' PostgreSQL (`bin/with-postgres`): the product's own, for whom the wall stands, and one that
arranges rows past it. The product never changes its role."""

from collections.abc import Generator
from contextlib import contextmanager

from django.db import connection


def _set_role(role: str) -> None:
    if connection.vendor != "postgresql" or connection.needs_rollback:
        return  # no wall here; or the transaction is lost, and the role with it
    connection.ensure_connection()
    connection.connection.execute(
        f"SET ROLE {role}"
    )  # past Django, which would count it as a query of the page


@contextmanager
def past_the_wall() -> Generator[None]:
    _set_role("arranging")
    try:
        yield
    finally:
        _set_role("none")


@contextmanager
def before_the_wall() -> Generator[None]:
    """As the product itself. Does nothing where there is no wall."""
    if connection.vendor != "postgresql":
        yield
        return
    _set_role("none")
    try:
        yield
    finally:
        _set_role("arranging")
