"""What the worker looks back on in a session: what went well, and what they would do differently. Shared, and never changed."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from coaching.models.agreement import require_agreement
from coaching.models.base import Frozen, FrozenQuerySet, NarrativeField, clean_narrative
from coaching.models.draft import Draft
from coaching.models.locking import in_turn
from coaching.models.meeting import not_closed
from coaching.models.partnership import Partnership, content_readers
from coaching.models.release import by_session
from coaching.models.session import CoachingSession
from coaching.models.session_wall import SESSIONS
from coaching.row_security.conditions import (
    BY_WORKER,
    IN_CONTENT,
    RELEASED_SESSION,
    both,
    either,
    mine,
)
from coaching.row_security.policy import Wall
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import tell
from sopcoach.models import User
from sopcoach.words.refusal import Refused


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


@in_turn
def share_reflection(session: CoachingSession, *, by: User, went_well: str, differently: str) -> Reflection:
    """Share what went well and what the worker would do differently; frozen from then on.

    May be done before the meeting. Raises Refused for the supervisor or the second time, ValidationError without
    something that went well, since reflection opens with what works (FAQ, measure step 1).
    """
    session.require_review()
    session.require_not_closed()
    require_agreement(session.partnership)
    session.partnership.require_worker(by, f"{session.partnership.worker.short_name} looks back first.")
    if Reflection.objects.filter(session=session).exists():
        raise Refused("You have shared this already, and it stays as it is.")
    if not went_well.strip():
        raise ValidationError({"went_well": "Start with something that went well, however small."})
    reflection = Reflection.objects.create(
        partnership=session.partnership,
        session=session,
        author=by,
        went_well=clean_narrative(went_well),
        differently=clean_narrative(differently),
    )
    Draft.objects.filter(session=session, author=by, focus=None).forget()
    tell(session.partnership.supervisor_id, occasion=Occasion.SHARED)
    return reflection
