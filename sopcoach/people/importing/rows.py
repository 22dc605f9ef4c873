"""What can be wrong with a row of a list of people, whoever is here."""

import unicodedata
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from sopcoach.models import Unit, User
from sopcoach.people.importing.meanings import NO, YES
from sopcoach.people.importing.reader import LONGEST_CELL, Row
from sopcoach.words.names import JOINERS, clean_line

FORMULA = ("=", "+", "-", "@")
EMAIL = EmailValidator("write it like name@agency.example.")


def row_problems(row: Row) -> Iterator[tuple[str, str]]:
    """What is wrong with the cells of a row, each with its column."""
    for column, cell in row.cells.items():
        if cell and unicodedata.normalize("NFKC", cell.lstrip(JOINERS)).startswith(FORMULA):
            yield column, f"“{short(cell)}” looks like a formula. Write plain words."
        elif len(cell) > LONGEST_CELL:
            yield column, "this is too long to be read. Look whether several rows have run together."
        elif cell:
            yield from ((column, sentence) for sentence in _cell_problems(column, cell))
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
    elif column == "employee number" and len(line) > _longest(User, "employee_number"):
        yield f"an employee number has {_longest(User, 'employee_number')} characters at most."
    elif column in {"may supervise", "administrator"} and cell.casefold() not in YES | NO:
        yield f"“{short(cell)}” isn’t understood. Write yes or no, or leave it empty."


def _email_problems(cell: str) -> Iterator[str]:
    if len(cell) > _longest(User, "email"):
        yield "this e-mail is too long."
        return
    try:
        EMAIL(cell.lower())
    except ValidationError:
        yield f"“{short(cell)}” isn’t an e-mail address. Write it like name@agency.example."


def _longest(model: type[User] | type[Unit], name: str) -> int:
    return getattr(model._meta.get_field(name), "max_length", 0)


def short(cell: str) -> str:
    """A cell as it can stand in a sentence."""
    return cell if len(cell) <= 40 else f"{cell[:40]}…"


def number_in(row: Row) -> str:
    return " ".join(row.cells.get("employee number", "").split())
