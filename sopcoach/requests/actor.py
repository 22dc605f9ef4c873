"""Who the database believes to be acting: on PostgreSQL every policy of the wall asks for it (docs/security.md).

On SQLite there are no policies and nothing happens here: a transaction round every request would lock writers out.
"""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.db import OperationalError, connection, transaction
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from sopcoach.models import User
from sopcoach.requests.again import Collided, is_collision
from sopcoach.vault.keyring import fresh_keyring

SYSTEM_ACTORS = frozenset(
    {
        "retention",
        "ending",
        "erasure",
        "training",
        "counting",
        "handover",
        "marking",
        "mailing",
        "reminding",
        "calendar",
        "accounts",
        "sorting",
    }
)
"""Jobs without a person: each may do what the policies name it for, and nothing else."""


def has_wall() -> bool:
    return connection.vendor == "postgresql"


@dataclass(frozen=True)
class _Actor:
    """What the policies are told. An administrator is a person, and no side and no seat of any coaching (ADR 20)."""

    user_id: str = ""
    coach_id: str = ""
    system: str = ""

    @classmethod
    def of(cls, user: User | AnonymousUser | None) -> Self:
        if user is None or not user.is_authenticated:
            return cls()
        return cls(str(user.pk), "" if user.is_administrator else str(user.pk))


SETTINGS = tuple(f"app.{field.name}" for field in fields(_Actor))


def _set(actor: _Actor) -> None:
    # for this transaction only: a value for the session would leak through a pooler to the next person
    asked = ", ".join("set_config(%s, %s, true)" for _ in SETTINGS)
    values = zip(SETTINGS, astuple(actor), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", [part for pair in values for part in pair])


def _get() -> _Actor:
    asked = ", ".join("coalesce(current_setting(%s, true), '')" for _ in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}", SETTINGS)
        return _Actor(*cursor.fetchone())


@contextmanager
def _acting(actor: _Actor) -> Generator[None]:
    if not has_wall():
        yield
        return
    with transaction.atomic():
        before = _get()
        _set(actor)
        yield
        _set(before)


@contextmanager
def acting_as(user: User | None) -> Generator[None]:
    """Let the database see `user` act within the block, and whoever it was before after it.

    For commands and workers; a request gets its person from the middleware. None is somebody who isn't signed in.
    """
    with _acting(_Actor.of(user)):
        yield


@contextmanager
def acting_as_system(name: str) -> Generator[None]:
    """Let a named job without a person act within the block. Raises ValueError for a name that no policy knows."""
    if name not in SYSTEM_ACTORS:
        raise ValueError(f"There is no system actor {name!r}.")
    with _acting(_Actor(system=name)):
        yield


def wall(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tell the database who asks, for anonymous requests as well, and hold no data key longer than the request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with fresh_keyring():
            if not has_wall():
                return get_response(request)
            try:
                with transaction.atomic():
                    _set(_Actor.of(request.user))
                    response = get_response(request)
                    if response.status_code >= 500:
                        transaction.set_rollback(True)
            except OperationalError as error:  # what a row names is looked for only at the end
                if not is_collision(error):
                    raise
                response = Collided()
            if isinstance(response, Collided):
                response.is_taken_back = True
            return response

    return middleware


@receiver(user_logged_in)
def act_as_who_signed_in(sender: object, user: User, **kwargs: object) -> None:
    """From the moment of signing in, the rest of the request is that person's."""
    if has_wall() and connection.in_atomic_block:
        _set(_Actor.of(user))
