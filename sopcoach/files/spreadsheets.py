"""Workbooks as offices have them (xlsx, "Strict Open XML", xls, ods) into rows of text."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from sopcoach.files import cells

PACKED = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0"
SAVE_AGAIN = "Open it in your spreadsheet program and save it again as an Excel workbook (.xlsx)."
TOO_LARGE = "This workbook unpacks to more than can be read. Copy the list into a new workbook and save that."
REFUSED = {
    "password": "This workbook is protected by a password. Save a copy without one, then try again.",
    "damaged": f"This workbook is damaged and can’t be read. {SAVE_AGAIN}",
    "large": TOO_LARGE,
}
PATIENCE = 20
"""Seconds; the process of its own ends after `cells.SECONDS` of work."""


class UnreadableWorkbookError(ValueError):
    """A workbook that can't be read. The message is a sentence for whoever chose the file."""


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: tuple[tuple[str, ...], ...]
    """From the first row and the first column of the sheet on, empty ones as well."""
    is_hidden: bool = False


def is_workbook(content: bytes) -> bool:
    return content.startswith((PACKED, COMPOUND))


def sheets_of(content: bytes, *, most_rows: int, most_columns: int) -> list[Sheet]:
    """The sheets of a workbook, with at most one row and one column more than the given numbers.

    It is read in a process with little memory and time, whose end is nobody else's (`cells`). Formulas say what they
    last came to. Raises `UnreadableWorkbookError`.
    """
    command = [sys.executable, "-I", str(Path(cells.__file__)), str(most_rows), str(most_columns)]
    try:
        # the program is our own, and what was uploaded goes to its standard input
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise UnreadableWorkbookError(TOO_LARGE) from error
    if done.returncode:
        raise UnreadableWorkbookError(TOO_LARGE)
    found = json.loads(done.stdout)
    if reason := found.get("refused"):
        raise UnreadableWorkbookError(REFUSED[reason])
    return [
        Sheet(sheet["name"], tuple(tuple(row) for row in sheet["rows"]), is_hidden=sheet["hidden"])
        for sheet in found["sheets"]
    ]
