"""The tables that a workbook and a CSV file hold: which there are, and which of their columns is which.

A workbook has one sheet a table; a CSV file has them one below the other (docs/editions.md).
"""

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import get_text_list

from profiles.importing.columns import ALSO, ASPECTS, CALLED, COLUMNS, NEEDED, SCALE, TABLES
from profiles.importing.headings import is_aside, level_in
from profiles.importing.source import Problem, UnreadableSourceError
from sopcoach.files.columns import letter

TITLE_ROWS = 10
"""So many rows may stand above the names of the columns."""


class Placed(dict[str, Any]):
    """A mapping that knows where in the file it and its values stand, and what the file calls them."""

    def __init__(self, place: str = "", values: dict[str, Any] | None = None) -> None:
        super().__init__(values or {})
        self.place = place
        self.places: dict[str, str] = {}
        self.titles: dict[str, str] = {}

    def put(self, name: str, cell: "Cell", title: str = "") -> None:
        self[name], self.places[name], self.titles[name] = cell.text, cell.place, title or name


class PlacedList(list[Any]):
    """A list that knows where in the file each of its entries stands."""

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[int, str] = {}

    def put(self, cell: "Cell") -> None:
        self.places[len(self)] = cell.place
        self.append(cell.text)


@dataclass(frozen=True)
class Cell:
    text: str
    place: str


@dataclass
class Grid:
    """A table as it stands in the file, before anybody has looked for its heading."""

    name: str
    place: str
    """How a place in it begins: “Sheet “goals”, ” or nothing."""
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    """What is wrong with it, as far as its reader has seen."""
    aside: list[Problem] = field(default_factory=list)
    """What stands beside the edition and is not read. It stops nothing, and is told."""

    def cell(self, row: int, column: int, text: str = "") -> Cell:
        return Cell(text, self.at(row, column))

    def at(self, row: int, column: int | None = None) -> str:
        where = f"row {row}" if column is None else f"row {row}, column {letter(column)}"
        return f"{self.place}{where}" if self.place else f"{where[0].upper()}{where[1:]}"


@dataclass
class Table:
    """A table whose columns are known. Rows hold the columns that the table has, even where nothing is written."""

    name: str
    heading: str
    """Where its heading stands."""
    rows: list[tuple[str, dict[str, Cell]]]
    levels: dict[int, str] = field(default_factory=dict)
    """Of the aspects: the number of each level column, and the name of the level if the heading says it."""


def plain(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).casefold()


# From grids to tables


def tables_from(grids: list[Grid]) -> tuple[dict[str, Table], list[Problem]]:
    """Find the heading of each table and name its columns. Problems are columns amiss and tables doubled.

    Raises `UnreadableSourceError` for a table without a heading: nothing in it could be told apart.
    """
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    unnamed: list[Problem] = []
    scale_names: dict[str, int] = {}
    for grid in sorted(grids, key=lambda grid: TABLES.index(grid.name)):
        if not grid.rows:
            continue
        if grid.name in tables:
            problems.append(Problem(grid.at(grid.rows[0][0]), f"The table “{grid.name}” stands twice."))
            continue
        _leave_titles_aside(grid)
        problems += grid.told
        if not _is_heading(grid, grid.rows[0][1]):
            known = ", ".join(NEEDED[grid.name])
            levels = " and the levels" if grid.name == ASPECTS else ""
            sentence = (
                f"This row should name the columns of {grid.name} ({known}{levels}), with nothing above it."
            )
            unnamed.append(Problem(grid.at(grid.rows[0][0]), sentence))
            continue
        tables[grid.name] = table = _table(grid, scale_names, problems)
        if grid.name == SCALE:
            scale_names = {
                plain(row["name"].text): found[0]
                for _, row in table.rows
                if "name" in row and "level" in row and (found := level_in(row["level"].text))
            }
    if unnamed:
        raise UnreadableSourceError(*problems, *unnamed)
    return tables, problems


def _is_heading(grid: Grid, row: list[str]) -> bool:
    return any(_column(grid, title, {}, {}) for title in row if title.strip())


def _leave_titles_aside(grid: Grid) -> None:
    """A county's name and a date above the table are no headings, and a row below them may be."""
    if _is_heading(grid, grid.rows[0][1]):
        return
    for place, (_, row) in enumerate(grid.rows[1:TITLE_ROWS], start=1):
        if len([title for title in row if title.strip() and _column(grid, title, {}, {})]) > 1:
            for number, above in grid.rows[:place]:
                said = next(text for text in above if text.strip())
                grid.aside.append(
                    Problem(grid.at(number), f"“{shown(said)}” stands above the headings and isn’t read.")
                )
            del grid.rows[:place]
            return


def _table(grid: Grid, scale_names: dict[str, int], problems: list[Problem]) -> Table:
    heading_row, _ = grid.rows[0]
    columns, levels = _columns(grid, scale_names, problems)
    rows = []
    for number, texts in grid.rows[1:]:
        padded = {index: texts[index] if index < len(texts) else "" for index in columns}
        row = {column: grid.cell(number, index, padded[index]) for index, column in columns.items()}
        rows.append((grid.at(number), row))
    problems += _under_no_heading(grid, columns)
    return Table(grid.name, grid.at(heading_row), rows, levels)


def _columns(
    grid: Grid, scale_names: dict[str, int], problems: list[Problem]
) -> tuple[dict[int, str], dict[int, str]]:
    """What each column is called, by its place, and what the columns of levels call those."""
    heading_row, heading = grid.rows[0]
    columns: dict[int, str] = {}
    levels: dict[int, str] = {}
    stands: dict[str, int] = {}
    for index, title in enumerate(heading):
        if not title.strip():
            continue
        column = _column(grid, title, scale_names, levels)
        if column is None and _may_stay_aside(grid, index, title):
            sentence = f"The column “{shown(title)}” is no part of an edition and isn’t read."
            grid.aside.append(Problem(grid.at(heading_row, index), sentence))
        elif column is None:
            problems.append(Problem(grid.at(heading_row, index), _no_column(grid, title)))
        elif column in stands:
            also = letter(stands[column])
            sentence = f"“{column}” stands twice, in column {also} as well. Leave one of them out."
            problems.append(Problem(grid.at(heading_row, index), sentence))
        else:
            columns[index], stands[column] = column, index
    for needed in NEEDED[grid.name]:
        if needed not in stands:
            sentence = f"The column “{needed}” of {grid.name} is missing."
            problems.append(Problem(grid.at(heading_row), sentence))
    if grid.name == ASPECTS and not levels and not scale_names and (unknown := _like_levels(grid, columns)):
        raise UnreadableSourceError(Problem(grid.at(heading_row), _levels_without_a_scale(unknown)))
    if grid.name == ASPECTS and not levels:
        sentence = "The columns of the levels are missing: “level 1”, “level 2” and so on."
        problems.append(Problem(grid.at(heading_row), sentence))
    return columns, levels


def _like_levels(grid: Grid, columns: Mapping[int, str]) -> list[str]:
    """Headings that may well be levels, of a file that has no scale to say so."""
    heading = enumerate(grid.rows[0][1])
    unknown = [
        title
        for index, title in heading
        if title.strip() and index not in columns and not _may_stay_aside(grid, index, title)
    ]
    return unknown if len(unknown) > 1 else []


def _levels_without_a_scale(titles: list[str]) -> str:
    listed = get_text_list([f"“{shown(title)}”" for title in titles], "and")
    return (
        f"{listed} look like levels, and nothing says which is the lowest. Add a sheet “scale” with a row for each (level, "
        "name, band), numbered from the lowest up, a sheet “edition” with the edition’s name, and here a column “profile” that "
        "says which practice profile a row belongs to."
    )


def _no_column(grid: Grid, title: str) -> str:
    meant = fitting(title, [*COLUMNS[grid.name], *ALSO.get(grid.name, ())])
    if grid.name == ASPECTS and not meant:
        meant = " A level’s column is named “level 1”, “level 2” and so on."
    return f"“{shown(title)}” is not a column of {grid.name}.{meant}"


def _may_stay_aside(grid: Grid, index: int, title: str) -> bool:
    """Whether a column that nobody knows is a note beside the edition, and no part of it under a wrong name.

    Of the skill aspects one that is filled in may be a level.
    """
    if fitting(title, [*COLUMNS[grid.name], *ALSO.get(grid.name, ())]):
        return False
    filled_in = sum(index < len(row) and bool(row[index].strip()) for _, row in grid.rows[1:])
    return grid.name != ASPECTS or is_aside(title) or filled_in * 2 < len(grid.rows) - 1


def _under_no_heading(grid: Grid, columns: Mapping[int, str]) -> Iterator[Problem]:
    """Once a column: where the first of it stands."""
    _, heading = grid.rows[0]
    seen: set[int] = set()
    for number, texts in grid.rows[1:]:
        for index in (
            i for i, text in enumerate(texts) if text.strip() and i not in columns and i not in seen
        ):
            if index >= len(heading) or not heading[index].strip():
                seen.add(index)
                sentence = "This stands under no heading. Move it under one, or take it out."
                yield Problem(grid.at(number, index), sentence)


def _column(grid: Grid, title: str, scale_names: dict[str, int], levels: dict[int, str]) -> str | None:
    name = CALLED.get(grid.name, {}).get(plain(title), plain(title))
    if name in COLUMNS[grid.name] or name in ALSO.get(grid.name, ()):
        return name
    if grid.name != ASPECTS:
        return None
    numbered = level_in(title)
    number = numbered[0] if numbered else scale_names.get(name)
    if number is None:
        return None
    levels.setdefault(number, numbered[1] if numbered else " ".join(title.split()))
    return f"level {number}"


def used(texts: list[str]) -> list[str]:
    """A row without the empty cells at its end."""
    while texts and not texts[-1].strip():
        texts.pop()
    return texts


def filled(rows: Iterator[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    return [(number, texts) for number, row in rows if (texts := used(list(row)))]


def fitting(name: str, names: Iterable[str]) -> str:
    """Which of the names somebody meant who wrote this one, if it can be told."""
    by_plain = {plain(each): each for each in names}
    close = difflib.get_close_matches(plain(name), by_plain, n=1)
    return f" Did you mean “{shown(by_plain[close[0]])}”?" if close else ""


def shown(value: object) -> str:
    """Something from the file, safe to print on a terminal and short enough for a sentence."""
    text = "".join(c for c in " ".join(str(value).split()) if c.isprintable())
    return text if len(text) <= 60 else f"{text[:59]}…"
