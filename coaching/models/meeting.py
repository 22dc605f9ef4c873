"""What a session of two and a session of a group have in common: it is planned, goes on, and is closed."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from coaching.row_security.conditions import exists
from sopcoach.words.refusal import Refused

LAST_WORDS = timedelta(minutes=2)
"""How long after closing the words still arrive of whoever was writing when somebody else closed.

Long enough for the end of a sentence, and for a phone that has no connection for a moment; too short to come back and
add to what was said. Everything else is closed at once.
"""


def _in_meeting(sessions: str, condition: str) -> str:
    return exists(f"{sessions} meeting", f"meeting.id = {{t}}.session_id AND {condition}")


def ahead(sessions: str) -> str:
    """What the database asks of a row that belongs to a session of this table: as `Meeting.require_ahead`."""
    return _in_meeting(sessions, "meeting.opened_at IS NULL AND meeting.closed_at IS NULL")


def not_closed(sessions: str) -> str:
    return _in_meeting(sessions, "meeting.closed_at IS NULL")


def going_on(sessions: str) -> str:
    return _in_meeting(sessions, "meeting.opened_at IS NOT NULL AND meeting.closed_at IS NULL")


def just_closed(sessions: str) -> str:
    """As `Meeting.was_just_closed`; a closing that lies ahead, too, is only just now when its time comes."""
    span = f"interval '{LAST_WORDS.total_seconds():.0f} seconds'"
    just = f"meeting.closed_at BETWEEN now() - {span} AND now() + {span}"
    return _in_meeting(sessions, f"meeting.opened_at IS NOT NULL AND {just}")


class Meeting(models.Model):
    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        OPEN = "open", "Going on"
        CLOSED = "closed", "Closed"

    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def status(self) -> Status:
        if self.closed_at:
            return self.Status.CLOSED
        return self.Status.OPEN if self.opened_at else self.Status.PLANNED

    @property
    def is_open(self) -> bool:
        return self.status is self.Status.OPEN

    @property
    def is_closed(self) -> bool:
        return self.status is self.Status.CLOSED

    @property
    def takes_words(self) -> bool:
        """Whether words arrive: while it goes on, and for a moment after that."""
        return self.is_open or self.was_just_closed

    @property
    def was_just_closed(self) -> bool:
        if self.closed_at is None or self.opened_at is None:
            return False
        return timezone.now() - self.closed_at < LAST_WORDS

    @property
    def minutes_in(self) -> int:
        """Whole minutes gone by since it was opened. Time gone by, never a countdown (product.md, 10)."""
        if not self.opened_at:
            return 0
        return int(((self.closed_at or timezone.now()) - self.opened_at).total_seconds() // 60)

    @property
    def longest(self) -> timedelta:
        """How long those who are in it count as being there without a click, at the most."""
        raise NotImplementedError

    def present_until(self, away: timedelta) -> datetime | None:
        """How long they count as being there where one may be `away` so long: its closing is the last click."""
        if not self.opened_at:
            return None
        until = self.opened_at + self.longest
        return min(until, self.closed_at + away) if self.closed_at else until

    @property
    def clock_minutes(self) -> int:
        """How much of the clock's hour is filled."""
        return min(self.minutes_in, 60)

    def require_open(self) -> None:
        self.require_not_closed()
        if not self.is_open:
            raise Refused("This session hasn’t begun. Begin it when you sit down together.")

    def require_not_closed(self) -> None:
        if self.is_closed:
            raise Refused("This session is closed. What was said in it stays as it is.")

    def require_ahead(self) -> None:
        self.require_not_closed()
        if self.is_open:
            raise Refused("This session has begun. You can change this before the next one.")
