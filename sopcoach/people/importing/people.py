"""What the plan of a list of people is made of."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    unit: str = ""
    may_supervise: bool = False
    is_administrator: bool = False
    is_active: bool = True
    number: str = ""
    """The agency's number of somebody, by which an administrator knows them again under another address."""
    listed_on: date | None = None
    """When they last came in a list that was taken."""


@dataclass(frozen=True)
class Change:
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    person: Person
    """As the list would have them."""
    changes: tuple[Change, ...]

    @property
    def loses_the_mark(self) -> bool:
        return any(change.what == "May supervise" and change.after == "no" for change in self.changes)


@dataclass(frozen=True)
class Same:
    """Somebody new in the list who may be somebody who is here already, under another address."""

    here: Person
    listed: Person
    row: int
    by_number: bool
    """Whether the employee number says so; else only name and unit agree."""


@dataclass(frozen=True)
class Leaver:
    person: Person
    said: str = ""
    """What the list says of them, where they stand in it; else they are no longer in it."""


@dataclass(frozen=True)
class Problem:
    where: str
    sentence: str


@dataclass(frozen=True)
class NewUnit:
    name: str
    like: str = ""
    """A unit of nearly the same name, which may have been meant."""


@dataclass(frozen=True)
class Current:
    people: dict[str, Person]
    """By e-mail."""
    units: tuple[str, ...]
    kept_from_the_mark: Callable[[Collection[str]], Collection[str]] = lambda emails: ()
    """Who of these, by e-mail, can't become an administrator."""


@dataclass(frozen=True)
class Choices:
    """What an administrator has said of a plan's questions. Whatever isn't said is left as it is."""

    same: frozenset[str] = frozenset()
    """Addresses in the list whose person is the one who is here."""
    two: frozenset[str] = frozenset()
    """Addresses in the list whose person is somebody else."""
    leave: frozenset[str] = frozenset()
    """Addresses of accounts that are to be deactivated."""
    kept: frozenset[str] = frozenset()
    """Addresses of accounts that keep the mark of one who may supervise."""


@dataclass(frozen=True)
class Plan:
    added: tuple[Person, ...] = ()
    changed: tuple[Changed, ...] = ()
    unchanged: tuple[Person, ...] = ()
    same: tuple[Same, ...] = ()
    leavers: tuple[Leaver, ...] = ()
    units: tuple[NewUnit, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[Problem, ...] = ()
    """Rows that are passed over, each with why. They stop nothing."""
    left_out: tuple[str, ...] = ()
    """Columns that are not read."""
    numbered: tuple[Person, ...] = field(default=(), repr=False)
    """Everybody of the list who has an account."""

    @property
    def changes_something(self) -> bool:
        return bool(self.added or self.changed or self.same or self.leavers)

    @property
    def takes_mark_away(self) -> bool:
        """Whether anybody would lose the mark of somebody who may supervise, or change units."""
        return any(
            change.what == "Unit" or (change.what == "May supervise" and change.after == "no")
            for changed in self.changed
            for change in changed.changes
        )

    @property
    def fingerprint(self) -> str:
        """Tells whether what would be done is still what was shown."""
        shown = (self.added, self.changed, self.units, self.same, self.leavers)
        return hashlib.sha256(repr(shown).encode()).hexdigest()
