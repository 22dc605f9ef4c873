"""A CSV file into grids, and tables into a CSV file.

Its first table holds the aspects. Each other one stands below a line that says nothing but its name.
"""

import csv
import io
from collections.abc import Iterator

from profiles.importing.columns import ASPECTS, TABLES
from profiles.importing.source import Problem, UnreadableSourceError, text_of
from profiles.importing.tables import Grid, filled, plain

DELIMITERS = ",;\t"
LIKE_A_FORMULA = ("+", "-", "@")
"""Excel takes text that begins like this for a formula; a leading apostrophe keeps it text."""


def grids_of_csv(content: bytes) -> tuple[list[Grid], list[Problem]]:
    text = text_of(content)
    grids = [Grid(ASPECTS, "")]
    problems: list[Problem] = []
    for number, row in filled(_rows(text)):
        if len(row) == 1 and plain(row[0]) in TABLES:
            grids.append(Grid(plain(row[0]), ""))
            continue
        grid = grids[-1]
        for column, value in enumerate(row):
            if value.startswith("="):
                sentence = "This is a formula. Put the words themselves in the cell."
                problems.append(Problem(grid.at(number, column), sentence))
        grid.rows.append((number, [_text(value) for value in row]))
    return [grid for grid in grids if grid.rows], problems


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    if "\0" in text:
        raise UnreadableSourceError("The file is not text, so it can’t be a CSV file.")
    start = text[:20_000].splitlines()
    delimiter = max(DELIMITERS, key=lambda mark: start[0].count(mark)) if start else ","
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            yield number, [value.strip() for value in row]
    except csv.Error as error:
        raise UnreadableSourceError(f"The file is not a CSV file that can be read: {error}.") from error


def _text(value: str) -> str:
    return value[1:] if value.startswith("'") and _is_like_a_formula(value) else value


def write_csv(tables: dict[str, list[list[str]]]) -> bytes:
    """With the mark by which Excel knows UTF-8."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerows(map(_safe, tables[ASPECTS]))
    for name, rows in tables.items():
        if name != ASPECTS:
            writer.writerow([])
            writer.writerow([name])
            writer.writerows(map(_safe, rows))
    return written.getvalue().encode("utf-8-sig")


def _safe(row: list[str]) -> list[str]:
    return [f"'{value}" if _is_like_a_formula(value) else value for value in row]


def _is_like_a_formula(value: str) -> bool:
    return value.lstrip("'").startswith(LIKE_A_FORMULA)
