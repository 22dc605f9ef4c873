"""Mails go out behind the page: a row says which, and a worker sends it (ADR 25).

The row and the task are written in the transaction of the act: what is taken back tells nobody, and what is kept does.
A task carries nothing; it takes whatever is due. So the table of tasks says that mails went out, and to nobody to whom.
"""

import logging
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from pathlib import PurePath

from django.core.mail import EmailMessage, mailers
from django.tasks import task
from django.utils import timezone

from sopcoach.mailing.models import CLAIM, INVITATION, Letter
from sopcoach.mailing.writing import write
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system

log = logging.getLogger(__name__)

ACTOR = "mailing"
"""Reads whom a mail goes to and which one it is."""
_in_silence: ContextVar[bool] = ContextVar("in_silence", default=False)


@contextmanager
def in_silence() -> Iterator[None]:
    """Nothing that happens within the block is mailed to anybody: for stories that are told as if they had been."""
    token = _in_silence.set(True)
    try:
        yield
    finally:
        _in_silence.reset(token)


def is_silent() -> bool:
    return _in_silence.get()


def post(letters: Iterable[Letter]) -> None:
    """Put mails on their way, all or none with whatever else the transaction does."""
    if is_silent():
        return
    with acting_as_system(ACTOR):
        written = Letter.objects.bulk_create(letters)
    if written:
        deliver.enqueue()


@task()
def deliver() -> None:
    """Send whatever is due, over one connection, and come back for what could not be sent.

    Nothing of a mail is ever in what is raised or logged: neither its address nor a word of it.
    """
    with acting_as_system(ACTOR):
        due = list(Letter.objects.waiting().filter(due_at__lte=timezone.now()).order_by("due_at"))
    mailer = _Mailer()
    later = [again for letter in due if (again := _deliver(letter, mailer))]
    mailer.close()
    if later:
        deliver.using(run_after=min(later)).enqueue()


class _Mailer:
    """The mail server, asked once: where it doesn't answer, no other mail of this run waits for it."""

    def __init__(self) -> None:
        self._backend = mailers.default
        self._silent: Exception | None = None

    def send(self, message: EmailMessage) -> None:
        if self._silent:
            raise self._silent
        try:
            self._backend.open()
        except OSError as error:
            self._silent = error
            raise
        try:
            self._backend.send_messages([message])
        except Exception:
            self.close()
            raise

    def close(self) -> None:
        self._backend.close()


def _deliver(letter: Letter, mailer: _Mailer) -> datetime | None:
    """Send one mail unless another worker does; say when it is to be tried again, if so."""
    with acting_as_system(ACTOR):
        mine = Letter.objects.filter(pk=letter.pk, due_at=letter.due_at, given_up_at=None)
        if not mine.update(due_at=timezone.now() + CLAIM):
            return None
    try:
        message = write(letter)
        if message is not None:
            mailer.send(message)
    except Exception as error:
        log.error("A mail could not be sent: %s in %s", type(error).__name__, _place_of(error))
        with acting_as_system(ACTOR):
            return letter.failed()
    with acting_as_system(ACTOR):
        Letter.objects.filter(pk=letter.pk).delete()
        if message is not None and letter.template == INVITATION:
            User.objects.filter(pk=letter.person_id).update(invited_at=timezone.now())
    return None


def _place_of(error: Exception) -> str:
    """Where in the code it happened: what the error itself says may be an address."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{frame.name} ({PurePath(frame.filename).name}, {frame.lineno})"


LEFT = timedelta(minutes=1)


def take_up_what_was_left() -> None:
    """Ask for whatever should have gone out by now: a worker may have died over it. For a timer."""
    with acting_as_system(ACTOR):
        if Letter.objects.waiting().filter(due_at__lt=timezone.now() - LEFT).exists():
            deliver.enqueue()
