"""The weekday and hour that a pair has agreed on, and the meetings that follow from them (product.md, 10). Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sopcoach.words import dates

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HALF_A_WEEK = 3


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
