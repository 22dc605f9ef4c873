"""The list of the next month: who is new, who is the same under another address, who has left."""

import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from sopcoach.models import User
from tests.cast import make_cast

UPLOAD = reverse("manage_people_import")
HEADINGS = "name,e-mail,unit,employee number,may supervise,status\r\n"
OCTOBER = HEADINGS + (
    "Lina Moss,lina@county.example,Harbor,0041,,\r\nEd Fry,ed@county.example,Harbor,0042,,\r\n"
    "Una Ray,una@county.example,River,,yes,\r\n"
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def ada(cast, client_for):
    return client_for(cast.ada)


def upload(client, text: str):
    shown = client.post(UPLOAD, {"file": SimpleUploadedFile("staff.csv", text.encode())}, follow=True)
    assert shown.context.get("plan"), "the columns of this list should leave nothing to ask"
    return shown


def accept(client, shown, **said) -> str:
    address = shown.redirect_chain[-1][0]
    return client.post(
        address, {"seen": shown.context["plan"].fingerprint} | said, follow=True
    ).content.decode()


def taken(client, text: str, **said) -> str:
    return accept(client, upload(client, text), **said)


def test_somebody_with_another_address_and_the_same_number_keeps_the_account(
    ada, django_capture_on_commit_callbacks
):
    taken(ada, OCTOBER)
    lina = User.objects.get(email="lina@county.example")
    lina.last_login = lina.date_joined
    lina.save()
    shown = upload(ada, HEADINGS + "Lina Moss-Hart,lina.hart@county.example,River,0041,,\r\n")
    html = shown.content.decode()
    assert "<bdi>Lina Moss</bdi> has another e-mail" in html
    assert "Employee number 0041, the same" in html
    row = shown.context["plan"].same[0].row
    assert not shown.context["plan"].added

    with django_capture_on_commit_callbacks(execute=True):
        said = accept(ada, shown, **{f"same-{row}": "same"})

    lina.refresh_from_db()
    assert (lina.email, lina.name, lina.unit.name) == ("lina.hart@county.example", "Lina Moss-Hart", "River")
    assert "1 with a new e-mail" in said
    assert {to for message in mail.outbox for to in message.to} == {
        "lina@county.example",
        "lina.hart@county.example",
    }
    assert User.objects.filter(name__startswith="Lina").count() == 1


def test_a_question_left_open_changes_nothing_and_is_asked_again(ada):
    taken(ada, OCTOBER)
    november = HEADINGS + "Una Ray,una.ray@county.example,River,,,\r\n"
    shown = upload(ada, november)
    html = shown.content.decode()
    assert "Is this <bdi>Una Ray</bdi>?" in html
    assert 'value="later" checked' in html
    assert "left open, asked again with the next list" in accept(ada, shown)

    assert User.objects.get(name="Una Ray").email == "una@county.example"
    assert len(upload(ada, november).context["plan"].same) == 1


def test_what_was_chosen_stands_when_the_plan_is_shown_anew(ada, cast):
    taken(ada, OCTOBER)
    shown = upload(
        ada,
        HEADINGS + "Una Ray,una.ray@county.example,River,,,\r\nWanda R.,wanda.reyes@agency.example,,,,\r\n",
    )
    row = shown.context["plan"].same[0].row
    cast.wanda.name = "Wanda Reyes-Hart"
    cast.wanda.save()

    html = accept(ada, shown, **{f"same-{row}": "two", "leave": "ed@county.example"})

    assert "Somebody has changed people or units since you saw this plan" in html
    assert 'value="two" checked' in html
    assert re.search(r'value="ed@county.example" id="leave-\d" checked', html)


def test_two_people_of_one_name_get_an_account_each(ada):
    taken(ada, OCTOBER)
    shown = upload(ada, HEADINGS + "Una Ray,una.ray@county.example,River,,,\r\n")
    accept(ada, shown, **{f"same-{shown.context['plan'].same[0].row}": "two"})

    assert set(User.objects.filter(name="Una Ray").values_list("email", flat=True)) == {
        "una@county.example",
        "una.ray@county.example",
    }


def test_a_number_that_was_given_to_somebody_new_goes_with_the_list(ada):
    taken(ada, OCTOBER)
    shown = upload(ada, HEADINGS + "Kit Dow,kit@county.example,River,0041,,\r\n")
    accept(ada, shown, **{f"same-{shown.context['plan'].same[0].row}": "two"})

    assert User.objects.get(email="kit@county.example").employee_number == "0041"
    assert User.objects.get(email="lina@county.example").employee_number == ""


def test_an_address_that_was_given_to_somebody_new_opens_nobodys_account(ada):
    taken(ada, OCTOBER)
    html = taken(ada, HEADINGS + "Kit Dow,lina@county.example,River,0099,,\r\n")

    assert "Nothing is changed" in html
    assert User.objects.get(email="lina@county.example").name == "Lina Moss"
    shown = upload(ada, HEADINGS + "Kit Dow,lina@county.example,River,0099,,\r\n")
    assert "Lina Moss" not in {one.person.name for one in shown.context["plan"].leavers}
    shown = shown.content.decode()
    assert "lina@county.example belongs to Lina Moss, whose employee number here is 0041." in shown


def test_who_is_missing_in_the_next_list_is_shown_and_stays_unless_ticked(ada, cast):
    taken(ada, OCTOBER)
    november = HEADINGS + "Lina Moss,lina@county.example,Harbor,0041,,\r\n"
    shown = upload(ada, november)
    assert {one.person.name for one in shown.context["plan"].leavers} == {"Ed Fry", "Una Ray"}
    assert "checked" not in shown.content.decode().split('id="leavers"')[1].split("</section>")[0]

    accept(ada, shown, leave=["ed@county.example", "wanda.reyes@agency.example"])

    assert not User.objects.get(email="ed@county.example").is_active
    assert User.objects.get(email="una@county.example").is_active
    assert User.objects.get(pk=cast.wanda.pk).is_active, "she is no part of the plan"
    again = upload(ada, november)
    assert [one.person.name for one in again.context["plan"].leavers] == ["Una Ray"], (
        "asked again, until it is said"
    )


def test_who_has_left_by_the_list_is_closed_after_a_yes_and_nobody_is_opened_for_having_left(ada):
    taken(ada, OCTOBER)
    december = HEADINGS + (
        "Ed Fry,ed@county.example,Harbor,0042,,Terminated\r\nNew Soul,new@county.example,Harbor,,,Inactive\r\n"
        "Lina Moss,lina@county.example,Harbor,0041,,Active\r\nUna Ray,una@county.example,River,,,On leave\r\n"
    )
    shown = ada.post(UPLOAD, {"file": SimpleUploadedFile("staff.csv", december.encode())}, follow=True)
    assert "“On leave” (1 row) is neither active nor left. They stay active." in shown.content.decode()
    columns = ["name", "e-mail", "unit", "employee number", "may supervise", "status"]
    address = shown.redirect_chain[-1][0]
    shown = ada.post(address, {f"column-{n}": meaning for n, meaning in enumerate(columns)}, follow=True)
    plan = shown.context["plan"]
    assert [(one.person.name, one.said) for one in plan.leavers] == [("Ed Fry", "Terminated")]
    assert [one.where for one in plan.unread] == ["Row 3"]

    accept(ada, shown, leave="ed@county.example")
    assert not User.objects.get(email="ed@county.example").is_active
    assert not User.objects.filter(email="new@county.example").exists()


def test_a_mark_that_would_be_taken_away_can_be_left(ada):
    taken(ada, OCTOBER)
    shown = upload(ada, HEADINGS + "Una Ray,una@county.example,Harbor,,no,\r\n")
    accept(ada, shown, kept="una@county.example")

    una = User.objects.get(email="una@county.example")
    assert (una.may_supervise, una.unit.name) == (True, "Harbor")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("A,a@county.example,,7,,\r\nB,b@county.example,,7,,\r\n", "The employee number 7 stands in row 2 already."),
        (f"A,a@county.example,,{'7' * 41},,\r\n", "An employee number has 40 characters at most."),
        (
            "Ed Fry,ed@county.example,,0041,,\r\nUna Ray,una@county.example,,0042,,\r\n",
            "0042 is the employee number of Ed Fry (ed@county.example) here.",
        ),
    ],
)  # fmt: skip
def test_one_number_is_one_person(ada, rows, sentence):
    User.objects.create_user("ed@county.example", name="Ed Fry", employee_number="0042")
    User.objects.create_user("una@county.example", name="Una Ray", employee_number="")

    assert sentence in upload(ada, HEADINGS + rows).content.decode()


# A nightly file


def night(tmp_path, text: str, *options: str) -> None:
    file = tmp_path / "staff.csv"
    file.write_text(text)
    call_command("load_people", str(file), "--by", "ada.bello@agency.example", *options)


def test_a_nightly_file_adds_and_changes_and_leaves_every_question_open(cast, tmp_path, capsys):
    night(tmp_path, OCTOBER)
    assert "Added 3, changed 0." in capsys.readouterr().out
    night(
        tmp_path,
        HEADINGS
        + "Lina Hart,lina.hart@county.example,Harbor,0041,,\r\nEd Frye,ed@county.example,Harbor,0042,,\r\n",
    )

    out = capsys.readouterr().out
    assert "Added 0, changed 1." in out
    assert "Lina Moss (lina@county.example) may be lina.hart@county.example now." in out
    assert "Una Ray (una@county.example) is no longer in the list." in out
    assert User.objects.get(email="ed@county.example").name == "Ed Frye"
    assert User.objects.get(email="una@county.example").is_active
    assert not mail.outbox


def test_a_dry_run_writes_nothing(cast, tmp_path, capsys):
    night(tmp_path, OCTOBER, "--dry-run")

    assert "Would add 3, change 0." in capsys.readouterr().out
    assert not User.objects.filter(email__endswith="@county.example").exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name,phone\r\nLina,5\r\n", "No column holds e-mail addresses"),
        (HEADINGS + "Lina,lina,,,,\r\n", "“lina” isn’t an e-mail address"),
        ("", "Nothing stands in this file"),
    ],
)
def test_a_nightly_file_that_is_wrong_is_refused_as_a_whole(cast, tmp_path, text, sentence):
    with pytest.raises(CommandError, match=sentence):
        night(tmp_path, text)


def test_a_nightly_file_is_brought_in_by_an_administrator(cast, tmp_path):
    file = tmp_path / "staff.csv"
    file.write_text(OCTOBER)

    with pytest.raises(CommandError, match="No administrator has the e-mail sam"):
        call_command("load_people", str(file), "--by", "sam.ortiz@agency.example")
    with pytest.raises(CommandError, match="can’t be read"):
        call_command("load_people", str(tmp_path / "none.csv"), "--by", "ada.bello@agency.example")
