"""What every coaching row is made of."""

import uuid
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from coaching.guard import refuse_identifiers

TEXT_LIMIT = 5_000
"""The longest text of one field, in characters: a conversation, not a report."""


class NarrativeField(models.TextField):
    """Somebody's own words. `clean_narrative` is what lets them in."""

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)


def clean_narrative(text: str, *, limit: int = TEXT_LIMIT) -> str:
    """Return `text` with plain line ends, or raise ValidationError with a sentence for its author.

    Refuses what is longer than `limit` characters and what looks like a client identifier (product.md, 4.6).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if len(text) > limit:
        raise ValidationError(
            f"That is {len(text):,} characters long; {limit:,} fit here. Shorten it a little, and it will be saved."
        )
    refuse_identifiers(text)
    return text


class Personal(models.Model):
    """A row about a person. Its key is made before it is written, so that it can be named before it is read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class FrozenQuerySet[T: models.Model](models.QuerySet[T]):
    def update(self, **kwargs) -> int:
        raise TypeError(f"{self.model.__name__} rows never change; write a new one.")

    def bulk_update(self, *args, **kwargs) -> int:
        raise TypeError(f"{self.model.__name__} rows never change; write a new one.")


class Frozen(Personal):
    """A shared row: it never changes. A correction is a new row (house rule 5)."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} rows never change; write a new one.")
        super().save(*args, **kwargs)


class StaleError(Exception):
    """The text has been saved elsewhere since this page was loaded. Carries what is stored."""

    def __init__(self, *, text: str, revision: int) -> None:
        super().__init__("This was saved in another window since you opened this page.")
        self.text = text
        self.revision = revision


class Autosaved(Personal):
    """A text with one author that saves itself while being typed (product.md, 5)."""

    text = NarrativeField()
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @classmethod
    def keep(cls, *, text: str, revision: int, **key) -> Self:
        """Save `text` over the revision that its author has seen. Call within a transaction that holds the session.

        Raises StaleError when another window has saved something else since; nothing is overwritten then. The same
        text sent twice counts as saved, since an answer may get lost on its way.
        """
        row = cls._default_manager.filter(**key).first() or cls(**key)
        if row.revision != revision and row.text != text:
            raise StaleError(text=row.text, revision=row.revision)
        if row.text != text or row.saved_at is None:
            row.text = text
            row.revision += 1
            row.saved_at = timezone.now()
            row.save()
        return row
