"""The shape of an export, "sop-coach-export/1". docs/export.schema.json follows from it.

What is added later may appear in the same version; a field that goes or changes its meaning makes a new one.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from coaching.record.private_shape import LevelWords, Private

FORMAT: Literal["sop-coach-export/1"] = "sop-coach-export/1"


@dataclass(frozen=True)
class AgreementVersion:
    version: int
    is_in_force: bool
    proposed_by: str
    worker_signed_at: datetime | None
    worker_signed_as: str
    supervisor_signed_at: datetime | None
    supervisor_signed_as: str
    rhythm: str
    place: str
    purpose: str
    readers: str
    concerns: str
    limits: str
    changing: str


@dataclass(frozen=True)
class Mark:
    """An aspect that was marked in the walk-through, and by whom; the other side's marks once both are revealed."""

    profile: str
    aspect: str
    by: list[str]


@dataclass(frozen=True)
class Said:
    stage: str
    field: str
    by: str
    text: str
    saved_at: datetime | None


@dataclass(frozen=True)
class PutRight:
    """What the author of shared words said later that they had meant."""

    by: str
    text: str
    shared_at: datetime


@dataclass(frozen=True)
class LookedBack:
    went_well: str
    differently: str
    shared_at: datetime
    corrections: list[PutRight] = field(default_factory=list)


@dataclass(frozen=True)
class Promised:
    by: str
    text: str
    due_on: date
    made_at: datetime
    kept_at: datetime | None
    is_taken_on_again: bool


@dataclass(frozen=True)
class Session:
    title: str
    kind: str
    starts_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    was_held: bool
    """Not so for one that is planned or goes on, nor for one that was still ahead when the coaching ended."""
    looked_back_on: list[str]
    """The aspects of its review."""
    words: list[Said]
    reflection: LookedBack | None
    promises: list[Promised]


@dataclass(frozen=True)
class Rated:
    """Where the worker saw themselves. Without a session it is where they started."""

    session: str
    level: LevelWords
    glimpse: LevelWords | None
    because: str
    shared_at: datetime
    corrections: list[PutRight] = field(default_factory=list)


@dataclass(frozen=True)
class Logged:
    """Where the worker saw themselves on a day between the meetings."""

    logged_on: date
    level: LevelWords
    glimpse: LevelWords | None
    line: str
    shared_at: datetime | None
    """Without it, it is the worker's alone."""
    corrections: list[PutRight] = field(default_factory=list)


@dataclass(frozen=True)
class Observed:
    session: str
    by: str
    saw: str
    try_next: str
    level: LevelWords | None
    shared_at: datetime
    corrections: list[PutRight] = field(default_factory=list)
    reply: "Answered | None" = None


@dataclass(frozen=True)
class Answered:
    """What the worker said to it."""

    text: str
    shared_at: datetime
    corrections: list[PutRight] = field(default_factory=list)


@dataclass(frozen=True)
class Decided:
    session: str
    choice: str
    decided_at: datetime


@dataclass(frozen=True)
class Aimed:
    level: LevelWords
    set_at: datetime


@dataclass(frozen=True)
class Entry:
    practised_on: date
    line: str
    line_shared_at: datetime | None
    """Without it, the line is the worker's alone."""
    corrections: list[PutRight] = field(default_factory=list)


@dataclass(frozen=True)
class GoalSet:
    sentence: str
    count: int
    by_on: date
    set_at: datetime
    put_down_at: datetime | None
    entries: list[Entry]


@dataclass(frozen=True)
class FocusWork:
    """All that happened on one aspect, from when it was picked until it rested."""

    profile: str
    aspect: str
    opened_at: datetime
    rested_at: datetime | None
    ratings: list[Rated] = field(default_factory=list)
    observations: list[Observed] = field(default_factory=list)
    decisions: list[Decided] = field(default_factory=list)
    targets: list[Aimed] = field(default_factory=list)
    goals: list[GoalSet] = field(default_factory=list)
    logged: list[Logged] = field(default_factory=list)


@dataclass(frozen=True)
class Congratulated:
    by: str
    text: str
    aspect: str
    session: str
    written_at: datetime
    corrections: list[PutRight] = field(default_factory=list)


@dataclass(frozen=True)
class Brought:
    profile: str
    aspect: str
    level: LevelWords | None
    note: str
    noted_on: date


@dataclass(frozen=True)
class Drafted:
    """Words, or a level as its number, that the worker has typed and not shared."""

    place: str
    field: str
    text: str
    saved_at: datetime | None


@dataclass(frozen=True)
class Shown:
    """What was released to a next supervisor."""

    to: str
    what: str
    released_at: datetime
    taken_back_at: datetime | None


@dataclass(frozen=True)
class Event:
    what: str
    at: datetime


@dataclass(frozen=True)
class Opened:
    by: str
    what: str
    at: datetime


@dataclass(frozen=True)
class Coaching:
    """One partnership, as its worker may read it."""

    address: str
    worker: str
    supervisor: str
    engagement: str
    edition: str
    begun_at: datetime
    ended_at: datetime | None
    agreements: list[AgreementVersion]
    marks: list[Mark]
    focuses: list[FocusWork]
    sessions: list[Session]
    congratulations: list[Congratulated]
    brought_along: list[Brought]
    drafts: list[Drafted]
    released: list[Shown]
    events: list[Event]
    opened: list[Opened]
    edition_origin: str = ""
    """How far the words that levels are cited in can be relied on, and how to cite them."""


@dataclass(frozen=True)
class Export:
    """`private` is left out of the export of one partnership."""

    format: Literal["sop-coach-export/1"]
    notice: str
    made_at: datetime
    person: str
    partnerships: list[Coaching]
    private: Private | None
