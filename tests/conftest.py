import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from sopcoach.models import User
from sopcoach.vault.keyring import fresh_keyring

BROWSER = Path(__file__).parent / "browser"
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
NOT_RUN = ["skipped", "xfailed", "xpassed", "deselected"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--part", choices=["pages", "browser"], help="Everything but the browser tests, or only these."
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the other part, and on SQLite what only PostgreSQL can show (`test_postgres_….py`)."""
    part = config.getoption("--part")
    in_browser = collection_path.is_relative_to(BROWSER)
    if part == "pages" and in_browser:
        return True
    if part == "browser" and collection_path.is_file() and not in_browser:
        return True
    on_postgres = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    if collection_path.name.startswith("test_postgres_") and not on_postgres:
        return True
    return None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that has the content's database has the keys' as well."""
    for item in items:
        uses = getattr(item, "fixturenames", ())
        if "db" in uses or item.get_closest_marker("django_db"):
            given = item.get_closest_marker("django_db")
            arguments = given.kwargs if given else {}
            item.add_marker(pytest.mark.django_db(**arguments | {"databases": "__all__"}), append=False)


def pytest_deselected(items: list[pytest.Item]) -> None:
    if IN_CI and items:
        raise pytest.UsageError(f"In CI every test runs, but {len(items)} were deselected.")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a test that did not run is a failure: it would say that something holds which nobody has seen."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not (IN_CI and reporter):
        return
    not_run = [report.nodeid for kind in NOT_RUN for report in reporter.stats.get(kind, [])]
    if not_run and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line(
            f"\nIn CI every test runs and passes, but these did not: {', '.join(not_run)}", red=True
        )


@pytest.fixture(autouse=True)
def _no_rate_limit_from_an_earlier_test() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _no_keys_from_an_earlier_test() -> Generator[None]:
    with fresh_keyring():
        yield


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    """A browser of somebody who has signed in: `client_for(user).get("/")`."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
