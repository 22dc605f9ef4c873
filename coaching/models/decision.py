"""What the worker decides on a focus, once both have spoken."""

from typing import Self

from django.db import models
from django.utils import timezone

from coaching.models.agreement import require_agreement
from coaching.models.base import Frozen, FrozenQuerySet
from coaching.models.focus import Focus, by_focus
from coaching.models.locking import in_turn
from coaching.models.meeting import going_on
from coaching.models.observation import Observation
from coaching.models.partnership import Partnership, content_readers
from coaching.models.reviewed import require_in_review
from coaching.models.self_rating import SelfRating, after
from coaching.models.session import CoachingSession
from coaching.models.session_wall import SESSIONS
from coaching.models.target import Target
from coaching.row_security.conditions import (
    BY_WORKER,
    IN_CONTENT,
    RELEASED_FOCUS,
    both,
    either,
    mine,
)
from coaching.row_security.policy import Wall
from sopcoach.models import User
from sopcoach.words.refusal import Refused


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
        insert=both(BY_WORKER, mine("author_id"), going_on(SESSIONS), after("coaching_observation")),
        delete=BY_WORKER,
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "focus"], name="decision_once_a_session")]

    def __str__(self) -> str:
        return f"{self.choice} on {self.focus_id}"


@in_turn
def decide(session: CoachingSession, focus: Focus, *, by: User, choice: str) -> Decision:
    """Carry on, raise the target by one, or let the focus rest for a new one; the worker's choice.

    Raises Refused for the supervisor, before both have shared, or the second time; and as `Target.raise_by_one`.
    """
    require_agreement(session.partnership)
    supervisor = session.partnership.supervisor.short_name
    session.partnership.require_worker(
        by, f"{session.partnership.worker.short_name} decides what comes next. Ask, and wait."
    )
    session.require_open()
    focus = require_in_review(session, focus)
    if not Observation.objects.filter(session=session, focus=focus).exists():
        raise Refused(
            f"{supervisor} hasn’t shared what they saw yet. Then you lay both side by side, and decide."
        )
    if Decision.objects.filter(session=session, focus=focus).exists():
        raise Refused("You have decided this already.")
    decision = Decision.objects.create(
        partnership=session.partnership,
        session=session,
        focus=focus,
        author=by,
        choice=Decision.Choice(choice),
    )
    if decision.choice == Decision.Choice.RAISE:
        rating = SelfRating.objects.select_related("descriptor__level").get(session=session, focus=focus)
        Target.raise_by_one(focus, by=by, reached=rating)
    elif decision.choice == Decision.Choice.NEW_FOCUS:
        focus.rest(by=by)
    return decision
