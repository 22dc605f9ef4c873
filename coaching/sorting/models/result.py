"""What of a blind sort is shown: the counts of a sort that is over, of no fewer than five, and never of fewer than five
more than were shown before (ADR 10, ADR 40)."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone

from coaching.models.base import Frozen, FrozenQuerySet
from coaching.models.locking import in_turn
from coaching.row_security.conditions import ADMINISTERS, either, system
from coaching.row_security.memberships import ROOMS, SORTED, within
from coaching.row_security.policy import Wall
from coaching.sorting.models.blind_sort import ACTOR, BlindSort, cohorts_of
from coaching.sorting.models.sorter import Sorter
from coaching.sorting.models.tally import SortTally
from coaching.sorting.tallying import Counts
from coaching.training.models import Cohort
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system
from sopcoach.words.refusal import Refused

FEWEST = 5
"""Every number about people is shown from five on (product.md, 10)."""


class SortResultQuerySet(FrozenQuerySet["SortResult"]):
    def visible_to(self, user: User) -> Self:
        """Administrators; whoever has sorted something of it; of a cohort's sort its people, its facilitator included."""
        if user.is_active and user.is_administrator:
            return self
        done = Sorter.objects.visible_to(user).exclude(kept=[]).values("sort")
        return self.filter(Q(sort__in=done) | Q(cohort__in=cohorts_of(user)))

    def latest_of(self, sort: BlindSort) -> dict[str, "SortResult"]:
        """What was shown last of each aspect, by its slug."""
        rows = self.filter(sort=sort).order_by("sorters")
        return {result.aspect_slug: result for result in rows}


class SortResult(Frozen):
    """The counts of one aspect as they stood when its sort was closed. It names nobody, and never changes."""

    kept_by: ClassVar[tuple[str, ...]] = ("sort",)

    sort = models.ForeignKey(BlindSort, on_delete=models.CASCADE, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    """The sort's own, repeated so that the policy looks at this table only."""
    aspect_slug = models.SlugField(max_length=150)
    sorters = models.PositiveIntegerField()
    counts = models.JSONField()
    closed_on = models.DateField()

    objects = SortResultQuerySet.as_manager()

    wall = Wall(
        read=either(ADMINISTERS, within("sort_id", SORTED), within("cohort_id", ROOMS), system(ACTOR)),
        insert=system(ACTOR),
        delete=ADMINISTERS,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(sorters__gte=FEWEST), name="sort_result_of_five_or_more"),
            models.UniqueConstraint(fields=["sort", "aspect_slug", "sorters"], name="sort_result_once"),
        ]

    def __str__(self) -> str:
        return f"Result of {self.aspect_slug}"

    @property
    def tally(self) -> Counts:
        return Counts.read(self.counts)


@in_turn
def close(sort: BlindSort, *, by: User) -> None:
    """Close a sort, show what has come of it, and forget what nobody has finished. A second click changes nothing.

    Of an aspect nothing is shown that fewer than five have sorted, nor anything new while fewer than five have sorted it
    since it was shown last: the difference of two results would say how those few did.

    Raises Refused for anybody but an administrator.
    """
    by.require_administrator()
    if sort.is_closed:
        return
    sort.closed_on = timezone.localdate()
    sort.save(update_fields=["closed_on"])
    with acting_as_system(ACTOR):
        shown = SortResult.objects.all().latest_of(sort)
        for tally in SortTally.objects.filter(sort=sort):
            counted = Counts.read(tally.counts).sorters
            before = shown[tally.aspect_slug].sorters if tally.aspect_slug in shown else 0
            if counted - before >= FEWEST:
                SortResult.objects.create(
                    sort=sort,
                    cohort=sort.cohort,
                    aspect_slug=tally.aspect_slug,
                    sorters=counted,
                    counts=tally.counts,
                    closed_on=sort.closed_on,
                )
        Sorter.objects.filter(sort=sort, kept=[]).delete()
        for sorter in Sorter.objects.filter(sort=sort):
            if sorter.has_begun:
                sorter.forget()


@in_turn
def remove(sort: BlindSort, *, by: User) -> None:
    """Delete a sort that nobody has sorted anything of. Raises Refused once somebody has, or for anybody but an administrator."""
    by.require_administrator()
    with acting_as_system(ACTOR):
        if SortTally.objects.filter(sort=sort).exists():
            raise Refused(
                "Somebody has sorted cards of it already. Close it instead; what was counted stays."
            )
        Sorter.objects.filter(sort=sort).delete()
    sort.delete()


@receiver(pre_delete, sender=Cohort)
def go_with_the_cohort(sender: type[Cohort], instance: Cohort, **kwargs: object) -> None:
    """A cohort that nobody is in is deleted by an administrator, who can't see what is to go with it."""
    with acting_as_system(ACTOR):
        for model in (SortTally, Sorter):
            model._default_manager.filter(sort__cohort=instance).delete()
