"""Counts for administrators: how much coaching there is, and nothing about whom or how well (ADR 10)."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone

from coaching.models.base import Frozen, FrozenQuerySet
from coaching.row_security.conditions import ADMINISTERS, either, system
from coaching.row_security.policy import Wall
from coaching.statistics.counting import ACTOR, count
from coaching.statistics.figures import Figures
from coaching.statistics.quarters import Quarter
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system


class SnapshotQuerySet(FrozenQuerySet["Snapshot"]):
    def visible_to(self, user: User) -> Self:
        """Administrators. It holds no person."""
        return self if user.is_active and user.is_administrator else self.none()

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("A snapshot stays: a second one would show what has changed between the two.")


class Snapshot(Frozen):
    """What was counted of one closed quarter, once and for good, so that no two looks can be held side by side."""

    kept_by: ClassVar[tuple[str, ...]] = ()

    year = models.PositiveSmallIntegerField()
    quarter_number = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField(default=timezone.now)
    counted = models.JSONField()
    """`Figures`, as JSON."""

    objects = SnapshotQuerySet.as_manager()

    wall = Wall(read=either(ADMINISTERS, system(ACTOR)), insert=system(ACTOR))

    class Meta:
        ordering = ["-year", "-quarter_number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "quarter_number"], name="snapshot_once_a_quarter"),
            models.CheckConstraint(
                condition=Q(quarter_number__gte=1, quarter_number__lte=4), name="snapshot_of_a_quarter"
            ),
        ]

    def __str__(self) -> str:
        return f"Counts of {self.quarter}"

    @property
    def quarter(self) -> Quarter:
        return Quarter(self.year, self.quarter_number)

    @property
    def figures(self) -> Figures:
        return Figures.model_validate(self.counted)

    def delete(self, *args, **kwargs) -> tuple[int, dict[str, int]]:
        raise TypeError("A snapshot stays: a second one would show what has changed between the two.")

    @classmethod
    def take(cls, quarter: Quarter) -> "Snapshot | None":
        """Count a closed quarter. None where that has been done before, since what was counted stays.

        Raises ValidationError for a quarter that isn't over.
        """
        if not quarter.is_closed:
            raise ValidationError(f"{quarter.name} isn’t over yet. Only closed quarters are counted.")
        with acting_as_system(ACTOR):
            if cls.objects.filter(year=quarter.year, quarter_number=quarter.number).exists():
                return None
            counted = count(quarter).model_dump(mode="json")
            try:
                with transaction.atomic():
                    return cls.objects.create(
                        year=quarter.year, quarter_number=quarter.number, counted=counted
                    )
            except IntegrityError:
                return None  # somebody has counted it at the same moment


"""A unit, or None for those without one."""
