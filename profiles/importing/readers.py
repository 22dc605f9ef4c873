"""Any file into an `EditionSource`: what it is by its content, since a name can say anything."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from profiles.importing.columns import ASPECTS
from profiles.importing.csv_file import grids_of_csv
from profiles.importing.format import look_at
from profiles.importing.grids import grids_of_other_workbook
from profiles.importing.long_form import widened
from profiles.importing.plan import plan
from profiles.importing.raw import raw_from
from profiles.importing.source import EditionSource, Problem, UnreadableSourceError, text_of
from profiles.importing.tables import Grid, tables_from
from profiles.importing.workbook import LONGEST_OPENING, grids_of_workbook
from profiles.importing.yaml_file import read_yaml
from sopcoach.files.spreadsheets import PACKED, is_workbook

LARGEST_FILE = 5_000_000
"""Bytes; the edition that ships has 77,000."""

EXPECTED = "An edition is a workbook (.xlsx, .xls or .ods), a CSV file or a YAML file."
OTHER_KINDS = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a document in Rich Text Format",
    b"\x1f\x8b": "a packed file",
    b"7z\xbc\xaf": "a packed file",
    b"Rar!": "a packed file",
    b"BM": "a picture",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite": "a database",
    b"<!DOCTYPE": "a web page",
    b"<html": "a web page",
    b"<?xml": "an XML file",
}


def read_file(path: Path, base: EditionSource | None = None) -> EditionSource:
    """Read an edition from a file. Raises `UnreadableSourceError`."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableSourceError(f"{path} is too large for an edition: it has more than 5 MB.")
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableSourceError(f"{path} can’t be opened: {error.strerror or error}.") from error
    return read(content, path.name, base)


def read(
    content: bytes, name: str, base: EditionSource | None = None, *, extends: bool = False
) -> EditionSource:
    """Read an edition from the content of a file; the name only tells CSV from YAML.

    What tables leave out (the scale, questions, goals, a title) comes from `base`. With `extends` the file holds a
    few practice profiles for that edition, and says nothing of the edition itself. Raises `UnreadableSourceError`.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableSourceError("The file is too large for an edition: it has more than 5 MB.")
    if not content.strip():
        raise UnreadableSourceError("The file is empty.")
    if is_workbook(content):
        reader = grids_of_workbook if _is_open_xml(content) else grids_of_other_workbook
        return _from_grids(reader, content, base, extends=extends)
    for mark, what in OTHER_KINDS.items():
        if content.startswith(mark):
            raise UnreadableSourceError(f"The file is {what}, whatever its name says. {EXPECTED}")
    if name.lower().endswith(".xlsx"):
        raise UnreadableSourceError(f"The file is no Excel workbook, whatever its name says. {EXPECTED}")
    if _is_yaml(content, name):
        return read_yaml(content)
    return _from_grids(grids_of_csv, content, base, extends=extends)


def _is_open_xml(content: bytes) -> bool:
    """Whatever is packed and isn't said to be an OpenDocument spreadsheet, so that it's told what is wrong with it."""
    return (
        content.startswith(PACKED) and b"application/vnd.oasis.opendocument" not in content[:LONGEST_OPENING]
    )


def _is_yaml(content: bytes, name: str) -> bool:
    ending = Path(name).suffix.lower()
    if ending in {".yaml", ".yml", ".csv"}:
        return ending != ".csv"
    lines = (line.strip() for line in text_of(content).splitlines())
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return first == "---" or first.partition(":")[0] in {"meta", "scale", "profiles"}


def _from_grids(
    grids_of: Callable[[bytes], tuple[list[Grid], list[Problem]]],
    content: bytes,
    base: EditionSource | None,
    *,
    extends: bool,
) -> EditionSource:
    """Gather all that is wrong with cells, columns, references and what they say, so that nobody has to try twice."""
    grids, problems = grids_of(content)
    grids = [widened(grid) if grid.name == ASPECTS else grid for grid in grids]
    try:
        tables, more = tables_from(grids)
        problems += more
        raw, more = raw_from(tables, base, extends=extends)
        problems += more
    except UnreadableSourceError as error:
        raise UnreadableSourceError(*problems, *error.found) from error
    found, source = look_at(raw)
    places = {problem.place for problem in problems}
    problems += [problem for problem in found if problem.place not in places or not problem.place]
    if source and problems:
        problems += [Problem(entry.place, entry.said) for entry in plan(source, None).problems]
    if problems or source is None:
        raise UnreadableSourceError(
            *sorted(dict.fromkeys(problems), key=lambda problem: problem.in_file_order)
        )
    return replace(source, aside=tuple(one for grid in grids for one in grid.aside))
