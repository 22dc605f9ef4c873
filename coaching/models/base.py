"""What every coaching row is made of."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from coaching.rules import noticing
from coaching.rules.client_identifiers import refuse_identifiers
from sopcoach.models import User
from sopcoach.models.written import RowsOf, once
from sopcoach.vault.fields import LostWordsError, SealedRow, SealedTextField, is_lost
from sopcoach.vault.keyring import ErasureUnit, erase
from sopcoach.words.texts import require_keepable

TEXT_LIMIT = 5_000
"""The longest text of one field, in characters: a conversation, not a report."""


class NarrativeField(SealedTextField):  # type: ignore[type-arg]  # generic to mypy alone
    """Somebody's own words, encrypted in the database. `clean_narrative` is what lets them in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)


def clean_narrative(text: str, *, limit: int = TEXT_LIMIT) -> str:
    """Return `text` with plain line ends, or raise ValidationError with a sentence for its author.

    Refuses what is longer than `limit` characters, what holds a character that can't be kept, and what looks like a client identifier (product.md, 4.6).
    """
    if is_lost(text):
        raise LostWordsError
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    require_keepable(text)
    if len(text) > limit:
        raise ValidationError(
            f"That is {len(text):,} characters long; {limit:,} fit here. Shorten it a little, and it will be saved."
        )
    refuse_identifiers(text)
    noticing.take(text)
    return text


class Personal(SealedRow, models.Model):
    """A row about a person. Its key is made before it is written, so that it can be named before it is read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    kept_by: ClassVar[tuple[str, ...]] = ("partnership",)
    """What is held before it (coaching.models.locking). Nothing keeps what keeps others."""

    class Meta:
        abstract = True

    def erasure_unit(self) -> ErasureUnit:
        """The erasure unit of its words: its session's, or its own where it belongs to no session."""
        keeper: uuid.UUID = self.partnership_id  # type: ignore[attr-defined]
        return ErasureUnit(keeper, getattr(self, "session_id", None) or self.pk)


class OwnErasureUnit(Personal):
    """A row whose words are a unit of their own: when it is deleted, so is its key, for every backup as well."""

    class Meta:
        abstract = True

    def erasure_unit(self) -> ErasureUnit:
        return ErasureUnit(self.pk, self.pk)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        unit = self.erasure_unit()
        deleted = super().delete(*args, **kwargs)
        transaction.on_commit(lambda: erase([unit]))
        return deleted


class OwnErasureUnitQuerySet[T: models.Model](models.QuerySet[T]):
    def delete(self) -> tuple[int, dict[str, int]]:
        units = [row.erasure_unit() for row in self]  # type: ignore[attr-defined]
        deleted = super().delete()
        transaction.on_commit(lambda: erase(units))
        return deleted


def private_keeper(partnership_id: uuid.UUID, author_id: int) -> uuid.UUID:
    """Where the keys of one side's private things are kept together, apart from what both read."""
    return uuid.uuid5(partnership_id, f"private {author_id}")


class FrozenQuerySet[T: models.Model](models.QuerySet[T]):
    def update(self, **kwargs: Any) -> int:
        raise TypeError(f"{self.model.__name__} rows never change; write a new one.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise TypeError(f"{self.model.__name__} rows never change; write a new one.")


class Frozen(Personal):
    """A shared row: it never changes. A correction is a new row."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows never change; write a new one.")
        super().save(*args, **kwargs)


def rows_behind(model: type[models.Model], relation: str) -> Any:
    """All rows that point at `model` by this relation: what stands later in the workflow, and imports it, never the
    reverse."""
    behind: Any = model._meta.get_field(relation).related_model
    return behind._default_manager.all()


class StaleError(Exception):
    """The text has been saved elsewhere since this page was loaded. Carries what is stored."""

    def __init__(self, *, text: str, revision: int) -> None:
        super().__init__("This was saved in another window since you opened this page.")
        self.text = text
        self.revision = revision


JUST_NOW = timedelta(seconds=30)
"""How long after a saving its author counts as writing still: longer than the pause between two sentences."""


class SpokenQuerySet[T: models.Model](models.QuerySet[T]):
    def written_just_now(self, *, besides: User) -> Self:
        """What somebody else may still be in the middle of."""
        return self.filter(saved_at__gte=timezone.now() - JUST_NOW).exclude(author=besides)


@cache
def _row_with[T: models.Model](
    model: type[T], given: tuple[str, ...], missing: tuple[str, ...]
) -> RowsOf[models.QuerySet[T]]:
    def rows(_: User, values: Sequence[Any]) -> models.QuerySet[T]:
        wanted = dict(zip(given, values, strict=True)) | dict.fromkeys(missing)
        return model._default_manager.filter(**wanted)

    return rows


class Autosaved(Personal):
    """A text with one author that saves itself while being typed (product.md, 5)."""

    text = NarrativeField()
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @classmethod
    def stands(cls, text: str, **key: Any) -> bool:
        """Whether these words are stored already. An answer may get lost on its way, also when a session closes."""
        row = cls._default_manager.filter(**key).first()
        return row is not None and row.text == text

    @classmethod
    def keep(cls, *, text: str, revision: int, also: Mapping[str, object] | None = None, **key: Any) -> Self:
        """Save `text` over the revision that its author has seen. Call within a transaction that holds the session.

        `also` is written whenever the text is.

        Raises StaleError when another window has saved something else since; nothing is overwritten then. The same
        text sent twice counts as saved, since an answer may get lost on its way. Raises LostWordsError where the words
        that stand can't be opened.
        """
        given = {name: getattr(value, "pk", value) for name, value in key.items() if value is not None}
        found = once(_row_with(cls, tuple(given), tuple(key.keys() - given)), None, list(given.values()))
        row = next(iter(found), None) or cls(**key)
        if is_lost(row.text):
            raise LostWordsError
        if row.revision != revision and row.text != text:
            raise StaleError(text=row.text, revision=row.revision)
        if row.text != text or row.saved_at is None:
            row.text = text
            row.revision += 1
            row.saved_at = timezone.now()
            for name, value in (also or {}).items():
                setattr(row, name, value)
            row.save()
        return row
