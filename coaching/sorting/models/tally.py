"""How many have sorted an aspect's cards, and how: counted up, without whose they are (ADR 40)."""

from collections.abc import Mapping
from typing import ClassVar, Self

from django.db import models

from coaching.models.base import Personal
from coaching.row_security.conditions import system
from coaching.row_security.policy import Wall, change
from coaching.sorting.models.blind_sort import ACTOR, BlindSort
from coaching.sorting.tallying import Answer, Counts
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system


class SortTallyQuerySet(models.QuerySet["SortTally"]):
    def visible_to(self, user: User) -> Self:
        """Nobody: from one look to the next it would say how the last one sorted. What is shown is a `SortResult`."""
        return self.none()


class SortTally(Personal):
    """The running counts of one aspect.

    One row that is counted up, rather than a row for each sorter: rows would lie in the order in which they came, beside
    the order in which people are noted.
    """

    kept_by: ClassVar[tuple[str, ...]] = ("sort",)

    sort = models.ForeignKey(BlindSort, on_delete=models.CASCADE, related_name="+")
    aspect_slug = models.SlugField(max_length=150)
    counts = models.JSONField(default=dict)
    """`Counts`, as JSON."""

    objects = SortTallyQuerySet.as_manager()

    wall = Wall(
        read=system(ACTOR),
        insert=system(ACTOR),
        update=system(ACTOR),
        delete=system(ACTOR),
        changes=(change("counts"),),
    )

    class Meta:
        verbose_name_plural = "sort tallies"
        constraints = [models.UniqueConstraint(fields=["sort", "aspect_slug"], name="tally_once_an_aspect")]

    def __str__(self) -> str:
        return f"Tally of {self.aspect_slug}"


def count_in(sort: BlindSort, aspect: str, answer: Answer) -> None:
    """Count one sorter's cards of an aspect. Call within a verb that holds the sort, and that knows who may."""
    with acting_as_system(ACTOR):
        tally, _ = SortTally.objects.get_or_create(sort=sort, aspect_slug=aspect)
        counts = Counts.read(tally.counts)
        counts.add(answer)
        tally.counts = counts.stored
        tally.save(update_fields=["counts"])


def so_far(sort: BlindSort) -> Mapping[str, int]:
    """How many have sorted each aspect, whether it is shown or not: that somebody has, and nothing of how."""
    with acting_as_system(ACTOR):
        kept = {tally.aspect_slug: tally.counts for tally in SortTally.objects.filter(sort=sort)}
    return {aspect: Counts.read(kept.get(aspect, {})).sorters for aspect in sort.aspects}
