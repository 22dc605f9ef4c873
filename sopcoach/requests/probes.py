"""Whether the server lives, and whether it can do its work: asked by a proxy or a monitor, answered before all else.

Before hosts and HTTPS are looked at, since whoever asks on this machine names neither.
"""

import logging
import os
import shutil
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from sopcoach.vault.keyring import ErasureUnit
from sopcoach.vault.models import DataKey
from sopcoach.vault.wrapping import unwrap, wrapping_keys

log = logging.getLogger(__name__)

ENOUGH_DISK = 500_000_000
"""Bytes below which a database may soon be unable to write."""
PATIENCE = timedelta(minutes=10)
"""How long a task waits at the most where a worker takes them up."""


class NotReadyError(Exception):
    """What is wrong, in a sentence that names nobody."""


def content_answers() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT 1")


def keys_open() -> None:
    """Unwrap a key that is stored; where there is none yet, one that is made for it and kept nowhere."""
    wrapping = wrapping_keys()[0]
    stored = DataKey.objects.filter(erased_at=None).order_by("unit").first()
    if stored is None:
        wrapping.unwrap(wrapping.wrap(os.urandom(32), b"probe"), b"probe")
    else:
        unwrap(bytes(stored.wrapped), stored.wrapped_by, ErasureUnit(stored.keeper, stored.unit).about)


def migrations_are_applied() -> None:
    for alias in connections:
        executor = MigrationExecutor(connections[alias])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise NotReadyError(f"{alias}: migrations are missing. Run manage.py migrate.")


def worker_is_heard_of() -> None:
    now = timezone.now()
    old = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - PATIENCE)
    # one that was to wait, a mail tried again, has waited since then only
    if old.exclude(run_after__range=(now - PATIENCE, now)).exists():
        raise NotReadyError("Tasks wait longer than ten minutes. Is manage.py db_worker running?")


def disk_has_room() -> None:
    free = shutil.disk_usage(settings.BASE_DIR).free
    if free < ENOUGH_DISK:
        raise NotReadyError(f"{free // 1_000_000} MB are free on the disk.")


QUESTIONS: dict[str, Callable[[], None]] = {
    "content": content_answers,
    "keys": keys_open,
    "migrations": migrations_are_applied,
    "worker": worker_is_heard_of,
    "disk": disk_has_room,
}


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: nothing is asked of anything."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready, or 503 with what isn't; the log has the whole of an unexpected error, the answer its kind alone."""
    lines, is_ready = [], True
    for name, ask in QUESTIONS.items():
        try:
            ask()
        except NotReadyError as problem:
            said = str(problem)
        except Exception as error:
            log.warning("Not ready: %s", name, exc_info=error)
            said = type(error).__name__
        else:
            lines.append(f"ok   {name}")
            continue
        is_ready = False
        lines.append(f"FAIL {name}: {said}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain", status=200 if is_ready else 503)


_PROBES = {"/healthz": healthz, "/readyz": readyz}


class Probes:
    """Middleware before all that looks at the host: a probe is answered whatever it names and however it came."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = _PROBES.get(request.path_info) if request.method in {"GET", "HEAD"} else None
        return probe(request) if probe else self.get_response(request)
