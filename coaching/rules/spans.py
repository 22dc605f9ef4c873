"""How near and how far a day may lie that somebody types (product.md, 10): one rule for each kind of day.

The verbs ask here, so that no day comes in by another door; what they raise names the nearest and the furthest day.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from sopcoach.words import dates

YEAR = timedelta(days=365)
TEN_YEARS = timedelta(days=3652)

TO_COME = "Choose a day that is still to come."
NO_DAY = "Write a day such as 2026-12-08."
"""Said of what can't be read as a day."""


@dataclass(frozen=True)
class Span:
    """The days that may be meant, both ends included. `ask` is what is said of any other, before the two are named."""

    first: date
    last: date
    ask: str

    @property
    def refusal(self) -> str:
        return f"{self.ask} It may be from {dates.day(self.first)} to {dates.day(self.last)}."

    def require(self, day: date, field: str) -> date:
        """The day. Raises ValidationError, beside the field of that name, for one that lies outside."""
        if not self.first <= day <= self.last:
            raise ValidationError({field: self.refusal})
        return day


def ahead(ask: str = TO_COME, *, after: timedelta = timedelta()) -> Span:
    """From today until a year ahead: goals, promises, meetings, and whatever is looked at again on a day."""
    today = timezone.localdate()
    return Span(today + after, today + YEAR, ask)


def kept(ask: str) -> Span:
    """Up to ten years back: what somebody notes for themselves alone."""
    today = timezone.localdate()
    return Span(today - TEN_YEARS, today, ask)


def since(begun: date | datetime, ask: str) -> Span:
    """From the day on which something began until today."""
    return Span(dates.local_day(begun), timezone.localdate(), ask)


def of_training(ask: str) -> Span:
    """Five years either way: a training may be planned long before, and be noted after the fact."""
    today = timezone.localdate()
    return Span(today - 5 * YEAR, today + 5 * YEAR, ask)


def meeting_at(day: date, at: time) -> datetime:
    """The moment of a day and an hour on the clock of whoever types it, wherever in the calendar that is."""
    return timezone.make_aware(datetime.combine(day, at))


def require_hour(day: date, at: time, field: str) -> datetime:
    """The moment. Raises ValidationError, beside the field of that name, for an hour that the clocks leave out."""
    moment = meeting_at(day, at)
    try:
        shown = dates.local(moment.astimezone(UTC))
    except OverflowError:  # at the calendar's end; that it is too far ahead is told as of any other day
        return moment
    if (shown.hour, shown.minute) != (at.hour, at.minute):
        raise ValidationError(
            {
                field: f"The clocks go forward on {dates.day(day)}, and {dates.clock(at)} is left out. "
                "Choose an hour before or after that."
            }
        )
    return moment


def require_meeting(starts_at: datetime, field: str, ask: str = TO_COME) -> datetime:
    """The moment. Raises ValidationError, beside the field of that name, for one gone by or more than a year ahead."""
    span = ahead(ask)
    span.require(dates.local_day(starts_at), field)
    if starts_at <= timezone.now():
        raise ValidationError({field: span.refusal})
    return starts_at


def moved(moment: datetime, by: timedelta) -> datetime:
    """That much later. Where the calendar ends, which no verb lets through, it stays where it is."""
    try:
        return moment + by
    except OverflowError:
        return moment


def read_day(text: str, field: str) -> date | None:
    """A day as browsers send it; None for nothing. Raises ValidationError for what is none."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValidationError({field: NO_DAY}) from None
