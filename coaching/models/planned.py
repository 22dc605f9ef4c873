"""What the two may still change of a meeting that hasn't begun, and how the other side hears of it."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from coaching.models.locking import in_turn
from coaching.models.partnership import Partnership
from coaching.rules import spans
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import tell, tell_now
from sopcoach.models import User
from sopcoach.words.refusal import Refused

SOON = timedelta(hours=48)
"""Before a meeting, a change of it can't wait for the morning's mail."""


def tell_other(partnership: Partnership, by: User, *moments: datetime | None) -> None:
    """The other side hears that a meeting changed: within a minute where it was, or is to be, soon."""
    other = partnership.seat_of(by).other
    now = timezone.now()
    if any(moment and now <= moment <= now + SOON for moment in moments):
        tell_now(other, occasion=Occasion.MEETING)
    else:
        tell(other, occasion=Occasion.MEETING)


class Planned:
    """The part of a session of two that lies ahead of it."""

    partnership: Any
    opened_at: Any
    starts_at: Any
    save: Any

    @in_turn
    def move_to(self, starts_at: datetime, *, by: User) -> None:
        """Choose another time for a session that hasn't begun."""
        self.partnership.require_formal()
        self.partnership.require_side(by)
        if self.opened_at:
            raise Refused("This session has begun, so its time stays as it is.")
        spans.require_meeting(starts_at, "starts_at")
        before, self.starts_at = self.starts_at, starts_at
        self.save(update_fields=["starts_at"])
        if before != starts_at:
            tell_other(self.partnership, by, before, starts_at)
