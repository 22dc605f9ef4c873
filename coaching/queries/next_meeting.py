"""When the two meet again: what a promise made today begins with, and what the last stage offers."""

from datetime import date, datetime

from django.utils import timezone

from coaching.models import Agreement, CoachingSession
from sopcoach.models import User
from sopcoach.words import dates


def suggested_after(session: CoachingSession, agreement: Agreement | None) -> datetime | None:
    """The meeting after this session in the rhythm agreed."""
    moment = session.starts_at or session.opened_at or timezone.now()
    return agreement.next_ahead(moment) if agreement else None


def next_day(user: User, session: CoachingSession) -> date | None:
    """The day of the meeting after this session, on which its promises are looked at first.

    A conversation changes nothing in what is planned, so after one it is the day planned, if there is one.
    """
    found: datetime | None
    if session.is_conversation:
        planned = CoachingSession.objects.visible_to(user).filter(
            partnership=session.partnership_id, opened_at=None, closed_at=None, starts_at__gt=timezone.now()
        )
        found = planned.order_by("starts_at").values_list("starts_at", flat=True).first()
    else:
        found = suggested_after(session, Agreement.objects.visible_to(user).in_force(session.partnership))
    return dates.local_day(found) if found else None
