"""When things happen in the demo: always relative to now, on weekdays, at the agency's own hours."""

from datetime import UTC, date, datetime, time, timedelta

import time_machine
from django.utils import timezone

FIRST_START = 10
LAST_START = 17
"""The hours, local time, in which two people would sit down together: from ten, and not after half past five."""
HALF_AN_HOUR = timedelta(minutes=30)
LEFT_TO_LOOK_BACK = timedelta(minutes=15)


def is_workday(day: date) -> bool:
    return day.isoweekday() <= 5


def workdays_from(day: date, count: int) -> date:
    """The day that lies `count` workdays after `day`, or before it where `count` is negative."""
    step = timedelta(days=1 if count > 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_workday(day)
    return day


def first_workday_from(day: date) -> date:
    return day if is_workday(day) else workdays_from(day, 1)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), timezone.get_current_timezone())


def meeting_ahead(now: datetime) -> datetime:
    """Today at a full or half hour, so that whoever opens the demo comes just before the meeting, with time to look back.

    In the evening and at weekends it is the next weekday at ten.
    """
    local = timezone.localtime(now)
    today = local.date()
    start, soonest = at(today, FIRST_START), local + LEFT_TO_LOOK_BACK
    while start < soonest:
        start += HALF_AN_HOUR
    if is_workday(today) and start < at(today, LAST_START + 1):
        return start
    return at(workdays_from(today, 1), FIRST_START)


class Clock:
    """The time that the verbs of one story read. It goes forward only, and never past the present."""

    def __init__(self, traveller: time_machine.Traveller, present: datetime) -> None:
        self._traveller = traveller
        self._present = present
        self._moment: datetime | None = None

    def go(self, moment: datetime) -> None:
        """Raises ValueError when a story is told out of order, or of a time still to come."""
        if moment > self._present or (self._moment and moment < self._moment):
            raise ValueError(f"A story goes forward and ends today, but this would be {moment}.")
        self._moment = moment
        # in UTC: a destination with a named zone would change the zone of the whole process
        self._traveller.move_to(moment.astimezone(tz=UTC))

    def later(self, seconds: int = 80) -> None:
        if self._moment is None:
            raise ValueError("A story begins on some day.")
        self.go(self._moment + timedelta(seconds=seconds))

    @property
    def today(self) -> date:
        return timezone.localdate()
