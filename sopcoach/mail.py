import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email.policy import default
from typing import IO, cast

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends import filebased
from django.db import connections

log = logging.getLogger(__name__)

READABLE = default.clone(cte_type="8bit", max_line_length=998, utf8=True)


class KeptMail(filebased.EmailBackend):
    """Keeps mails in a folder as a person reads them: Django's own breaks a link of 80 characters in two."""

    def write_message(self, message: EmailMessage) -> None:
        cast("IO[bytes]", self.stream).write(
            message.message(policy=READABLE).as_bytes() + b"\n" + b"-" * 79 + b"\n"
        )


PAUSE = 0.5
"""Seconds until the work begins: by then its page has been answered, and took no longer for it."""
_background = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")


def in_background(act: Callable[[], object]) -> None:
    """Write or send a mail behind the page, where a mail server is named. What goes wrong is logged.

    Nothing of it is written down in between: such a mail holds a link that opens an account.
    """
    if settings.MAIL_IN_BACKGROUND:
        _background.submit(_later, act)
    else:
        act()


def _later(act: Callable[[], object]) -> None:
    time.sleep(PAUSE)
    try:
        act()
    except Exception:
        log.exception("A mail about an account could not be sent")
    finally:
        connections.close_all()
