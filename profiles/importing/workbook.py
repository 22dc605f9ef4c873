"""An Excel workbook into grids, and tables into a workbook.

It is read row by row and never unpacked as a whole; what it would unpack to is looked at first.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from defusedxml.ElementTree import iterparse
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell, MergedCell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from profiles.importing.columns import GUIDE, TABLES
from profiles.importing.grids import MOST_COLUMNS, MOST_ROWS, place_of, sorted_out
from profiles.importing.source import Problem, UnreadableSourceError
from profiles.importing.tables import Grid, filled, plain, shown

LARGEST_UNPACKED = 50_000_000
MOST_PARTS = 500
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
STRICT_MAIN = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT = {
    STRICT_MAIN: b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
LONGEST_OPENING = 4_000
"""Bytes of a part within which it names its form."""
LINK_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
SAVE_AGAIN = "Open it in your spreadsheet program and save it again as an Excel workbook (.xlsx)."


def grids_of_workbook(content: bytes) -> tuple[list[Grid], list[Problem]]:
    """Raises `UnreadableSourceError` for what is no workbook, or one that nobody should open."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_unsafe(archive)
            if STRICT_MAIN in archive.read("xl/workbook.xml")[:LONGEST_OPENING]:
                return grids_of_workbook(_transitional(archive))
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of drawings and styles that openpyxl doesn't keep
                return _grids(content, archive)
    except UnreadableSourceError:
        raise
    except Exception as error:  # a damaged part makes openpyxl raise whatever happens to go wrong first
        raise UnreadableSourceError(f"The workbook is damaged and can’t be read. {SAVE_AGAIN}") from error


def _transitional(archive: zipfile.ZipFile) -> bytes:
    """A workbook in "Strict Open XML" as one in the form that Excel writes otherwise, which is all that differs."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in archive.infolist():
            text = archive.read(part.filename)
            for strict, usual in STRICT.items():
                text = text.replace(strict, usual)
            packed.writestr(part.filename, text)
    return written.getvalue()


def _refuse_unsafe(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise UnreadableSourceError(f"The file is packed like a workbook but isn’t one. {SAVE_AGAIN}")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise UnreadableSourceError(
            "The workbook unpacks to more than 50 MB, far more than an edition needs. It was not opened."
        )
    if any(name.endswith("vbaProject.bin") for name in names):
        raise UnreadableSourceError("The workbook holds macros. Save it as .xlsx, which has none.")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise UnreadableSourceError(
            "The workbook has links to other files. Break them (in Excel: Data, Edit Links) and save it again."
        )


def _grids(content: bytes, archive: zipfile.ZipFile) -> tuple[list[Grid], list[Problem]]:
    book = load_workbook(io.BytesIO(content), read_only=True)
    problems: list[Problem] = []
    grids = []
    for sheet in book.worksheets:
        grid = Grid(plain(sheet.title), f"{place_of(sheet.title)}, ")
        if grid.name == GUIDE:
            continue
        told: list[Problem] = []
        grid.rows = filled(_rows(sheet, grid, told))
        if grid.name in TABLES or len(book.worksheets) == 1:
            problems += told
            problems += _outside_and_linked(archive, sheet, grid)
        grids.append((grid, sheet.title, sheet.sheet_state == "visible"))
    tables, more = sorted_out(grids)
    return tables, [*problems, *more]


def _rows(sheet: Worksheet, grid: Grid, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    rows = sheet.iter_rows(min_row=1, max_row=MOST_ROWS, min_col=1, max_col=MOST_COLUMNS)
    for number, cells in enumerate(rows, start=1):
        texts = []
        for column, cell in enumerate(cells):
            text, complaint = _text(cell)
            if complaint:
                problems.append(Problem(grid.at(number, column), complaint))
            texts.append(text)
        yield number, texts


def _text(cell: Cell | MergedCell) -> tuple[str, str]:
    """What a cell says, and what is wrong with how it says it."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return "", "This is a formula. Put the words themselves in the cell."
    if cell.data_type == "e":
        return "", f"The cell holds the error {shown(value)}. Put words in its place."
    if isinstance(value, datetime | date | time | timedelta):
        return "", "This is a date for the spreadsheet program. Format the cell as text and write it again."
    if isinstance(value, bool):
        return ("yes" if value else "no"), ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value)), ""
    return str(value).strip(), ""


def _outside_and_linked(archive: zipfile.ZipFile, sheet: Worksheet, grid: Grid) -> Iterator[Problem]:
    """Links, which openpyxl leaves out when it reads row by row, and cells beyond where anybody looks."""
    with archive.open(sheet._worksheet_path) as part:  # type: ignore[attr-defined]  # of the read-only kind
        for _, element in iterparse(part):
            if element.tag == f"{MAIN}hyperlink" and element.get(LINK_ID):
                place = _place(grid, element.get("ref", ""))
                yield Problem(place, "This is a link to somewhere else. Remove the link and keep the words.")
            if element.tag == f"{MAIN}c" and len(element) and _is_outside(element.get("r", "")):
                sentence = f"This stands beyond row {MOST_ROWS} or column {MOST_COLUMNS}, where nobody looks."
                yield Problem(_place(grid, element.get("r", "")), sentence)
            if element.tag == f"{MAIN}mergeCell":
                _fill_down(grid, element.get("ref", ""))
            if element.tag == f"{MAIN}row":
                element.clear()


def _fill_down(grid: Grid, reference: str) -> None:
    """What stands in cells merged over several rows is meant for each of these rows."""
    found = REFERENCE.findall(reference)
    if len(found) != 2 or found[0][0] != found[1][0]:
        return
    column, (top, bottom) = column_index_from_string(found[0][0]) - 1, (int(found[0][1]), int(found[1][1]))
    if column >= MOST_COLUMNS:
        return
    merged = [row for number, row in grid.rows if top <= number <= bottom and len(row) > column]
    for row in merged[1:]:
        row[column] = row[column] or merged[0][column]


def _is_outside(reference: str) -> bool:
    found = REFERENCE.match(reference)
    if found is None:
        return False
    return column_index_from_string(found[1]) > MOST_COLUMNS or int(found[2]) > MOST_ROWS


def _place(grid: Grid, reference: str) -> str:
    """Of a cell, or of the first one of several."""
    found = REFERENCE.match(reference)
    return f"{grid.place}row {found[2]}, column {found[1]}" if found else f"{grid.place}somewhere"


# Writing

WIDTHS = {"slug": 26, "band slug": 18, "order": 8, "level": 8, "count": 8, "edition": 12, "profile": 26}
GUIDE_LINES = (
    "How to fill in this workbook",
    "edition: one row. “edition” is how people say it, for example 2027.1.",
    "scale: one row for each level, from 1 upwards, 3 to 10 of them. “band” is a softer word over one level or more.",
    "profiles: one row for each practice profile, in learning order.",
    "aspects: one row for each skill aspect, and one column for each level. Add or delete columns to fit your scale.",
    "A description says what practice looks like at the highest point of its level; how often it’s done is another matter.",
    "Several lines in one cell stand with a | between them.",
    "provenance: one row a statement, what it is in the first column: status, author, source, method, reviewer…",
    "questions and goals: as many rows for a practice profile as you like, or none.",
    "The column “profile” takes the slug or the title of a practice profile.",
    "A slug may stay empty: it’s then made from the title. One that an earlier edition has keeps people’s focuses and "
    "movement going, so leave it as it is, even if the title changes.",
    "Write words, no formulas and no links. Nothing is changed by uploading: you see first what the file would change.",
)


def write_workbook(tables: dict[str, list[list[str]]]) -> bytes:
    book = Workbook(write_only=True)
    for name, rows in tables.items():
        _write_sheet(book.create_sheet(name), rows)
    guide = book.create_sheet(GUIDE)
    guide.column_dimensions["A"].width = 110
    for line in GUIDE_LINES:
        guide.append([_cell(guide, line)])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _write_sheet(sheet: WriteOnlyWorksheet, rows: list[list[str]]) -> None:
    heading, *others = rows
    sheet.freeze_panes = "A2"
    for index, title in enumerate(heading):
        column = sheet.column_dimensions[  # type: ignore[attr-defined]
            chr(ord("A") + index)
        ]
        column.width = WIDTHS.get(title, 40)
        column.number_format = "@"  # or else 2027.10 typed in becomes 2027.1
    sheet.append([_cell(sheet, title, is_heading=True) for title in heading])
    for row in others:
        sheet.append([_cell(sheet, text) for text in row + [""] * (len(heading) - len(row))])


def _cell(sheet: WriteOnlyWorksheet, text: str, *, is_heading: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet, value=text or None)
    if text:
        cell.data_type = "s"  # words that begin with “=” too
    cell.number_format = "@"
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if is_heading:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="F0E4EC")
    return cell
