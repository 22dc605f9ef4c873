"""Alive, and able to work: what a proxy and a monitor ask."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sopcoach.requests import probes
from sopcoach.vault.keyring import ErasureUnit
from sopcoach.vault.models import DataKey


def test_alive_is_answered_with_nothing_asked_whatever_host_is_named(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    response = client.get("/healthz", headers={"host": "10.0.0.7"})  # no database is allowed in this test

    assert (response.status_code, response.content) == (200, b"ok")


@pytest.fixture
def ready(client, db, monkeypatch):
    """What /readyz says. The tables of tests are copied, so their migrations are taken as applied."""
    monkeypatch.setattr(probes, "MigrationExecutor", _Executor)
    return lambda: client.get("/readyz", headers={"host": "10.0.0.7"})


class _Executor:
    missing: tuple[str, ...] = ()

    def __init__(self, connection: object) -> None:
        self.loader = SimpleNamespace(graph=SimpleNamespace(leaf_nodes=list))

    def migration_plan(self, nodes: object) -> tuple[str, ...]:
        return self.missing


def test_all_is_well(ready):
    answer = ready()

    assert answer.status_code == 200
    assert answer.text == "ok   content\nok   keys\nok   migrations\nok   worker\nok   disk\n"


def fails(answer, line: str) -> bool:
    assert answer.status_code == 503
    return line in answer.text.splitlines()


def test_a_stored_key_that_the_servers_keys_dont_open(ready):
    unit = ErasureUnit(*(DataKey(unit="5ec0dfac-0000-4000-8000-00000000000a").unit,) * 2)
    DataKey.objects.create(unit=unit.id, keeper=unit.keeper, wrapped=b"x" * 60, wrapped_by="of-before")

    assert fails(ready(), "FAIL keys: UnwrappableError")


def test_the_content_that_does_not_answer(ready, monkeypatch):
    def away() -> None:
        raise OperationalError("password=secret")

    monkeypatch.setitem(probes.QUESTIONS, "content", away)

    answer = ready()

    assert fails(answer, "FAIL content: OperationalError")
    assert "secret" not in answer.text


def test_migrations_that_are_missing(ready, monkeypatch):
    monkeypatch.setattr(_Executor, "missing", ("coaching.0099",))

    alias = next(iter(connections))
    assert fails(ready(), f"FAIL migrations: {alias}: migrations are missing. Run manage.py migrate.")


def test_tasks_that_nobody_takes_up(ready):
    DBTaskResult.objects.create(
        task_path="sopcoach.mailing.posting.deliver",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        queue_name="default",
    )
    assert ready().status_code == 200

    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=11))

    sentence = "Tasks wait longer than ten minutes. Is manage.py db_worker running?"
    assert fails(ready(), f"FAIL worker: {sentence}")

    DBTaskResult.objects.update(run_after=timezone.now() - timedelta(seconds=1))
    assert ready().status_code == 200


def test_a_disk_that_is_nearly_full(ready, monkeypatch):
    monkeypatch.setattr(probes.shutil, "disk_usage", lambda path: SimpleNamespace(free=12_000_000))

    assert fails(ready(), "FAIL disk: 12 MB are free on the disk.")
