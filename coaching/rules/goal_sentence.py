"""A goal written as one sentence: what, with whom, on how many, by when (FAQ, goal setting, 2).

It is read apart so that the form can show its parts for checking. Pure.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from coaching.rules.goal_days import MONTH_WORD, NUMBER_WORDS, WEEKDAYS, QuickDay, day_meant


class Verb(TextChoices):
    """What somebody will do; a goal begins with one of these."""

    USE = "Use"
    DO = "Do"
    TRY = "Try"
    ASK = "Ask"
    WRITE = "Write"
    WATCH = "Watch"


class Joiner(TextChoices):
    """What joins the doing to what it is counted in: "on 5 cases"."""

    ON = "on"
    WITH = "with"
    IN = "in"


_NUMBER = rf"\d+|{'|'.join(NUMBER_WORDS)}"
_JOINERS = "|".join(Joiner.values)

# A sentence ends in its day. "By" starts one only before words that say a day, since "by phone" doesn't.
_DAY_WORD = (
    rf"(?:next\b|end\b|month\b|quarter\b|today\b|tomorrow\b|(?:{'|'.join(WEEKDAYS)})\b"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\b|{MONTH_WORD})"
)
_WHEN = re.compile(
    rf"^(?P<rest>.*)[\s,]+(?P<when>(?:in|within|over) (?:the )?(?:next )?(?:(?:{_NUMBER}|an?) )?(?:day|week|month)s?"
    rf"|this (?:week|month)"
    rf"|(?:by|before|until) (?:the )?{_DAY_WORD}.*)$",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    rf"^(?P<what>.*)\s(?P<joiner>{_JOINERS}) (?P<count>{_NUMBER}|every|each|all)\b\s*(?P<unit>.*)$",
    re.IGNORECASE,
)
_START = re.compile(rf"^(?:i(?:’|')ll |i will )?(?P<verb>{'|'.join(Verb.values)})\b\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Parts:
    """What was found, as the form's fields hold it; empty where nothing was."""

    verb: str = ""
    practice: str = ""
    with_whom: str = ""
    joiner: str = ""
    count: str = ""
    unit: str = ""
    by: str = ""
    day: date | None = None

    def as_initial(self) -> dict[str, object]:
        """For a form: leaves out what wasn't found, so that the form's own choices stand; a day is never made up."""
        return {name: value for name, value in vars(self).items() if value} | {"by": self.by}


def read_sentence(text: str, today: date, quick: tuple[QuickDay, ...] = ()) -> Parts:
    """Take a sentence such as "Use Three Questions with caregivers on 5 cases in next 30 days" apart."""
    rest = " ".join(text.split()).rstrip(" .")
    by, day = "", None
    if found := _WHEN.match(f" {rest}"):
        by, day = read_day(found["when"], today, quick)
        rest = found["rest"].strip()
    verb = ""
    if begins := _START.match(rest):
        verb = begins["verb"].capitalize()
        rest = rest[begins.end() :]
    joiner = count = unit = ""
    if counted := _HOW_MANY.match(f" {rest}"):
        joiner, count, unit = counted["joiner"].lower(), counted["count"], counted["unit"]
        rest = counted["what"].strip()
    practice, _, with_whom = rest.partition(" with ")
    return Parts(verb, practice, with_whom, joiner, count, unit, by, day)


def read_day(phrase: str, today: date, quick: tuple[QuickDay, ...]) -> tuple[str, date | None]:
    """The quick day that these words mean, or else their date; neither where only people know it."""
    next_session_on = next((day.on for day in quick if day.key == "session"), None)
    meant = day_meant(phrase, today, next_session_on)
    says_by = not phrase.lower().startswith(("in ", "within ", "over "))
    says_session = "session" in phrase.lower()
    for day in quick:
        if (
            day.on == meant
            and day.phrase.startswith("by") == says_by
            and (day.key == "session") == says_session
        ):
            return day.key, None
    return "", meant
