"""Text of every kind: kept whole and shown in its own direction, or a sentence beside it and all that was typed kept."""

import re

from django.http import HttpResponse
from django.test import Client

from coaching.models import Invitation
from sopcoach.models import User
from tests.forms.happenings.days_out_of_bounds import not_refused
from tests.forms.happenings.reasons import ASKS_ONLY, NO_WORDS_KEPT
from tests.forms.pages import Form
from tests.forms.reading import said_beside, times_shown, undirected
from tests.forms.rows import Arranged, address_of
from tests.forms.taking_back import taken_back

NAME = "odd text"
BUTTONS = dict.fromkeys(
    ("shadow_note:delete", "training:leave", "group_step:pass", "walkthrough_done"),
    "A button in another row’s form, which takes nothing that is typed.",
)
EXEMPT = NO_WORDS_KEPT | ASKS_ONLY | BUTTONS
ONCE = True
WITHOUT = "No words are typed into it."

HUGE = "word " * 1_200
LIMIT = re.compile(r"([\d,]+) (?:fit here|characters)")
NUL = "A pause.\x00"
HALF = b"A pause. \xed\xa0\x80"
"""Half of a character. Browsers put another in its place themselves, so it has to break nothing."""
BLANKS = " \t "
ODD = f"שלום {'x' * 75} e\u0301\u0302 👩‍👧"
"""From right to left, a word of 75 letters, two accents on one letter, and a family joined of two people."""

ALIKE = re.compile(r"-\d+$")
NOT_SENT = {
    ("goals", "whole"): "Read by a button of its own (goals:sentence).",
    (
        "session_close",
        "congratulation",
    ): "Kept, and asked about first on a page of its own (test_closing.py).",
    ("session_close:conversation", "congratulation"): "Kept, and asked about first, as for session_close.",
    (
        "manage_cohort_people:put_in",
        "emails",
    ): "Addresses are looked for in it; whatever else is pasted counts for nothing.",
}


def about(form: Form) -> bool:
    return bool(texts(form))


def texts(form: Form) -> list[str]:
    """Fields for words, one of those that differ by a number alone."""
    found = {ALIKE.sub("", name): name for name in form.of_kind("text", "textarea", "search", "email")}
    return list(found.values())


def check(arranged: Arranged) -> str | None:
    form = arranged.form
    ordinary = form.sends(**arranged.types())
    fields = [name for name in texts(form) if (arranged.row.name, name) not in NOT_SENT]
    if not fields:
        return None
    if wrong := too_long(arranged, ordinary, fields):
        return wrong
    if wrong := not_taken(arranged, ordinary | dict.fromkeys(fields, NUL), fields)[1]:
        return f"NUL: {wrong}"
    for text in (HALF, BLANKS):
        with taken_back():
            status = arranged.client.post(
                arranged.address, ordinary | dict.fromkeys(fields, text)
            ).status_code
        if status not in {200, 302}:
            return f"{text!r} is answered by {status}"
    return kept_whole(arranged, form, ordinary, fields)


def not_taken(arranged: Arranged, sent: dict[str, object], fields: list[str]) -> tuple[str, str | None]:
    """The page that came back, and what is wrong with it where it doesn't refuse each field with a sentence."""
    answer = arranged.client.post(arranged.address, sent)
    found = [f"{name}: {wrong}" for name in fields if (wrong := not_refused(arranged, answer, sent, name))]
    return answer.text, "; ".join(found) or None


def too_long(arranged: Arranged, ordinary: dict[str, object], fields: list[str]) -> str | None:
    """Where the sentence names the limit, one character more than that is refused as well."""
    page, wrong = not_taken(arranged, ordinary | dict.fromkeys(fields, HUGE), fields)
    if wrong:
        return f"too long: {wrong}"
    limits = {name: found[1] for name in fields if (found := LIMIT.search(said_beside(page, name)))}
    one_more = {name: HUGE[: int(limit.replace(",", ""))] + "." for name, limit in limits.items()}
    wrong = not_taken(arranged, ordinary | one_more, list(one_more))[1] if one_more else None
    return f"one character too long: {wrong}" if wrong else None


def kept_whole(arranged: Arranged, form: Form, ordinary: dict[str, object], fields: list[str]) -> str | None:
    """In all the fields at once or, where one of them doesn't take it, in one after another."""
    odd = {name: f"{ODD}\r\nAnd on." if form.kinds[name] == "textarea" else ODD for name in fields}
    with taken_back():
        answer = arranged.client.post(arranged.address, ordinary | odd)
        if answer.status_code == 302:
            return not_shown(arranged, answer.url, *odd.values())
    if len(fields) == 1:
        return not_refused(arranged, answer, ordinary | odd, fields[0])
    found = [f"{name}: {wrong}" for name in fields if (wrong := kept_whole(arranged, form, ordinary, [name]))]
    return "; ".join(found) or None


def not_shown(arranged: Arranged, led_to: str, *texts: str) -> str | None:
    """Each text stands on some page as it was written, and wherever it stands in a direction of its own."""
    pages = [arranged.client.get(led_to, follow=True), arranged.client.get(arranged.page_address)]
    if arranged.row.name in READ_BY:
        pages.append(READ_BY[arranged.row.name](arranged))
    for text in texts:
        times = [times_shown(page.text, text) for page in pages if page.status_code == 200]
        if not any(whole for whole, _ in times):
            return f"it is shown on no page: {led_to}"
        if not arranged.row.name.startswith("manage_edition") and any(whole != own for whole, own in times):
            where = [line for page in pages for line in undirected(page.text, text)]
            return f"it is shown without its own direction: {where}, {led_to}"
    return None


def whom_it_is_for(arranged: Arranged) -> HttpResponse:
    """What is asked of somebody is read by them alone, on the page of the invitation."""
    person = User.objects.get(pk=arranged.types()["to"])
    asked = Invitation.objects.latest("sent_at")
    client = Client()
    client.force_login(person)
    return client.get(address_of("partnership", {"slug": asked.slug}))


READ_BY = {"invite": whom_it_is_for, "ask": whom_it_is_for}
