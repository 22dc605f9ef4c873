"""What the supervisor saw on a focus, once the worker has spoken. Shared, and never changed."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from coaching.models.agreement import require_agreement
from coaching.models.base import Frozen, FrozenQuerySet, NarrativeField, clean_narrative
from coaching.models.draft import Draft
from coaching.models.focus import Focus, by_focus
from coaching.models.locking import in_turn
from coaching.models.meeting import going_on
from coaching.models.orientation import NO_LEVELS
from coaching.models.partnership import Partnership, content_readers
from coaching.models.reflection import Reflection
from coaching.models.reviewed import all_rated, require_in_review
from coaching.models.self_rating import after
from coaching.models.session import CoachingSession
from coaching.models.session_wall import SESSIONS
from coaching.row_security.conditions import (
    BY_SUPERVISOR,
    BY_WORKER,
    IN_CONTENT,
    RELEASED_FOCUS,
    both,
    either,
    mine,
)
from coaching.row_security.policy import Wall
from profiles.models import LevelDescriptor
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import tell
from sopcoach.models import User
from sopcoach.words.refusal import Refused


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
        insert=both(BY_SUPERVISOR, mine("author_id"), going_on(SESSIONS), after("coaching_selfrating")),
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


@in_turn
def share_observation(
    session: CoachingSession,
    focus: Focus,
    *,
    by: User,
    saw: str,
    try_next: str = "",
    level: int | None = None,
) -> Observation:
    """Share what the supervisor saw on a focus, what to try next, and optionally a level; frozen from then on.

    Raises Refused for the worker, before the meeting, before the worker has shared a self-rating on each focus, for a
    level in orientation, or the second time; ValidationError without something seen.
    """
    require_agreement(session.partnership)
    worker = session.partnership.worker.short_name
    session.partnership.require_supervisor(by, "This is what your supervisor saw. Yours is your own rating.")
    session.require_open()
    focus = require_in_review(session, focus)
    if not Reflection.objects.filter(session=session).exists():
        raise Refused(
            f"{worker} hasn’t looked back yet. {worker} goes first; what you wrote is kept for you."
        )
    if not all_rated(session):
        raise Refused(
            f"{worker} hasn’t shared a level on each focus yet. {worker} goes first; what you wrote is kept for you."
        )
    if Observation.objects.filter(session=session, focus=focus).exists():
        raise Refused("You have shared this already, and it stays as it is.")
    if level is not None:
        session.partnership.require_no_orientation(NO_LEVELS)
    if not saw.strip():
        raise ValidationError({"saw": "Write what you saw that fits the goals, however small."})
    observation = Observation.objects.create(
        partnership=session.partnership,
        session=session,
        focus=focus,
        author=by,
        saw=clean_narrative(saw),
        try_next=clean_narrative(try_next),
        descriptor=focus.descriptor_at(level) if level is not None else None,
    )
    Draft.objects.filter(session=session, author=by, focus=focus).forget()
    tell(session.partnership.worker_id, occasion=Occasion.SHARED)
    return observation
