"""Writes down what administrators do to accounts, whoever calls the verb."""

from typing import Any

from django.utils import timezone

from sopcoach.models import AccountChange, User
from sopcoach.requests.actor import acting_as_system


def note_change(sender: type, *, person: User, by: User, what: str, before: str = "", **_: Any) -> None:
    """Write it down, in the transaction of what was done. What somebody does to their own account needs no line."""
    if by == person:
        return
    with acting_as_system("accounts"):
        AccountChange.objects.create(person=person, by=by, what=what, before=before, at=timezone.now())
