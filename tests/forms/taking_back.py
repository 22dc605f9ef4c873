"""What is done to a form for a look is undone, in both databases, before the next is done."""

from collections.abc import Generator
from contextlib import contextmanager

from django.db import transaction

from sopcoach.vault.keyring import fresh_keyring


@contextmanager
def taken_back() -> Generator[None]:
    with fresh_keyring(), transaction.atomic(), transaction.atomic(using="keys"):
        yield
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keys")
