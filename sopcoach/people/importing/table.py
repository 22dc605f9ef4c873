"""Whatever file a list of people comes in, as rows of text; and which of these rows names the columns."""

import csv
import io
from dataclasses import dataclass, field

from sopcoach.files.encoding import UnreadableTextError, text_in
from sopcoach.files.spreadsheets import Sheet, UnreadableWorkbookError, is_workbook, sheets_of
from sopcoach.people.importing.meanings import known_headings

LARGEST_FILE = 1_000_000
"""Bytes; five thousand people take half of it."""
MOST_PEOPLE = 5_000
MOST_COLUMNS = 60
LOOKED_AT_FOR_HEADINGS = 20
"""Rows from the top; titles, dates and empty rows stand above the names of the columns."""
SEPARATORS = (",", ";", "\t", "|")
NO_LIST = "This isn’t a list of people: it doesn’t hold text. Save the list as CSV or as a workbook, then try again."


class UnreadableListError(ValueError):
    """The file as a whole can't be read. The message is a sentence for whoever chose it."""


@dataclass(frozen=True)
class Table:
    rows: tuple[tuple[str, ...], ...]
    """As a spreadsheet shows them: the first of them is row 1."""
    heading: int
    """Which of them names the columns, counted from nought."""
    encoding: str = ""
    """What letters beyond English were taken for, where the file didn't say; in words."""
    other_sheets: tuple[str, ...] = field(default=())
    """Sheets of the workbook that hold something and are not read."""

    @property
    def titles_above(self) -> int:
        """Rows above the names of the columns that say something, and are not read."""
        return sum(any(row) for row in self.rows[: self.heading])


def table_of(content: bytes, encoding: str = "") -> Table:
    """The rows of a file, of whatever kind it is. Raises `UnreadableListError`."""
    if len(content) > LARGEST_FILE:
        raise UnreadableListError("This file is larger than 1 MB. Cut the list in two.")
    if is_workbook(content):
        return _from_workbook(content)
    return _from_text(content, encoding)


def _from_workbook(content: bytes) -> Table:
    try:
        sheets = sheets_of(content, most_rows=MOST_PEOPLE + LOOKED_AT_FOR_HEADINGS, most_columns=MOST_COLUMNS)
    except UnreadableWorkbookError as error:
        raise UnreadableListError(str(error)) from error
    filled = [sheet for sheet in sheets if any(map(any, sheet.rows))]
    if not filled:
        raise UnreadableListError("Nothing stands in this workbook.")
    # the sheet whose headings one knows; of several alike, what is shown before what is hidden
    read = max(filled, key=lambda sheet: (_best_heading(sheet.rows)[1], not sheet.is_hidden))
    return _table(read.rows, "", tuple(_named(sheet) for sheet in filled if sheet is not read))


def _named(sheet: Sheet) -> str:
    return f"{sheet.name} (hidden)" if sheet.is_hidden else sheet.name


def _from_text(content: bytes, encoding: str) -> Table:
    try:
        text = text_in(content, encoding)
    except UnreadableTextError as error:
        is_text = not _holds_controls(content.decode("latin-1"))
        raise UnreadableListError(str(error) if is_text else NO_LIST) from error
    if _holds_controls(text.text):
        raise UnreadableListError(NO_LIST)
    return _table(tuple(map(tuple, _records(text.text))), text.guessed)


def _table(rows: tuple[tuple[str, ...], ...], encoding: str, other_sheets: tuple[str, ...] = ()) -> Table:
    last = max((number for number, row in enumerate(rows) if any(row)), default=-1)
    if last < 0:
        raise UnreadableListError(
            "Nothing stands in this file. It needs a row that names the columns, and a row a person."
        )
    rows = rows[: last + 1]
    heading, _ = _best_heading(rows)
    if len(rows) - heading - 1 > MOST_PEOPLE:
        raise UnreadableListError(f"This list has more than {MOST_PEOPLE:,} rows. Cut it in two.")
    return Table(rows, heading, encoding, other_sheets)


def _best_heading(rows: tuple[tuple[str, ...], ...]) -> tuple[int, int]:
    """The row that names the columns, and how many of its names one knows: the first row of those that name the most."""
    known = [known_headings(row) for row in rows[:LOOKED_AT_FOR_HEADINGS]]
    most = max(known, default=0)
    if most:
        return known.index(most), most
    return next((number for number, row in enumerate(rows) if any(row)), 0), 0


def _holds_controls(text: str) -> bool:
    return any(letter < " " and letter not in "\t\r\n\f\v" for letter in text)


def _records(text: str) -> list[list[str]]:
    lines = text.lstrip("\r\n").splitlines()
    told = lines[0].strip().strip('"') if lines else ""
    if told.casefold().startswith("sep=") and len(told) == len("sep=") + 1:
        # by which Excel is told the separator; its row stays, so that rows are counted as a spreadsheet does
        separator = told[-1]
    else:
        separator = max(
            SEPARATORS, key=lambda mark: max((line.count(mark) for line in lines[:20]), default=0)
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        records = [[cell.strip().strip("\u00a0") for cell in line] for line in reader]
    except csv.Error as error:
        raise UnreadableListError(
            f"Line {reader.line_num} can’t be read: look for a quotation mark that is opened and not closed, or "
            "stands inside of a word."
        ) from error
    if told.casefold().startswith("sep=") and records:
        records[0] = []
    return records
