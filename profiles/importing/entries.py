"""What a plan says, line by line."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    UNCHANGED = "unchanged"
    WARNING = "warning"
    PROBLEM = "problem"


class EntryKind(StrEnum):
    """What an entry is about, in the order in which people ask for it."""

    PROFILE = "practice profile"
    ASPECT = "skill aspect"
    DESCRIPTOR = "level descriptor"
    QUESTION = "coaching question"
    GOAL = "example goal"
    LEVEL = "level"
    BAND = "band"
    EDITION = "edition"
    PROVENANCE = "statement of origin"


@dataclass(frozen=True)
class Wording:
    """One text of an entry before and after; either can be nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    action: Action
    kind: EntryKind
    where: str
    sentence: str = ""
    place: str = ""
    """Where in the file, if it has rows."""
    profile: str = ""
    """The title of the practice profile that it belongs to, and the aspect's and the level, if any."""
    aspect: str = ""
    level: int | None = None
    key: tuple[str | int, ...] = ()
    wordings: tuple[Wording, ...] = ()
    rule: str = ""
    """Of a warning that gathers many places: the rule of the craft that they are asked about."""

    def __str__(self) -> str:
        return f"{self.place}: {self.said}" if self.place else self.said

    @property
    def said(self) -> str:
        return f"{self.where}: {self.sentence}" if self.where else self.sentence
