"""What bringing in a list would do, as a value: the dry run shows it, `apply` does it."""

import hashlib
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from sopcoach.models import IN_COACHING, Unit, User
from sopcoach.people.importing.reader import COLUMNS, LONGEST_CELL, PeopleList, Row
from sopcoach.words.names import JOINERS, clean_line, fold

FORMULA = "=+-@"
YES = {"yes", "y", "x", "true", "1"}
NO = {"no", "n", "false", "0"}
EMAIL = EmailValidator("write it like name@agency.example.")


@dataclass(frozen=True)
class Person:
    email: str
    name: str
    unit: str = ""
    may_supervise: bool = False
    is_administrator: bool = False
    is_active: bool = True


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
class Plan:
    added: tuple[Person, ...] = ()
    changed: tuple[Changed, ...] = ()
    unchanged: tuple[Person, ...] = ()
    units: tuple[NewUnit, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def changes_something(self) -> bool:
        return bool(self.added or self.changed)

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
        return hashlib.sha256(repr((self.added, self.changed, self.units)).encode()).hexdigest()


def plan(people: PeopleList, current: Current) -> Plan:
    """Compare a list with who is there. Pure: touches no database.

    People are told apart by e-mail. An empty cell leaves what is there, and nobody is removed or deactivated for
    not being in the list.
    """
    draft = _Draft(people, current)
    for row in people.rows:
        draft.take(row)
    draft.look_for_an_administrator()
    draft.look_for_coaching()
    added = tuple(person for person in draft.wanted.values() if person.email not in current.people)
    known = [
        (current.people[email], person) for email, person in draft.wanted.items() if email in current.people
    ]
    return Plan(
        added=added,
        changed=tuple(Changed(after, _changes(before, after)) for before, after in known if before != after),
        unchanged=tuple(after for before, after in known if before == after),
        units=tuple(NewUnit(name, _like(name, current.units)) for name in draft.new_units()),
        problems=tuple(draft.problems),
        left_out=people.left_out,
    )


@dataclass
class _Draft:
    """What has been understood of the list so far."""

    people: PeopleList
    current: Current
    wanted: dict[str, Person] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.units = {name.casefold(): name for name in self.current.units}

    def take(self, row: Row) -> None:
        problems = list(_row_problems(row))
        email = row.cells.get("e-mail", "").lower()
        before = self.current.people.get(email)
        if not before and not row.cells.get("name"):
            problems.append(("name", "whoever is new here needs a name."))
        if email in self.rows:
            problems.append(
                ("e-mail", f"the e-mail {email} stands in row {self.rows[email]} already. Keep one of them.")
            )
        elif email:
            self.rows[email] = row.number
        if problems:
            self.problems += [
                Problem(self._where(row, column), sentence[:1].upper() + sentence[1:])
                for column, sentence in problems
            ]
            return
        self.wanted[email] = self._understood(row, before or Person(email, ""))

    def new_units(self) -> list[str]:
        used = {person.unit for person in self.wanted.values()}
        return sorted(used - set(self.current.units) - {""}, key=str.casefold)

    def look_for_coaching(self) -> None:
        """Whoever has a side of coaching or a seat in a group can't become an administrator (product.md, 2)."""
        people = self.current.people
        marked = [
            email
            for email, person in self.wanted.items()
            if person.is_administrator and email in people and not people[email].is_administrator
        ]
        for email in self.current.kept_from_the_mark(marked) if marked else ():
            where = f"Row {self.rows[email]}, column {self.people.letters['administrator']}"
            self.problems.append(Problem(where, f"{people[email].name}: {IN_COACHING}"))

    def look_for_an_administrator(self) -> None:
        after = {**self.current.people, **self.wanted}
        if _administered(self.current.people.values()) and not _administered(after.values()):
            column = self.people.letters["administrator"]
            sentence = "With this list nobody would be an administrator any more. Leave one."
            self.problems.append(Problem(f"Column {column}", sentence))

    def _understood(self, row: Row, person: Person) -> Person:
        cells = {column: cell for column, cell in row.cells.items() if cell}
        if name := cells.get("name"):
            person = replace(person, name=clean_line(name))
        if unit := cells.get("unit"):
            unit = clean_line(unit)
            person = replace(person, unit=self.units.setdefault(unit.casefold(), unit))
        if mark := cells.get("may supervise"):
            person = replace(person, may_supervise=mark.casefold() in YES)
        if mark := cells.get("administrator"):
            person = replace(person, is_administrator=mark.casefold() in YES)
        return person

    def _where(self, row: Row, column: str) -> str:
        if column in COLUMNS and column not in self.people.letters:
            return f"Row {row.number}"
        return f"Row {row.number}, column {self.people.letters.get(column, column)}"


def _administered(people: Iterable[Person]) -> bool:
    return any(person.is_administrator and person.is_active for person in people)


def _row_problems(row: Row) -> Iterator[tuple[str, str]]:
    for column, cell in row.cells.items():
        if cell and unicodedata.normalize("NFKC", cell.lstrip(JOINERS))[:1] in FORMULA:
            yield column, f"“{_short(cell)}” looks like a formula. Write plain words."
        elif len(cell) > LONGEST_CELL:
            yield column, "this is too long to be read. Look whether several rows have run together."
        elif cell:
            yield from ((column, sentence) for sentence in _cell_problems(column, cell))
    if not row.cells.get("e-mail"):
        yield "e-mail", "the e-mail is missing. People are told apart by it."
    if row.beyond:
        yield row.beyond, "this column has no name in the first row. Name it, or leave the cell empty."


def _cell_problems(column: str, cell: str) -> Iterator[str]:
    try:
        line = clean_line(cell)
    except ValidationError as error:
        yield error.messages[0]
        return
    if column == "e-mail":
        yield from _email_problems(cell)
    elif column == "name" and len(line) > _longest(User, "name"):
        yield f"a name has {_longest(User, 'name')} characters at most."
    elif column == "unit" and len(line) > _longest(Unit, "name"):
        yield f"the name of a unit has {_longest(Unit, 'name')} characters at most."
    elif column in {"may supervise", "administrator"} and cell.casefold() not in YES | NO:
        yield f"“{_short(cell)}” isn’t understood. Write yes or no, or leave it empty."


def _email_problems(cell: str) -> Iterator[str]:
    if len(cell) > _longest(User, "email"):
        yield "this e-mail is too long."
        return
    try:
        EMAIL(cell.lower())
    except ValidationError:
        yield f"“{_short(cell)}” isn’t an e-mail address. Write it like name@agency.example."


def _longest(model: type[User] | type[Unit], name: str) -> int:
    return getattr(model._meta.get_field(name), "max_length", 0)


def _short(cell: str) -> str:
    return cell if len(cell) <= 40 else f"{cell[:40]}…"


def _changes(before: Person, after: Person) -> tuple[Change, ...]:
    compared = (
        ("Name", before.name, after.name),
        ("Unit", before.unit, after.unit),
        ("May supervise", _yes(marked=before.may_supervise), _yes(marked=after.may_supervise)),
        ("Administrator", _yes(marked=before.is_administrator), _yes(marked=after.is_administrator)),
    )
    return tuple(Change(what, old, new) for what, old, new in compared if old != new)


def _yes(*, marked: bool) -> str:
    return "yes" if marked else "no"


def _like(name: str, units: Iterable[str]) -> str:
    by_letters = {fold(unit): unit for unit in units}
    near = get_close_matches(fold(name), by_letters, n=1, cutoff=0.8)
    return by_letters[near[0]] if near else ""
