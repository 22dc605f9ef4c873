"""What a story is written in: who says and does what, in the order in which it happens.

Days are counted in workdays after the meeting before. Aspects go by their slugs; goals and promises by short names
that only the story knows.
"""

from dataclasses import dataclass, field

from coaching.models import Decision, Rhythm, Side
from coaching.rules.goal_sentence import Joiner, Verb

CARRY_ON = Decision.Choice.CARRY_ON
RAISE = Decision.Choice.RAISE
NEW_FOCUS = Decision.Choice.NEW_FOCUS
WORKER = Side.WORKER
SUPERVISOR = Side.SUPERVISOR


@dataclass(frozen=True)
class Said:
    """What the two write in one field of a stage; an empty text is a field left empty."""

    stage: str
    worker: str = ""
    supervisor: str = ""
    field: str = "words"


@dataclass(frozen=True)
class Terms:
    """A version of the agreement, drafted and signed by `drafter`, then signed by the other side."""

    drafter: Side
    rhythm: Rhythm
    minutes: int
    place: str
    """May name the weekday of the meetings as {weekday}."""


@dataclass(frozen=True)
class Start:
    """Where the worker begins on an aspect, and which level they aim for."""

    aspect: str
    level: int
    target: int
    because: str


@dataclass(frozen=True)
class Wish:
    """A goal, in its parts. `when` says its day as people do, and means it from the day on which it is set."""

    name: str
    aspect: str
    practice: str
    count: int
    unit: str
    when: str
    verb: Verb = Verb.USE
    with_whom: str = ""
    joiner: Joiner = Joiner.ON


@dataclass(frozen=True)
class Promised:
    name: str
    keeper: Side
    text: str


@dataclass(frozen=True)
class Practised:
    """One use of what a goal is about, with a line or without."""

    workday: int
    goal: str
    line: str = ""
    is_shared: bool = False


@dataclass(frozen=True)
class Kept:
    workday: int
    promise: str


@dataclass(frozen=True)
class WentWell:
    """Words of congratulation between two meetings."""

    workday: int
    by: Side
    text: str


@dataclass(frozen=True)
class Set:
    workday: int
    wish: Wish


Event = Practised | Kept | WentWell | Set


@dataclass(frozen=True)
class Opening:
    """The first meeting, and what comes of it before the second one."""

    invitation: str
    answer: str
    words: tuple[Said, ...]
    terms: Terms
    promises: tuple[Promised, ...]
    worker_marks: tuple[str, ...]
    supervisor_marks: tuple[str, ...]
    starts: tuple[Start, ...]
    wishes: tuple[Wish, ...]


@dataclass(frozen=True)
class Looked:
    """One focus in a review: where the worker is, what the supervisor saw, and what the worker decides."""

    aspect: str
    level: int
    because: str
    saw: str
    try_next: str = ""
    glimpse: int | None = None
    supervisor_level: int | None = None
    reply: str = ""
    choice: Decision.Choice = CARRY_ON


@dataclass(frozen=True)
class Cheer:
    by: Side
    aspect: str
    text: str


@dataclass(frozen=True)
class Meeting:
    """A progress session, with what happened since the one before."""

    since: tuple[Event, ...]
    words: tuple[Said, ...]
    went_well: str
    differently: str
    looked: tuple[Looked, ...]
    cheers: tuple[Cheer, ...]
    promises: tuple[Promised, ...]
    is_shared_early: bool = True
    """Whether the worker shares reflection and levels on the day before, or at the table."""
    kept: tuple[str, ...] = ()
    taken_on: tuple[str, ...] = ()
    terms: Terms | None = None
    starts: tuple[Start, ...] = ()
    wishes: tuple[Wish, ...] = ()
    let_go: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    opening: Opening
    meetings: tuple[Meeting, ...] = ()
    lately: tuple[Event, ...] = field(default=())
    """Since the last meeting that was held."""

    @property
    def aspects(self) -> set[str]:
        """Every aspect that an edition must have for this story to be told on it."""
        starts = [*self.opening.starts, *(start for meeting in self.meetings for start in meeting.starts)]
        marks = {*self.opening.worker_marks, *self.opening.supervisor_marks}
        return marks | {start.aspect for start in starts}
