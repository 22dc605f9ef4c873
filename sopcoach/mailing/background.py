"""Mails behind the page: whoever waits for an answer doesn't wait for the mail server."""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.db import connections

log = logging.getLogger(__name__)


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
