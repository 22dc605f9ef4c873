"""Who the database believes to be acting: on PostgreSQL every policy of the wall asks for it (docs/security.md).

On SQLite there are no policies and nothing happens here: a transaction round every request would lock writers out.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager

from django.contrib.auth.signals import user_logged_in
from django.db import connection, transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from sopcoach.models import User
from sopcoach.vault.keyring import fresh_keyring

SYSTEM_ACTORS = frozenset({"retention", "ending", "erasure", "training", "counting", "handover"})
"""Jobs without a person: each may do what the policies name it for, and nothing else."""


def has_wall() -> bool:
    return connection.vendor == "postgresql"


def _set(user_id: str, system: str) -> None:
    with connection.cursor() as cursor:
        # for this transaction only: a value for the session would leak through a pooler to the next person
        cursor.execute(
            "SELECT set_config('app.user_id', %s, true), set_config('app.system', %s, true)",
            [user_id, system],
        )


def _get() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('app.user_id', true), ''), coalesce(current_setting('app.system', true), '')"
        )
        return cursor.fetchone()


@contextmanager
def _acting(user_id: str, system: str) -> Generator[None]:
    if not has_wall():
        yield
        return
    with transaction.atomic():
        before = _get()
        _set(user_id, system)
        yield
        _set(*before)


@contextmanager
def acting_as(user: User | None) -> Generator[None]:
    """Let the database see `user` act within the block, and whoever it was before after it.

    For commands and workers; a request gets its person from the middleware. None is somebody who isn't signed in.
    """
    with _acting(str(user.pk) if user else "", ""):
        yield


@contextmanager
def acting_as_system(name: str) -> Generator[None]:
    """Let a named job without a person act within the block. Raises ValueError for a name that no policy knows."""
    if name not in SYSTEM_ACTORS:
        raise ValueError(f"There is no system actor {name!r}.")
    with _acting("", name):
        yield


def wall(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tell the database who asks, for anonymous requests as well, and hold no data key longer than the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with fresh_keyring():
            if not has_wall():
                return get_response(request)
            with transaction.atomic():
                _set(str(request.user.pk) if request.user.is_authenticated else "", "")
                response = get_response(request)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
                return response

    return middleware


@receiver(user_logged_in)
def act_as_who_signed_in(sender: object, user: User, **kwargs: object) -> None:
    """From the moment of signing in, the rest of the request is that person's."""
    if has_wall() and connection.in_atomic_block:
        _set(str(user.pk), "")
