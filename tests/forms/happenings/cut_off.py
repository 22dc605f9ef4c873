"""Cut off on the way: refused, and nothing of it stored."""

from io import BytesIO

from django.test.client import MULTIPART_CONTENT, encode_multipart

from tests.forms.happenings.reasons import ASKS_ONLY, NO_WORDS_KEPT
from tests.forms.happenings.sent_twice import rewound, what_there_is
from tests.forms.rows import Arranged

NAME = "cut off on the way"
EXEMPT = NO_WORDS_KEPT | ASKS_ONLY


def check(arranged: Arranged) -> str | None:
    sent = arranged.form.sends(**arranged.types())
    body = encode_multipart("BoUnDaRyStRiNg", rewound(sent))
    before = what_there_is()
    answer = arranged.client.generic(
        "POST",
        arranged.address,
        body,
        content_type=MULTIPART_CONTENT,
        CONTENT_LENGTH=str(len(body)),
        **{"wsgi.input": BytesIO(body[: len(body) * 2 // 3])},
    )
    if answer.status_code != 400:
        return f"it is answered by {answer.status_code}"
    if changed := [name for name, held in what_there_is().items() if held != before[name]]:
        return f"it changed {', '.join(changed)}"
    return None
