"""What of an account its owner has to hear of when an administrator changes it: whatever opens or closes a way in."""

from typing import Protocol


class Account(Protocol):
    email: str
    may_supervise: bool
    is_administrator: bool


def what_changed(was: Account, now: Account) -> list[tuple[str, str]]:
    """Each as a value of `AccountChange.What`, and the address that was replaced, "" for the others."""
    changed = {
        "email": now.email != was.email,
        "supervises": now.may_supervise > was.may_supervise,
        "supervises-no-more": now.may_supervise < was.may_supervise,
        "administers": now.is_administrator > was.is_administrator,
        "administers-no-more": now.is_administrator < was.is_administrator,
    }
    return [(what, was.email if what == "email" else "") for what, is_so in changed.items() if is_so]
