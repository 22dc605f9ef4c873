"""A CSV file, as spreadsheet programs save it, into rows of text."""

import csv
import io
from dataclasses import dataclass

from sopcoach.files.columns import letter
from sopcoach.files.encoding import UnreadableTextError, decoded

LARGEST_FILE = 1_000_000
"""Bytes; five thousand people take half of it."""
MOST_PEOPLE = 5_000
LONGEST_CELL = 1_000

COLUMNS = ("name", "e-mail", "unit", "may supervise", "administrator")
OTHER_NAMES = {
    "email": "e-mail",
    "mail": "e-mail",
    "work e-mail": "e-mail",
    "work email": "e-mail",
    "e-mail address": "e-mail",
    "email address": "e-mail",
    "is administrator": "administrator",
    "is an administrator": "administrator",
}
SEPARATORS = (",", ";", "\t")
NO_LIST = "This isn’t a list of people: it doesn’t hold text. Save the list as CSV, then try again."


class UnreadableListError(ValueError):
    """The file as a whole can't be read. The message is a sentence for whoever chose it."""


@dataclass(frozen=True)
class Row:
    number: int
    """As a spreadsheet counts: the names of the columns are row 1."""
    cells: dict[str, str]
    """By name of column; a column that the file doesn't have is missing."""
    beyond: str = ""
    """The first letter of a column that holds something and has no name."""


@dataclass(frozen=True)
class PeopleList:
    letters: dict[str, str]
    """Where a column stands, such as {"e-mail": "B"}."""
    left_out: tuple[str, ...]
    """Names of columns that mean nothing here, and are not read."""
    rows: tuple[Row, ...]


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252, whichever it is. Raises `UnreadableListError`."""
    if len(content) > LARGEST_FILE:
        raise UnreadableListError("This file is larger than 1 MB. Cut the list in two.")
    if content.startswith(b"PK\x03\x04"):
        raise UnreadableListError(
            "This is a workbook, not a CSV file. In the spreadsheet, save it as CSV first."
        )
    try:
        text = decoded(content)
    except UnreadableTextError as error:
        is_text = not _holds_controls(content.decode("latin-1"))
        raise UnreadableListError(str(error) if is_text else NO_LIST) from error
    if _holds_controls(text):
        raise UnreadableListError(NO_LIST)
    return text


def read(text: str) -> PeopleList:
    """Rows of a list whose first row names the columns. Raises `UnreadableListError`."""
    lines = _records(text)
    while lines and not any(lines[-1]):
        lines.pop()
    if not lines or not any(lines[0]):
        raise UnreadableListError(
            "The first row is empty. It has to name the columns: " + _names(COLUMNS) + "."
        )
    names = [_column(cell) for cell in lines[0]]
    known = [name for name in names if name in COLUMNS]
    doubled = next((name for name in known if known.count(name) > 1), None)
    if doubled:
        raise UnreadableListError(f"The column “{doubled}” stands twice in the first row. Keep one.")
    if "e-mail" not in known:
        raise UnreadableListError(
            "No column is named “e-mail”. The first row names the columns: " + _names(COLUMNS) + "."
        )
    if len(lines) == 1:
        raise UnreadableListError("There is nobody in this list yet: it holds only the names of the columns.")
    if len(lines) - 1 > MOST_PEOPLE:
        raise UnreadableListError(f"This list has more than {MOST_PEOPLE:,} rows. Cut it in two.")
    return PeopleList(
        letters={name: letter(place) for place, name in enumerate(names) if name in COLUMNS},
        left_out=tuple(
            cell for cell, name in zip(lines[0], names, strict=True) if cell and name not in COLUMNS
        ),
        rows=tuple(_row(number, line, names) for number, line in enumerate(lines[1:], start=2) if any(line)),
    )


def _holds_controls(text: str) -> bool:
    return any(letter < " " and letter not in "\t\r\n" for letter in text)


def _records(text: str) -> list[list[str]]:
    first = text.lstrip("\r\n").splitlines()[:1]
    separator = max(SEPARATORS, key=(first or [""])[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return [[cell.strip() for cell in line] for line in reader]
    except csv.Error as error:
        raise UnreadableListError(
            f"Line {reader.line_num} can’t be read: look for a quotation mark that is opened and not closed, or "
            "stands inside of a word."
        ) from error


def _column(cell: str) -> str:
    name = " ".join(cell.casefold().replace("_", " ").replace("\u2011", "-").split())
    return OTHER_NAMES.get(name, name)


def _row(number: int, line: list[str], names: list[str]) -> Row:
    cells = {name: cell for name, cell in zip(names, line, strict=False) if name in COLUMNS}
    beyond = next(
        (
            letter(place)
            for place, cell in enumerate(line)
            if cell and (place >= len(names) or not names[place])
        ),
        "",
    )
    return Row(number, cells, beyond)


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(names)
