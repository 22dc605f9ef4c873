"""What the server's log says: what went wrong, and not whom it was about (product.md, 6)."""

import logging
import re

from sopcoach.words.refusal import Refused

ABOUT_SOMEBODY = re.compile(
    r"/(coaching|groups|training|sorting|calendar|m/off|accounts/password/reset/key)/[^/\s?]+"
)


class WithoutPeople(logging.Filter):
    """Leaves out every no of the domain, whose sentence tells how far somebody has come, and the ids in addresses."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and isinstance(record.exc_info[1], Refused):
            return False
        if isinstance(record.args, tuple):
            record.args = tuple(_without_id(part) for part in record.args)
        record.msg = _without_id(record.msg)
        return True


def _without_id(part: object) -> object:
    return ABOUT_SOMEBODY.sub(r"/\1/…", part) if isinstance(part, str) else part
