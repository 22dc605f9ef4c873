"""What somebody in a training notes for themselves."""

from typing import ClassVar, Self

from django.db import models

from coaching.models.base import Autosaved, OwnErasureUnit, OwnErasureUnitQuerySet, clean_narrative
from coaching.models.locking import in_turn
from coaching.models.placement import person_keeper
from coaching.row_security.conditions import mine
from coaching.row_security.policy import Wall, change
from sopcoach.models import User
from sopcoach.vault.keyring import ErasureUnit

NOTE_LIMIT = 2_000


class TrainingNoteQuerySet(OwnErasureUnitQuerySet["TrainingNote"]):
    def visible_to(self, user: User) -> Self:
        """Its owner, and nobody else."""
        return self.filter(owner=user)


class TrainingNote(OwnErasureUnit, Autosaved):
    """What somebody in training wants to try, for themselves: one note, whichever cohorts they are in."""

    kept_by: ClassVar[tuple[str, ...]] = ("owner",)

    owner = models.OneToOneField(User, on_delete=models.PROTECT, related_name="+")

    objects = TrainingNoteQuerySet.as_manager()

    wall = Wall(
        read=mine("owner_id"),
        insert=mine("owner_id"),
        update=mine("owner_id"),
        delete=mine("owner_id"),
        changes=(change("text", "revision", "saved_at"),),
    )

    def __str__(self) -> str:
        return f"Note of {self.owner_id}"

    def erasure_unit(self) -> ErasureUnit:
        return ErasureUnit(person_keeper(self.owner_id), self.pk)

    @classmethod
    @in_turn
    def write(cls, *, by: User, text: str, revision: int) -> "TrainingNote":
        """Save the note as it is typed.

        Raises ValidationError for what doesn't fit or names a client, StaleError as `Autosaved.keep` does.
        """
        text = clean_narrative(text, limit=NOTE_LIMIT)
        return cls.keep(text=text, revision=revision, owner=by)
