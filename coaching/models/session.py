"""A coaching session, and its words along the Dialogue Structure."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coaching.dialogue.stages import BY_KEY, STAGES, WORDS, Field, Stage
from coaching.models.base import Autosaved, Personal, SpokenQuerySet, clean_narrative
from coaching.models.locking import in_turn
from coaching.models.meeting import Meeting, going_on, just_closed
from coaching.models.partnership import Partnership, content_readers
from coaching.models.planned import Planned, tell_other
from coaching.models.release import by_session
from coaching.models.session_wall import SESSIONS, WALL
from coaching.row_security.conditions import (
    BY_WORKER,
    IN_CONTENT,
    RELEASED_SESSION,
    both,
    either,
    mine,
)
from coaching.row_security.policy import Wall, change
from coaching.rules import spans
from sopcoach.models import User
from sopcoach.words import dates
from sopcoach.words.refusal import Refused

CONVERSATIONS_AFTER = 1000
"""The numbers by which conversations are found begin after this. People read their day; an address says which of them
it is (coaching.urls), so that sessions keep their own numbers."""


class CoachingSessionQuerySet(models.QuerySet["CoachingSession"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, the supervisor no longer once the partnership has ended; a next supervisor if released."""
        return self.filter(content_readers(user) | by_session(user, "pk"))

    def move_shown(self) -> Self:
        """Those ahead that were moved or called off, as long as the other side hasn't come to see it."""
        return self.filter(moved_at__isnull=False, move_seen_at=None, opened_at=None, closed_at=None)

    def for_list(self) -> Self:
        return self.select_related("partnership__worker", "partnership__supervisor").order_by("-number")


class CoachingSession(Planned, Meeting, Personal):
    """One meeting of the two, made of the eight stages."""

    class Kind(models.TextChoices):
        OPENING = "opening", "Opening"
        PROGRESS = "progress", "Progress"
        CONVERSATION = "conversation", "Conversation"

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    minutes = models.PositiveSmallIntegerField(default=60)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    """Who closed it. Nobody is named where an ending did, or where it was closed before this was written down."""
    objects = CoachingSessionQuerySet.as_manager()

    wall = WALL

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="session_number_once"),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(closed_at=None) & ~Q(kind="conversation"),
                name="session_one_ahead",
                violation_error_message="The session before this one is still to be closed.",
            ),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(closed_at=None, kind="conversation"),
                name="session_one_conversation",
                violation_error_message="You are in a conversation already.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at=None) | Q(closed_at__gte=F("opened_at")),
                name="session_closed_after_opening",
                violation_error_message="A session closes after it has begun.",
            ),
            models.CheckConstraint(
                condition=Q(closed_by=None) | Q(closed_at__isnull=False),
                name="session_closed_by_when_closed",
                violation_error_message="Only a session that is closed was closed by somebody.",
            ),
        ]

    def __str__(self) -> str:
        return f"Session {self.number} of {self.partnership_id}"

    @property
    def is_opening(self) -> bool:
        return self.kind == self.Kind.OPENING

    @property
    def is_conversation(self) -> bool:
        return self.kind == self.Kind.CONVERSATION

    @property
    def title(self) -> str:
        """What people call it: "Session 2"; a conversation goes by its day, "Conversation of November 28"."""
        return (
            f"Conversation of {dates.day(self.held_on)}" if self.is_conversation else f"Session {self.number}"
        )

    @property
    def phrase(self) -> str:
        """The same within a sentence: "session 2", "the conversation of November 28"."""
        title = f"{self.title[0].lower()}{self.title[1:]}"
        return f"the {title}" if self.is_conversation else title

    @property
    def was_held(self) -> bool:
        """Not so for the one that was still ahead when the coaching ended: that closed it, and it was never opened."""
        return self.closed_at is not None and self.opened_at is not None

    @property
    def begins_at(self) -> datetime | None:
        """When it really began; until then, and where it was never held, when it is planned to."""
        return self.opened_at or self.starts_at

    @property
    def ends_at(self) -> datetime | None:
        """When its length has gone by since it really began."""
        return spans.moved(self.begins_at, timedelta(minutes=self.minutes)) if self.begins_at else None

    @property
    def longest(self) -> timedelta:
        """Two people who talk: its length, and half an hour more."""
        return timedelta(minutes=self.minutes + 30)

    @property
    def held_on(self) -> date:
        """The local day on which it was, or will be, held."""
        return dates.local_day(self.opened_at or self.starts_at or timezone.now())

    def require_review(self) -> None:
        """Raise Refused in a conversation: nothing is attached to one."""
        if self.is_conversation:
            raise Refused("A conversation holds no review. Look back in your next session.")

    @in_turn
    def open(self, *, by: User) -> None:
        """Begin the meeting; either side may. A second click changes nothing.

        What a progress session looks back on is fixed with that.
        """
        self.partnership.require_formal()
        self.partnership.require_side(by)
        self.require_not_closed()
        if not self.opened_at:
            if self.kind == self.Kind.PROGRESS:
                self.reviewed.fix_for(self)
            self.opened_at = timezone.now()
            if self.starts_at is None or dates.local_day(self.starts_at) != timezone.localdate():
                # what the rhythm goes on from, as people note a meeting's time; it shows when it really began
                quarter = self.opened_at.minute // 15 * 15
                self.planned_at = self.starts_at
                self.starts_at = self.opened_at.replace(minute=quarter, second=0, microsecond=0)
            self.save(update_fields=["opened_at", "starts_at", "planned_at"])

    @in_turn
    def close(self, *, by: User, next_starts_at: datetime, minutes: int) -> "CoachingSession":
        """End the meeting, which fixes its words, and plan the next one.

        `minutes` is the next meeting's length. Raises ValidationError when the next meeting has gone by or is far away.
        """
        self.partnership.require_formal()
        self.partnership.require_side(by)
        self.require_open()
        if self.is_conversation:
            raise Refused("A conversation plans nothing. Close it as it is.")
        spans.require_meeting(next_starts_at, "starts_at")
        self._close(by)
        tell_other(self.partnership, by)
        return CoachingSession.objects.create(
            partnership=self.partnership,
            number=self.number + 1,
            kind=self.Kind.PROGRESS,
            starts_at=next_starts_at,
            minutes=minutes,
        )

    @classmethod
    @in_turn
    def converse(cls, partnership: Partnership, *, by: User) -> "CoachingSession":
        """Begin a plain conversation: the eight stages and nothing else, beside the session that is ahead.

        Either side may, also before there is an agreement. A second click leads to the same one.
        """
        partnership.require_formal()
        partnership.require_side(by)
        held = partnership.sessions.filter(kind=cls.Kind.CONVERSATION).order_by("-number")
        last = held.first()
        if last and not last.is_closed:
            return last
        now = timezone.now()
        return cls.objects.create(
            partnership=partnership,
            number=(last.number if last else CONVERSATIONS_AFTER) + 1,
            kind=cls.Kind.CONVERSATION,
            starts_at=now,
            opened_at=now,
        )

    @in_turn
    def end_conversation(self, *, by: User) -> None:
        """Close a conversation, which fixes its words and plans nothing."""
        self.partnership.require_formal()
        self.partnership.require_side(by)
        self.require_open()
        if not self.is_conversation:
            raise Refused("This is a session. Closing it takes the day of the next one.")
        self._close(by)

    def _close(self, by: User) -> None:
        self.closed_at, self.closed_by = timezone.now(), by
        self.save(update_fields=["closed_at", "closed_by"])

    def fields_in(self, stage: Stage) -> tuple[Field, ...]:
        """What is written in a stage. In a conversation its content is in words, since there is nothing else to it."""
        if self.is_conversation and stage.key == "content":
            return WORDS
        return stage.fields_in(opening=self.is_opening)

    def field_of(self, stage: Stage, key: str) -> Field:
        """The stage's field of that name. Raises Refused for a field that this stage doesn't have."""
        for field in self.fields_in(stage):
            if field.key == key:
                return field
        raise Refused("This stage has no such field.")

    @in_turn
    def say(self, stage_key: str, *, by: User, field: str, text: str, revision: int) -> "StageWords":
        """Keep what one side says in a stage. The other side can read it from now on, until and after closing.

        Raises Refused unless the session is going on or was closed only just now (LAST_WORDS), StaleError when another
        window has saved since, ValidationError where the words hold an identifier.
        """
        place: dict[str, Any] = {"session": self, "stage": stage_key, "field": field, "author": by}
        if not self.takes_words and not StageWords.stands(text, **place):
            self.require_open()
        self.partnership.require_formal()
        self.partnership.require_side(by)
        self.field_of(BY_KEY[stage_key], field)
        return StageWords.keep(
            text=clean_narrative(text), revision=revision, partnership=self.partnership, **place
        )


_TAKES_WORDS = either(going_on(SESSIONS), just_closed(SESSIONS))


class StageWordsQuerySet(SpokenQuerySet["StageWords"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, as they are saved (product.md, 5), in a session that has begun; a next one with its session."""
        return self.filter(content_readers(user) | by_session(user))


class StageWords(Autosaved):
    """One side's words in one field of one stage."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="words")
    stage = models.CharField(max_length=20, choices=[(s.key, s.title) for s in STAGES])
    field = models.CharField(max_length=20)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = StageWordsQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_SESSION),
        insert=both(IN_CONTENT, mine("author_id"), _TAKES_WORDS),
        update=both(IN_CONTENT, mine("author_id"), _TAKES_WORDS),
        delete=BY_WORKER,
        changes=(change("text", "revision", "saved_at"),),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "stage", "field", "author"], name="stage_words_one_author"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage}.{self.field} of {self.session_id}"
