"""Loaded again after a refusal: a page, not the same form once more."""

import re
from html import unescape

from tests.forms.happenings.reasons import ASKS_ONLY, NO_WORDS_KEPT
from tests.forms.rows import Arranged

NAME = "reloaded after a refusal"
EXEMPT = NO_WORDS_KEPT | ASKS_ONLY


def check(arranged: Arranged) -> str | None:
    """Sent with everything emptied that can be. What takes even that has nothing to be loaded again."""
    form = arranged.form
    hidden = {name: values for name, values in form.fields.items() if name in form.hidden}
    answer = arranged.client.post(
        arranged.address,
        dict.fromkeys(form.names, "") | hidden,
        headers={"Referer": f"http://testserver{arranged.page_address}"},
    )
    if answer.status_code in {302, 303}:
        return None
    if answer.status_code >= 500:
        return f"it is answered by {answer.status_code}"
    found = re.search(r'<main[^>]* data-reload="([^"]+)"', answer.text)
    if not found:
        return f"its page ({answer.status_code}) doesn’t say what to load instead"
    page = unescape(found[1])
    if page != arranged.page_address:
        return f"it loads {page}"
    if arranged.client.get(page).status_code not in {200, 302}:
        return f"{page} can’t be loaded"
    return None
