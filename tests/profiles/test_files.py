"""Workbooks, CSV and YAML files: what goes out comes in again, and what is amiss is told at its place."""

import csv
import dataclasses
import datetime
import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from profiles.importing.csv_file import write_csv
from profiles.importing.plan import EntryKind, plan
from profiles.importing.readers import read
from profiles.importing.source import EditionSource, GoalSource, UnreadableSourceError, content_hash
from profiles.importing.writers import written
from tests.profiles.factories import SHIPPED, full_source, read_file, small_source
from tests.profiles.files import Tables, sheet, tables, told, with_parts, workbook

KINDS = ["xlsx", "csv", "yaml"]
ASPECTS = "Sheet “aspects”, "
XLSX = written("xlsx", small_source())
CSV = written("csv", small_source())
YAML = written("yaml", small_source())


def csv_of(spoil: Callable[[Tables], object]) -> bytes:
    parts = tables()
    spoil(parts)
    return write_csv(parts)


def warnings_of_the_file(source: EditionSource) -> list[str]:
    return [str(warning) for warning in plan(source, None).warnings if warning.kind is EntryKind.EDITION]


# What goes out comes in again


@pytest.mark.parametrize("kind", KINDS)
def test_the_edition_that_ships_is_the_same_after_a_way_out_and_in(kind: str) -> None:
    source = read_file(SHIPPED)
    assert read(written(kind, source), f"edition.{kind}") == source


@pytest.mark.parametrize("kind", KINDS)
def test_so_is_an_edition_that_says_all_that_can_be_said(kind: str) -> None:
    source = full_source()
    again = read(written(kind, source), f"edition.{kind}")
    assert again == source
    assert again.claimed_hash == content_hash(source)


@pytest.mark.parametrize("kind", KINDS)
def test_words_changed_in_a_file_no_longer_fit_its_mark(kind: str) -> None:
    source = full_source()
    same = read(written(kind, source), f"edition.{kind}")
    assert warnings_of_the_file(same) == []
    changed = dataclasses.replace(full_source(), scale_name="Other steps", claimed_hash=same.claimed_hash)
    assert warnings_of_the_file(changed) == [
        "The file: its words are not those that it was written with: somebody has changed them since."
    ]


@pytest.mark.parametrize(
    ("table", "row", "sentence"),
    [
        ("provenance", ["autor", "Ada Bello"], "“autor” says nothing of an edition. Did you mean “author”?"),
        ("questions", ["listening", "And then?", "mapping-opening"], "isn’t a skill aspect of this practice"),
        ("goals", ["listening", "Go.", "", "it", "us", "1", "x", "soon", "", "9"], "have level 9."),
        ("provenance", ["written on", "last week"], "“written on” has to be a day such as 2026-12-31."),
    ],
)
def test_what_can_not_be_placed_is_told(table: str, row: list[str], sentence: str) -> None:
    def spoil(parts: Tables) -> None:
        parts[table].append(row)

    [problem] = told(csv_of(spoil), "edition.csv")
    assert sentence in problem


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("top", range(3, 11))
def test_so_is_an_edition_with_a_scale_of_any_length(kind: str, top: int) -> None:
    source = small_source(top=top)
    assert read(written(kind, source), f"edition.{kind}") == source


@pytest.mark.parametrize("kind", KINDS)
def test_so_are_words_that_a_spreadsheet_would_take_for_something_else(kind: str) -> None:
    source = small_source(name="2026.10")
    goal = GoalSource("+1: use it.", "@Use", "1e5", "TRUE", 2, "007", "-5")
    questions = (
        "-Dash?",
        "1/2",
        "2026-11-24",
        "“Quotes”, comma; semicolon\ttab, é and 三",
        "'-quoted",
        "null",
        "yes",
    )
    profile = dataclasses.replace(
        source.profiles[0],
        questions=tuple(" ".join(question.split()) for question in questions),
        example_goals=(goal,),
        cross_cutting=True,
    )
    source = dataclasses.replace(source, profiles=(profile, *source.profiles[1:]))
    assert read(written(kind, source), f"edition.{kind}") == source


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_template_says_what_is_missing_in_it(kind: str) -> None:
    problems = told(written(kind), f"edition.{kind}")
    assert problems
    assert all(problem.endswith((".", "?")) for problem in problems)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_what_it_holds_whatever_its_name_says(kind: str) -> None:
    content = written(kind, small_source())
    assert read(content, "edition") == small_source()
    if kind == "xlsx":
        assert read(content, "edition.csv") == small_source()
    else:
        assert told(content, "edition.xlsx") == [
            "The file is no Excel workbook, whatever its name says. An edition is a workbook (.xlsx, .xls or .ods), "
            "a CSV file or a YAML file."
        ]


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("content", [CSV, YAML], ids=["csv", "yaml"])
def test_text_is_read_as_the_programs_of_an_office_save_it(content: bytes, encoding: str) -> None:
    text = content.decode("utf-8-sig").replace("The gist of level 3.", "José’s café – “naïve”.")
    name = "edition.csv" if content is CSV else "edition.yaml"
    source = read(text.encode(encoding), name)
    assert source.levels[2].gist == "José’s café – “naïve”."


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_csv_file_may_have_the_separators_of_another_country(mark: str) -> None:
    saved = io.StringIO()
    csv.writer(saved, delimiter=mark).writerows(csv.reader(io.StringIO(CSV.decode("utf-8-sig"))))
    assert read(saved.getvalue().encode(), "edition.csv") == small_source()


def test_a_letter_that_is_no_letter_is_told_with_its_line() -> None:
    lines = CSV.replace(b"The gist of level 3.", "Café.".encode()).split(b"\r\n")
    lines[3] = lines[3].replace(b"level 2", b"level \xff\xfe 2")
    [problem] = told(b"\r\n".join(lines), "edition.csv")
    assert problem.startswith("Line 4 holds a letter that can’t be read")


def test_a_letter_that_another_program_lost_is_told() -> None:
    problems = told(CSV.replace(b"The gist of level 3.", "Caf\ufffd.".encode()), "edition.csv")
    assert problems == [
        "Row 17, column C: The scale, level 3: “gist” holds “\ufffd”: another program lost a letter there."
    ]


# What is amiss, at its place


def set_cell(name: str, cell: str, value: object) -> Callable[[Workbook], object]:
    return lambda book: sheet(book, name).__setitem__(cell, value)


def append(name: str, *row: object) -> Callable[[Workbook], object]:
    return lambda book: sheet(book, name).append(row)


def link(book: Workbook) -> None:
    sheet(book, "aspects")["D3"].hyperlink = "https://example.org/"


LISTENING = "“Listening”, “Opening in listening”"


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (set_cell("aspects", "F2", None), f"{ASPECTS}row 2, column F: {LISTENING}, level 3: this is empty."),
        (
            set_cell("aspects", "F2", "long " * 900),
            f"{ASPECTS}row 2, column F: {LISTENING}, level 3: this is too long: at most 4000 characters fit.",
        ),
        (
            set_cell("aspects", "F2", "=A1&B1"),
            f"{ASPECTS}row 2, column F: This is a formula. Put the words themselves in the cell.",
        ),
        (
            set_cell("aspects", "F2", "='[other.xlsx]Sheet1'!A1"),
            f"{ASPECTS}row 2, column F: This is a formula. Put the words themselves in the cell.",
        ),
        (
            link,
            f"{ASPECTS}row 3, column D: This is a link to somewhere else. Remove the link and keep the words.",
        ),
        (
            set_cell("aspects", "F1", None),
            f"{ASPECTS}row 2, column F: This stands under no heading. Move it under one, or take it out.",
        ),
        (
            set_cell("aspects", "F1", "level 2"),
            f"{ASPECTS}row 1, column F: “level 2” stands twice, in column E as well. Leave one of them out.",
        ),
        (
            set_cell("aspects", "C1", "titel"),
            f"{ASPECTS}row 1, column C: “titel” is not a column of aspects. Did you mean “title”?",
        ),
        (
            set_cell("aspects", "A2", "lisening"),
            f"{ASPECTS}row 2, column A: “lisening” isn’t a practice profile of this file. Did you mean “Listening”?",
        ),
        (
            set_cell("goals", "A2", None),
            "Sheet “goals”, row 2, column A: Name the practice profile that this row belongs to, even if it’s that of the row above.",
        ),
        (
            set_cell("goals", "F2", "many"),
            "Sheet “goals”, row 2, column F: “Listening”, example goal 1: “count” has to be a whole number, such as 2.",
        ),
        (
            set_cell("profiles", "A3", "listening"),
            "Sheet “profiles”, row 2 and Sheet “profiles”, row 3: “Listening” and “Mapping”: they have the same "
            "slug, “listening”.",
        ),
        (
            set_cell("profiles", "B3", "LISTENING"),
            "Sheet “profiles”, row 2 and Sheet “profiles”, row 3: “Listening” and “LISTENING”: they have the same "
            "title, “Listening”.",
        ),
        (
            set_cell("aspects", "B3", "listening-opening"),
            f"{ASPECTS}row 2 and {ASPECTS}row 3: {LISTENING} and “Listening”, “Following in listening”: they have the "
            "same slug, “listening-opening”.",
        ),
        (
            set_cell("scale", "A4", 9),
            "The scale: level 3 is missing.",
        ),
        (
            set_cell("scale", "D4", None),
            "Sheet “scale”, row 4, column D: Name the band that this level belongs to.",
        ),
        (
            append("questions", "mapping", "=HYPERLINK(“x”)"),
            "Sheet “questions”, row 8, column B: This is a formula. Put the words themselves in the cell.",
        ),
        (
            append("edition", "Another", "2"),
            "Sheet “edition”, row 3: A file holds one edition: leave the other rows out.",
        ),
        (
            set_cell("aspects", "CZ9000", "far away"),
            f"{ASPECTS}row 9000, column CZ: This stands beyond row 10000 or column 60, where nobody looks.",
        ),
    ],
)
def test_a_workbook_is_told_sheet_row_and_column(spoil: Callable[[Workbook], object], problem: str) -> None:
    assert problem in told(workbook(spoil))


def every(name: str, change: Callable[[Worksheet], object]) -> Callable[[Workbook], object]:
    return lambda book: change(sheet(book, name))


def hide_a_sheet(book: Workbook) -> None:
    book.create_sheet("Old aspects").append(["mine"])
    book.worksheets[-1].sheet_state = "hidden"


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (
            every("aspects", lambda page: page.delete_cols(10)),
            "The scale: no skill aspect describes level 7. Describe it in each, or take it off the scale.",
        ),
        (
            every("scale", lambda page: page.delete_rows(8)),
            "The scale: it has no level 7, which the skill aspects describe.",
        ),
        (
            hide_a_sheet,
            "Sheet “Old aspects”: An edition has no sheet of this name. Did you mean “aspects”? Its sheets are edition, "
            "scale, profiles, aspects, questions, goals, provenance. Rename this one, or delete it. It’s hidden: show it first.",
        ),
        (
            lambda book: (
                set_cell("aspects", "B3", None)(book),
                set_cell("aspects", "C3", "Opening in listening")(book),
            ),
            f"{ASPECTS}row 2 and {ASPECTS}row 3: {LISTENING}: two skill aspects of this practice profile have the same "
            "title.",
        ),
    ],
)
def test_one_mistake_is_told_once(spoil: Callable[[Workbook], object], problem: str) -> None:
    assert told(workbook(spoil)) == [problem]


def test_a_heading_of_a_level_that_is_not_understood_is_told_with_how_it_is_named() -> None:
    assert told(workbook(set_cell("aspects", "D1", "Rung one"))) == [
        "The scale: no skill aspect describes level 1. Describe it in each, or take it off the scale.",
        f"{ASPECTS}row 1, column D: “Rung one” is not a column of aspects. A level’s column is named “level 1”, "
        "“level 2” and so on.",
    ]


def test_a_level_that_stands_twice_on_the_scale_is_told_with_both_rows() -> None:
    assert "Sheet “scale”, row 4 and Sheet “scale”, row 5: The scale: level 4 stands more than once." in told(
        workbook(set_cell("scale", "A4", 4))
    )


def without_slugs(book: Workbook) -> None:
    for page, column in (("profiles", "A"), ("aspects", "B")):
        for row in range(2, sheet(book, page).max_row + 1):
            sheet(book, page)[f"{column}{row}"] = None


def test_a_practice_profile_of_the_same_title_is_told_even_without_slugs() -> None:
    def spoil(book: Workbook) -> None:
        without_slugs(book)
        set_cell("profiles", "B3", "Listening ")(book)

    told_first = told(workbook(spoil))
    assert (
        "Sheet “profiles”, row 3, column B: “Listening” stands twice. It’s also at: Sheet “profiles”, row 2."
        in told_first
    )


def test_practice_profiles_without_slugs_and_titles_are_told_as_such() -> None:
    def spoil(book: Workbook) -> None:
        without_slugs(book)
        sheet(book, "profiles").delete_cols(2)

    assert "Sheet “profiles”, row 1: The column “title” of profiles is missing." in told(workbook(spoil))


def test_practice_profiles_may_have_aspects_of_the_same_title() -> None:
    def spoil(book: Workbook) -> None:
        without_slugs(book)
        for row in (2, 4, 6):
            set_cell("aspects", f"C{row}", "Preparing")(book)

    source = read(workbook(spoil), "edition.xlsx")
    assert [profile.aspects[0].slug for profile in source.profiles] == [
        "preparing",
        "mapping-preparing",
        "planning-preparing",
    ]
    again = dataclasses.replace(source, name="2", slug="small-profiles-2")
    assert read(workbook(without_slugs, again), "edition.xlsx", source) == again


def test_a_letter_instead_of_a_file_is_told_in_one_sentence() -> None:
    assert told(b"Dear all, here are our profiles, regards", "letter.txt") == [
        "Row 1: This row should name the columns of aspects (profile, title and the levels), with nothing above it."
    ]


def test_a_csv_file_is_told_row_and_column() -> None:
    def spoil(parts: Tables) -> None:
        parts["aspects"][2][5] = ""
        parts["aspects"][3][4] = "=1+1"
        parts["aspects"][4][0] = "maping"

    assert told(csv_of(spoil), "edition.csv") == [
        "Row 3, column F: “Listening”, “Following in listening”, level 3: this is empty.",
        "Row 4, column E: This is a formula. Put the words themselves in the cell.",
        "Row 5, column A: “maping” isn’t a practice profile of this file. Did you mean “Mapping”?",
    ]


def test_all_that_is_wrong_is_told_at_once() -> None:
    def spoil(book: Workbook) -> None:
        set_cell("aspects", "F2", "=1")(book)
        set_cell("aspects", "G3", None)(book)
        set_cell("aspects", "B4", "listening-opening")(book)
        set_cell("goals", "A2", "nothing")(book)

    assert [problem.split(":")[0] for problem in told(workbook(spoil))] == [
        f"{ASPECTS}row 2 and {ASPECTS}row 4",
        f"{ASPECTS}row 2, column F",
        f"{ASPECTS}row 3, column G",
        "Sheet “goals”, row 2, column A",
    ]


def test_a_number_for_a_name_is_read_as_it_was_typed() -> None:
    assert read(workbook(set_cell("edition", "B2", 2027.1)), "x").name == "2027.1"
    assert read(workbook(set_cell("scale", "B2", 1)), "x").levels[0].name == "1"


def test_a_date_is_told_since_nobody_typed_it() -> None:
    day = datetime.date(2027, 1, 1)
    [problem] = told(workbook(set_cell("edition", "B2", day)))
    assert problem.startswith("Sheet “edition”, row 2, column B: This is a date for the spreadsheet program.")


# Files that are something else


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b" \n ", "is empty"),
        (b"%PDF-1.7 " + b"x" * 100, "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "is damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 100, "is a picture"),
        (b"\x1f\x8b\x08" + b"x" * 100, "is a packed file"),
        (b"<!DOCTYPE html><html>", "is a web page"),
        (b"PK\x03\x04" + b"x" * 100, "is damaged"),
        (XLSX[: len(XLSX) // 2], "is damaged"),
        (b"x" * 5_000_001, "more than 5 MB"),
    ],
)
@pytest.mark.parametrize("name", ["edition.xlsx", "edition.csv", "edition.yaml", "edition"])
def test_a_file_that_is_something_else_is_refused_whatever_its_name(
    content: bytes, words: str, name: str
) -> None:
    [problem] = told(content, name)
    assert words in problem


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("xl/workbook.xml", b" " * 60_000_000)
    return packed.getvalue()


def lying_bomb() -> bytes:
    """Says in its table of contents that it is small."""
    content = bomb()
    return content.replace((60_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))


def entities(parts: dict[str, bytes]) -> None:
    declared = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    parts["xl/workbook.xml"] = declared + parts["xl/workbook.xml"].partition(b"?>")[2]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (bomb(), "unpacks to more than 50 MB"),
        (lying_bomb(), "is damaged"),
        (
            with_parts(XLSX, lambda parts: parts.update({f"{n}.xml": b"" for n in range(600)})),
            "more than 50 MB",
        ),
        (with_parts(XLSX, entities), "is damaged"),
        (with_parts(XLSX, lambda parts: parts.update({"xl/vbaProject.bin": b"x"})), "holds macros"),
        (
            with_parts(XLSX, lambda parts: parts.update({"xl/externalLinks/externalLink1.xml": b"<x/>"})),
            "has links to other files",
        ),
        (
            with_parts(XLSX, lambda parts: parts.pop("xl/workbook.xml")),
            "packed like a workbook but isn’t one",
        ),
    ],
)
def test_a_workbook_that_nobody_should_open_is_not_opened(content: bytes, words: str) -> None:
    [problem] = told(content)
    assert words in problem


# A CSV file with nothing but aspects


SHORT = """profile,title,level 1,level 2,level 3,level 4,level 5,level 6,level 7,edition
Listening,Opening in listening,a,b,c,d,e,f,g,2
Breathing,Breathing out,a,b,c,d,e,f,g,
"""


def short(text: str = SHORT, base: EditionSource | None = None) -> EditionSource:
    return read(text.encode(), "edition.csv", base)


def test_a_new_name_makes_a_new_edition_even_with_the_slug_of_the_workbook_it_was_filled_with() -> None:
    base = small_source()
    renamed = read(workbook(set_cell("edition", "B2", "2027.1")), "edition.xlsx", base)
    assert (renamed.name, renamed.slug) == ("2027.1", "small-profiles-2027-1")
    assert read(workbook(), "edition.xlsx", base).slug == base.slug


def test_what_a_file_of_aspects_leaves_out_comes_from_the_edition_in_use() -> None:
    base = small_source()
    purposeful = SHORT.replace(",edition", ",edition,purpose").replace(",g,\n", ",g,,To breathe.\n")
    source = short(purposeful, base)
    assert (source.title, source.name, source.slug) == (base.title, "2", "small-profiles-2")
    assert (source.levels, source.bands) == (base.levels, base.bands)
    known, new = source.profiles
    assert (known.slug, known.purpose, known.questions) == (
        "listening",
        base.profiles[0].purpose,
        base.profiles[0].questions,
    )
    assert (known.example_goals, known.aspects[0].slug) == (
        base.profiles[0].example_goals,
        "listening-opening",
    )
    assert (new.slug, new.title, new.order, new.purpose) == ("breathing", "Breathing", 2, "To breathe.")
    assert new.aspects[0].slug == "breathing-out"


def test_a_new_profile_has_to_say_what_it_is_for() -> None:
    with pytest.raises(UnreadableSourceError) as refusal:
        short(base=small_source())
    assert refusal.value.problems == ("Row 3: “Breathing”: “purpose” is missing.",)


def test_a_file_of_aspects_names_its_edition() -> None:
    with pytest.raises(UnreadableSourceError) as refusal:
        short(SHORT.replace(",edition", "").replace(",2\n", "\n").replace(",g,\n", ",g\n"), small_source())
    assert (
        "Say which edition this is: add a column “edition” and write its name under it, for example 2027.1."
        in str(refusal.value)
    )


def test_a_scale_of_another_length_can_be_named_in_the_heading() -> None:
    text = "profile,title,purpose,edition,edition title,level 1: New,2 - Able,Level 3: Deep\nA,B,For c.,1,County,x,y,z\n"
    source = short(text, small_source())
    assert [(level.number, level.name) for level in source.levels] == [(1, "New"), (2, "Able"), (3, "Deep")]
    assert source.bands[0].levels == (1, 2, 3)
    assert source.slug == "county-1"
    with pytest.raises(UnreadableSourceError, match="name the levels in the heading"):
        short(text.replace(": New", ""), small_source())
