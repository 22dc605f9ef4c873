import os
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.creation import BaseDatabaseCreation
from django.http import HttpRequest, HttpResponse
from django.test import Client, TransactionTestCase
from django.test.client import ClientHandler

from sopcoach.models import User
from sopcoach.vault.keyring import fresh_keyring
from tests.databases import BROWSER, ON_POSTGRES, is_django_case, is_for_postgres_alone, runs_here
from tests.emptying import empty_what_has_rows
from tests.migrated import MADE_AHEAD, copying_from
from tests.pressing import PressingClient
from tests.roles import before_the_wall, past_the_wall

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}
NOT_RUN = ["skipped", "xfailed", "xpassed", "deselected"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--part", choices=["pages", "browser"], help="Everything but the browser tests, or only these."
    )
    parser.addoption(
        "--once",
        action="store_true",
        help="Leave to the other database what runs there (tests/databases.py).",
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the other part, and on SQLite what only PostgreSQL can show (`test_postgres_….py`)."""
    part = config.getoption("--part")
    in_browser = collection_path.is_relative_to(BROWSER)
    if part == "pages" and in_browser:
        return True
    if part == "browser" and collection_path.is_file() and not in_browser:
        return True
    if is_for_postgres_alone(collection_path) and not ON_POSTGRES:
        return True
    return None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that has the content's database has the keys' as well."""
    if config.getoption("--once"):
        items[:] = [item for item in items if runs_here(item)]
    for item in items:
        uses = getattr(item, "fixturenames", ())
        if {"db", "transactional_db"} & set(uses) or item.get_closest_marker("django_db"):
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
def _no_rate_limit_from_an_earlier_test(request: pytest.FixtureRequest) -> None:
    """Tries are counted in the database: a test's rollback forgets them, and emptying the models' tables doesn't."""
    marker = request.node.get_closest_marker("django_db")
    if {"live_server", "transactional_db"} & set(request.fixturenames) or (
        marker and marker.kwargs.get("transaction")
    ):
        request.getfixturevalue("transactional_db")
        cache.clear()


@pytest.fixture(autouse=True)
def _no_keys_from_an_earlier_test() -> Generator[None]:
    with fresh_keyring():
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """On SQLite the requests of a browser have connections of their own, as they have in the product.

    Of a database in memory there is one connection, in which requests of the same instant end each other's transactions.
    """
    if ON_POSTGRES or not any(item.path.is_relative_to(BROWSER) for item in request.session.items):
        return
    place = tmp_path_factory.mktemp("databases")
    for alias, database in settings.DATABASES.items():
        database.setdefault("TEST", {})["NAME"] = str(place / f"{alias}.sqlite3")


@pytest.fixture(scope="session")
def migrated_databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what the processes of a run have in common (tests/migrated.py)."""
    own = tmp_path_factory.getbasetemp()
    in_common = own.parent if hasattr(request.config, "workerinput") else own
    return Path(os.environ.get(MADE_AHEAD) or in_common / "migrated")


@pytest.fixture(scope="session", autouse=True)
def _migrated_once(request: pytest.FixtureRequest, migrated_databases: Path) -> Generator[None]:
    with pytest.MonkeyPatch.context() as patch:
        if not request.config.getoption("nomigrations"):
            patch.setattr(BaseDatabaseCreation, "create_test_db", copying_from(migrated_databases))
        yield


@pytest.fixture(scope="session", autouse=True)
def _emptied_swiftly() -> Generator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty_what_has_rows)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker) -> None:
    if ON_POSTGRES:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("GRANT ALL ON ALL TABLES IN SCHEMA public TO arranging")
            cursor.execute("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO arranging")


@pytest.fixture(autouse=True)
def _arranging(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """On PostgreSQL a test arranges and looks at rows past the wall, while each request stands before it."""
    database = next((name for name in ("transactional_db", "db") if name in request.fixturenames), None)
    if not ON_POSTGRES or not (database or is_django_case(request.node)):
        yield
        return
    if database:
        request.getfixturevalue(database)
    answer = ClientHandler.get_response

    def answer_before_the_wall(self: ClientHandler, http_request: HttpRequest) -> HttpResponse:
        with before_the_wall():
            return answer(self, http_request)

    monkeypatch.setattr(ClientHandler, "get_response", answer_before_the_wall)
    with past_the_wall():
        yield


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    """A browser of somebody who has signed in: `client_for(user).get("/")`.

    They press the button of a form that they send. An administrator gets a second factor: without one their pages stay
    closed.
    """

    def sign_in(user: User) -> Client:
        client = PressingClient()
        if user.is_administrator:
            Authenticator.objects.get_or_create(
                user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "A" * 32}}
            )
        client.force_login(user)
        return client

    return sign_in
