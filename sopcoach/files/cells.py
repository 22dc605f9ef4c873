"""Run as a program of its own: a workbook on standard input, the text of its cells as JSON on standard output.

A few thousand bytes can unpack to more than a machine holds, in more ways than anybody lists, and the library that
reads them takes its process along when memory ends. So it is given a process with little memory and little time, and
what becomes of that process is what becomes of the file (`sopcoach.files.spreadsheets`).
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MEMORY = 500_000_000
SECONDS = 10


def main() -> None:
    most_rows, most_columns = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    found: dict[str, object]
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(sys.stdin.buffer.read()))
        sheets = [
            _sheet(book.get_sheet_by_name(of.name), most_rows, most_columns)
            | {"hidden": of.visible != SheetVisibleEnum.Visible}
            for of in book.sheets_metadata
            if of.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError:
        found = {"refused": "password"}
    except MemoryError:
        found = {"refused": "large"}
    except Exception:  # whatever a damaged part makes the library say, it is damaged
        found = {"refused": "damaged"}
    else:
        found = {"sheets": sheets}
    json.dump(found, sys.stdout)


def _sheet(sheet: CalamineSheet, most_rows: int, most_columns: int) -> dict:
    # one more than may be, of both: whoever reads it says so
    cells = sheet.to_python(skip_empty_area=False, nrows=most_rows + 1)
    rows = [[_text(value) for value in row[: most_columns + 1]] for row in cells]
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or []:
        _fill_down(rows[top : bottom + 1], left)
    return {"name": sheet.name, "rows": rows}


def _fill_down(rows: list[list[str]], column: int) -> None:
    """What stands in cells merged over several rows is meant for each of these rows."""
    for row in rows:
        if column < len(row):
            row[column] = row[column] or rows[0][column]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return ""
    return str(value).replace("_x000D_", "").strip()


if __name__ == "__main__":
    main()
