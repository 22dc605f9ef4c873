"""Days, months and clocks as people read them. Every page, mail and message takes them from here, and so do templates,
by filters of the same names (`sopcoach.templatetags.words`).

A day stands with its year unless it is this year's: a year-old “since December 1” looks two days old. Other words for
another country are a change of `PATTERNS` and of nothing else.
"""

from datetime import date, datetime, time
from functools import lru_cache

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language

from sopcoach.words.zones import name_of

type Day = date | datetime

PATTERNS = {
    "": ("F j", "F j, Y"),
    "weekday": ("l, F j", "l, F j, Y"),
    "short": ("M j", "M j, Y"),
    "dated": ("F j, Y", "F j, Y"),
    "month": ("F", "F Y"),
    "month dated": ("F Y", "F Y"),
    "month bare": ("F", "F"),
    "month mark": ("M ’y", "M ’y"),
}
"""How a day may be said: of this year, and of any other. What is dated keeps its year: papers and files outlive it."""

CLOCK = "g:i A"


def day(value: Day | None, how: str = "") -> str:
    """A day: “November 27”. `how` is "weekday" (“Friday, November 27”), "short" (“Nov 27”) or "dated", always with its year.

    A moment's day is the one on the clock of whoever reads. Nothing is said of no day.
    """
    if not value:
        return ""
    local = local_day(value)
    this_year, another = PATTERNS[how]
    pattern = this_year if local.year == timezone.localdate().year else another
    return _said(local, pattern, get_language())


@lru_cache(maxsize=4096)
def _said(local: date, pattern: str, _language: str | None) -> str:
    return date_format(local, pattern)


def is_over(value: date) -> bool:
    return value < timezone.localdate()


def by_when(value: date, *, mine: bool) -> str:
    """By when something was promised: “by Friday, November 20”. Once that day is over it is told, not held against anyone.

    Its keeper alone is asked, since they alone say how it went.
    """
    if not is_over(value):
        return f"by {day(value, 'weekday')}"
    return f"It was for {day(value)}. Done meanwhile?" if mine else f"It was for {day(value)}."


def month(value: Day | None, how: str = "") -> str:
    """A month: “November”. `how` is "dated", always with its year, "bare", never with it, or "mark", short, for
    below a chart."""
    return day(value, f"month {how}".strip())


def clock(value: datetime | time | None) -> str:
    """A time of day: “2:00 PM”."""
    if not value:
        return ""
    read = value if isinstance(value, time) else local(value)
    return _told(read.hour, read.minute, get_language())


@lru_cache(maxsize=24 * 60)
def _told(hour: int, minute: int, _language: str | None) -> str:
    return time_format(time(hour, minute), CLOCK)


def hour(value: datetime | None) -> str:
    """When a meeting is: “2:00 PM”, for whoever reads on another clock than the agency's with its name, “2:00 PM Eastern”."""
    if not value:
        return ""
    zone = timezone.get_current_timezone_name()
    return clock(value) if zone == settings.TIME_ZONE else f"{clock(value)} {name_of(zone)} time"


def moment(value: datetime | None, how: str = "") -> str:
    """A day and its time: “November 27, 2:00 PM”. `how` is as in `day`."""
    return f"{day(value, how)}, {clock(value)}" if value else ""


def iso(value: object) -> str:
    """A day as a field for days holds it; what isn't one stays as it was typed."""
    if isinstance(value, datetime):
        value = local_day(value)
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def local_day(value: Day) -> date:
    """The day that a moment is on, on the clock of whoever reads; a day is itself."""
    return local(value).date() if isinstance(value, datetime) else value


def local(value: datetime) -> datetime:
    """A moment on the clock of whoever reads. Raises nothing: at either end of the calendar, where no other zone's clock can follow, it stays as it is."""
    if timezone.is_naive(value):
        return value
    try:
        return timezone.localtime(value)
    except OverflowError:
        return value
