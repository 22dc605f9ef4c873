"""Typed, saved by itself, left and opened again: words, choices and days stand in their fields."""

from datetime import timedelta

from django.utils import timezone

from tests.forms.happenings.days_out_of_bounds import as_typed
from tests.forms.happenings.odd_text import BUTTONS
from tests.forms.happenings.reasons import ASKS_ONLY, NO_WORDS_KEPT
from tests.forms.pages import Form
from tests.forms.rows import Arranged

NAME = "opened again"
EXEMPT = NO_WORDS_KEPT | ASKS_ONLY | BUTTONS
WITHOUT = (
    "It isn’t kept before it is sent: the browser holds what is typed (ADR 21), as the browser’s tests see."
)

TICKED = {"interest"}
"""Ticks that the whole form is sent for, as soon as one is made."""


def about(form: Form) -> bool:
    return bool(form.saves_itself or TICKED & form.names)


def check(arranged: Arranged) -> str | None:
    form = arranged.form
    wrong, typed = saved(arranged, form)
    if wrong:
        return wrong
    again = arranged.opened()
    lost = [
        f"{name} ({value} → {again.fields.get(name)})"
        for name, value in typed.items()
        if as_typed(again.fields.get(name)) != as_typed(value)
    ]
    return f"not there any more: {', '.join(lost)}" if lost else None


def saved(arranged: Arranged, form: Form) -> tuple[str | None, dict[str, str]]:
    """Every field that saves itself, filled in as scripts send it: what went wrong, and what was typed."""
    typed = {name: something(form, name) for name in form.saves_itself}
    for name, value in typed.items():
        sent = {"field": name, "text": value, "revision": form.saves_itself[name]}
        answer = arranged.client.post(arranged.address, sent, headers={"X-Autosave": "1"})
        if answer.status_code != 200:
            return f"{name} isn’t saved: {answer.status_code} {answer.text[:200]}", typed
    for name in TICKED & form.names:
        typed[name] = form.choices[name][0]
        sent = form.sends(**{name: [typed[name]]})
        if arranged.client.post(arranged.address, sent, headers={"HX-Request": "true"}).status_code != 200:
            return f"{name} isn’t saved", typed
    return None, typed


def something(form: Form, name: str) -> str:
    """Something else than what stands there: of boxes the last, of what is chosen one in between."""
    kind = form.kinds[name]
    if kind == "time":
        return "15:30"
    if kind == "date":
        return (timezone.localdate() + timedelta(days=9)).isoformat()
    if kind == "checkbox":
        return form.choices[name][-1]
    if name in form.choices:
        return next(one for one in form.choices[name] if one and [one] != form.fields.get(name))
    return f"What was typed into {name.replace('_', ' ')}."
