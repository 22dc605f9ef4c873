"""What a review leaves: a reflection, and on each focus a self-rating, an observation and a decision. None changes."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coaching.models.agreement import require_agreement
from coaching.models.base import Frozen, FrozenQuerySet, NarrativeField, clean_narrative
from coaching.models.focus import Focus, by_focus
from coaching.models.locking import in_turn
from coaching.models.meeting import going_on, not_closed
from coaching.models.partnership import Partnership, content_readers
from coaching.models.release import by_session
from coaching.models.session import SESSIONS, CoachingSession
from coaching.row_security.conditions import (
    BY_SUPERVISOR,
    BY_WORKER,
    IN_CONTENT,
    RELEASED_FOCUS,
    RELEASED_SESSION,
    both,
    either,
    exists,
    mine,
)
from coaching.row_security.policy import Wall
from profiles.models import LevelDescriptor
from sopcoach.models import User
from sopcoach.words.refusal import Refused


def _after(table: str) -> str:
    """That this focus has such a row in the same session: it is looked back on there; the worker speaks first, then
    the supervisor."""
    return exists(f"{table} f", "f.session_id = {t}.session_id AND f.focus_id = {t}.focus_id")


class ReflectionQuerySet(FrozenQuerySet["Reflection"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, since a row exists only once the worker has shared it; a next supervisor with its session."""
        return self.filter(content_readers(user) | by_session(user))


class Reflection(Frozen):
    """What went well and what the worker would do differently, shared."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    session = models.OneToOneField(CoachingSession, on_delete=models.CASCADE, related_name="reflection")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    went_well = NarrativeField(blank=False)
    differently = NarrativeField()
    shared_at = models.DateTimeField(default=timezone.now)

    objects = ReflectionQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_SESSION),
        insert=both(BY_WORKER, mine("author_id"), not_closed(SESSIONS)),
        delete=BY_WORKER,
    )

    def __str__(self) -> str:
        return f"Reflection in {self.session_id}"


class SelfRatingQuerySet(FrozenQuerySet["SelfRating"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, since a row exists only once the worker has shared it; a next supervisor with its aspect."""
        return self.filter(content_readers(user) | by_focus(user))

    def for_list(self) -> Self:
        return self.select_related("descriptor__level", "glimpse__level").order_by("shared_at")


class SelfRating(Frozen):
    """Where the worker says they are, and perhaps a glimpse of work above it. Cites the words it was made against.

    Without a session it is where the worker started on this focus.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(
        CoachingSession, on_delete=models.CASCADE, null=True, blank=True, related_name="self_ratings"
    )
    focus = models.ForeignKey(Focus, on_delete=models.CASCADE, related_name="self_ratings")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    descriptor = models.ForeignKey(LevelDescriptor, on_delete=models.PROTECT, related_name="+")
    glimpse = models.ForeignKey(
        LevelDescriptor, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    because = NarrativeField()
    shared_at = models.DateTimeField(default=timezone.now)

    objects = SelfRatingQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_FOCUS),
        insert=both(
            BY_WORKER,
            mine("author_id"),
            either("{t}.session_id IS NULL", both(not_closed(SESSIONS), _after("coaching_reviewedfocus"))),
        ),
        delete=BY_WORKER,
    )

    class Meta:
        ordering = ["shared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "focus"],
                condition=Q(session__isnull=False),
                name="self_rating_once_a_session",
            ),
            models.UniqueConstraint(
                fields=["focus"], condition=Q(session=None), name="self_rating_one_start"
            ),
            models.CheckConstraint(
                condition=Q(glimpse=None) | ~Q(glimpse=F("descriptor")), name="self_rating_glimpse_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"Self-rating on {self.focus_id}"

    @property
    def level(self) -> int:
        return self.descriptor.level.number

    @property
    def glimpse_level(self) -> int | None:
        return self.glimpse.level.number if self.glimpse else None

    @classmethod
    def _write(
        cls, focus: Focus, *, by: User, level: int, glimpse: int | None, because: str, session=None
    ) -> "SelfRating":
        if glimpse is not None and glimpse <= level:
            raise ValidationError({"glimpse": "“Some of my work” lies above the level you chose."})
        return cls.objects.create(
            partnership=focus.partnership,
            session=session,
            focus=focus,
            author=by,
            descriptor=focus.descriptor_at(level),
            glimpse=focus.descriptor_at(glimpse) if glimpse is not None else None,
            because=clean_narrative(because),
        )

    @classmethod
    @in_turn
    def start(cls, focus: Focus, *, by: User, level: int, because: str = "") -> "SelfRating":
        """Say where one starts on a focus, before a target is set (product.md, 4.5).

        Raises Refused for the supervisor, before an agreement, or the second time.
        """
        focus.partnership.require_worker(
            by, "The worker says where they are. You’ll hear it when they share it."
        )
        require_agreement(focus.partnership)
        if not focus.is_active:
            raise Refused("This focus rests. Pick it again to work on it.")
        if cls.objects.filter(focus=focus, session=None).exists():
            raise Refused("You have said where you start on this. You’ll say it anew in each session.")
        return cls._write(focus, by=by, level=level, glimpse=None, because=because)


class ObservationQuerySet(FrozenQuerySet["Observation"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, since a row exists only once the supervisor has shared it; a next one with its aspect."""
        return self.filter(content_readers(user) | by_focus(user))


class Observation(Frozen):
    """What the supervisor saw that fits the goals, what to try next, and optionally a level."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="observations")
    focus = models.ForeignKey(Focus, on_delete=models.CASCADE, related_name="observations")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saw = NarrativeField(blank=False)
    try_next = NarrativeField()
    descriptor = models.ForeignKey(
        LevelDescriptor, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    shared_at = models.DateTimeField(default=timezone.now)

    objects = ObservationQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_FOCUS),
        insert=both(BY_SUPERVISOR, mine("author_id"), going_on(SESSIONS), _after("coaching_selfrating")),
        delete=BY_WORKER,
    )

    class Meta:
        ordering = ["shared_at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "focus"], name="observation_once_a_session")
        ]

    def __str__(self) -> str:
        return f"Observation on {self.focus_id}"

    @property
    def level(self) -> int | None:
        return self.descriptor.level.number if self.descriptor else None


class DecisionQuerySet(FrozenQuerySet["Decision"]):
    def visible_to(self, user: User) -> Self:
        """Both sides; a next supervisor with its aspect."""
        return self.filter(content_readers(user) | by_focus(user))


class Decision(Frozen):
    """What the worker decided on a focus, once both had spoken."""

    class Choice(models.TextChoices):
        CARRY_ON = "carry_on", "Carry on"
        RAISE = "raise", "Raise the target by one"
        NEW_FOCUS = "new_focus", "Pick a new focus"

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="decisions")
    focus = models.ForeignKey(Focus, on_delete=models.CASCADE, related_name="decisions")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=20, choices=Choice)
    decided_at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_FOCUS),
        insert=both(BY_WORKER, mine("author_id"), going_on(SESSIONS), _after("coaching_observation")),
        delete=BY_WORKER,
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "focus"], name="decision_once_a_session")]

    def __str__(self) -> str:
        return f"{self.choice} on {self.focus_id}"
