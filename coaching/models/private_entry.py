"""Practice noted for oneself alone, while trying on or at any other time (product.md, 4.1 and 10)."""

from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from coaching.models.base import NarrativeField, OwnErasureUnit, OwnErasureUnitQuerySet, clean_narrative
from coaching.models.carried import Copy
from coaching.models.locking import in_turn
from coaching.models.placement import person_keeper
from coaching.row_security.conditions import mine
from coaching.row_security.policy import Wall
from coaching.rules import spans
from profiles.models import SkillAspect
from sopcoach.models import User
from sopcoach.vault.keyring import ErasureUnit

LINE_LIMIT = 500


class PrivateEntryQuerySet(OwnErasureUnitQuerySet["PrivateEntry"]):
    def visible_to(self, user: User) -> Self:
        """Its owner, and nobody else."""
        return self.filter(owner=user)

    def for_list(self) -> Self:
        return self.select_related("aspect__profile").order_by("-practised_on", "-noted_at")


class PrivateEntry(OwnErasureUnit):
    """That one has tried something, and a line about it. Counts towards nothing."""

    kept_by: ClassVar[tuple[str, ...]] = ("owner",)

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    aspect = models.ForeignKey(SkillAspect, on_delete=models.PROTECT, related_name="+")
    aspect_slug = models.SlugField(max_length=60)
    line = NarrativeField(blank=False)
    practised_on = models.DateField()
    noted_at = models.DateTimeField(default=timezone.now)

    objects = PrivateEntryQuerySet.as_manager()

    wall = Wall(read=mine("owner_id"), insert=mine("owner_id"), delete=mine("owner_id"))

    class Meta:
        ordering = ["-practised_on"]
        verbose_name_plural = "private entries"

    def __str__(self) -> str:
        return f"Private entry on {self.aspect_slug}"

    def erasure_unit(self) -> ErasureUnit:
        return ErasureUnit(person_keeper(self.owner_id), self.pk)

    @property
    def note(self) -> str:
        line: str = self.line
        return line

    def copy(self) -> Copy:
        """What is copied when its owner brings it along into a partnership."""
        return Copy(self.aspect, noted_on=self.practised_on, note=self.line)

    @classmethod
    @in_turn
    def write(
        cls, *, by: User, aspect: SkillAspect, line: str, practised_on: date | None = None
    ) -> "PrivateEntry":
        """Note what one tried. Raises ValidationError for an empty line, a day to come or long gone, or an identifier."""
        line = clean_narrative(line, limit=LINE_LIMIT).strip()
        if not line:
            raise ValidationError({"line": "Write a line about it, however short."})
        day = spans.kept("Choose the day on which you tried it.").require(
            practised_on or timezone.localdate(), "practised_on"
        )
        return cls.objects.create(
            owner=by, aspect=aspect, aspect_slug=aspect.slug, line=line, practised_on=day
        )
