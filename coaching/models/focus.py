"""What the pair works on now: at most three aspects, each with a target level (FAQ, purpose 3 and goal step 1)."""

from collections.abc import Sequence
from typing import Any, Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from coaching.models.agreement import require_agreement
from coaching.models.among import among
from coaching.models.base import Personal, rows_behind
from coaching.models.locking import in_turn
from coaching.models.partnership import Partnership, content_readers
from coaching.models.partnership_wall import wished_for
from coaching.models.release import by_aspect
from coaching.row_security.conditions import (
    BY_WORKER,
    IN_CONTENT,
    RELEASED_ASPECT,
    either,
    exists,
    system,
)
from coaching.row_security.policy import Wall, change, once
from coaching.rules.picking import SLOTS
from profiles.models import Level, LevelDescriptor, SkillAspect
from sopcoach.models import User

_MOVES = wished_for(
    "coaching_editionmove",
    exists(
        "profiles_skillaspect a",
        "a.id = {t}.aspect_id AND a.slug = {t}.aspect_slug AND a.edition_id = wish.edition_id",
    ),
    partnership="partnership_id",
)
"""That the pair moves to another edition, where the aspect goes on under its slug."""


def top_of_scale(edition: str) -> Subquery:
    """The highest level of an edition, which is named as a queryset spells it."""
    return Subquery(Level.objects.filter(edition=OuterRef(edition)).order_by("-number").values("number")[:1])


class FocusQuerySet(models.QuerySet["Focus"]):
    def visible_to(self, user: User) -> Self:
        """Both sides; a next supervisor with its aspect."""
        return self.filter(content_readers(user) | by_aspect(user, "aspect_slug"))

    def active(self) -> Self:
        return self.filter(rested_at=None)

    def aimed(self) -> Self:
        """Those that have a target."""
        return self.filter(Exists(rows_behind(self.model, "targets").filter(focus=OuterRef("pk"))))

    def for_list(self) -> Self:
        """With its targets and the top of its scale (`top_level`), in the order in which they were picked."""
        return (
            self.select_related("aspect__profile")
            .annotate(top_level=top_of_scale("aspect__edition"))
            .prefetch_related(models.Prefetch("targets", rows_behind(self.model, "targets").for_list()))
            .order_by("opened_at", "slot")
        )


class Focus(Personal):
    """One aspect that the pair works on. Keyed by the aspect's slug, so that movement lives on across editions."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="focuses")
    aspect = models.ForeignKey(SkillAspect, on_delete=models.PROTECT, related_name="+")
    aspect_slug = models.SlugField(max_length=60)
    slot = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(default=timezone.now)
    rested_at = models.DateTimeField(null=True, blank=True)

    top_level: int
    """Of `for_list()`."""

    objects = FocusQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_ASPECT, system("counting")),
        insert=IN_CONTENT,
        update=IN_CONTENT,
        delete=BY_WORKER,
        changes=(once("rested_at", when=BY_WORKER), change("aspect_id", when=_MOVES)),
    )

    class Meta:
        ordering = ["opened_at", "slot"]
        constraints = [
            models.CheckConstraint(
                condition=Q(slot__gte=1, slot__lte=SLOTS),
                name="focus_slot_one_to_three",
                violation_error_message="Three aspects at a time are enough.",
            ),
            models.UniqueConstraint(
                fields=["partnership", "slot"],
                condition=Q(rested_at=None),
                name="focus_three_at_most",
                violation_error_message="Three aspects at a time are enough.",
            ),
            models.UniqueConstraint(
                fields=["partnership", "aspect_slug"],
                condition=Q(rested_at=None),
                name="focus_aspect_once",
                violation_error_message="You work on this aspect already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Focus on {self.aspect_slug}"

    @property
    def is_active(self) -> bool:
        return self.rested_at is None

    @property
    def top(self) -> int:
        """The top of its scale, on which all of its levels stand. Needs `for_list()`."""
        return self.top_level

    def has_targets(self, rows: Sequence[Any]) -> None:
        """Hand it the targets that were read for it besides, as `for_list()` would have fetched them."""
        targets: Any = self.targets.all()
        targets._result_cache, targets._prefetch_done = list(rows), True
        vars(self).setdefault("_prefetched_objects_cache", {})["targets"] = targets

    @property
    def target(self) -> Any:
        """The target that stands: the newest. Reads what `for_list()` has fetched."""
        targets = list(self.targets.all())
        return max(targets, key=lambda target: target.set_at) if targets else None

    @classmethod
    @in_turn
    def choose(cls, partnership: Partnership, aspects: list[SkillAspect], *, by: User) -> "list[Focus]":
        """Open a focus on each of `aspects`; either side may, since the pair picks together.

        Raises Refused before an agreement is in force; ValidationError when that makes more than three, or when the pair
        has moved meanwhile to an edition that has no such aspect.
        """
        require_agreement(partnership)
        partnership.require_side(by)
        aspects = _in_the_words_of(partnership, aspects)
        active = list(cls.objects.active().filter(partnership=partnership))
        wanted = [aspect for aspect in aspects if aspect.slug not in {focus.aspect_slug for focus in active}]
        free = sorted(set(range(1, SLOTS + 1)) - {focus.slot for focus in active})
        if len(wanted) > len(free):
            room = {
                0: "There is no room for another now",
                1: "There is room for one more",
                2: "There is room for two more",
            }
            raise ValidationError(
                f"Three aspects at a time are enough. {room.get(len(free), 'Pick up to three')}; the others can wait."
            )
        return [
            cls.objects.create(partnership=partnership, aspect=aspect, aspect_slug=aspect.slug, slot=slot)
            for aspect, slot in zip(wanted, free, strict=False)
        ]

    @in_turn
    def rest(self, *, by: User) -> None:
        """Let this focus rest, with its goals. What was said on it stays readable."""
        self.partnership.require_worker(by, "The worker decides when a focus rests.")
        require_agreement(self.partnership)
        if self.is_active:
            self.rested_at = timezone.now()
            self.save(update_fields=["rested_at"])

    def descriptor_at(self, level: int) -> LevelDescriptor:
        """The words of this aspect at that level. Raises ValidationError for a level that the scale doesn't have."""
        descriptor = (
            LevelDescriptor.objects.select_related("level")
            .filter(aspect=self.aspect, level__number=level)
            .first()
        )
        if descriptor is None:
            raise ValidationError({"level": "Choose one of the levels on the ladder."})
        return descriptor


def _in_the_words_of(partnership: Partnership, aspects: list[SkillAspect]) -> list[SkillAspect]:
    """The same aspects in the edition that the pair works with now: it may have moved since the page was opened."""
    if all(aspect.edition_id == partnership.edition_id for aspect in aspects):
        return aspects
    slugs = [aspect.slug for aspect in aspects]
    there = {aspect.slug: aspect for aspect in partnership.edition.aspects.filter(slug__in=slugs)}
    if len(there) < len(slugs):
        raise ValidationError(
            "You have moved to a newer edition meanwhile. Load the page again, and pick from what is in it."
        )
    return [there[slug] for slug in slugs]


def by_focus(user: User, field: str = "focus") -> Q:
    """Rows of a focus whose aspect has been released to this person."""
    return among(_released_to, user, field)


def _released_to(user: User) -> models.QuerySet[Focus, UUID]:
    return Focus.objects.filter(by_aspect(user, "aspect_slug")).values_list("pk", flat=True)
