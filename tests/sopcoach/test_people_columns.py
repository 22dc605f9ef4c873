"""Lists of people as agencies have them: by other headings, in other files."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from sopcoach.models import ListHeading, User
from sopcoach.people.importing.columns import columns_of
from sopcoach.people.importing.people import Current, Person
from sopcoach.people.importing.plan import plan
from sopcoach.people.importing.reader import first_name_first, read
from sopcoach.people.importing.table import UnreadableListError, table_of
from tests.cast import make_cast

UPLOAD = reverse("manage_people_import")
MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3"><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
NOBODY = Current({}, ("North unit",))


def added(content: bytes | str) -> list[tuple[str, str, str, bool]]:
    found = plan(read(content), NOBODY)
    assert not found.problems
    return [(person.name, person.email, person.unit, person.may_supervise) for person in found.added]


def workbook(
    *rows: list[object], title: str = "Staff", others: dict[str, list[list[object]]] | None = None
) -> bytes:
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name, others_rows in (others or {}).items():
        sheet = book.create_sheet(name)
        for row in others_rows:
            sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def strict(content: bytes) -> bytes:
    """The same workbook as Excel writes it when "Strict Open XML" is asked for."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.infolist():
            text = old.read(part.filename)
            text = text.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ).replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            new.writestr(part.filename, text)
    return written.getvalue()


def open_document(*rows: list[str]) -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="Staff">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return written.getvalue()


# Headings


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("Employee Name,Work Email,Department,Supervisor?", "Lina Moss,lina@county.example,Harbor,Y"),
        (
            "Last Name,First Name,Email Address,Unit,Is Supervisor",
            "Moss,Lina,LINA@county.example,Harbor,TRUE",
        ),
        ("EMP #,Full Name,E-mail,Team,May Supervise", "0041,Lina Moss,lina@county.example,Harbor,1"),
        ("Staff Name,Office,Business E-Mail,Supervisor (Y/N)", '"Moss, Lina",Harbor,lina@county.example,x'),
        ("Name,Contact,Unit,Supervisor", "Lina Moss,lina@county.example,Harbor,yes"),
        ("Name,Surname,Email,Unit,Coach", "Lina,Moss,lina@county.example,Harbor,yes"),
    ],
)
def test_columns_are_known_by_what_agencies_call_them(headings, row):
    assert added(f"{headings}\r\n{row}\r\n") == [("Lina Moss", "lina@county.example", "Harbor", True)]


def test_a_title_above_the_headings_and_a_separator_said_on_top_are_passed_over():
    below = "Name,Email\r\nLina Moss,lina@county.example\r\n"

    assert added("County staff,,\r\nPrinted 11/03,,\r\n\r\n" + below)[0][0] == "Lina Moss"
    assert added("sep=;\r\n" + below.replace(",", ";"))[0][0] == "Lina Moss"
    assert table_of(("County staff,,\r\n" + below).encode()).titles_above == 1


def test_who_reports_to_whom_is_never_read():
    table = table_of(
        b"Name,Email,Supervisor,Reports To\r\nLina Moss,lina@county.example,Sam Ortiz,Sam Ortiz\r\n"
        b"Ed Fry,ed@county.example,Nia Okafor,Nia Okafor\r\n"
    )
    columns = columns_of(table, chosen={"reports to": "name", "supervisor": "may supervise"})

    assert [column.is_never_taken for column in columns.all] == [False, False, True, True]
    assert not read(b"Name,Email,Reports To\r\nL,l@county.example,Sam Ortiz\r\n").rows[0].cells.keys() & {
        "reports to"
    }


def test_of_two_columns_for_the_unit_the_one_that_names_units_which_are_here_is_taken_and_the_other_is_said():
    table = table_of(
        b"Email,Unit,Office\r\na@county.example,17,North unit\r\nb@county.example,18,North unit\r\n"
    )
    columns = columns_of(table, units=["North unit"])

    assert [str(column.meaning) for column in columns.all] == ["e-mail", "", "unit"]
    assert columns.all[1].why == "Could be the unit as well, see column C."
    assert columns.all[2].is_asked
    assert "since North unit is here already" in columns.all[2].why


def test_a_column_without_a_heading_is_said_and_not_read():
    table = table_of(b"Name,Email,,Notes\r\nLina,l@county.example,7,\r\n")

    assert columns_of(table).left_out == ("column C, which has no heading", "Notes")


@pytest.mark.parametrize("nothing", ["N/A", "n/a", "-", "–", "—", "#N/A"])
def test_a_cell_that_has_nothing_to_say_leaves_what_is_there(nothing):
    here = Person("lina@county.example", "Lina Moss", "North unit", may_supervise=True)
    text = f"name,e-mail,unit,may supervise\r\n{nothing},lina@county.example,{nothing},{nothing}\r\n"

    assert plan(read(text), Current({here.email: here}, ("North unit",))).unchanged == (here,)


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("Moss, Lina", "Lina Moss"),
        ("Moss,Lina Ann", "Lina Ann Moss"),
        ("Lina Moss, LCSW", "Lina Moss, LCSW"),
        ("Lina Moss, Jr.", "Lina Moss, Jr."),
        ("Dr. Lina Moss", "Dr. Lina Moss"),
        ("Moss,", "Moss,"),
    ],
)
def test_a_family_name_before_a_comma_is_said_last(listed, said):
    assert first_name_first(listed) == said


def test_a_row_without_an_e_mail_is_passed_over_and_said():
    found = plan(read("name,email\r\nLina,\r\nEd,ed@county.example\r\nTotal: 2,\r\n"), NOBODY)

    assert [person.name for person in found.added] == ["Ed"]
    assert [(one.where, one.sentence[:15]) for one in found.unread] == [
        ("Row 2", "Has no e-mail. "),
        ("Row 4", "Has no e-mail. "),
    ]


def test_a_row_that_stands_twice_alike_is_one_person():
    row = "Lina,lina@county.example\r\n"
    found = plan(read("name,email\r\n" + row + row), NOBODY)

    assert len(found.added) == 1
    assert found.unread[0].sentence == "Says the same as row 2."


# Files


HEADINGS: list[object] = ["Emp #", "Employee Name", "Email Address", "Department"]
LINA: list[object] = [417, "Moss, Lina", "lina@county.example", "Area Norte"]


@pytest.mark.parametrize(
    "content",
    [
        workbook(HEADINGS, LINA),
        strict(workbook(HEADINGS, LINA)),
        workbook(["Staff of November"], [], HEADINGS, LINA, others={"Notes": [["parking"]], "Empty": []}),
        open_document([str(cell) for cell in HEADINGS], [str(cell) for cell in LINA]),
    ],
    ids=["xlsx", "strict", "title and notes", "ods"],
)
def test_a_workbook_is_read_as_it_comes(content):
    found = plan(read(content), NOBODY)

    assert not found.problems
    assert [(one.name, one.email, one.unit, one.number) for one in found.added] == [
        ("Lina Moss", "lina@county.example", "Area Norte", "417")
    ]


def test_sheets_that_are_not_read_are_named():
    content = workbook(["about"], title="Read me", others={"Staff": [HEADINGS, LINA], "Empty": []})

    assert table_of(content).other_sheets == ("Read me",)


def test_a_workbook_that_would_fill_the_machine_is_refused_in_a_sentence():
    book = Workbook()
    book.active["A1"] = "email"
    book.active["XFD1048576"] = "far away"
    written = io.BytesIO()
    book.save(written)

    with pytest.raises(UnreadableListError, match="unpacks to more than can be read"):
        table_of(written.getvalue())


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
@pytest.mark.parametrize(
    "name", ["Áine Ñandú", "Bjørn Åse", "Zoë O’Brien", "José Peña", "Groß Üçer", "NÚÑEZ"]
)
def test_letters_of_an_older_machine_are_told_by_the_words_they_make(encoding, name):
    content = f"name,email\r\n{name},a@county.example\r\n".encode(encoding)

    assert added(content)[0][0] == name
    assert table_of(content).encoding.startswith("older Windows" if encoding == "cp1252" else "an older Mac")


# The page


@pytest.fixture
def ada(db, client_for):
    return client_for(make_cast().ada)


def upload(client, content: bytes):
    return client.post(UPLOAD, {"file": SimpleUploadedFile("staff.csv", content)}, follow=True)


OTHER = (
    b"Employee Name,Email Address,Dept,Shoe size,Supervisor?\r\nLina Moss,lina@county.example,Harbor,38,Y\r\n"
)


def test_a_list_with_other_headings_is_looked_at_first_and_what_was_chosen_is_used_again(ada):
    shown = upload(ada, OTHER)
    html = shown.content.decode()
    address = shown.redirect_chain[-1][0]
    assert "What each column was taken for" in html
    assert "Lina Moss" in html
    assert not User.objects.filter(email="lina@county.example").exists()

    columns = {f"column-{place}": meaning for place, meaning in enumerate(["name", "e-mail", "", "unit", ""])}
    planned = ada.post(address, columns, follow=True)
    added = planned.context["plan"].added
    assert [(one.name, one.unit, one.may_supervise) for one in added] == [("Lina Moss", "38", False)]

    again = upload(ada, OTHER.replace(b"Lina", b"Ed"))
    assert "As last time." in again.content.decode()
    assert [str(column.meaning) for column, _ in again.context["form"].rows] == [
        "name",
        "e-mail",
        "",
        "unit",
        "",
    ]
    assert set(ListHeading.objects.meanings()) == {
        "employee name",
        "email address",
        "dept",
        "shoe size",
        "supervisor",
    }

    ada.post(again.redirect_chain[-1][0], {"forget": ""})
    assert not ListHeading.objects.exists()


def test_one_meaning_is_chosen_once_and_the_e_mail_has_to_be_there(ada):
    address = upload(ada, OTHER).redirect_chain[-1][0]

    twice = ada.post(
        address, {"column-0": "name", "column-1": "e-mail", "column-2": "unit", "column-3": "unit"}
    )
    assert "Column C is the unit already. Leave one of them out." in twice.content.decode()
    none = ada.post(address, {"column-0": "name"})
    assert "Say which column holds the e-mail addresses" in none.content.decode()


def test_a_list_without_a_column_of_e_mails_asks_for_it(ada):
    html = upload(ada, b"Person,Phone\r\nLina Moss,555\r\n").content.decode()

    assert "No column was taken for the e-mail" in html


def test_letters_that_were_guessed_wrong_are_read_again(ada):
    content = "name,email,unit\r\nLina,lina@county.example,Dep. 4 § 2\r\n".encode("cp1252")
    shown = upload(ada, content)
    assert "an older Mac" in shown.content.decode()

    again = ada.post(shown.redirect_chain[-1][0], {"again": "", "encoding": "cp1252"}, follow=True)
    assert "Dep. 4 § 2" in again.content.decode()


def test_everybody_who_is_here_can_be_taken_along_and_read_in_again(ada):
    content = ada.get(reverse("manage_people_now")).getvalue()

    found = upload(ada, content).context["plan"]
    assert (found.problems, found.changed, found.added, found.same, found.unread) == ((), (), (), (), ())
    assert len(found.unchanged) == User.objects.count()
