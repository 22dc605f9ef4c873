"""A table and what its columns mean into rows about people."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sopcoach.files.columns import letter
from sopcoach.people.importing.columns import Column, Columns, columns_of
from sopcoach.people.importing.meanings import Meaning, has_nothing
from sopcoach.people.importing.table import Table, UnreadableListError, table_of

COLUMNS = ("name", "e-mail", "unit", "may supervise", "administrator", "employee number", "status")
"""Of the list that can be filled in and of the one that is handed out."""
LONGEST_CELL = 1_000
FEW = 3
"""So many rows may have something beyond the last heading before that is a column of its own, which has none."""
AFTER_A_NAME = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md", "lcsw", "msw", "esq"})


@dataclass(frozen=True)
class Row:
    number: int
    """As a spreadsheet counts."""
    cells: dict[str, str]
    """By meaning; a column that the file doesn't have is missing."""
    beyond: str = ""
    """The first letter of a column that holds something and has no name."""


@dataclass(frozen=True)
class PeopleList:
    letters: dict[str, str]
    """Where a column stands, such as {"e-mail": "B"}."""
    left_out: tuple[str, ...]
    """Names of columns that mean nothing here, and are not read."""
    rows: tuple[Row, ...]


def read(
    content: bytes | str,
    *,
    encoding: str = "",
    units: Collection[str] = (),
    chosen: Mapping[str, str] | None = None,
) -> PeopleList:
    """The people of a file, its columns taken for what they look like. Raises `UnreadableListError`."""
    table = table_of(content.encode() if isinstance(content, str) else content, encoding)
    return people_in(table, columns_of(table, units=units, chosen=chosen))


def people_in(table: Table, columns: Columns) -> PeopleList:
    """The people of a table. Raises `UnreadableListError` where there is nobody in it, or no column of e-mails."""
    if Meaning.EMAIL not in columns.places:
        raise UnreadableListError(
            "Say which column holds the e-mail addresses: people are told apart by them."
        )
    below = list(enumerate(table.rows[table.heading + 1 :], start=table.heading + 2))
    last = max((column.place for column in columns.all if column.heading), default=0)
    is_stray = sum(any(row[last + 1 :]) for _, row in below) <= FEW
    rows = tuple(
        Row(number, dict(_cells(row, columns.places)), _beyond(row, last) if is_stray else "")
        for number, row in below
        if any(row)
    )
    if not rows:
        raise UnreadableListError("There is nobody in this list yet: it holds only the names of the columns.")
    letters = {str(meaning): column.letter for meaning, column in columns.places.items()}
    if Meaning.NAME not in columns.places and (parts := _parts_of_a_name(columns.places)):
        letters["name"] = parts[0].letter
    return PeopleList(letters, columns.left_out, rows)


def _cells(row: tuple[str, ...], places: dict[Meaning, Column]) -> Iterator[tuple[str, str]]:
    def cell(column: Column) -> str:
        text = row[column.place] if column.place < len(row) else ""
        return "" if has_nothing(text) else text

    for meaning, column in places.items():
        if meaning not in {Meaning.NAME, Meaning.FIRST, Meaning.LAST}:
            yield str(meaning), cell(column)
    if whole := places.get(Meaning.NAME):
        yield "name", first_name_first(cell(whole))
    elif parts := _parts_of_a_name(places):
        yield "name", " ".join(filter(None, map(cell, parts)))


def _parts_of_a_name(places: dict[Meaning, Column]) -> list[Column]:
    return [places[meaning] for meaning in (Meaning.FIRST, Meaning.LAST) if meaning in places]


def _beyond(row: tuple[str, ...], last: int) -> str:
    return next((letter(place) for place, cell in enumerate(row) if cell and place > last), "")


def first_name_first(name: str) -> str:
    """A name as it is said: "Reyes, Wanda" is Wanda Reyes, "Wanda Reyes, LCSW" stays as it is."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma or "," in given or not family or not given:
        return name
    if given.casefold().replace(".", "") in AFTER_A_NAME or name[:1] in "=+-@":
        return name
    return f"{given} {family}"
