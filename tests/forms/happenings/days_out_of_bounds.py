"""A day or an hour that can't be meant: a sentence beside it, all that was typed is kept, and nothing is stored."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.utils import timezone

from coaching.models import Goal
from sopcoach.words import dates
from tests.forms.happenings.reasons import ASKS_ONLY, NO_WORDS_KEPT
from tests.forms.happenings.sent_twice import what_there_is
from tests.forms.pages import Form, form_to
from tests.forms.reading import said_beside
from tests.forms.rows import Arranged

NAME = "a day out of bounds"
EXEMPT = (
    NO_WORDS_KEPT
    | ASKS_ONLY
    | {
        "shadow_note:delete": "The form of shadow_note; its button deletes, and takes nothing that is typed.",
        "session_congratulate": "The form of session_close, whose the day is; this button takes words alone.",
    }
)
ONCE = True
WITHOUT = "No day and no hour is given in it."

NO_DAYS = ("9999-12-31", "0026-11-20", "0000-01-01", "2027-02-31", "tomorrow week")
NO_HOURS = ("25:61", "tomorrow week")

AHEAD, KEPT, TRAINING = (-1, 366), (-3653, 1), (-5 * 365 - 1, 5 * 365 + 1)
WRITTEN = (-100 * 365 - 1, 1)
BESIDE: dict[tuple[str, str], tuple[int, int] | None] = {
    ("invitation_answer", "until"): AHEAD,
    ("engagement", "until"): AHEAD,
    ("pause", "until"): AHEAD,
    ("goals", "day"): AHEAD,
    ("session_move", "day"): AHEAD,
    ("session_close", "day"): AHEAD,
    ("promise_make", "due_on"): AHEAD,
    ("promise_settle:take_on", "due_on"): AHEAD,
    ("practice_when", "practised_on"): None,
    ("level_when", "logged_on"): None,
    ("private_practice", "practised_on"): KEPT,
    ("shadow_note_new", "seen_on"): KEPT,
    ("shadow_note", "seen_on"): KEPT,
    ("group_plan", "day"): AHEAD,
    ("manage_sort_new", "closes_on"): AHEAD,
    ("manage_sort:close", "closes_on"): AHEAD,
    ("manage_sort:reopen", "closes_on"): AHEAD,
    ("manage_sort:delete", "closes_on"): AHEAD,
    ("manage_edition_origin", "written_on"): WRITTEN,
    ("manage_days_off", "day"): (-1, 3 * 365 + 1),
    ("manage_cohort_new", "starts_on"): TRAINING,
    ("manage_cohort_new", "ends_on"): TRAINING,
    ("manage_cohort", "starts_on"): TRAINING,
    ("manage_cohort", "ends_on"): TRAINING,
}
"""The day before the first possible one and the day after the last, counted from today. None: since its goal was set."""

COUNTS_WITH = {"invitation_answer": {"answer": "trying_on"}, "engagement": {"choice": "trying_on"}}
"""What is chosen besides, for the day to count."""


def about(form: Form) -> bool:
    return bool(form.of_kind("date", "time", "datetime-local"))


def check(arranged: Arranged) -> str | None:
    form, name = arranged.form, arranged.row.name
    days = form.of_kind("date")
    if missing := {(name, day) for day in days} ^ {key for key in BESIDE if key[0] == name}:
        return f"BESIDE says nothing of {missing}, or of what isn’t there"
    tried = [(day, odd) for day in days for odd in (*NO_DAYS, *beside(arranged, day))]
    tried += [(hour, odd) for hour in form.of_kind("time") for odd in NO_HOURS]
    typed = {"day": ahead(9), "at": "10:00"} if "at" in form.names else {}
    ordinary = form.sends(**typed | arranged.types() | COUNTS_WITH.get(name, {}))
    before = what_there_is()
    for field, odd in tried:
        if wrong := refused(arranged, ordinary | {field: odd}, field):
            return f"{field} “{odd}”: {wrong}"
        if field in form.saves_itself and (wrong := not_saved(arranged, field, odd)):
            return f"{field} “{odd}”, saved by itself: {wrong}"
    if changed := [one for one, rows in what_there_is().items() if rows != before[one]]:
        return f"a day that was refused changed {', '.join(changed)}"
    return None


def beside(arranged: Arranged, field: str) -> list[str]:
    bounds = BESIDE[arranged.row.name, field]
    if bounds:
        return [ahead(days) for days in bounds]
    since = dates.local_day(Goal.objects.get(pk=arranged.values["goal_id"]).set_at)
    return [(since - timedelta(days=1)).isoformat(), ahead(1)]


def ahead(days: int) -> str:
    day: date = timezone.localdate() + timedelta(days=days)
    return day.isoformat()


def refused(arranged: Arranged, sent: dict[str, object], field: str) -> str | None:
    """Answered by the same form with a sentence at the field and everything that was typed in its place."""
    return not_refused(arranged, arranged.client.post(arranged.address, sent), sent, field)


def not_refused(arranged: Arranged, answer: HttpResponse, sent: dict[str, object], field: str) -> str | None:
    if answer.status_code != 200:
        return f"it is answered by {answer.status_code}"
    if not {".", "?"} & set(said_beside(answer.text, field)):
        return f"no sentence stands beside it: “{said_beside(answer.text, field)}”"
    return not_kept(arranged, answer.text, sent)


def not_kept(arranged: Arranged, page: str, sent: dict[str, object]) -> str | None:
    """What isn't in its field any more on the page that came back."""
    holding = arranged.row.holding
    again = form_to(page, arranged.address, address=arranged.address, holding=holding)
    lost = [
        f"{name} ({as_typed(sent[name])} → {as_typed(again.fields.get(name))})"
        for name in again.kinds
        if name in sent and as_typed(sent[name]) != as_typed(again.fields.get(name))
    ]
    return f"not kept: {', '.join(lost)}" if lost else None


def as_typed(value: object) -> list[str]:
    values = value if isinstance(value, list | tuple) else [value]
    return sorted(str(one).replace("\r\n", "\n") for one in values if str(one or "").strip())


def not_saved(arranged: Arranged, field: str, odd: str) -> str | None:
    sent = {"field": field, "text": odd, "revision": 0}
    answer = arranged.client.post(arranged.address, sent, headers={"X-Autosave": "1"})
    if answer.status_code != 422:
        return f"it is answered by {answer.status_code}"
    return None if answer.json()["status"].endswith(".") else "it is refused without a sentence"
