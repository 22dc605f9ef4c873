"""What one side has begun to write in a session and has not shared (product.md, 6)."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from coaching.models.agreement import require_agreement
from coaching.models.base import (
    Autosaved,
    OwnErasureUnit,
    OwnErasureUnitQuerySet,
    clean_narrative,
    private_keeper,
)
from coaching.models.focus import Focus
from coaching.models.locking import in_turn_unheard
from coaching.models.meeting import just_closed, not_closed
from coaching.models.orientation import NO_LEVELS
from coaching.models.partnership import Partnership, Seat, content_readers
from coaching.models.reviewed import all_rated, require_in_review
from coaching.models.session import CoachingSession
from coaching.models.session_wall import SESSIONS
from coaching.row_security.conditions import IN_CONTENT, both, either, mine, system
from coaching.row_security.policy import Wall, change
from coaching.rules import spans
from sopcoach.models import User
from sopcoach.vault.fields import is_lost
from sopcoach.vault.keyring import ErasureUnit
from sopcoach.words.refusal import Refused

DAY = "due_on"
"""The field of a promise's day."""
ANSWER = "reply"
"""The one thing that may still be written once the session is closed, and in a pause."""
_TAKES_WORDS = either(not_closed(SESSIONS), just_closed(SESSIONS), f"{{t}}.field = '{ANSWER}'")


class DraftQuerySet(OwnErasureUnitQuerySet["Draft"]):
    def visible_to(self, user: User) -> Self:
        """Its author alone."""
        return self.filter(content_readers(user), author=user)

    def forget(self) -> None:
        """Delete what has been shared. Words that can't be opened now weren't: they stay for their author."""
        self.filter(pk__in=[row.pk for row in self if not is_lost(row.text)]).delete()


class Draft(OwnErasureUnit, Autosaved):
    """What one side has put into a form of the session and not shared: words, a level as its number, or a day."""

    WORKER_FIELDS: tuple[str, ...] = ("went_well", "differently")
    WORKER_FOCUS_FIELDS: tuple[str, ...] = ("level", "glimpse", "because", ANSWER)
    SUPERVISOR_FOCUS_FIELDS = ("saw", "try_next")
    EITHER_FIELDS = ("promise", DAY, "congratulation")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="drafts")
    focus = models.ForeignKey(Focus, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    field = models.CharField(max_length=20)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = DraftQuerySet.as_manager()

    wall = Wall(
        read=either(both(IN_CONTENT, mine("author_id")), system("ending", "erasure", "retention")),
        insert=both(IN_CONTENT, mine("author_id"), _TAKES_WORDS),
        update=both(IN_CONTENT, mine("author_id"), _TAKES_WORDS),
        delete=either(both(IN_CONTENT, mine("author_id")), system("ending", "erasure", "retention")),
        changes=(change("text", "revision", "saved_at"),),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "author", "field"], condition=Q(focus=None), name="draft_once_a_session"
            ),
            models.UniqueConstraint(
                fields=["session", "author", "field", "focus"],
                condition=Q(focus__isnull=False),
                name="draft_once_a_focus",
            ),
        ]

    def __str__(self) -> str:
        return f"Draft of {self.field}"

    def erasure_unit(self) -> ErasureUnit:
        return ErasureUnit(private_keeper(self.partnership_id, self.author_id), self.pk)

    @classmethod
    @in_turn_unheard
    def put(
        cls,
        session: CoachingSession,
        *,
        by: User,
        field: str,
        text: str,
        revision: int,
        focus: Focus | None = None,
    ) -> "Draft":
        """Keep a draft, for its author's eyes; before the meeting as well as in it.

        Raises Refused for a field that isn't `by`'s to write, so a supervisor can't even draft a level before the
        worker has shared one, and once the session is closed; StaleError, ValidationError and what is taken for a
        moment after closing as in `CoachingSession.say`.
        """
        place: dict[str, Any] = {"session": session, "focus": focus, "field": field, "author": by}
        if field != ANSWER and not session.takes_words and not cls.stands(text, **place):
            session.require_not_closed()
        if field != ANSWER or session.partnership.is_ended:
            session.partnership.require_formal()
        seat = session.partnership.seat_of(by)
        if focus is not None:
            focus = require_in_review(session, focus)
        if field not in cls.EITHER_FIELDS:
            if field != ANSWER:
                require_agreement(session.partnership)
            cls._require_own(session, seat, field, focus)
        text = _day(text) if field == DAY else clean_narrative(text)
        return cls.keep(text=text, revision=revision, partnership=session.partnership, **place)

    @classmethod
    def _require_own(cls, session: CoachingSession, seat: Seat, field: str, focus: Focus | None) -> None:
        if seat.is_worker:
            allowed = cls.WORKER_FIELDS if focus is None else cls.WORKER_FOCUS_FIELDS
        else:
            allowed = () if focus is None else cls.SUPERVISOR_FOCUS_FIELDS
            if field == "level" and focus is not None:
                session.partnership.require_no_orientation(NO_LEVELS)
                if not all_rated(session):
                    raise Refused(f"You can place a level once {seat.other.short_name} has placed theirs.")
                return
        if field not in allowed:
            raise Refused("This field isn’t yours to write.")

    @classmethod
    @in_turn_unheard
    def drop(cls, session: CoachingSession, *, by: User, field: str, focus: Focus | None = None) -> None:
        """Forget a draft whose words have been shared."""
        cls.objects.filter(session=session, author=by, field=field, focus=focus).forget()


def _day(text: str) -> str:
    """A day as browsers send it, within what a promise may be for, or nothing."""
    day = spans.read_day(text, DAY)
    return spans.ahead().require(day, DAY).isoformat() if day else ""
