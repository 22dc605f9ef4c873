"""What bringing in a list would do, as a value: the dry run shows it, `apply` does it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from sopcoach.models import IN_COACHING
from sopcoach.people.importing.meanings import ACTIVE, LEFT, YES
from sopcoach.people.importing.people import (
    Change,
    Changed,
    Current,
    Leaver,
    NewUnit,
    Person,
    Plan,
    Problem,
    Same,
)
from sopcoach.people.importing.reader import PeopleList, Row
from sopcoach.people.importing.rows import number_in, row_problems, short
from sopcoach.words.names import clean_line, fold


def plan(people: PeopleList, current: Current) -> Plan:
    """Compare a list with who is there. Pure: touches no database.

    People are told apart by e-mail. An empty cell leaves what is there. Nobody gets a second account in silence: who
    may be somebody who is here under another address is asked about, by employee number or by name and unit. Nobody
    leaves in silence either: who has left by the list, or came in one before and is missing in this, is offered.
    """
    draft = _Draft(people, current)
    for row in people.rows:
        draft.take(row)
    draft.look_for_an_administrator()
    draft.look_for_coaching()
    same = tuple(draft.same_people())
    asked = {one.listed.email for one in same}
    new = [person for email, person in draft.wanted.items() if email not in current.people]
    added = tuple(person for person in new if person.email not in asked)
    known = [
        (current.people[email], person) for email, person in draft.wanted.items() if email in current.people
    ]
    return Plan(
        added=added,
        changed=tuple(
            Changed(after, changes) for before, after in known if (changes := _changes(before, after))
        ),
        unchanged=tuple(after for before, after in known if not _changes(before, after)),
        same=same,
        leavers=tuple(draft.leavers({one.here.email for one in same})),
        units=tuple(NewUnit(name, _like(name, current.units)) for name in draft.new_units()),
        problems=tuple(draft.problems),
        unread=tuple(draft.unread),
        left_out=people.left_out,
        numbered=tuple(after for _, after in known),
    )


@dataclass
class _Draft:
    """What has been understood of the list so far."""

    people: PeopleList
    current: Current
    wanted: dict[str, Person] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)
    rows: dict[str, Row] = field(default_factory=dict)
    aside: set[str] = field(default_factory=set)
    """Of whom a row was left aside: it says of nobody that they are missing."""
    gone: dict[str, str] = field(default_factory=dict)
    """What the list says of whoever has left by it, by e-mail."""
    units: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.holders = {person.number: person for person in self.current.people.values() if person.number}
        self.units = {name.casefold(): name for name in self.current.units}

    def take(self, row: Row) -> None:
        problems = list(row_problems(row))
        email = row.cells.get("e-mail", "").lower()
        before = self.current.people.get(email)
        has_left = row.cells.get("status", "").casefold() in LEFT - ACTIVE
        if not problems and (why := self._passed_over(row, email, before, has_left=has_left)):
            self.unread.append(Problem(f"Row {row.number}", why))
            self.aside.add(email)
            return
        if not before and not row.cells.get("name"):
            problems.append(("name", "whoever is new here needs a name."))
        if email in self.rows:
            sentence = (
                f"the e-mail {email} stands in row {self.rows[email].number} already. Keep one of them."
            )
            problems.append(("e-mail", sentence))
        elif email:
            self.rows[email] = row
        problems += self._number_of_somebody_else(row, email)
        if problems:
            self.problems += [
                Problem(self._where(row, column), sentence[:1].upper() + sentence[1:])
                for column, sentence in problems
            ]
            return
        self.wanted[email] = self._understood(row, before or Person(email, ""))
        if has_left:
            self.gone[email] = row.cells["status"]

    def _number_of_somebody_else(self, row: Row, email: str) -> Iterator[tuple[str, str]]:
        number = number_in(row)
        first = self.numbers.setdefault(number, row) if number else row
        if first is not row:
            yield "employee number", f"the employee number {number} stands in row {first.number} already."
            return
        holder = self.holders.get(number) if number else None
        if holder and email in self.current.people and holder.email != email:
            yield (
                "employee number",
                f"{number} is the employee number of {holder.name} ({holder.email}) here.",
            )

    def _passed_over(self, row: Row, email: str, before: Person | None, *, has_left: bool) -> str:
        """Why a row is left aside, with which there is nothing wrong that would have to be put right first."""
        if not email:
            return "Has no e-mail. People are told apart by it, and invited by it."
        if email in self.rows and self.rows[email].cells == row.cells:
            return f"Says the same as row {self.rows[email].number}."
        if has_left and before is None:
            return f"Is “{short(row.cells['status'])}” and has no account here: none is opened."
        number = number_in(row)
        if before and number and before.number and before.number != number:
            return (
                f"{email} belongs to {before.name}, whose employee number here is {before.number}. If the address was "
                "given to somebody new, change it at the earlier account first; if the number is wrong, put it right "
                "there."
            )
        return ""

    def same_people(self) -> Iterator[Same]:
        """Who is new by e-mail, and may be somebody who isn't in the list by theirs. Each account is asked about once."""
        missing = [person for email, person in self.current.people.items() if email not in self.rows]
        by_number = {person.number: person for person in missing if person.number}
        by_name = {(fold(person.name), person.unit.casefold()): person for person in missing}
        asked: set[str] = set()
        new = [person for email, person in self.wanted.items() if email not in self.current.people]
        for person in sorted(new, key=lambda person: person.number not in by_number):
            numbered = by_number.get(person.number) if person.number else None
            here = numbered or by_name.get((fold(person.name), person.unit.casefold()))
            if here and not numbered and here.number and person.number:
                here = None  # of one name, and known to be two
            if here and here.email not in asked:
                asked.add(here.email)
                yield Same(here, person, self.rows[person.email].number, by_number=numbered is not None)

    def leavers(self, asked: set[str]) -> Iterator[Leaver]:
        for email, person in self.current.people.items():
            if not person.is_active or email in asked:
                continue
            if email in self.gone:
                yield Leaver(person, self.gone[email])
            elif person.listed_on and email not in self.rows and email not in self.aside:
                yield Leaver(person)

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
            where = f"Row {self.rows[email].number}, column {self.people.letters['administrator']}"
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
        if number := number_in(row):
            person = replace(person, number=number)
        if mark := cells.get("may supervise"):
            person = replace(person, may_supervise=mark.casefold() in YES)
        if mark := cells.get("administrator"):
            person = replace(person, is_administrator=mark.casefold() in YES)
        return person

    def _where(self, row: Row, column: str) -> str:
        if column == row.beyond:
            return f"Row {row.number}, column {column}"
        at = self.people.letters.get(column)
        return f"Row {row.number}, column {at}" if at else f"Row {row.number}"


def _administered(people: Iterable[Person]) -> bool:
    return any(person.is_administrator and person.is_active for person in people)


def _changes(before: Person, after: Person) -> tuple[Change, ...]:
    compared = (
        ("Name", before.name, after.name),
        ("Unit", before.unit, after.unit),
        ("May supervise", _yes(marked=before.may_supervise), _yes(marked=after.may_supervise)),
        ("Administrator", _yes(marked=before.is_administrator), _yes(marked=after.is_administrator)),
        ("Employee number", before.number, after.number),
    )
    return tuple(Change(what, old, new) for what, old, new in compared if old != new)


def _yes(*, marked: bool) -> str:
    return "yes" if marked else "no"


def _like(name: str, units: Iterable[str]) -> str:
    by_letters = {fold(unit): unit for unit in units}
    near = get_close_matches(fold(name), by_letters, n=1, cutoff=0.8)
    return by_letters[near[0]] if near else ""
