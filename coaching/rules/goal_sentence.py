"""A goal written as one sentence: what, with whom, on how many, by when (FAQ, goal setting, 2).

It is read apart so that the form can show its parts for checking. Pure.
"""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from coaching.rules.goal_days import SPAN, UNTIL, QuickDay, day_meant
from coaching.rules.goal_phrasing import NUMBER, in_order


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


_JOINERS = "|".join(Joiner.values)

_WHEN = re.compile(rf"^(?P<rest>.*?)[\s,]+(?P<when>{SPAN}|{UNTIL})$", re.IGNORECASE)
_HOW_MANY = re.compile(
    rf"^(?P<what>.*)\s(?P<joiner>{_JOINERS}) (?P<count>{NUMBER}|(?:every|each|all)\b)\s*(?P<unit>.*)$",
    re.IGNORECASE,
)
_START = re.compile(rf"^(?P<verb>{'|'.join(Verb.values)})\b\s*", re.IGNORECASE)


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
    rest = in_order(text)
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
    if counted and not with_whom:
        unit, _, with_whom = unit.partition(" with ")
    return Parts(verb, practice, with_whom, joiner, count, unit, by, day)


def read_day(phrase: str, today: date, quick: tuple[QuickDay, ...]) -> tuple[str, date | None]:
    """The quick day that these words mean, or else their date; neither where only people know it."""
    next_session_on = next((day.on for day in quick if day.key == "session"), None)
    meant = day_meant(phrase, today, next_session_on)
    says_by = not phrase.lower().startswith(("in ", "within ", "over ", "during ", "for ", "next "))
    says_session = any(word in phrase.lower() for word in ("session", "meet"))
    for day in quick:
        if (
            day.on == meant
            and day.phrase.startswith("by") == says_by
            and (day.key == "session") == says_session
        ):
            return day.key, None
    return "", meant
