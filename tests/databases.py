"""On which of the two databases a test runs when the whole suite does (ADR 30); named by its file it runs on either."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import TestCase

ON_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
BROWSER = Path(__file__).parent / "browser"


def runs_here(item: pytest.Item) -> bool:
    """Once, on SQLite; on PostgreSQL what it alone can show, and on both what may differ between them."""
    if item.get_closest_marker("both_databases") and asks_a_database(item):
        return True
    return (is_for_postgres_alone(item.path) or item.path.is_relative_to(BROWSER)) == ON_POSTGRES


def is_for_postgres_alone(path: Path) -> bool:
    return path.name.startswith("test_postgres_")


def asks_a_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures or item.get_closest_marker("django_db")) or is_django_case(item)


def is_django_case(item: pytest.Item) -> bool:
    of = getattr(item, "cls", None)
    return of is not None and issubclass(of, TestCase)
