"""Where a person privately puts themselves on a ladder, outside of any session (product.md, 3 and 10)."""

import uuid
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from coaching.models.base import NarrativeField, OwnErasureUnit, OwnErasureUnitQuerySet, clean_narrative
from coaching.models.carried import Copy
from coaching.models.locking import in_turn
from coaching.row_security.conditions import mine
from coaching.row_security.policy import Wall
from profiles.ladder import disc
from profiles.models import Level, LevelDescriptor, SkillAspect
from sopcoach.models import User
from sopcoach.vault.keyring import ErasureUnit

NOTE_LIMIT = 1_000
_OF_PEOPLE = uuid.UUID("6f9f5a0e-5f43-4d0e-9f0c-2f0f4ad1b6f7")


def person_keeper(person_id: int) -> uuid.UUID:
    """Where the keys of what belongs to a person, and to no partnership, are kept together."""
    return uuid.uuid5(_OF_PEOPLE, str(person_id))


class PlacementQuerySet(OwnErasureUnitQuerySet["Placement"]):
    def visible_to(self, user: User) -> Self:
        """Its owner, and nobody else: no supervisor, no facilitator, no administrator."""
        return self.filter(owner=user)

    def for_list(self) -> Self:
        """Newest first, with the words that each was made against and the top of its scale (`top_level`)."""
        scale = Level.objects.filter(edition=OuterRef("descriptor__level__edition")).order_by("-number")
        return (
            self.select_related("aspect__profile", "descriptor__level")
            .annotate(top_level=Subquery(scale.values("number")[:1]))
            .order_by("-placed_at")
        )


class Placement(OwnErasureUnit):
    """A private self-placement. Each new one is a new row; the latest on an aspect stands."""

    kept_by: ClassVar[tuple[str, ...]] = ("owner",)

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    aspect = models.ForeignKey(SkillAspect, on_delete=models.PROTECT, related_name="+")
    aspect_slug = models.SlugField(max_length=60)
    descriptor = models.ForeignKey(LevelDescriptor, on_delete=models.PROTECT, related_name="+")
    note = NarrativeField()
    placed_at = models.DateTimeField(default=timezone.now)

    top_level: int
    """Of `for_list()`."""

    objects = PlacementQuerySet.as_manager()

    wall = Wall(read=mine("owner_id"), insert=mine("owner_id"), delete=mine("owner_id"))

    class Meta:
        ordering = ["-placed_at"]

    def __str__(self) -> str:
        return f"Placement on {self.aspect_slug}"

    def erasure_unit(self) -> ErasureUnit:
        return ErasureUnit(person_keeper(self.owner_id), self.pk)

    @property
    def level(self) -> int:
        return self.descriptor.level.number

    @property
    def disc(self) -> int:
        """The shade of its disc, 1 to 7. Needs `for_list()`."""
        return disc(self.level, top=self.top_level)

    def copy(self) -> Copy:
        """What is copied when its owner brings it along into a partnership."""
        return Copy(
            self.aspect,
            noted_on=timezone.localdate(self.placed_at),
            note=self.note,
            descriptor=self.descriptor,
        )

    @classmethod
    @in_turn
    def place(cls, aspect: SkillAspect, *, by: User, level: int, note: str = "") -> "Placement":
        """Put oneself on a ladder. The same level once more, with nothing new to say, leaves what stands.

        Raises ValidationError for a level that the ladder doesn't have, or a note that holds an identifier.
        """
        note = clean_note(note)
        descriptor = (
            LevelDescriptor.objects.select_related("level").filter(aspect=aspect, level__number=level).first()
        )
        if descriptor is None:
            raise ValidationError({"level": "Choose one of the levels on the ladder."})
        own = cls.objects.visible_to(by).filter(aspect_slug=aspect.slug).for_list()
        standing = own.first()
        if standing and standing.descriptor_id == descriptor.pk and note in ("", standing.note):
            return standing
        return cls.objects.create(
            owner=by, aspect=aspect, aspect_slug=aspect.slug, descriptor=descriptor, note=note
        )


def clean_note(text: str) -> str:
    try:
        return clean_narrative(text, limit=NOTE_LIMIT).strip()
    except ValidationError as error:
        raise ValidationError({"note": error.messages}) from error


def latest_by_aspect(placements: list[Placement]) -> dict[str, Placement]:
    """The placement that stands on each aspect, by its slug, of rows that come newest first."""
    return {placement.aspect_slug: placement for placement in reversed(placements)}
