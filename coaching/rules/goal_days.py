"""The days that a goal is set by: as people say them, and which date they mean. Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

FRIDAY = 4

NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
_NUMBER = rf"\d{{1,3}}|{'|'.join(NUMBER_WORDS)}"

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH_WORD = "|".join(rf"{month[:3]}(?:{month[3:]})?\b\.?" for month in MONTHS)
"""A month in full or by its first three letters, and no word that begins like one: "March", "Mar.", not "marking"."""
_YEAR = r"(?:,? (\d{4}))?"

NAMED_DAYS = {"christmas": (25, 12), "christmas day": (25, 12), "new year": (1, 1), "new year’s": (1, 1)}

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


_MEETING = r"(?:coaching )?(?:session|meeting)|time we meet"
_DAY_WORD = (
    rf"(?:(?:end|last day)\b(?: of)?(?: the| this| next)?(?: (?:week|month|quarter|year))?|(?:month|quarter|year) end\b"
    rf"|next(?: [a-z]+){{1,3}}|today\b|tomorrow\b"
    rf"|(?:{'|'.join(WEEKDAYS)})(?: of next week)?\b"
    rf"|(?:christmas|new year)\b(?: day|[’']s)?"
    rf"|\d{{1,2}}(?:[/.-]\d{{1,2}}(?:[/.-](?:\d{{4}}|\d\d))?\.?|(?:st|nd|rd|th)?(?: of)? (?:{MONTH_WORD}){_YEAR.replace('(\\d', '(?:\\d')}|(?:st|nd|rd|th)\b)"
    rf"|(?:{MONTH_WORD}) \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?)"
)
SPAN = (
    rf"(?:(?:in|within|over|during|for) (?:the )?(?:(?:next|coming) )?|next )(?:(?:{_NUMBER}|an?) )?(?:day|week|month)s?\b"
    rf"|this (?:week|month)\b"
)
"""How long, as people say it: "in the next 30 days", "over the next two weeks", "next 30 days"."""
UNTIL = rf"(?:by|before|until) (?:the |our |my )?{_DAY_WORD}"
"""Until when. "By" starts a day only before words that say one, since "by phone" doesn't."""


@dataclass(frozen=True)
class QuickDay:
    """A day that is one tap away. `phrase` is how a goal says it."""

    key: str
    label: str
    phrase: str
    on: date


def next_friday(today: date) -> date:
    """The Friday of next week (product.md, 10); weeks begin on Monday."""
    return weekday_of_next_week(today, FRIDAY)


def weekday_of_next_week(today: date, weekday: int) -> date:
    return today + timedelta(days=7 - today.weekday() + weekday)


def quick_days(today: date, next_session_on: date | None = None) -> tuple[QuickDay, ...]:
    """The days to choose from; the next session's only where one is planned."""
    days = [
        QuickDay("friday", "Next Friday", "by next Friday", next_friday(today)),
        QuickDay("two_weeks", "In 2 weeks", "in the next 2 weeks", today + timedelta(days=14)),
        QuickDay("thirty_days", "In 30 days", "in the next 30 days", today + timedelta(days=30)),
    ]
    if next_session_on is not None:
        days.append(QuickDay("session", "Next session", "by the next session", next_session_on))
    return tuple(days)


def number(text: str) -> int | None:
    """A number in digits or, up to ten, in words."""
    text = text.strip().lower()
    if re.fullmatch(r"[0-9]{1,6}", text):
        return int(text)
    return NUMBER_WORDS.get(text)


def day_meant(phrase: str, today: date, next_session_on: date | None = None) -> date | None:
    """The date that "in the next 3 weeks" or "by the end of next month" means today; None where only people know."""
    phrase = " ".join(phrase.lower().strip(" .").split())
    if span := re.fullmatch(
        rf"(?:(?:in|within|over|during|for) (?:the )?(?:(?:next|coming) )?|next )(?:({_NUMBER}|an?) )?(day|week|month)s?",
        phrase,
    ):
        count = number("one" if span[1] in {None, "a", "an"} else span[1])
        return _after(today, count, span[2]) if count else None
    if by := re.fullmatch(r"(?:by|before|until) (?:the |our |my )?(.+)", phrase):
        return _by(by[1], today, next_session_on)
    return None


def _by(words: str, today: date, next_session_on: date | None) -> date | None:
    if re.fullmatch(rf"next (?:{_MEETING})", words):
        return next_session_on
    return _said_in_words(words, today) or _said_in_numbers(words, today)


def _said_in_words(words: str, today: date) -> date | None:
    if words in {"today", "tomorrow"}:
        return today + timedelta(days=words == "tomorrow")
    if words in NAMED_DAYS:
        day, month = NAMED_DAYS[words]
        return _named(today, day, month, None)
    if words in {"end of year", "end of the year", "end of this year", "year end"}:
        return date(today.year, 12, 31)
    if words in {"end of next month"}:
        return _month_end(today, months=1)
    if words in {"end of the month", "end of this month", "month end", "month’s end", "month's end"}:
        return _month_end(today)
    if words in {"end of the quarter", "end of this quarter", "quarter end"}:
        return _month_end(today, months=-today.month % 3)
    if weekday := re.fullmatch(rf"(?:(next) )?({'|'.join(WEEKDAYS)})( of next week)?", words):
        index = WEEKDAYS.index(weekday[2])
        if weekday[1] or weekday[3]:
            return weekday_of_next_week(today, index)
        return today + timedelta(days=(index - today.weekday()) % 7)
    return None


def _said_in_numbers(words: str, today: date) -> date | None:
    if nth := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", words):
        return _next_with_day(today, int(nth[1]))
    if named := re.fullmatch(rf"(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({MONTH_WORD}){_YEAR}", words):
        return _named(today, int(named[1]), _month_number(named[2]), named[3])
    if named := re.fullmatch(rf"({MONTH_WORD}) (\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}", words):
        return _named(today, int(named[2]), _month_number(named[1]), named[3])
    if numbers := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d\d))?", words):
        month, day = int(numbers[1]), int(numbers[2])
        if month > 12 >= day:  # only one of the two can be a month
            month, day = day, month
        year = numbers[3]
        return _named(today, day, month, f"20{year}" if year and len(year) == 2 else year)
    return None


def _month_number(word: str) -> int:
    return next(n for n, name in enumerate(MONTHS, start=1) if name.startswith(word[:3]))


def _after(today: date, count: int, unit: str) -> date:
    if unit == "month":
        return today + relativedelta(months=count)
    return today + timedelta(days=count * (7 if unit == "week" else 1))


def _month_end(today: date, months: int = 0) -> date:
    return today + relativedelta(months=months, day=31)


def _next_with_day(today: date, day: int) -> date | None:
    """The next day of that number: in this month or, where it has gone by or the month is too short, a later one."""
    for ahead in range(3):
        month = today + relativedelta(months=ahead, day=1)
        found = _date_or_none(month.year, month.month, day)
        if found and found >= today:
            return found
    return None


def _named(today: date, day: int, month: int, year: str | None) -> date | None:
    """That day of that year or, where none is said, the next one of its name."""
    if year:
        return _date_or_none(int(year), month, day)
    found = (_date_or_none(year, month, day) for year in (today.year, today.year + 1))
    return next((day for day in found if day and day >= today), None)


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
