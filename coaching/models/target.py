"""The level that the worker works towards on a focus (FAQ, goal step 1): chosen until the first review, which raises it."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from coaching.models.agreement import require_agreement
from coaching.models.base import Frozen, FrozenQuerySet
from coaching.models.focus import Focus, by_focus, top_of_scale
from coaching.models.locking import in_turn
from coaching.models.orientation import NO_RAISE, NO_TARGETS
from coaching.models.partnership import Partnership, content_readers
from coaching.models.self_rating import SelfRating
from coaching.row_security.conditions import (
    BY_WORKER,
    IN_CONTENT,
    RELEASED_FOCUS,
    both,
    either,
    mine,
)
from coaching.row_security.policy import Wall
from coaching.rules.raise_by_one import one_higher
from profiles.ladder import disc
from profiles.models import LevelDescriptor
from sopcoach.models import User
from sopcoach.words.refusal import Refused


class TargetQuerySet(FrozenQuerySet["Target"]):
    def visible_to(self, user: User) -> Self:
        """Both sides; a next supervisor with its aspect."""
        return self.filter(content_readers(user) | by_focus(user))

    def for_list(self) -> Self:
        """With the words of its level and the top of its scale (`top_level`), oldest first."""
        return (
            self.select_related("descriptor__level")
            .annotate(top_level=top_of_scale("descriptor__level__edition"))
            .order_by("set_at")
        )


class Target(Frozen):
    """The level that the worker works towards from now on. A change is a new row."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    focus = models.ForeignKey(Focus, on_delete=models.CASCADE, related_name="targets")
    descriptor = models.ForeignKey(LevelDescriptor, on_delete=models.PROTECT, related_name="+")
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    top_level: int
    """Of `for_list()`."""
    is_raise: bool
    """Of the page of celebrations."""

    objects = TargetQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_FOCUS), insert=both(BY_WORKER, mine("set_by_id")), delete=BY_WORKER
    )

    class Meta:
        ordering = ["set_at"]

    def __str__(self) -> str:
        return f"Target of {self.focus_id}"

    @classmethod
    @in_turn
    def set(cls, focus: Focus, level: int, *, by: User) -> "Target":
        """Set the level that the worker works towards; open until the first review of this focus.

        Raises Refused for the supervisor, in orientation, before the worker has placed themselves, or after a review
        of it (from then on a target moves up by one); ValidationError for a level below where the worker is.
        """
        focus.partnership.require_worker(by, "The worker sets the target. Ask what would be worth reaching.")
        require_agreement(focus.partnership)
        focus.partnership.require_no_orientation(NO_TARGETS)
        if not focus.is_active:
            raise Refused("This focus rests. Pick it again to work on it.")
        start = (
            SelfRating.objects.filter(focus=focus, session=None).select_related("descriptor__level").first()
        )
        if start is None:
            raise Refused("First say where you are now on this ladder, then where you’d like to be.")
        first = focus.targets.order_by("set_at").first()
        if first and focus.decisions.filter(decided_at__gte=first.set_at).exists():
            raise Refused("You have reviewed this focus, so its target moves up by one in a session.")
        descriptor = focus.descriptor_at(level)
        if descriptor.level.number < start.level:
            raise ValidationError(
                {"level": f"You placed yourself at {start.level}. Choose that level or one above it."}
            )
        return cls.objects.create(
            partnership=focus.partnership, focus=focus, descriptor=descriptor, set_by=by
        )

    @classmethod
    @in_turn
    def raise_by_one(cls, focus: Focus, *, by: User, reached: SelfRating) -> "Target":
        """Move the target up by one. Called by the review, within its transaction (FAQ, measure step 3).

        Raises Refused when the worker hasn't placed themselves at the target that stood then, or at the top of the scale.
        """
        focus.partnership.require_no_orientation(NO_RAISE)
        current = focus.targets.select_related("descriptor__level").order_by("-set_at").first()
        if current is None:
            raise Refused("This focus has no target yet.")
        if current.set_at > reached.shared_at:
            raise Refused(
                f"You chose {current.level} after you had placed yourself. Carry on towards it until your next session."
            )
        ladder = {row.level.number: row for row in focus.aspect.descriptors.select_related("level")}
        following = ladder[one_higher(current.level, reached=reached.level, top=max(ladder))]
        return cls.objects.create(partnership=focus.partnership, focus=focus, descriptor=following, set_by=by)

    @property
    def level(self) -> int:
        return self.descriptor.level.number

    @property
    def disc(self) -> int:
        """The shade of its disc, 1 to 7. Needs `for_list()`."""
        return disc(self.level, top=self.top)

    @property
    def top(self) -> int:
        """The top of its scale. Needs `for_list()`."""
        return self.top_level
