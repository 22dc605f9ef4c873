"""The sheets of a workbook, of whatever kind it is, sorted: which are an edition's tables, and which stand beside them."""

from collections.abc import Iterable

from profiles.importing.columns import ASPECTS, GUIDE, TABLES
from profiles.importing.source import Problem, UnreadableSourceError
from profiles.importing.tables import Grid, filled, fitting, plain, shown
from sopcoach.files.spreadsheets import UnreadableWorkbookError, sheets_of

MOST_ROWS = 10_000
MOST_COLUMNS = 60


def place_of(title: str) -> str:
    return f"Sheet “{shown(title)}”"


def sorted_out(grids: Iterable[tuple[Grid, str, bool]]) -> tuple[list[Grid], list[Problem]]:
    """Of all that hold something, each with its title and whether it is shown: the tables, and what is wrong.

    A sheet of a name that nobody knows is left aside, unless it was meant to be one of the tables; one that stands
    alone holds the skill aspects, whatever it is called. Raises `UnreadableSourceError` where there is no table.
    """
    found = [one for one in grids if one[0].rows and one[0].name != GUIDE]
    if len(found) == 1 and found[0][0].name not in TABLES:
        found[0][0].name = ASPECTS
    tables = [grid for grid, _, _ in found if grid.name in TABLES]
    if not tables:
        raise UnreadableSourceError(f"The workbook has none of the sheets {', '.join(TABLES)}.")
    problems = []
    for grid, title, is_shown in found:
        if grid.name in TABLES:
            continue
        meant = fitting(title, TABLES)
        hidden = "" if is_shown else " It’s hidden: show it first."
        if meant:
            problems.append(Problem(place_of(title), _unknown(meant, hidden)))
        else:
            sentence = (
                f"This sheet is no part of an edition and isn’t read.{'' if is_shown else ' It’s hidden.'}"
            )
            tables[0].aside.append(Problem(place_of(title), sentence))
    return tables, problems


def _unknown(meant: str, hidden: str) -> str:
    return (
        f"An edition has no sheet of this name.{meant} Its sheets are {', '.join(TABLES)}. "
        f"Rename this one, or delete it.{hidden}"
    )


def grids_of_other_workbook(content: bytes) -> tuple[list[Grid], list[Problem]]:
    """Of an .xls or an .ods. Raises `UnreadableSourceError`."""
    try:
        sheets = sheets_of(content, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
    except UnreadableWorkbookError as error:
        raise UnreadableSourceError(str(error)) from error
    grids = []
    for sheet in sheets:
        grid = Grid(plain(sheet.name), f"{place_of(sheet.name)}, ")
        grid.rows = filled((number, list(row)) for number, row in enumerate(sheet.rows, start=1))
        grids.append((grid, sheet.name, not sheet.is_hidden))
    return sorted_out(grids)
