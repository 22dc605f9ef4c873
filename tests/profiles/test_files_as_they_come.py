"""Workbooks of editions as counties have them."""

import io

from django.urls import reverse
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from profiles.importing.apply import apply, current_for
from profiles.importing.as_source import source_of
from profiles.importing.lines import lines_of
from profiles.importing.plan import plan
from profiles.importing.readers import read
from profiles.importing.source import EditionSource
from profiles.importing.writers import written
from profiles.models import Edition
from tests.cast import make_cast
from tests.profiles.factories import small_source
from tests.profiles.files import sheet, told, with_parts, workbook


def read_as(content: bytes) -> tuple[object, list[str]]:
    """The edition, and what stands beside it and was not read."""
    source = read(content, "edition.xlsx")
    return source, [str(one) for one in source.aside]


def strict(parts: dict[str, bytes]) -> None:
    for name, part in parts.items():
        parts[name] = part.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )


def headings(page: Worksheet, change) -> None:
    for cell in page[1]:
        if str(cell.value).startswith("level "):
            cell.value = change(int(str(cell.value).removeprefix("level ")))


def test_a_workbook_in_strict_open_xml_is_read():
    assert read_as(with_parts(workbook(), strict)) == (small_source(), [])


def test_a_practice_profile_merged_over_the_rows_of_its_aspects_is_meant_for_each():
    def merge(book: Workbook) -> None:
        page = sheet(book, "aspects")
        runs: dict[str, list[int]] = {}
        for row in range(2, page.max_row + 1):
            runs.setdefault(page.cell(row, 1).value, []).append(row)
        for rows in runs.values():
            page.merge_cells(start_row=rows[0], end_row=rows[-1], start_column=1, end_column=1)

    content = workbook(merge)
    assert read_as(content) == (small_source(), [])


def test_a_title_above_the_headings_is_told_and_stops_nothing():
    def put_a_title_above(book: Workbook) -> None:
        for page in book.worksheets:
            page.insert_rows(1, 2)
            page["A1"] = "HARBOR COUNTY"

    source, aside = read_as(workbook(put_a_title_above))
    assert source == small_source()
    assert "Sheet “aspects”, row 1: “HARBOR COUNTY” stands above the headings and isn’t read." in aside
    warnings = [str(one) for one in plan(read(workbook(put_a_title_above), "x"), None).warnings]
    assert any("HARBOR COUNTY" in one for one in warnings)


def test_levels_are_known_however_their_number_is_written():
    def as_in_a_scale(book: Workbook) -> None:
        page = sheet(book, "scale")
        for row in range(2, page.max_row + 1):
            page.cell(row, 1).value = f"{row - 1} - {page.cell(row, 2).value}"

    assert read_as(workbook(as_in_a_scale))[0] == small_source()
    for write in (
        "L{}".format,
        "Level {}".format,
        "{} - Some name".format,
        "Some name ({})".format,
        "{}. Name".format,
    ):
        assert (
            read_as(workbook(lambda book, write=write: headings(sheet(book, "aspects"), write)))[0]
            == small_source()
        )


def test_a_column_of_notes_and_a_sheet_of_notes_are_told_and_stop_nothing():
    def note(book: Workbook) -> None:
        page = sheet(book, "aspects")
        column = page.max_column + 2
        page.cell(1, column).value = "Reviewer notes"
        for row in range(2, page.max_row + 1):
            page.cell(row, column).value = "ok"
        book.create_sheet("Minutes").append(["mine"])

    source, aside = read_as(workbook(note))
    assert source == small_source()
    assert sorted(one.split(": ")[1] for one in aside) == [
        "The column “Reviewer notes” is no part of an edition and isn’t read.",
        "This sheet is no part of an edition and isn’t read.",
    ]


def test_what_stands_under_no_heading_is_told_once_a_column():
    def scribble(book: Workbook) -> None:
        page = sheet(book, "aspects")
        column = page.max_column + 1
        for row in range(2, page.max_row + 1):
            page.cell(row, column).value = "?"

    assert len([one for one in told(workbook(scribble)) if "stands under no heading" in one]) == 1


def in_rows(book: Workbook) -> None:
    """The aspects with a row a level."""
    page = sheet(book, "aspects")
    heading, *rows = [list(row) for row in page.iter_rows(values_only=True)]
    levels = [place for place, title in enumerate(heading) if str(title).startswith("level ")]
    page.delete_rows(1, page.max_row)
    page.append(["profile", "slug", "title", "level", "description"])
    for row in rows:
        for place in levels:
            page.append([*row[:3], str(heading[place]).removeprefix("level "), row[place]])


def test_a_table_with_a_row_a_level_is_read_as_one_with_a_column_a_level():
    assert read_as(workbook(in_rows))[0] == small_source()


def test_a_row_of_a_level_that_is_none_or_stands_twice_is_told():
    def spoil(book: Workbook) -> None:
        in_rows(book)
        sheet(book, "aspects")["D3"] = "high"
        sheet(book, "aspects")["D5"] = "3"

    problems = told(workbook(spoil))
    assert (
        "Sheet “aspects”, row 3, column D: Write the number of the level that this row describes, such as 2."
        in problems
    )
    assert "Sheet “aspects”, row 5, column D: Level 3 of this aspect stands twice." in problems


def test_a_table_whose_levels_nobody_numbers_is_told_in_one_sentence():
    book = Workbook()
    book.active.append(["Essential Function", "Expected", "Developmental", "Unacceptable"])
    book.active.append(["Engagement", "Listens.", "Listens when asked.", "Lectures."])
    book.active.append(["Teaming", "Invites.", "Invites when asked.", "Decides alone."])
    saved = io.BytesIO()
    book.save(saved)

    [problem] = told(saved.getvalue())
    assert "“Expected”, “Developmental” and “Unacceptable” look like levels" in problem
    assert "Add a sheet “scale”" in problem


# Profiles of expected and unacceptable practice, in cells of many points

POINTS = "• Asks who belongs to the family\n- Writes down each offer\n  * Calls   back the same day\n"


def of_another_kind(book: Workbook, *, points: str = POINTS) -> None:
    for row, name in enumerate(["Unacceptable", "Developmental", "Expected"], start=2):
        sheet(book, "scale").cell(row, 2).value = name
    sheet(book, "scale").delete_rows(5, 4)
    page = sheet(book, "aspects")
    page.delete_cols(7, 4)
    page["C2"] = "Explores and listens " * 9
    page["D2"] = points * 12


def publish(source: EditionSource) -> None:
    apply(plan(source, current_for(source)), publish=True)


def test_long_cells_keep_their_points_and_are_shown_as_lists(client_for, db):
    source = read(workbook(of_another_kind), "edition.xlsx")
    text = source.profiles[0].aspects[0].descriptors[0][1]
    assert text.split("\n")[:3] == [
        "• Asks who belongs to the family",
        "• Writes down each offer",
        "• Calls back the same day",
    ]
    assert {level.stands_alone for level in source.levels} == {True}

    publish(source)
    html = client_for(make_cast().wanda).get(reverse("profiles:detail", args=["listening"])).content.decode()
    assert '<ul class="points"><li>Asks who belongs to the family</li><li>Writes down each offer</li>' in html
    assert "Each level stands by itself: none holds the ones before it." in html
    assert "Every level holds the ones before it." not in html


def test_an_edition_of_another_kind_goes_out_and_in_unchanged(db):
    source = read(workbook(of_another_kind), "edition.xlsx")
    publish(source)
    stored = source_of(Edition.objects.get(slug=source.slug))
    assert stored == source
    for kind in ("xlsx", "csv", "yaml"):
        assert read(written(kind, source), f"edition.{kind}") == source


def test_a_cell_that_is_too_long_is_told():
    problems = told(workbook(lambda book: of_another_kind(book, points=POINTS * 5)))
    assert any("at most 4000 characters fit" in problem for problem in problems)


def test_a_line_break_without_points_is_none():
    assert lines_of("Asks who\nbelongs to the family") == "Asks who belongs to the family"
    assert lines_of("First of all:\n• one\n• two") == "First of all:\n• one\n• two"
