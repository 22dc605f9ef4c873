"""Levelling together: each in a room places a vignette alone, then all see how the room sees it (product.md, 4)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.models.base import Personal
from coaching.models.locking import in_turn
from coaching.row_security.conditions import both, mine, system
from coaching.row_security.memberships import ROOMS, within
from coaching.row_security.policy import Wall, change
from coaching.training.models.cohort import ACTOR, Cohort, Trainee, require_trainee
from coaching.training.vignettes import Vignette
from profiles.models import LevelDescriptor
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system
from sopcoach.words.refusal import Refused

FEWEST = 5
"""From how many placements on the room sees the spread: every number about people is shown from five on."""

_IN_ROOM = within("cohort_id", ROOMS)


class SpreadQuerySet(models.QuerySet["Spread"]):
    def visible_to(self, user: User) -> Self:
        """The room, its facilitator included, once it is revealed; nobody before."""
        rooms = Trainee.objects.filter(Q(person=user) | Q(facilitator=user)).values("cohort")
        return self.filter(cohort__in=rooms, revealed_at__isnull=False)


class Spread(Personal):
    """How a room has placed one vignette: a number for each level, and nothing of whose they are.

    One row that is counted up, rather than a row for each placement: rows would lie in the order in which they came,
    beside the order in which people are noted in `Placed`.
    """

    kept_by: ClassVar[tuple[str, ...]] = ("cohort",)

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    vignette = models.SlugField(max_length=60)
    counts = models.JSONField(default=dict)
    """{"3": 4}: how many have chosen level 3."""
    revealed_at = models.DateTimeField(null=True, blank=True)

    objects = SpreadQuerySet.as_manager()

    wall = Wall(
        read=f"{system(ACTOR)} OR {both('{t}.revealed_at IS NOT NULL', _IN_ROOM)}",
        insert=system(ACTOR),
        update=system(ACTOR),
        delete=system(ACTOR),
        changes=(change("counts", "revealed_at", when="{old}.revealed_at IS NULL"),),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "vignette"], name="spread_once_a_vignette")]

    def __str__(self) -> str:
        return f"Spread of {self.vignette}"

    @property
    def by_level(self) -> Mapping[int, int]:
        return Counter({int(level): count for level, count in self.counts.items()})

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class PlacedQuerySet(models.QuerySet["Placed"]):
    def visible_to(self, user: User) -> Self:
        """Oneself."""
        return self.filter(person=user)


class Placed(Personal):
    """That somebody has placed a vignette, so that each does so once. Says nothing of the level; gone at the reveal."""

    kept_by: ClassVar[tuple[str, ...]] = ("cohort",)

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="+")
    vignette = models.SlugField(max_length=60)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = PlacedQuerySet.as_manager()

    wall = Wall(read=f"{mine('person_id')} OR {system(ACTOR)}", insert=system(ACTOR), delete=system(ACTOR))

    class Meta:
        verbose_name_plural = "placed"
        constraints = [
            models.UniqueConstraint(fields=["cohort", "vignette", "person"], name="placed_once_a_vignette")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} has placed {self.vignette}"


@dataclass(frozen=True)
class LevellingRoom:
    """How far a room is with one vignette, as anybody in it may know: no level before the reveal."""

    placed: int = 0
    people: int = 0
    is_revealed: bool = False
    has_placed: bool = False

    @property
    def is_enough(self) -> bool:
        return self.placed >= FEWEST

    @property
    def sentence(self) -> str:
        """How many have placed it. Numbers about people are said from five on."""
        if self.is_enough and self.placed >= self.people:
            return f"All {self.placed} have placed it."
        if self.is_enough:
            return f"{self.placed} of {self.people} have placed it. No hurry."
        if self.people and self.people < FEWEST:
            return "The room needs five people who place it, so that nobody’s own level can be told."
        return "Fewer than five have placed it so far. No hurry."


def rooms(cohort: Cohort, vignettes: Iterable[Vignette], user: User) -> dict[str, LevellingRoom]:
    """How far the room is with each of these vignettes, by its slug."""
    own = set(Placed.objects.visible_to(user).filter(cohort=cohort).values_list("vignette", flat=True))
    with acting_as_system(ACTOR):
        people = Trainee.objects.filter(cohort=cohort).count()
        begun = {spread.vignette: spread for spread in Spread.objects.filter(cohort=cohort)}

    def room(slug: str) -> LevellingRoom:
        spread = begun.get(slug)
        if spread is None:
            return LevellingRoom(people=people)
        return LevellingRoom(spread.total, people, spread.revealed_at is not None, slug in own)

    return {vignette.slug: room(vignette.slug) for vignette in vignettes}


@in_turn
def place(cohort: Cohort, vignette: Vignette, *, by: User, level: int) -> None:
    """Place a vignette, once and for good, since nothing says afterwards which placement is whose.

    Raises Refused for somebody who doesn't learn in this cohort, the second time, or after the reveal;
    ValidationError for a level that the ladder doesn't have.
    """
    require_levelling(cohort)
    require_trainee(cohort, by)
    described = LevelDescriptor.objects.filter(aspect__edition=cohort.edition, aspect__slug=vignette.aspect)
    if not described.filter(level__number=level).exists():
        raise ValidationError({"level": "Choose one of the levels on the ladder."})
    with acting_as_system(ACTOR):
        spread, _ = Spread.objects.get_or_create(cohort=cohort, vignette=vignette.slug)
        if spread.revealed_at:
            raise Refused("The room has seen this one already. Read what it saw, and place the next.")
        _, is_first = Placed.objects.get_or_create(cohort=cohort, vignette=vignette.slug, person=by)
        if not is_first:
            raise Refused(
                "You have placed this one. It can’t be changed, since nothing says which placement is yours."
            )
        spread.counts = {**spread.counts, str(level): spread.counts.get(str(level), 0) + 1}
        spread.save(update_fields=["counts"])


@in_turn
def reveal(cohort: Cohort, vignette: Vignette, *, by: User) -> None:
    """Show the room how it has placed a vignette, and forget who has. A second click changes nothing.

    Raises Refused for anybody but the facilitator, or while fewer than five have placed it.
    """
    require_levelling(cohort)
    if not cohort.is_led_by(by):
        raise Refused(f"{cohort.facilitator.short_name} shows it to the room, once you have all placed it.")
    with acting_as_system(ACTOR):
        spread = Spread.objects.filter(cohort=cohort, vignette=vignette.slug).first()
        if spread is None or spread.total < FEWEST:
            raise Refused(
                "The room sees it once five have placed it, so that nobody’s own level can be told."
            )
        if spread.revealed_at is None:
            spread.revealed_at = timezone.now()
            spread.save(update_fields=["revealed_at"])
        Placed.objects.filter(cohort=cohort, vignette=vignette.slug).delete()


def require_levelling(cohort: Cohort) -> None:
    if not cohort.has_levelling:
        raise Refused("Levelling together is for new supervisors.")
