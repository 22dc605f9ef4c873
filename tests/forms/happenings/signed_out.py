"""Sent after a sign-out, or after signing in anew: given back to whoever is the same person, and one press sends it."""

from django.test import Client
from django.utils.html import escape

from tests.factories import UserFactory
from tests.forms.happenings.reasons import ASKS_ONLY, FILES, LAPTOP, NO_WORDS_KEPT
from tests.forms.happenings.sent_twice import rewound
from tests.forms.pages import form_to
from tests.forms.rows import Arranged

NAME = "sent after a sign-out"
EXEMPT = NO_WORDS_KEPT | ASKS_ONLY | FILES | LAPTOP


def check(arranged: Arranged) -> str | None:
    client, address = arranged.client, arranged.address
    sent = arranged.form.sends(**arranged.types())
    session_before = dict(client.session)
    client.logout()
    answer = client.post(address, rewound(sent))
    if answer.headers.get("Location") != "/accounts/login/?next=/given-back/":
        return f"signed out, it is answered by {answer.status_code} to {answer.headers.get('Location')}"
    if shown_to_another(client):
        return "somebody else is shown that something was kept"
    client.force_login(arranged.user)
    for name, value in session_before.items():  # such as a list of people that was read before
        if not name.startswith("_"):
            session = client.session
            session[name] = value
            session.save()
    return given_back_and_sent(arranged, sent)


def shown_to_another(client: Client) -> bool:
    """With a copy of all that the browser holds."""
    other = Client()
    other.force_login(UserFactory(name="Somebody Else"))
    other.cookies["sopcoach_kept"] = client.cookies["sopcoach_kept"].value
    session = other.session
    session["kept_forms"] = client.session["kept_forms"]
    session.save()
    return "Nothing waits here" not in other.get("/given-back/").text


def given_back_and_sent(arranged: Arranged, sent: dict[str, object]) -> str | None:
    page = arranged.client.get("/given-back/")
    for name, value in arranged.types().items():
        for one in value if isinstance(value, list | tuple) else [value]:
            if name != "seen" and str(one).strip() and not _shows(page.text, str(one)):
                return f"{name} isn’t shown when it is given back"
    waiting = form_to(page.text, arranged.address, address="/given-back/").sends()
    lost = [name for name, value in sent.items() if name not in waiting and value not in ([], None)]
    if lost:
        return f"{', '.join(lost)} didn’t come back"
    answer = arranged.client.post(arranged.address, waiting)
    if answer.status_code != 302:
        return f"sent then, it is answered by {answer.status_code}"
    if arranged.client.get("/given-back/").text.count("Send it now"):
        return "it still waits after it has been sent"
    return None


def _shows(page: str, value: str) -> bool:
    return escape(value) in page
