"""An edition into a file that reads as the same edition, and empty files to write one into."""

from collections.abc import Callable

from profiles.importing.csv_file import write_csv
from profiles.importing.source import EditionSource
from profiles.importing.tables import empty_rows, rows_of
from profiles.importing.workbook import write_workbook
from profiles.importing.yaml_file import empty_yaml, write_yaml

LEVELS = 7
"""How many levels an empty file has room for; people add and delete columns."""

WRITERS: dict[str, tuple[Callable[[EditionSource], bytes], Callable[[int], bytes]]] = {
    "xlsx": (lambda source: write_workbook(rows_of(source)), lambda n: write_workbook(empty_rows(n))),
    "csv": (lambda source: write_csv(rows_of(source)), lambda n: write_csv(empty_rows(n))),
    "yaml": (write_yaml, empty_yaml),
}
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml",
}


def written(kind: str, source: EditionSource | None = None) -> bytes:
    """The edition as a file of that kind, or an empty one to fill in."""
    write, write_empty = WRITERS[kind]
    return write(source) if source else write_empty(LEVELS)
