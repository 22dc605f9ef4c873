"""The shape of what an export holds of a person and of no partnership."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class LevelWords:
    """A level, in the words that it was placed by."""

    number: int
    name: str
    words: str


@dataclass(frozen=True)
class Placed:
    profile: str
    aspect: str
    level: LevelWords
    note: str
    placed_at: datetime


@dataclass(frozen=True)
class Tried:
    profile: str
    aspect: str
    line: str
    practised_on: date


@dataclass(frozen=True)
class Shadowed:
    """What was seen on a visit: one's own notes, and copies that a colleague has shown."""

    by: str
    about: str
    profile: str
    aspect: str
    stood_out: str
    question: str
    seen_on: date


@dataclass(frozen=True)
class SaidInGroup:
    group: str
    session: int
    step: str
    text: str
    saved_at: datetime | None


@dataclass(frozen=True)
class Asked:
    """An invitation that hasn't lapsed, with its answer."""

    by: str
    to: str
    words: str
    answer: str
    answer_words: str
    sent_at: datetime


@dataclass(frozen=True)
class SortedCard:
    """A card of a blind sort that isn't counted yet: its words, the aspect that it was taken for, the place it lies at."""

    aspect: str
    words: str
    taken_for: str
    place: int | None


@dataclass(frozen=True)
class Sorted:
    """One's part in a blind sort: of which aspects the cards are counted, which says nothing of how, and what is begun."""

    edition: str
    counted: list[str]
    begun: list[SortedCard]


@dataclass(frozen=True)
class Private:
    """What belongs to the person and to no partnership."""

    placements: list[Placed]
    entries: list[Tried]
    shadow_notes: list[Shadowed]
    training_notes: list[str]
    blind_sorts: list[Sorted]
    group_words: list[SaidInGroup]
    invitations: list[Asked]
