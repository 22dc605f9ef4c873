"""Files of editions for tests: whole ones, and the parts of one to spoil before it is put together."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from profiles.importing.plan import plan
from profiles.importing.readers import read
from profiles.importing.source import EditionSource, UnreadableSourceError
from profiles.importing.writers import rows_of, written
from tests.profiles.factories import small_source

type Tables = dict[str, list[list[str]]]


def tables() -> Tables:
    return rows_of(small_source())


def workbook(
    spoil: Callable[[Workbook], object] = lambda book: None, source: EditionSource | None = None
) -> bytes:
    """A workbook as a spreadsheet program would save it after somebody did something to it."""
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx", source or small_source())))
    spoil(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def sheet(book: Workbook, name: str) -> Worksheet:
    return book[name]


def with_parts(content: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    """A workbook with something done to the files that it is packed of."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def told(content: bytes, name: str = "edition.xlsx", base: EditionSource | None = None) -> list[str]:
    """All that a person is told to put right about a file."""
    try:
        source = read(content, name, base)
    except UnreadableSourceError as error:
        return list(error.problems)
    return [str(problem) for problem in plan(source, None).problems]
