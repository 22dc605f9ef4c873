"""Sent twice from one page: one is made, and the second is answered as the first (ADR 17)."""

from django.apps import apps
from django.db import connections

from tests.forms.happenings.reasons import ASKS_ONLY, LAPTOP, NO_WORDS_KEPT
from tests.forms.rows import Arranged

NAME = "sent twice"
EXEMPT = NO_WORDS_KEPT | ASKS_ONLY
PASSING = {"SentForm", "Session", "UserSession", "AccessRecord", "LastChange"}
"""Rows about the way of a request, or that it is worth looking again; not about what it made."""


def check(arranged: Arranged) -> str | None:
    form = arranged.form
    if "form_key" not in form.hidden and arranged.row.name not in LAPTOP:
        return "its form has no key"
    sent = form.sends(**arranged.types())
    first = arranged.client.post(arranged.address, sent)
    if first.status_code != 302:
        return f"the first is answered by {first.status_code}"
    made = what_there_is()
    second = arranged.client.post(arranged.address, rewound(sent))
    if second.headers.get("Location") != first.headers["Location"]:
        return f"the second is answered by {second.status_code}, to {second.headers.get('Location')}"
    if changed := [name for name, rows in what_there_is().items() if rows != made[name]]:
        return f"the second changed {', '.join(changed)}"
    return None


def rewound(sent: dict[str, object]) -> dict[str, object]:
    """The same once more; a file that was read is read from its beginning."""
    for value in sent.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return sent


def what_there_is() -> dict[str, list[str]]:
    """All rows of the product, as the database holds them."""
    held = {}
    for model in apps.get_models():
        if model.__name__ in PASSING or not model._meta.managed:
            continue
        using = "keys" if model._meta.app_label == "vault" else "default"
        columns = ", ".join(
            connections[using].ops.quote_name(one.column) for one in model._meta.concrete_fields
        )
        with connections[using].cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {model._meta.db_table}")  # noqa: S608  (names of our own tables)
            held[model.__name__] = sorted(map(repr, cursor.fetchall()))
    return held
