"""The weekday and hour that a pair has agreed on, and the meetings that follow from them (product.md, 10). Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from coaching.rules import spans
from sopcoach.words import dates

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HALF_A_WEEK = 3
MONTHLY = "monthly"
WEEKS = {"weekly": 1, "fortnightly": 2, "three_weekly": 3, MONTHLY: 4}
"""How far apart meetings are, by the rhythm agreed."""


@dataclass(frozen=True)
class Slot:
    """A place in the week, on the agency's clock. `weekday` counts from Monday, which is 0."""

    weekday: int
    at: time

    @property
    def text(self) -> str:
        return f"on {WEEKDAYS[self.weekday]}s at {dates.clock(self.at)}"

    def day_near(self, day: date) -> date:
        """The slot's day that lies nearest: a meeting that was moved by a day or two still is that week's."""
        return day + timedelta(days=(self.weekday - day.weekday() + _HALF_A_WEEK) % 7 - _HALF_A_WEEK)

    def on(self, day: date, zone: ZoneInfo) -> datetime:
        """That day's meeting. An hour that the clocks leave out is the one that they show instead."""
        return datetime.combine(day, self.at, zone).astimezone(UTC).astimezone(zone)


def read_slot(weekday: str | None, at: str | None) -> Slot | None:
    """The slot of an agreement, as it stores it; none where the pair agreed on none."""
    return Slot(int(weekday), time.fromisoformat(at)) if weekday and at else None


def following(moment: datetime, rhythm: str, slot: Slot | None) -> datetime:
    """The meeting after this moment: on the slot's day and hour or, without one, on the same weekday at the same hour.

    On the agency's clock, whoever reads, and over changes of it. "Once a month" is four weeks on, or five where four
    would fall into the same month.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    local = timezone.localtime(moment, zone)
    day = slot.day_near(local.date()) if slot else local.date()
    day += timedelta(weeks=WEEKS[rhythm])
    if rhythm == MONTHLY and (day.year, day.month) == (local.year, local.month):
        day += timedelta(weeks=1)
    return slot.on(day, zone) if slot else local.replace(year=day.year, month=day.month, day=day.day)


def next_ahead(moment: datetime, rhythm: str, slot: Slot | None) -> datetime:
    """The first meeting in that rhythm that is still to come. A moment out of all bounds says nothing of a rhythm."""
    now = timezone.now()
    found = following(moment if abs(moment - now) < spans.TEN_YEARS else now, rhythm, slot)
    while found <= now:
        found = following(found, rhythm, slot)
    return found
