"""The data key of stored words is gone or another one: their fields say why and take nothing, and with it they are back."""

import os

from django.apps import apps
from django.db import connection

from sopcoach.vault.fields import UNREADABLE, SealedTextField
from sopcoach.vault.keyring import fresh_keyring
from sopcoach.vault.models import DataKey
from tests.forms.happenings.days_out_of_bounds import as_typed
from tests.forms.happenings.odd_text import BUTTONS, texts
from tests.forms.happenings.opened_again import saved
from tests.forms.happenings.reasons import ASKS_ONLY, NO_WORDS_KEPT
from tests.forms.pages import Form, forms_of
from tests.forms.rows import Arranged
from tests.forms.taking_back import taken_back

NAME = "the data key is missing"
EXEMPT = (
    NO_WORDS_KEPT
    | ASKS_ONLY
    | BUTTONS
    | {"manage_*": "What administrators type about people, units, cohorts and editions isn’t sealed."}
)
WITHOUT = "No words are typed into it."
REASON = "Nothing can be written here"


def about(form: Form) -> bool:
    return bool(texts(form))


def check(arranged: Arranged) -> str | None:
    form = arranged.form
    if form.saves_itself:
        wrong, _ = saved(arranged, form)
        if wrong:
            return wrong
    else:
        arranged.client.post(arranged.address, form.sends(**arranged.types()))
    stands = form_on(arranged, arranged.client.get(arranged.page_address).text)
    if stands is None:
        return None  # sent and gone: nothing of it stands in a field
    words = [name for name in texts(stands) if as_typed(stands.fields[name])]
    if not words:
        return "nothing that was saved stands in a field" if form.saves_itself else None
    sealed = sealed_texts()
    for lose, over in ((gone, "Other words."), (mixed_up, str(UNREADABLE))):
        with taken_back():
            lose()
            wrong = written_over(arranged, stands, dict.fromkeys(words, over))
            if wrong or (wrong := lost_of(sealed)):
                return f"{lose.__name__}: {wrong}"
    with fresh_keyring():
        back = form_on(arranged, arranged.client.get(arranged.page_address).text)
    if back is None or [back.fields.get(name) for name in words] != [stands.fields[name] for name in words]:
        return "with the key back the words aren’t there"
    return None


def written_over(arranged: Arranged, stands: Form, over: dict[str, str]) -> str | None:
    """What is wrong with a form whose words can't be opened, when others are sent over them."""
    page = arranged.client.get(arranged.page_address)
    if page.status_code != 200:
        return f"its page is answered by {page.status_code}"
    form = form_on(arranged, page.text)
    shown = form.fields if form else {}
    for name in over:
        if name in shown and shown[name] != stands.fields[name]:
            return f"{name} can be written in: {shown[name]}"
        if name not in shown and REASON not in page.text:
            return f"{name} doesn’t say why it can’t be written in"
    answer = arranged.client.post(arranged.address, stands.sends(**arranged.types() | over))
    if answer.status_code >= 500:
        return f"other words are answered by {answer.status_code}"
    for name in over.keys() & stands.saves_itself.keys() - shown.keys():
        sent = {"field": name, "text": over[name], "revision": stands.saves_itself[name]}
        answer = arranged.client.post(arranged.address, sent, headers={"X-Autosave": "1"})
        if answer.status_code == 200:
            return f"{name} is saved over by itself"
    return None


def form_on(arranged: Arranged, page: str) -> Form | None:
    """The form, where its page still has it."""
    found = forms_of(page, arranged.page_address)
    return next(
        (
            form
            for form in found
            if form.action == arranged.address
            and (not arranged.row.holding or arranged.row.holding in form.names)
        ),
        None,
    )


def sealed_texts() -> set[str]:
    """Every sealed text that the database holds."""
    found: set[str] = set()
    for model in apps.get_models():
        for column in [one.column for one in model._meta.concrete_fields if isinstance(one, SealedTextField)]:
            with connection.cursor() as cursor:
                cursor.execute(
                    f"SELECT {column} FROM {model._meta.db_table} WHERE {column} <> ''"  # noqa: S608  (our own names)
                )
                found |= {row[0] for row in cursor.fetchall()}
    return found


def lost_of(sealed: set[str]) -> str | None:
    gone = len(sealed - sealed_texts())
    return f"{gone} words that could not be opened are no more" if gone else None


def gone() -> None:
    DataKey.objects.all().delete()


def mixed_up() -> None:
    DataKey.objects.update(wrapped=os.urandom(60))
