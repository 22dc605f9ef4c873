"""The data keys in use: one for each erasure unit, fetched a keeper at a time and forgotten with the request."""

import os
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from sopcoach.vault.models import DataKey
from sopcoach.vault.router import KEYS
from sopcoach.vault.wrapping import KEY_BYTES, UnwrappableError, unwrap, wrapping_keys


@dataclass(frozen=True)
class ErasureUnit:
    """What is erased as one: a session, an agreement. Belongs to a keeper, such as a partnership."""

    keeper: UUID
    id: UUID

    @property
    def about(self) -> bytes:
        return b"data key " + self.id.bytes


class ErasedError(ValidationError):
    """The unit's key has been destroyed, and with it every copy of its words. Nothing can be added to it either, which
    only somebody meets who writes into rows of an old backup."""

    def __init__(self) -> None:
        super().__init__("What stood here has been erased, so nothing can be added to it.")


class Wrapped(Protocol):
    """A row of the keys, or the columns of one."""

    keeper: UUID
    unit: UUID
    wrapped: Any
    wrapped_by: str
    erased_at: datetime | None


@dataclass
class Keyring:
    keys: dict[UUID, bytes | None] = field(default_factory=dict)
    """The key of each unit; None where it was erased."""
    lost: dict[UUID, UnwrappableError] = field(default_factory=dict)
    """Why the key of a unit can't be had, where it can't: others of the same keeper can be read all the same."""
    closed: dict[UUID, Wrapped] = field(default_factory=dict)
    """Those that were fetched, each as it is stored until somebody reads by it: a pair of many years has hundreds."""
    fetched: set[UUID] = field(default_factory=set)

    def fetch(self, keepers: Iterable[UUID]) -> None:
        """Get all keys of these keepers in one query, for a page that shows several."""
        missing = set(keepers) - self.fetched
        if not missing:
            return
        columns = ("keeper", "unit", "wrapped", "wrapped_by", "erased_at")
        for row in DataKey.objects.filter(keeper__in=missing).values_list(*columns, named=True):
            self.closed.setdefault(row.unit, row)
        self.fetched |= missing

    def _open(self, unit: UUID) -> None:
        try:
            self.keys[unit] = _open(self.closed[unit])
        except UnwrappableError as error:
            self.lost[unit] = error

    def key_of(self, unit: ErasureUnit, *, make: bool = False) -> bytes:
        """The unit's key. Raises ErasedError, UnwrappableError where the key that wraps it isn't there, or KeyError
        where there never was one and `make` is false."""
        if unit.id not in self.keys and unit.id not in self.lost:
            if unit.id not in self.closed:
                self.fetched.discard(unit.keeper)  # it may have been made since
                self.fetch([unit.keeper])
            if unit.id in self.closed:
                self._open(unit.id)
        if unit.id in self.lost:
            raise self.lost[unit.id]
        if unit.id not in self.keys and make:
            self.keys[unit.id] = _make(unit)
        key = self.keys[unit.id]
        if key is None:
            raise ErasedError
        return key


def _open(row: Wrapped) -> bytes | None:
    if row.erased_at:
        return None
    return unwrap(bytes(row.wrapped), row.wrapped_by, ErasureUnit(row.keeper, row.unit).about)


def _make(unit: ErasureUnit) -> bytes | None:
    # committed at once: were the content rolled back, a key without words would be left, which harms nobody
    wrapping = wrapping_keys()[0]
    key = os.urandom(KEY_BYTES)
    row, _ = DataKey.objects.get_or_create(
        unit=unit.id,
        defaults={
            "keeper": unit.keeper,
            "wrapped": wrapping.wrap(key, unit.about),
            "wrapped_by": wrapping.id,
        },
    )
    return _open(row)  # another process may have been first


_current: ContextVar[Keyring | None] = ContextVar("keyring", default=None)


def keyring() -> Keyring:
    """The ring of this request; outside of one, a ring that lives as long as its context."""
    ring = _current.get()
    if ring is None:
        ring = Keyring()
        _current.set(ring)
    return ring


@contextmanager
def fresh_keyring() -> Generator[Keyring]:
    """Begin with an empty ring and forget it afterwards, so that an erased key isn't held anywhere."""
    token = _current.set(Keyring())
    try:
        yield keyring()
    finally:
        _current.reset(token)


def units_of(keepers: Iterable[UUID]) -> list[ErasureUnit]:
    """Every unit of these keepers that can still be read, whatever has become of its rows."""
    rows = DataKey.objects.filter(keeper__in=list(keepers), erased_at=None)
    return [ErasureUnit(keeper, unit) for keeper, unit in rows.values_list("keeper", "unit")]


@transaction.atomic(using=KEYS)
def erase(units: Iterable[ErasureUnit]) -> int:
    """Destroy the keys of these units: from now on no copy of their words can be read, backups included."""
    ids = [unit.id for unit in units]
    if not ids:
        return 0
    erased = DataKey.objects.filter(unit__in=ids, erased_at=None).update(
        wrapped=b"", wrapped_by="", erased_at=timezone.now()
    )
    for unit_id in ids:
        keyring().keys[unit_id] = None
    return erased


def rotate(*, batch: int = 500) -> int:
    """Wrap every data key anew by the first of SOPCOACH_KEYS, and say how many it was. Safe to run again."""
    newest = wrapping_keys()[0]
    done = 0
    while rows := list(DataKey.objects.filter(erased_at=None).exclude(wrapped_by=newest.id)[:batch]):
        with transaction.atomic(using=KEYS):
            for row in rows:
                about = ErasureUnit(row.keeper, row.unit).about
                key = unwrap(bytes(row.wrapped), row.wrapped_by, about)
                DataKey.objects.filter(unit=row.unit, erased_at=None, wrapped_by=row.wrapped_by).update(
                    wrapped=newest.wrap(key, about), wrapped_by=newest.id
                )
                done += 1
    return done
