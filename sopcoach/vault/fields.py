"""Text that stands encrypted in the database and is opened when somebody reads the attribute."""

import base64
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from sopcoach.vault.keyring import ErasedError, ErasureUnit, keyring
from sopcoach.vault.wrapping import NONCE_BYTES, UnwrappableError
from sopcoach.words.refusal import Refused

MARK = "v1:"


class Sealed(str):
    """Encrypted text as the database holds it."""

    __slots__ = ()


class Lost(str):
    """A sentence of ours that stands where somebody's words can't be opened. It knows them still, and where they are."""

    sealed: Sealed | None = None
    place: tuple[str, object, str] | None = None

    def of(self, sealed: Sealed, place: tuple[str, object, str]) -> "Lost":
        lost = Lost(self)
        lost.sealed, lost.place = sealed, place
        return lost


ERASED = Lost("These words have been erased. They can’t be read again.")
UNREADABLE = Lost("These words can’t be read: their key isn’t here.")


class LostWordsError(ValidationError, Refused):
    """What stands can't be opened, so nothing is written over it, nor is the sentence about it kept as words.

    A form says it beside the field; where there is none, such as for a copy of a note, it is a refusal.
    """

    def __init__(self) -> None:
        super().__init__(
            "What you wrote here can’t be read now, since its key isn’t here. Nothing is written over it: once whoever "
            "looks after the server has brought the key back, it stands here again."
        )

    def __str__(self) -> str:
        return str(self.message)


def is_lost(text: object) -> bool:
    """Whether this is our sentence about words rather than the words, also where it has been copied or sent back."""
    return isinstance(text, Lost) or (isinstance(text, str) and text.strip() in (ERASED, UNREADABLE))


class SealedRow:
    """A model with sealed fields: it says which erasure unit a row belongs to."""

    def erasure_unit(self) -> ErasureUnit:
        raise NotImplementedError


def _about(row: models.Model, field: models.Field, unit: ErasureUnit) -> bytes:
    # bound to its place, so that a ciphertext moved to another row, field or table opens nowhere
    return f"{row._meta.db_table}|{row.pk}|{field.column}|{unit.id}".encode()


def seal(text: str, unit: ErasureUnit, about: bytes) -> Sealed:
    """Encrypt under the unit's key. It opens only where the same is said of it: `about` binds it to its place."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(keyring().key_of(unit, make=True)).encrypt(nonce, text.encode(), about)
    return Sealed(MARK + base64.b64encode(nonce + sealed).decode())


def unseal(sealed: str, unit: ErasureUnit, about: bytes) -> str:
    """Raises ErasedError, KeyError where the unit has no key, UnwrappableError where that can't be had, InvalidTag or
    ValueError where this was sealed elsewhere or is damaged."""
    raw = base64.b64decode(sealed[len(MARK) :])
    return AESGCM(keyring().key_of(unit)).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], about).decode()


def open_sealed(sealed: Sealed, row: Any, field: models.Field) -> str:
    """The text, or a sentence that says why nobody can read it any more."""
    unit = row.erasure_unit()
    try:
        return unseal(sealed, unit, _about(row, field, unit))
    except ErasedError:
        return ERASED.of(sealed, _place(row, field))
    except (KeyError, UnwrappableError, InvalidTag, ValueError):
        return UNREADABLE.of(sealed, _place(row, field))


def _place(row: models.Model, field: models.Field) -> tuple[str, object, str]:
    return row._meta.db_table, row.pk, field.attname


class SealedAttribute(DeferredAttribute):
    """Opens the text on first reading; a row whose text nobody reads costs nothing.

    What can't be opened stays as the database holds it: other words in its place raise LostWordsError.
    """

    def __get__(self, instance: Any, cls: type | None = None) -> Any:
        if instance is None:
            return self
        value = instance.__dict__.get(self.field.attname)
        if self.field.attname not in instance.__dict__:
            value = super().__get__(instance, cls)  # deferred: fetched now
        if isinstance(value, Sealed):
            value = open_sealed(value, instance, self.field)
            if not isinstance(value, Lost):
                instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        # having it makes this a data descriptor, which comes before the instance's own dict
        if isinstance(value, Lost):
            if value.place != _place(instance, self.field):
                raise LostWordsError
            value = value.sealed  # the row is read again
        stands = instance.__dict__.get(self.field.attname)
        is_written_over = isinstance(stands, Sealed) and not isinstance(value, Sealed)
        if is_written_over and open_sealed(stands, instance, self.field) == UNREADABLE:
            raise LostWordsError  # what was erased is refused by its key, when the row is saved
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.TextField):
    """A text that is encrypted under the data key of its row's unit. Only the empty text stands as it is.

    It can't be searched or compared in the database: a lookup by its value, or `QuerySet.update` of it, raises
    TypeError. Its model is a `SealedRow`.
    """

    descriptor_class = SealedAttribute

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return Sealed(value) if value else value

    def get_prep_value(self, value: Any) -> Any:
        if value and not isinstance(value, Sealed):
            raise TypeError(
                f"{self.name} is encrypted: it can’t be looked up, nor written except by saving its row."
            )
        return value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001  (Django's signature)
        value = model_instance.__dict__.get(self.attname)
        if not value or isinstance(value, Sealed):
            return value
        if is_lost(value):
            raise LostWordsError
        row: Any = model_instance
        unit = row.erasure_unit()
        try:
            return seal(str(value), unit, _about(row, self, unit))
        except UnwrappableError as error:
            raise LostWordsError from error
