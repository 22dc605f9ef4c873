"""Sent from a page that was opened before somebody signed in anew elsewhere, and whose token is an old one."""

from tests.forms.happenings.reasons import ASKS_ONLY, FILES, LAPTOP, NO_WORDS_KEPT
from tests.forms.happenings.sent_twice import rewound
from tests.forms.happenings.signed_out import given_back_and_sent
from tests.forms.rows import Arranged

NAME = "sent after signing in anew"
EXEMPT = NO_WORDS_KEPT | ASKS_ONLY | FILES | LAPTOP
OLD_TOKEN = "A" * 64


def check(arranged: Arranged) -> str | None:
    sent = arranged.form.sends(**arranged.types())
    arranged.client.handler.enforce_csrf_checks = True
    answer = arranged.client.post(arranged.address, rewound(sent) | {"csrfmiddlewaretoken": OLD_TOKEN})
    arranged.client.handler.enforce_csrf_checks = False
    if (answer.status_code, answer.headers.get("Location")) != (303, "/given-back/"):
        return f"it is answered by {answer.status_code} to {answer.headers.get('Location')}"
    return given_back_and_sent(arranged, sent)
