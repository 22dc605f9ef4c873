"""In a group, peers consult one another before whoever leads does (FAQ, in supervision). No row, no request."""

from collections.abc import Collection, Iterable
from typing import Protocol

PEERS_NEEDED = 2
"""How many speak, or pass, before the facilitator's field opens."""


class Said(Protocol):
    """What somebody has said in a step."""

    @property
    def author_id(self) -> int: ...
    @property
    def has_spoken(self) -> bool: ...


def peers_missing(words: Iterable[Said], *, besides: Collection[int | None]) -> int:
    """How many more peers speak in a step before its facilitator does; `besides` are those who are no peers in it."""
    spoken = {one.author_id for one in words if one.has_spoken} - {*besides}
    return max(PEERS_NEEDED - len(spoken), 0)


def field_opens(missing: int) -> str:
    """When the facilitator's field opens."""
    who = "two of them have" if missing == PEERS_NEEDED else "one more of them has"
    return f"Peers go first. Your field opens once {who} spoken or passed."
