"""What a worker brings along into a partnership from what they kept privately (product.md, 4.1 and 10)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from coaching.models.agreement import require_agreement
from coaching.models.base import Frozen, FrozenQuerySet, NarrativeField
from coaching.models.locking import in_turn
from coaching.models.partnership import Partnership, content_readers
from coaching.row_security.conditions import BY_WORKER, IN_CONTENT, both, mine
from coaching.row_security.policy import Wall
from profiles.ladder import disc
from profiles.models import Level, LevelDescriptor, SkillAspect
from sopcoach.models import User


@dataclass(frozen=True)
class Copy:
    """What is copied of a private row. `noted_on` is the day on which it was kept."""

    aspect: SkillAspect
    noted_on: date
    note: str = ""
    descriptor: LevelDescriptor | None = None


class Carriable(Protocol):
    """A private row that its owner may bring along."""

    pk: uuid.UUID
    owner_id: int

    def copy(self) -> Copy: ...


class CarriedItemQuerySet(FrozenQuerySet["CarriedItem"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, as long as they may read the partnership's content."""
        return self.filter(content_readers(user))

    def for_list(self) -> Self:
        """In the edition's order, with the words of each level and the top of its scale (`top_level`)."""
        scale = Level.objects.filter(edition=OuterRef("descriptor__level__edition")).order_by("-number")
        return (
            self.select_related("aspect__profile", "descriptor__level")
            .annotate(top_level=Subquery(scale.values("number")[:1]))
            .order_by("aspect__profile__order", "aspect__order", "noted_on")
        )


class CarriedItem(Frozen):
    """A copy of something private, which belongs to the partnership. The private one stays as it is."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    source = models.UUIDField(editable=False)
    """The private row's own key, so that bringing it twice copies it once; it leads nobody else anywhere."""
    aspect = models.ForeignKey(SkillAspect, on_delete=models.PROTECT, related_name="+")
    aspect_slug = models.SlugField(max_length=60)
    descriptor = models.ForeignKey(
        LevelDescriptor, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = NarrativeField()
    noted_on = models.DateField()
    carried_at = models.DateTimeField(default=timezone.now)

    top_level: int | None
    """Of `for_list()`."""

    objects = CarriedItemQuerySet.as_manager()

    wall = Wall(read=IN_CONTENT, insert=both(BY_WORKER, mine("author_id")), delete=BY_WORKER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "source"], name="carried_item_once"),
            models.CheckConstraint(
                condition=Q(descriptor__isnull=False) | ~Q(note=""), name="carried_item_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"Brought along on {self.aspect_slug}"

    @property
    def level(self) -> int | None:
        return self.descriptor.level.number if self.descriptor else None

    @property
    def disc(self) -> int:
        """The shade of its disc, 1 to 7, where it has a level. Needs `for_list()`."""
        return disc(self.level or 1, top=self.top_level or 1)


@in_turn
def carry(items: Iterable[Carriable], *, into: Partnership, by: User) -> list[CarriedItem]:
    """Copy one's own private rows into a partnership; what is there already stays as it is. Returns what is new.

    Raises Refused for anybody but the worker, or before an agreement is in force; ValidationError when nothing is
    chosen, or something that isn't one's own.
    """
    into.require_worker(by, "What to bring along is the worker’s to choose.")
    require_agreement(into)
    chosen = list(items)
    if not chosen:
        raise ValidationError({"items": "Nothing is ticked, so nothing was brought along. That’s fine, too."})
    if any(item.owner_id != by.pk for item in chosen):
        raise ValidationError({"items": "Choose from what is listed below."})
    known = set(CarriedItem.objects.filter(partnership=into).values_list("source", flat=True))
    return [_copied(item, into, by) for item in chosen if item.pk not in known]


def _copied(item: Carriable, into: Partnership, by: User) -> CarriedItem:
    copy = item.copy()
    return CarriedItem.objects.create(
        partnership=into,
        author=by,
        source=item.pk,
        aspect=copy.aspect,
        aspect_slug=copy.aspect.slug,
        descriptor=copy.descriptor,
        note=copy.note,
        noted_on=copy.noted_on,
    )
