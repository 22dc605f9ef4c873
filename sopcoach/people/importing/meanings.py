"""What a column of a list of people can mean, and by which headings and values one knows it."""

from collections.abc import Sequence

from django.db.models import TextChoices

from sopcoach.words.names import fold


class Meaning(TextChoices):
    NAME = "name", "Name"
    FIRST = "first name", "First name"
    LAST = "last name", "Last name"
    EMAIL = "e-mail", "E-mail"
    NUMBER = "employee number", "Employee number"
    UNIT = "unit", "Unit"
    MAY_SUPERVISE = "may supervise", "May supervise"
    ADMINISTRATOR = "administrator", "Administrator"
    STATUS = "status", "Active or left"
    OUT = "", "Left out"


HEADINGS: dict[Meaning, tuple[str, ...]] = {
    Meaning.NAME: (
        "name", "full name", "employee name", "staff name", "worker name", "person name", "display name", "employee full name",
        "staff member", "employee", "worker", "person", "legal name", "nombre", "nombre completo",
    ),
    Meaning.FIRST: (
        "first name", "firstname", "first", "given name", "given names", "forename", "employee first name", "fname",
        "preferred first name", "legal first name",
    ),
    Meaning.LAST: (
        "last name", "lastname", "last", "surname", "family name", "employee last name", "lname", "legal last name", "apellido",
        "apellidos",
    ),
    Meaning.EMAIL: (
        "e mail", "email", "work e mail", "work email", "e mail address", "email address", "work e mail address",
        "work email address", "business email", "business e mail", "primary email", "employee email", "staff email",
        "county email", "agency email", "email id", "mail", "user principal name", "upn", "correo electronico", "correo",
    ),
    Meaning.NUMBER: (
        "employee number", "employee id", "employee no", "emp id", "emp no", "emp number", "emp num", "emp", "empid",
        "emplid", "eid", "staff id", "staff number", "personnel number", "personnel no", "person number", "worker id",
        "badge number", "badge", "id number", "id",
    ),
    Meaning.UNIT: (
        "unit", "unit name", "work unit", "team", "team name", "department", "dept", "department name", "program", "section",
        "division", "bureau", "office", "office name", "unidad", "departamento",
    ),
    Meaning.MAY_SUPERVISE: (
        "may supervise", "supervisor", "is supervisor", "is a supervisor", "supervises", "can supervise", "supervisor y n",
        "supervisor yes no", "supervisory", "supervisor flag", "may coach", "coach", "is coach",
    ),
    Meaning.ADMINISTRATOR: ("administrator", "is administrator", "is an administrator", "admin", "is admin"),
    Meaning.STATUS: (
        "status", "employee status", "employment status", "active", "is active", "active inactive", "active y n", "staff status",
        "hr status", "emp status",
    ),
}  # fmt: skip
"""Each heading folded; of two columns for one meaning, the heading that stands further in front is taken."""

WHOSE_WORKER = (
    "reports to", "manager", "manager name", "manager email", "manager e mail", "supervisor name", "supervisor email",
    "supervisor e mail", "supervisor id", "line manager", "direct supervisor", "immediate supervisor", "supervised by",
)  # fmt: skip
"""Who coaches whom is agreed by two people, never read from a list (product.md, 2)."""

YES = frozenset({"yes", "y", "x", "true", "t", "1", "si", "sí", "✓", "✔"})
NO = frozenset({"no", "n", "false", "f", "0"})
NOTHING = frozenset({"", "n/a", "#n/a", "-", "–", "—", "--"})
"""What people write into a cell that has nothing to say."""
ACTIVE = frozenset({"active", "a", "current", "employed", "yes", "y", "true", "1", "hired"})
LEFT = frozenset({
    "left", "inactive", "terminated", "term", "separated", "retired", "resigned", "former", "deactivated", "departed", "no", "n",
    "false", "0", "i", "t",
})  # fmt: skip

BY_HEADING = {
    heading: (meaning, place)
    for meaning, headings in HEADINGS.items()
    for place, heading in reversed(list(enumerate(headings)))
}


def meaning_of(heading: str) -> tuple[Meaning, int] | None:
    """What a heading says by itself, and how plainly: 0 is as plain as can be. None for one that says nothing here."""
    found = BY_HEADING.get(fold(heading))
    if found and found[0] == Meaning.NAME and "#" in heading:
        return Meaning.NUMBER, found[1]
    return found


def names_whose_worker(heading: str) -> bool:
    return fold(heading) in WHOSE_WORKER


def known_headings(row: Sequence[str]) -> int:
    """How many of a row's cells are headings that one knows."""
    return sum(bool(cell) and (meaning_of(cell) is not None or names_whose_worker(cell)) for cell in row)


def has_nothing(cell: str) -> bool:
    return cell.casefold() in NOTHING
