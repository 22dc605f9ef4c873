import re

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from sopcoach.mailing.models import Letter
from sopcoach.models import Unit, User
from sopcoach.words import dates
from tests.cast import make_cast
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

PEOPLE = reverse("manage_people")
INVITE = reverse("manage_people_invite")
TOMAS = {"name": "Tomas Vela", "email": "Tomas@Agency.example"}


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def ada(cast, client_for):
    return client_for(cast.ada)


@pytest.fixture
def silent_server(monkeypatch):
    """A mail server that can't be reached."""

    def refuse(self, messages):
        raise ConnectionRefusedError

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse)


def page(client, address=PEOPLE, **query) -> str:
    response = client.get(address, query, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def posted(client, address, **fields) -> str:
    response = client.post(address, fields, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def one(person, name="manage_person") -> str:
    return reverse(name, args=[person.pk])


def fields_of(person, **changes):
    fields = {"name": person.name, "email": person.email, "unit": person.unit_id or ""}
    marks = {name: "on" for name in ("may_supervise", "is_administrator") if getattr(person, name)}
    return fields | marks | changes


def signs_in(person):
    person.last_login = timezone.now()
    person.save()


# Who may be here


@pytest.mark.parametrize("name", ["wanda", "sam", "nia", "petra", "olaf"])
def test_whoever_is_not_an_administrator_is_refused_in_a_sentence_whether_or_not_a_thing_is_there(
    cast, client_for, name
):
    client = client_for(getattr(cast, name))
    for address in (
        PEOPLE,
        INVITE,
        one(cast.wanda),
        one(cast.wanda, "manage_person_deactivate"),
        reverse("manage_person", args=[999_999]),
        reverse("manage_units"),
        reverse("manage_people_import"),
        reverse("manage_people_empty_list"),
    ):
        response = client.get(address)
        assert response.status_code == 403
        assert "Only an administrator looks after people" in response.content.decode()


def test_only_administrators_are_shown_the_way(cast, client_for, ada):
    way = f'<a href="{PEOPLE}"'

    assert way in page(ada, reverse("home"))
    assert way not in page(client_for(cast.sam), reverse("home"))


def test_there_is_no_admin_page_any_more(ada):
    assert ada.get("/admin/").status_code == 404


def test_the_address_of_all_that_is_managed_leads_to_people(ada):
    assert ada.get(reverse("manage")).url == PEOPLE


def test_an_account_that_is_not_there_is_not_found(ada):
    assert ada.get(reverse("manage_person", args=[999_999])).status_code == 404
    assert ada.get(f"{PEOPLE}{'9' * 30}/").status_code == 404


# The list


def test_the_list_names_everybody_with_unit_and_marks(cast, ada):
    html = page(ada)

    for person in cast.everybody:
        assert person.name in html
        assert person.email in html
    assert html.count('<span class="tag">May supervise</span>') == 3
    assert html.count('<span class="tag">Administrator</span>') == 2


def test_the_list_holds_nothing_of_coaching(ada):
    html = page(ada)

    assert "isn’t shown to administrators" in html
    assert not re.search(r"formal coaching|trying on|observing|paused", html, re.IGNORECASE)


@pytest.mark.parametrize("words", ["wanda", "REYES", "reyes wanda", "wanda.reyes@agency", " Wan "])
def test_people_are_found_by_parts_of_name_and_e_mail(ada, words):
    html = page(ada, q=words)

    assert "Wanda Reyes" in html
    assert "Sam Ortiz" not in html


def test_people_are_found_by_unit(cast, ada):
    assert "Olaf Berg" not in page(ada, unit=cast.unit.pk)
    assert "Olaf Berg" in page(ada, unit="none")
    assert "Wanda Reyes" not in page(ada, unit="none")


def test_a_search_that_finds_nobody_says_what_to_do(ada):
    assert "Nobody here fits that" in page(ada, q="zzz")


@pytest.mark.parametrize(
    "query",
    [
        {"unit": "999999"},
        {"unit": "x" * 500},
        {"unit": "\x00"},
        {"q": "\x00"},
        {"q": "x" * 101},
        {"q": "💥\u202e"},
    ],
)
def test_a_search_that_makes_no_sense_gets_a_page(ada, query):
    assert "<h1>People</h1>" in page(ada, **query)


@pytest.mark.parametrize("number", ["0", "-1", "99999", "x", "", "9" * 4000, "٢"])
def test_a_page_number_that_makes_no_sense_gets_a_page(ada, number):
    assert "<h1>People</h1>" in page(ada, page=number)


def test_a_long_list_comes_in_pages_that_keep_the_search(ada):
    for number in range(60):
        UserFactory(name=f"Ines Long{number:02}")

    html = page(ada, q="ines", page=2)

    assert "26 to 50 of 60 people." in html
    assert "Ines Long25" in html
    assert "Ines Long24" not in html
    assert "?q=ines&amp;page=3" in html


def test_the_list_asks_the_database_the_same_for_few_and_for_many(cast, ada):
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(ada)
        return len(queries)

    page(ada)  # the first page of a new session writes down where it is from
    few = count()
    for number in range(12):
        UserFactory(name=f"Ines {number}", unit=UnitFactory())
    assert count() == few <= 11


# Inviting


def test_an_invitation_makes_an_account_and_mails_a_link_that_sets_the_first_password(cast, ada, client):
    html = posted(ada, INVITE, **TOMAS, unit=cast.unit.pk, may_supervise="on")

    tomas = User.objects.get(email="tomas@agency.example")
    assert "An invitation is on its way to tomas@agency.example" in html
    assert (tomas.name, tomas.unit, tomas.may_supervise) == ("Tomas Vela", cast.unit, True)
    assert not tomas.is_administrator
    assert not tomas.has_usable_password()
    assert mail.outbox[0].to == ["tomas@agency.example"]
    assert mail.outbox[0].subject == "SOP Coach: Your account is ready"
    assert "Ada Bello has made an account in SOP Coach for Tomas Vela" in mail.outbox[0].body

    link = re.search(r"http://testserver(/accounts/password/\S+)", mail.outbox[0].body)[1]
    form = client.get(link, follow=True)
    words = {"password1": "four good words here", "password2": "four good words here"}
    client.post(form.context["action_url"], words)
    signed_in = client.post(reverse("account_login"), {"login": tomas.email, "password": words["password1"]})
    assert signed_in.url == reverse("home")


def test_a_mail_shows_names_as_they_are_and_nothing_of_html(ada):
    posted(ada, INVITE, name="Ana O’Neil & <b>Co</b>", email="ana@agency.example")

    assert "for Ana O’Neil & <b>Co</b>" in mail.outbox[0].body


@pytest.mark.parametrize(
    "email",
    [
        "tomas@agency.example\nBcc: olaf@agency.example",
        "tomas@agency.example\r\nSubject: hello",
        "a@b",
        "",
        "x" * 300,
    ],
)
def test_an_address_that_is_none_is_refused_and_reaches_no_mail(ada, email):
    html = posted(ada, INVITE, name="Tomas Vela", email=email)

    assert "Work e-mail: " in html
    assert 'value="Tomas Vela"' in html
    assert not mail.outbox
    assert not User.objects.filter(name="Tomas Vela").exists()


def test_a_name_with_a_line_break_stays_one_line_in_the_mail(ada):
    posted(ada, INVITE, name="Tomas\r\nBcc: olaf@agency.example", email="tomas@agency.example")

    assert mail.outbox[0].recipients() == ["tomas@agency.example"]
    assert "Tomas Bcc: olaf@agency.example" in mail.outbox[0].body


def test_whoever_has_an_account_is_not_invited_again_and_what_was_typed_stays(cast, ada):
    html = posted(ada, INVITE, name="Sam Two", email="SAM.ortiz@agency.example", unit=cast.unit.pk)

    assert "One thing to change. What you typed is still here." in html
    assert "This e-mail has an account already." in html
    assert 'value="Sam Two"' in html
    assert f'<option value="{cast.unit.pk}" selected>' in html


def test_nothing_filled_in_says_what_is_missing(ada):
    html = posted(ada, INVITE)

    assert "Please give a name." in html
    assert "Please give their work e-mail." in html


def test_when_the_mail_server_is_silent_the_account_is_there_and_its_invitation_waits(ada, silent_server):
    html = posted(ada, INVITE, **TOMAS)

    assert User.objects.get(name="Tomas Vela").invited_at is None
    assert "Not invited yet" in html
    assert "0 of 1 invitation has gone out. The others follow by themselves." in html


def test_an_invitation_is_sent_again_until_its_person_has_signed_in(ada, cast):
    posted(ada, INVITE, **TOMAS)
    tomas = User.objects.get(name="Tomas Vela")
    html = page(ada, q="tomas")
    assert "not signed in yet" in html
    assert "Resend" in html

    posted(ada, one(tomas, "manage_person_invite"))
    assert len(mail.outbox) == 2

    signs_in(tomas)
    assert "Resend" not in page(ada, q="tomas")
    refused = ada.post(one(tomas, "manage_person_invite"))
    assert refused.status_code == 403
    assert "has signed in before" in refused.content.decode()
    assert len(mail.outbox) == 2


def test_resending_leads_back_to_where_one_was_and_to_no_other_site(cast, ada):
    address = one(cast.wanda, "manage_person_invite")

    assert ada.post(address, {"next": f"{PEOPLE}?q=wanda"}).url == f"{PEOPLE}?q=wanda"
    assert ada.post(address, {"next": "https://evil.example/"}).url == PEOPLE


# Changing


def test_an_administrator_changes_name_unit_and_marks(cast, ada):
    south = UnitFactory(name="South unit")
    html = posted(
        ada, one(cast.wanda), **fields_of(cast.wanda, name="Wanda R.", unit=south.pk, may_supervise="on")
    )

    cast.wanda.refresh_from_db()
    assert "Wanda Reyes’s account is changed." in html
    assert (cast.wanda.name, cast.wanda.unit, cast.wanda.may_supervise) == ("Wanda R.", south, True)
    assert not mail.outbox


def test_a_new_address_is_told_to_its_person_at_both(cast, ada):
    signs_in(cast.wanda)
    assert "a mail tells Wanda so at both addresses" in page(ada, one(cast.wanda))
    html = posted(ada, one(cast.wanda), **fields_of(cast.wanda, email="w.reyes@agency.example"))

    assert "A mail to both addresses is on its way." in html
    assert [message.to for message in mail.outbox] == [
        ["wanda.reyes@agency.example"],
        ["w.reyes@agency.example"],
    ]
    assert "Ada Bello" in mail.outbox[0].body
    assert "Now: w.reyes@agency.example" in mail.outbox[0].body


@pytest.mark.usefixtures("db")
def test_word_of_a_new_address_is_kept_while_the_mail_server_is_silent(cast, ada, silent_server):
    signs_in(cast.wanda)
    posted(ada, one(cast.wanda), **fields_of(cast.wanda, email="w.reyes@agency.example"))

    assert User.objects.get(pk=cast.wanda.pk).email == "w.reyes@agency.example"
    assert Letter.objects.waiting().filter(person=cast.wanda).count() == 2


def test_an_earlier_invitation_opens_nothing_after_the_address_has_changed(ada, client):
    posted(ada, INVITE, **TOMAS)
    tomas = User.objects.get(name="Tomas Vela")
    html = posted(ada, one(tomas), **fields_of(tomas, email="t.vela@agency.example"))
    link = re.search(r"http://testserver(/accounts/password/\S+)", mail.outbox[0].body)[1]

    assert "Invite once more" in html
    assert "This link doesn’t work any more" in client.get(link, follow=True).content.decode()


def test_an_address_of_somebody_else_is_refused_and_the_page_keeps_its_name(cast, ada):
    html = posted(ada, one(cast.wanda), **fields_of(cast.wanda, name="Wanda R.", email=cast.sam.email))

    assert "This e-mail has an account already." in html
    assert '<h1 class="text-break"><bdi>Wanda Reyes</bdi></h1>' in html
    assert 'value="Wanda R."' in html


def test_the_last_administrator_is_told_why_the_mark_stays(cast, ada):
    cast.root.deactivate(by=cast.ada)
    html = posted(ada, one(cast.ada), name=cast.ada.name, email=cast.ada.email)

    assert "Keep this until somebody else is an administrator too" in html
    assert User.objects.get(pk=cast.ada.pk).is_administrator


def test_a_unit_that_was_deleted_meanwhile_is_named_as_the_problem(cast, ada):
    html = posted(ada, one(cast.wanda), **fields_of(cast.wanda, unit="999999"))

    assert "Choose one of these units." in html


# Leaving and coming back


def test_before_an_account_is_deactivated_the_page_says_what_will_happen(cast, ada):
    html = page(ada, one(cast.wanda, "manage_person_deactivate"))

    assert "end as if ended by hand" in html
    assert "Nothing is exposed." in html
    assert "What is theirs stays theirs." in html
    assert User.objects.get(pk=cast.wanda.pk).is_active


def test_whoever_is_deactivated_is_signed_out_and_can_come_back(cast, ada, client_for):
    wanda = client_for(cast.wanda)
    html = posted(ada, one(cast.wanda, "manage_person_deactivate"))
    assert "Wanda Reyes’s account is deactivated." in html
    assert f"Deactivated on {dates.day(timezone.localdate())}" in html
    assert wanda.get(reverse("me")).status_code == 302

    assert "can sign in again" in page(ada, one(cast.wanda, "manage_person_reactivate"))
    posted(ada, one(cast.wanda, "manage_person_reactivate"))
    assert client_for(User.objects.get(pk=cast.wanda.pk)).get(reverse("me")).status_code == 200


def test_the_last_administrator_cannot_leave_and_reads_why(cast, ada):
    cast.root.deactivate(by=cast.ada)
    address = one(cast.ada, "manage_person_deactivate")
    html = page(ada, address)

    assert "There has to be an administrator." in html
    assert "Deactivate this account" not in html
    refused = ada.post(address)
    assert refused.status_code == 403
    assert "There has to be an administrator." in refused.content.decode()


def test_a_second_click_on_either_changes_nothing(cast, ada):
    cast.wanda.deactivate(by=cast.ada)
    since = User.objects.get(pk=cast.wanda.pk).deactivated_at

    posted(ada, one(cast.wanda, "manage_person_deactivate"))
    assert User.objects.get(pk=cast.wanda.pk).deactivated_at == since
    posted(ada, one(cast.sam, "manage_person_reactivate"))
    assert User.objects.get(pk=cast.sam.pk).is_active


# Units


def test_an_administrator_adds_renames_and_deletes_units(cast, ada):
    units = reverse("manage_units")
    assert "South unit is there." in posted(ada, units, name=" South  unit ")
    south = Unit.objects.get(name="South unit")

    html = posted(ada, reverse("manage_unit", args=[south.pk]), name="River unit")
    assert "South unit is called River unit now." in html

    assert "River unit is deleted." in posted(ada, reverse("manage_unit_remove", args=[south.pk]))
    assert Unit.objects.get() == cast.unit


def test_a_unit_with_people_offers_no_way_to_delete_it(cast, ada):
    html = page(ada, reverse("manage_unit", args=[cast.unit.pk]))
    assert "That works once it is empty." in html
    assert "Delete it" not in html

    refused = ada.post(reverse("manage_unit_remove", args=[cast.unit.pk]))
    assert refused.status_code == 403
    assert "North unit isn’t empty." in refused.content.decode()
    assert Unit.objects.exists()


@pytest.mark.parametrize("name", ["", "north UNIT", "x" * 101, "\x00", "Nor\u202eth"])
def test_a_unit_needs_a_name_of_its_own(cast, ada, name):
    html = posted(ada, reverse("manage_units"), name=name)

    assert "One thing to change." in html
    assert Unit.objects.count() == 1


def test_without_units_the_page_says_that_this_is_fine(ada):
    User.objects.update(unit=None)
    Unit.objects.all().delete()

    assert "people can be here without one" in page(ada, reverse("manage_units"))
