"""What each column of a table is taken for, and why; by its heading, by its values, by what was chosen last time."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from sopcoach.files.columns import letter
from sopcoach.people.importing.meanings import (
    ACTIVE,
    LEFT,
    NO,
    YES,
    Meaning,
    has_nothing,
    meaning_of,
    names_whose_worker,
)
from sopcoach.people.importing.table import Table, UnreadableListError
from sopcoach.words.names import fold

SHOWN = 3
"""Values of a column that are shown beside its heading."""
LONGEST_HEADING = 100
NO_EMAIL = (
    "No column holds e-mail addresses, and people are told apart by them. Name the column “e-mail” in the row that "
    "names the others: name, e-mail, unit, may supervise."
)


@dataclass(frozen=True)
class Column:
    place: int
    heading: str
    values: tuple[str, ...]
    """What stands in it, without what is empty."""
    meaning: Meaning = Meaning.OUT
    why: str = ""
    is_asked: bool = False
    """Whether somebody should look at what it was taken for."""
    is_never_taken: bool = False

    @property
    def letter(self) -> str:
        return letter(self.place)

    @property
    def shown(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.values))[:SHOWN]

    @property
    def key(self) -> str:
        """By which what was chosen for it is known again in the next file."""
        return fold(self.heading)


@dataclass(frozen=True)
class Columns:
    all: tuple[Column, ...]
    places: dict[Meaning, Column] = field(default_factory=dict)

    @property
    def is_plain(self) -> bool:
        """Whether there is nothing that anybody would want to look at before seeing what the list would change."""
        return not any(
            column.is_asked or (column.meaning == Meaning.OUT and column.values) for column in self.all
        )

    @property
    def left_out(self) -> tuple[str, ...]:
        return tuple(
            column.heading or f"column {column.letter}, which has no heading"
            for column in self.all
            if column.meaning == Meaning.OUT and (column.heading or column.values)
        )


def columns_of(
    table: Table,
    *,
    units: Collection[str] = (),
    chosen: Mapping[str, str] | None = None,
    remembered: bool = False,
) -> Columns:
    """What each column is taken for: what was `chosen` for its heading, else what it looks like.

    `units` are the units that are there: of two columns that could be the unit, the one that names them is. Raises
    `UnreadableListError` where no column holds e-mail addresses, unless that was chosen so.
    """
    columns = [_taken_for(column, chosen or {}, remembered=remembered) for column in _columns(table)]
    columns = _one_for_each_meaning(columns, {unit.casefold() for unit in units})
    columns = _name_or_its_parts(_email_by_its_values(columns))
    found = Columns(
        tuple(map(_explained, columns)),
        {column.meaning: column for column in columns if column.meaning != Meaning.OUT},
    )
    if Meaning.EMAIL not in found.places and chosen is None:
        raise UnreadableListError(NO_EMAIL)
    return found


def _columns(table: Table) -> list[Column]:
    below = table.rows[table.heading + 1 :]
    names = [" ".join(cell.split())[:LONGEST_HEADING] for cell in table.rows[table.heading]]
    while names and not names[-1]:
        names.pop()
    width = max([len(names), *(len(row) for row in below)])
    columns = []
    for place in range(width):
        values = tuple(row[place] for row in below if place < len(row) and not has_nothing(row[place]))
        heading = names[place] if place < len(names) else ""
        if heading or values:
            columns.append(Column(place, heading, values))
    return columns


def _taken_for(column: Column, chosen: Mapping[str, str], *, remembered: bool) -> Column:
    if names_whose_worker(column.heading) or _names_people(column):
        why = "Never taken. Who coaches whom is agreed by two people, not read from a list."
        return replace(column, why=why, is_never_taken=True)
    if column.heading and column.key in chosen and chosen[column.key] in Meaning.values:
        meaning = Meaning(chosen[column.key])
        if not remembered:
            return replace(column, meaning=meaning, why="Chosen by you.")
        return replace(column, meaning=meaning, why="As last time." if meaning else "Left out last time too.")
    found = meaning_of(column.heading)
    if not found:
        why = "" if column.heading else "It has no heading."
        return replace(column, why=why, is_asked=not column.heading and bool(column.values))
    return replace(column, meaning=found[0])


def _names_people(column: Column) -> bool:
    """A column “Supervisor” that says who somebody's supervisor is, and not whether somebody is one."""
    found = meaning_of(column.heading)
    if not found or found[0] != Meaning.MAY_SUPERVISE or not column.values:
        return False
    said = sum(value.casefold() in YES | NO for value in column.values)
    others = set(column.values) - YES - NO
    return said * 2 < len(column.values) and sum(
        " " in value or "@" in value[1:] for value in others
    ) * 2 > len(others)


def _one_for_each_meaning(columns: list[Column], units: set[str]) -> list[Column]:
    taken: dict[Meaning, Column] = {}
    for column in columns:
        if column.meaning == Meaning.OUT:
            continue
        rival = taken.get(column.meaning)
        if rival is None or _is_plainer(column, rival, units):
            taken[column.meaning] = column
    found = []
    for column in columns:
        first = taken.get(column.meaning)
        if column.meaning != Meaning.OUT and first is not column and first is not None:
            why = f"Could be the {column.meaning} as well, see column {first.letter}."
            column = replace(column, meaning=Meaning.OUT, why=why)
            taken[first.meaning] = first
        found.append(column)
    doubled = {column.why for column in found if column.why.startswith("Could be")}
    return [
        replace(column, is_asked=True, why=_why_this(column, units))
        if any(f"column {column.letter}." in why for why in doubled)
        else column
        for column in found
    ]


def _why_this(column: Column, units: set[str]) -> str:
    here = [value for value in dict.fromkeys(column.values) if value.casefold() in units][:2]
    since = f", since {' and '.join(here)} {'are' if len(here) > 1 else 'is'} here already" if here else ""
    return f"Two columns could be the {column.meaning}. This one was taken{since}."


def _is_plainer(column: Column, than: Column, units: set[str]) -> bool:
    def plainness(one: Column) -> tuple[bool, int, int]:
        found = meaning_of(one.heading)
        here = (
            sum(value.casefold() in units for value in set(one.values)) if one.meaning == Meaning.UNIT else 0
        )
        return bool(one.values), here, -(found[1] if found else 0)

    return plainness(column) > plainness(than)


def _email_by_its_values(columns: list[Column]) -> list[Column]:
    if any(column.meaning == Meaning.EMAIL for column in columns):
        return columns
    like = [
        column
        for column in columns
        if column.meaning == Meaning.OUT
        and not column.is_never_taken
        and column.values
        and sum("@" in value[1:] for value in column.values) * 5 >= len(column.values) * 4
    ]
    if not like:
        return columns
    found = replace(
        like[0], meaning=Meaning.EMAIL, why="What stands in it are e-mail addresses.", is_asked=True
    )
    return [found if column is like[0] else column for column in columns]


def _name_or_its_parts(columns: list[Column]) -> list[Column]:
    """A whole name before its parts; a “name” beside a last name alone is the first one."""
    by_meaning = {column.meaning: column for column in columns}
    whole, first, last = (by_meaning.get(meaning) for meaning in (Meaning.NAME, Meaning.FIRST, Meaning.LAST))
    if whole and last and not first and fold(whole.heading) == "name":
        return [
            replace(column, meaning=Meaning.FIRST, is_asked=True, why="A last name has a column of its own.")
            if column is whole
            else column
            for column in columns
        ]
    if not whole or not (first or last):
        return columns
    why = f"The whole name stands in column {whole.letter}."
    return [
        replace(column, meaning=Meaning.OUT, why=why)
        if column.meaning in {Meaning.FIRST, Meaning.LAST}
        else column
        for column in columns
    ]


def _explained(column: Column) -> Column:
    """With what was understood of its values, where that isn't plain."""
    values = Counter(value.casefold() for value in column.values)
    if column.meaning == Meaning.STATUS:
        neither = [value for value in dict.fromkeys(column.values) if value.casefold() not in ACTIVE | LEFT]
        if neither:
            told = ", ".join(f"“{value}”" for value in neither[:SHOWN])
            many = sum(values[value.casefold()] for value in neither)
            why = f"{told} ({many} {'row' if many == 1 else 'rows'}) is neither active nor left. They stay active."
            return replace(column, why=why, is_asked=True)
    if column.meaning == Meaning.NAME and any("," in value for value in column.values):
        return replace(column, why=f"{column.why} Turned around at the comma.".strip())
    return column
