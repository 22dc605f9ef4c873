"""Days, months and clocks as people read them. Every page, mail and message takes them from here, and so do templates,
by filters of the same names (`sopcoach.templatetags.words`).

A day stands with its year unless it is this year's: a year-old “since 1 December” looks two days old. Other words for
another country are a change of `PATTERNS` and of nothing else.
"""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.formats import date_format, time_format

type Day = date | datetime

PATTERNS = {
    "": ("j F", "j F Y"),
    "weekday": ("l j F", "l j F Y"),
    "short": ("j M", "j M Y"),
    "dated": ("j F Y", "j F Y"),
    "month": ("F", "F Y"),
    "month dated": ("F Y", "F Y"),
    "month bare": ("F", "F"),
    "month mark": ("M ’y", "M ’y"),
}
"""How a day may be said: of this year, and of any other. What is dated keeps its year: papers and files outlive it."""

CLOCK = "H:i"


def day(value: Day | None, how: str = "") -> str:
    """A day: “27 November”. `how` is "weekday" (“Friday 27 November”), "short" (“27 Nov”) or "dated", always with its year.

    A moment's day is the one on the clock of whoever reads. Nothing is said of no day.
    """
    if not value:
        return ""
    local = local_day(value)
    this_year, another = PATTERNS[how]
    return date_format(local, this_year if local.year == timezone.localdate().year else another)


def month(value: Day | None, how: str = "") -> str:
    """A month: “November”. `how` is "dated", always with its year, "bare", never with it, or "mark", short, for
    below a chart."""
    return day(value, f"month {how}".strip())


def clock(value: datetime | time | None) -> str:
    """A time of day: “14:00”."""
    if not value:
        return ""
    return time_format(value if isinstance(value, time) else local(value), CLOCK)


def moment(value: datetime | None, how: str = "") -> str:
    """A day and its time: “27 November, 14:00”. `how` is as in `day`."""
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
