"""Where a worker stands on each focus, with a glimpse of a higher level, said before the supervisor does. None changes."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coaching.models.agreement import require_agreement
from coaching.models.base import Frozen, FrozenQuerySet, NarrativeField, clean_narrative
from coaching.models.draft import Draft
from coaching.models.focus import Focus, by_focus
from coaching.models.locking import in_turn
from coaching.models.meeting import not_closed
from coaching.models.partnership import Partnership, content_readers
from coaching.models.reflection import Reflection
from coaching.models.reviewed import fix, require_in_review
from coaching.models.session import CoachingSession
from coaching.models.session_wall import SESSIONS
from coaching.row_security.conditions import (
    BY_WORKER,
    IN_CONTENT,
    RELEASED_FOCUS,
    both,
    either,
    exists,
    mine,
)
from coaching.row_security.policy import Wall
from profiles.models import LevelDescriptor
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import tell
from sopcoach.models import User
from sopcoach.words.refusal import Refused


def after(table: str) -> str:
    """That this focus has such a row in the same session: it is looked back on there; the worker speaks first, then
    the supervisor."""
    return exists(f"{table} f", "f.session_id = {t}.session_id AND f.focus_id = {t}.focus_id")


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
            either("{t}.session_id IS NULL", both(not_closed(SESSIONS), after("coaching_reviewedfocus"))),
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
        cls,
        focus: Focus,
        *,
        by: User,
        level: int,
        glimpse: int | None,
        because: str,
        session: CoachingSession | None = None,
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


@in_turn
def share_self_rating(
    session: CoachingSession,
    focus: Focus,
    *,
    by: User,
    level: int,
    glimpse: int | None = None,
    because: str = "",
) -> SelfRating:
    """Share where the worker is on a focus, with an optional glimpse above it; frozen from then on.

    May be done before the meeting. Raises Refused for the supervisor, before the reflection, or the second time.
    """
    session.require_not_closed()
    require_agreement(session.partnership)
    session.partnership.require_worker(
        by, f"{session.partnership.worker.short_name} says where they are. You come after."
    )
    focus = require_in_review(session, focus)
    if not Reflection.objects.filter(session=session).exists():
        raise Refused("First look back on what went well, then say where you are.")
    if SelfRating.objects.filter(session=session, focus=focus).exists():
        raise Refused("You have shared this already, and it stays as it is.")
    fix(session, focus)
    rating = SelfRating._write(focus, by=by, level=level, glimpse=glimpse, because=because, session=session)
    Draft.objects.filter(session=session, author=by, focus=focus).forget()
    tell(session.partnership.supervisor_id, occasion=Occasion.SHARED)
    return rating
