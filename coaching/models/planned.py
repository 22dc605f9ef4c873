"""What the two may still change of a meeting that hasn't begun, and how the other side hears of it (product.md, 11)."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from coaching.models.locking import in_turn, in_turn_unheard
from coaching.models.partnership import Partnership
from coaching.rules import spans
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import tell, tell_now
from sopcoach.models import User
from sopcoach.words import dates
from sopcoach.words.refusal import Refused

SOON = timedelta(hours=48)
"""Before a meeting, a change of it can't wait for the morning's mail."""
CHANGES = ("starts_at", "sequence", "moved_from", "moved_by", "moved_at", "move_seen_at")


def tell_other(partnership: Partnership, by: User, *moments: datetime | None) -> None:
    """The other side hears that a meeting changed: within a minute where it was, or is to be, soon."""
    other = partnership.seat_of(by).other
    now = timezone.now()
    if any(moment and now <= moment <= now + SOON for moment in moments):
        tell_now(other, occasion=Occasion.MEETING)
    else:
        tell(other, occasion=Occasion.MEETING)


class Planned(models.Model):
    """The part of a session of two that lies ahead of it."""

    partnership: Any
    opened_at: Any
    is_open: Any

    starts_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    """How often it was moved or called off, which calendars go by."""
    moved_from = models.DateTimeField(null=True, blank=True)
    """When it was to be before the last change."""
    moved_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(null=True, blank=True)
    planned_at = models.DateTimeField(null=True, blank=True)
    """When it was to be, where it began on another day: what taking the beginning back goes back to."""
    move_seen_at = models.DateTimeField(null=True, blank=True)
    """When the other side came to see of it: until then it stands on both homes."""

    went_on_at = models.DateTimeField(null=True, blank=True)
    """When somebody said that it went on, where it was open since an earlier day."""

    class Meta:
        abstract = True

    @property
    def is_called_off(self) -> bool:
        return self.starts_at is None and self.moved_from is not None and not self.opened_at

    @property
    def shows_move(self) -> bool:
        return self.moved_at is not None and self.move_seen_at is None and not self.opened_at

    @property
    def is_left_open(self) -> bool:
        """Whether it goes on since an earlier day, and nobody has said today that it does."""
        if not self.is_open or self.opened_at is None:
            return False
        return dates.local_day(self.went_on_at or self.opened_at) < timezone.localdate()

    @property
    def is_missed(self) -> bool:
        """Whether the day that it was planned for has gone by without it."""
        return (
            self.opened_at is None
            and self.starts_at is not None
            and dates.local_day(self.starts_at) < timezone.localdate()
        )

    @in_turn
    def move_to(self, starts_at: datetime, *, by: User) -> None:
        """Choose another time for a session that hasn't begun, or a time for one that was called off."""
        self.require_movable(by)
        spans.require_meeting(starts_at, "starts_at")
        if starts_at != self.starts_at:
            self.change(starts_at, by)

    @in_turn
    def call_off(self, *, by: User) -> None:
        """Let it have no day for now; either side may, without a reason. A second click changes nothing."""
        self.require_movable(by)
        if self.starts_at is not None:
            self.change(None, by)

    @in_turn_unheard
    def see_move(self, *, by: User) -> None:
        """The other side has come to see that it was moved or called off."""
        if self.shows_move and by.pk != self.moved_by_id:
            self.move_seen_at = timezone.now()
            self.save(update_fields=["move_seen_at"])

    def require_movable(self, by: User) -> None:
        """Raise Refused once it has begun, and outside of formal coaching."""
        self.partnership.require_formal()
        self.partnership.require_side(by)
        if self.opened_at:
            raise Refused("This session has begun, so its time stays as it is.")

    def change(self, starts_at: datetime | None, by: User) -> None:
        """Give it that time, or none, and let the other side hear of it. For verbs, which have asked who may."""
        before, self.starts_at = self.starts_at, starts_at
        if was := before or self.moved_from:  # one that was called off counts from the day that it had
            self.sequence += 1
            self.moved_from, self.moved_by = was, by
            self.moved_at, self.move_seen_at = timezone.now(), None
        self.save(update_fields=CHANGES)
        tell_other(self.partnership, by, before, starts_at)
