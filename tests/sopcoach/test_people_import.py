import csv
import io

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sopcoach.files.columns import letter
from sopcoach.models import Unit, User
from sopcoach.people.importing.apply import PlanChangedError, apply, current
from sopcoach.people.importing.people import Change, Current, Person, Plan
from sopcoach.people.importing.plan import plan
from sopcoach.people.importing.reader import read
from sopcoach.people.importing.table import LARGEST_FILE, UnreadableListError
from tests.cast import make_cast

UPLOAD = reverse("manage_people_import")
HEADER = "name,e-mail,unit,may supervise,administrator\r\n"
ADA = Person("ada.bello@agency.example", "Ada Bello", is_administrator=True)
WANDA = Person("wanda.reyes@agency.example", "Wanda Reyes", "North unit")
THERE = Current({person.email: person for person in (ADA, WANDA)}, ("North unit", "River unit"))


def planned(text: str | bytes, now: Current = THERE) -> Plan:
    return plan(read(text), now)


def problems(*rows: str) -> list[str]:
    return [
        f"{problem.where}: {problem.sentence}" for problem in planned(HEADER + "\r\n".join(rows)).problems
    ]


# What the plan says


def test_people_are_added_changed_and_left_by_their_e_mail():
    found = planned(
        HEADER
        + "Tomas Vela,tomas@agency.example,River unit,yes,\r\n"
        + "Wanda R.,WANDA.Reyes@agency.example,River unit,x,\r\n"
        + "Ada Bello,ada.bello@agency.example,,,yes\r\n"
    )

    assert found.added == (Person("tomas@agency.example", "Tomas Vela", "River unit", may_supervise=True),)
    assert [change.changes for change in found.changed] == [
        (
            Change("Name", "Wanda Reyes", "Wanda R."),
            Change("Unit", "North unit", "River unit"),
            Change("May supervise", "no", "yes"),
        )
    ]
    assert found.unchanged == (ADA,)
    assert not found.problems


def test_an_empty_cell_and_a_missing_column_leave_what_is_there():
    assert planned(HEADER + ",ada.bello@agency.example,,,").unchanged == (ADA,)
    assert planned("e-mail\r\nwanda.reyes@agency.example").unchanged == (WANDA,)


def test_whoever_is_missing_in_the_list_stays():
    found = planned(HEADER + "Tomas Vela,tomas@agency.example,,,")

    assert not found.changed
    assert not found.unchanged


def test_a_deactivated_person_is_changed_and_stays_deactivated():
    gone = Person("olaf@agency.example", "Olaf", is_active=False)
    now = Current(THERE.people | {gone.email: gone}, THERE.units)

    assert not planned(HEADER + "Olaf Berg,olaf@agency.example,,,", now).changed[0].person.is_active


def test_a_unit_is_known_whatever_its_letters_and_a_new_one_that_looks_like_a_slip_is_pointed_at():
    found = planned(
        HEADER
        + "A,a@agency.example,NORTH UNIT,,\r\nB,b@agency.example,Nroth unit,,\r\nC,c@agency.example,Harbor,,"
    )

    assert found.added[0].unit == "North unit"
    assert [(unit.name, unit.like) for unit in found.units] == [("Harbor", ""), ("Nroth unit", "North unit")]


def test_columns_that_mean_nothing_here_are_named_and_not_read():
    found = planned("Phone,E-Mail Address,Name\r\n555,t@agency.example,Tomas")

    assert found.left_out == ("Phone",)
    assert found.added[0].name == "Tomas"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (",t@agency.example,,,", "Row 2, column A: Whoever is new here needs a name."),
        ("Tomas,tomas,,,", "Row 2, column B: “tomas” isn’t an e-mail address. Write it like name@agency.example."),
        ("Tomas,t@agency.example,,perhaps,", "Row 2, column D: “perhaps” isn’t understood. Write yes or no, or leave it empty."),
        ("Tomas,t@agency.example,,,maybe", "Row 2, column E: “maybe” isn’t understood. Write yes or no, or leave it empty."),
        ("Tomas,t@agency.example,,,,more", "Row 2, column F: This column has no name in the first row. Name it, or leave the cell empty."),
        (f"{'T' * 101},t@agency.example,,,", "Row 2, column A: A name has 100 characters at most."),
        (f"Tomas,t@agency.example,{'N' * 101},,", "Row 2, column C: The name of a unit has 100 characters at most."),
        (f"Tomas,{'t' * 255}@agency.example,,,", "Row 2, column B: This e-mail is too long."),
        (f"{'T' * 1001},t@agency.example,,,", "Row 2, column A: This is too long to be read. Look whether several rows have run together."),
        ("To\u202emas,t@agency.example,,,", "Row 2, column A: This holds characters that can’t be shown. Type it anew."),
    ],
)  # fmt: skip
def test_a_problem_is_named_with_row_and_column(row, problem):
    assert problems(row) == [problem]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t+", "＝", "\u200d="])
@pytest.mark.parametrize("column", range(5))
def test_what_looks_like_a_formula_is_a_problem_in_any_column(start, column):
    cells = ["Tomas", "t@agency.example", "North unit", "yes", "no"]
    cells[column] = f"{start}cmd|x"

    found = problems(",".join(cells))
    assert len([line for line in found if "looks like a formula. Write plain words." in line]) == 1
    assert f"Row 2, column {letter(column)}: " in found[0]


def test_the_same_e_mail_twice_is_a_problem_that_names_both_rows():
    assert problems("A,t@agency.example,,,", "", "B,T@agency.example,,,") == [
        "Row 4, column B: The e-mail t@agency.example stands in row 2 already. Keep one of them."
    ]


def test_a_list_that_would_leave_no_administrator_is_a_problem():
    assert problems("Ada,ada.bello@agency.example,,,no") == [
        "Column E: With this list nobody would be an administrator any more. Leave one."
    ]
    assert not problems("Ada,ada.bello@agency.example,,,no", "Tomas,t@agency.example,,,yes")


def test_a_problem_in_one_row_hides_none_in_another():
    assert [
        line.split(":")[0]
        for line in problems("A,x,,,", "B,b@agency.example,,,", "=C,c@agency.example,,what,")
    ] == [
        "Row 2, column B",
        "Row 4, column D",
        "Row 4, column A",
    ]


# Files as programs save them


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_a_list_is_read_however_a_spreadsheet_saves_it(encoding, separator, line_end):
    text = line_end.join(
        [separator.join(["Name", "E-Mail"]), separator.join(["Zoë Müller", "zoe@agency.example"])]
    )

    assert planned(text.encode(encoding)).added == (Person("zoe@agency.example", "Zoë Müller"),)


def test_quotation_marks_hold_separators_and_line_breaks_together():
    found = planned('name,e-mail\r\n"Vela, Tomas\n(day)",t@agency.example\r\n')

    assert found.added[0].name == "Tomas (day) Vela"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Nothing stands in this file"),
        (b"\r\n\r\n", "Nothing stands in this file"),
        (b"name,e-mail\r\n", "There is nobody in this list yet"),
        (b"name,phone\r\nTomas,555\r\n", "No column holds e-mail addresses"),
        (b'name,e-mail\r\n"Tomas,t@agency.example\r\n', "can’t be read: look for a quotation mark"),
        (b'name,e-mail\r\n"Tomas"x,t@agency.example\r\n', "Line 2 can’t be read"),
        (b"PK\x03\x04 and so on", "This workbook is damaged"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "This isn’t a list of people"),
        (b"%PDF-1.7\x00\x81", "This isn’t a list of people"),
        (b"\xff\xfe\x00\xd8", "This isn’t a list of people"),
        (b"e-mail\r\n" + b"x" * LARGEST_FILE, "This file is larger than 1 MB"),
        (b"e-mail\r\n" + b"x" * 200_000, "can’t be read"),
        (b"e-mail\r\n" + b"a@b.example\r\n" * 5_001, "more than 5,000 rows"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_a_sentence(content, sentence):
    with pytest.raises(UnreadableListError, match=sentence):
        read(content)


def test_columns_are_called_as_a_spreadsheet_calls_them():
    assert [letter(place) for place in (0, 25, 26, 27, 701, 702)] == ["A", "Z", "AA", "AB", "ZZ", "AAA"]


# Whatever it is, it ends in a plan or in sentences

VALID = (
    HEADER
    + "Tomas Vela,tomas@agency.example,River unit,yes,\r\n"
    + "Wanda Reyes,wanda.reyes@agency.example,North unit,no,no\r\n"
    + '"Müller, Zoë",zoe@agency.example,Häfen,x,\r\n'
)
NASTY = st.sampled_from(["=1+1", "@x", '"', '""', ",", ";", "\t", "\r", "\n", "\x00", "\ufeff", "\u202e", "💥",
                         "İ", "ß", "'", "<script>", "{{ x }}", "%s", "yes", "e-mail", "9" * 400, "\u200d", "﷽"])  # fmt: skip


@st.composite
def damaged_lists(draw) -> bytes:
    text = VALID
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 30)))
        text = text[:start] + draw(NASTY | st.text(max_size=5)) + text[end:]
    content = text.encode(
        draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])), "replace"
    )
    if draw(st.booleans()):
        place = draw(st.integers(0, len(content)))
        content = content[:place] + draw(st.binary(max_size=3)) + content[place + draw(st.integers(0, 3)) :]
    return content


@st.composite
def hostile_tables(draw) -> bytes:
    table = draw(st.lists(st.lists(st.text(max_size=12) | NASTY, max_size=7), max_size=6))
    written = io.StringIO()
    csv.writer(written, delimiter=draw(st.sampled_from(",;\t"))).writerows(
        [["name", "e-mail", "unit", "may supervise", "administrator"], *table]
    )
    return written.getvalue().encode("utf-8", "replace")


def understood(content: bytes) -> Plan | str:
    try:
        return plan(read(content), THERE)
    except UnreadableListError as error:
        return str(error)


@settings(max_examples=800, deadline=None)
@given(damaged_lists() | hostile_tables() | st.binary(max_size=300))
@example(b"\xff")
@example(b"\xfe\xff\xd8\x00")
@example(b'e-mail\n"')
def test_any_file_ends_in_a_plan_or_in_a_sentence(content):
    found = understood(content)

    if isinstance(found, str):
        assert found.endswith(".")
        assert len(found) < 300
    else:
        for person in (*found.added, *(change.person for change in found.changed)):
            assert person.name
            assert not any(
                text[:1] in ("=", "+", "-", "@") for text in (person.name, person.email, person.unit)
            )
        for problem in found.problems:
            assert problem.where
            assert problem.sentence.endswith(".")


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=damaged_lists() | hostile_tables())
@example(content=VALID.encode())
def test_any_file_through_the_page_ends_in_a_page_and_changes_nothing(client_for, content):
    ada, _ = User.objects.get_or_create(
        email=ADA.email, defaults={"name": "Ada Bello", "is_administrator": True}
    )
    before = (User.objects.count(), Unit.objects.count())
    response = upload(client_for(ada), content)

    assert response.status_code == 200
    assert (User.objects.count(), Unit.objects.count()) == before


# The pages


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def ada(cast, client_for):
    return client_for(cast.ada)


def upload(client, content: bytes | str, name="people.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content)}, follow=True)


def accept(client, shown, **fields) -> str:
    address = shown.redirect_chain[-1][0]
    return client.post(
        address, {"seen": shown.context["plan"].fingerprint} | fields, follow=True
    ).content.decode()


LIST = HEADER + (
    "Tomas Vela,tomas@agency.example,River unit,,\r\n"
    "Wanda R.,wanda.reyes@agency.example,,,\r\n"
    "Sam Ortiz,sam.ortiz@agency.example,North unit,yes,no\r\n"
)


@pytest.mark.django_db
def test_the_dry_run_shows_what_would_change_and_changes_nothing(ada):
    html = upload(ada, LIST).content.decode()

    for part in (
        "1 changed",
        "1 added",
        "1 new unit",
        "1 unchanged",
        "people.csv",
        "Nothing has changed yet.",
    ):
        assert part in html
    assert "Wanda R.</ins>" in html
    assert not User.objects.filter(name__in=["Tomas Vela", "Wanda R."]).exists()
    assert not Unit.objects.filter(name="River unit").exists()


@pytest.mark.django_db
def test_a_list_is_taken_over_without_any_mail_unless_asked_for(ada, django_capture_on_commit_callbacks):
    shown = upload(ada, LIST)
    assert (
        '<input class="form-check-input" type="checkbox" id="invite" name="invite">' in shown.content.decode()
    )
    with django_capture_on_commit_callbacks(execute=True):
        html = accept(ada, shown)

    tomas = User.objects.get(email="tomas@agency.example")
    assert "1 added, 1 changed." in html
    assert (tomas.name, tomas.unit.name) == ("Tomas Vela", "River unit")
    assert not tomas.has_usable_password()
    assert tomas.invited_at is None
    assert User.objects.filter(name="Wanda R.", unit__name="North unit").exists()
    assert User.objects.get(email="olaf.berg@agency.example").is_active
    assert not mail.outbox


@pytest.mark.django_db
def test_those_who_are_new_are_invited_when_that_is_ticked(ada, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        html = accept(ada, upload(ada, LIST), invite="on")

    assert "The invitations are going out, behind this page." in html
    assert [message.to for message in mail.outbox] == [["tomas@agency.example"]]
    assert User.objects.get(name="Tomas Vela").invited_at


@pytest.mark.django_db
def test_a_list_is_taken_once(ada):
    shown = upload(ada, LIST)
    accept(ada, shown)

    assert "This list isn’t here any more. Choose the file again." in accept(ada, shown)
    assert User.objects.filter(email="tomas@agency.example").count() == 1


@pytest.mark.django_db
def test_a_list_with_a_problem_is_not_taken_at_all(ada):
    shown = upload(ada, LIST + "Olaf,olaf,,,\r\n")
    html = shown.content.decode()
    assert "1 problem to put right in the file" in html
    assert "Row 5, column B" in html
    assert "Add and change them" not in html

    accept(ada, shown)
    assert not User.objects.filter(email="tomas@agency.example").exists()


@pytest.mark.django_db
def test_when_people_have_changed_since_the_dry_run_it_is_shown_anew(ada, cast):
    shown = upload(ada, LIST)
    cast.wanda.name = "Wanda Reyes-Hart"
    cast.wanda.save()

    html = accept(ada, shown)

    assert "Somebody has changed people or units since you saw this plan" in html
    assert "Wanda Reyes-Hart</del>" in html
    assert not User.objects.filter(email="tomas@agency.example").exists()


@pytest.mark.django_db
def test_a_list_that_changes_nothing_says_so(ada):
    html = upload(ada, HEADER + "Sam Ortiz,sam.ortiz@agency.example,North unit,yes,").content.decode()

    assert "There is nothing to do." in html
    assert "Change them" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"PK\x03\x04", "This workbook is damaged"),
        (b"x" * 1_500_000, "larger than 1 MB"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_page_with_a_sentence(ada, content, sentence):
    response = upload(ada, content)

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert response.redirect_chain == []


@pytest.mark.django_db
def test_no_file_at_all_is_asked_for(ada):
    assert "Please choose a file." in ada.post(UPLOAD).content.decode()


@pytest.mark.django_db
def test_what_a_list_holds_is_shown_as_text(ada):
    html = upload(
        ada, HEADER + "<script>alert(1)</script>,t@agency.example,<b>,,", "<img src=x>.csv"
    ).content.decode()

    assert "<script>alert" not in html
    assert "<img src=x>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


@pytest.mark.django_db
def test_the_dry_run_is_its_administrators_alone(ada, cast, client_for):
    address = upload(ada, LIST).redirect_chain[-1][0]

    assert client_for(cast.root).get(address).url == UPLOAD
    assert client_for(cast.sam).get(address).status_code == 403


@pytest.mark.django_db
def test_the_empty_list_can_be_filled_in_and_read(ada):
    response = ada.get(reverse("manage_people_empty_list"))
    content = response.getvalue()

    assert response["Content-Disposition"] == 'attachment; filename="people.csv"'
    assert content.startswith(
        b"\xef\xbb\xbfname,e-mail,unit,may supervise,administrator,employee number,status"
    )
    filled = content + b"Tomas Vela,tomas@agency.example,,,,,\r\n"
    assert [person.name for person in planned(filled).added] == ["Tomas Vela"]


@pytest.mark.django_db
def test_units_that_the_database_takes_for_one_end_in_a_new_look_and_no_error(cast):
    people = read(HEADER + "A,a@agency.example,Süd,,\r\n")
    seen = plan(people, current()).fingerprint
    Unit.objects.create(name="Süd")

    with pytest.raises(PlanChangedError):
        apply(people, seen=seen, by=cast.ada)
