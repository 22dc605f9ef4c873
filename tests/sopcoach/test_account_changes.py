"""What an administrator does to an account stands on its owner's page: whoever replaces an address can enter by it."""

import pytest
from django.test import Client
from django.urls import reverse

from sopcoach.models import AccountChange, User
from tests.sopcoach.getting_in import person, set_up_app, sign_in, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanda() -> User:
    return person()


@pytest.fixture
def ada() -> Client:
    client = Client()
    sign_in(client, person("Ada Bello", is_administrator=True))
    set_up_app(client)
    return client


def page_of(owner: User) -> str:
    client = Client()
    client.force_login(owner)
    return words_of(client.get(reverse("me")))


def sent(ada: Client, wanda: User, **changed: str) -> None:
    ada.post(
        reverse("manage_person", args=[wanda.pk]),
        {"name": wanda.name, "email": wanda.email, "unit": "", "employee_number": ""} | changed,
    )


def test_an_account_nobody_touched_says_nothing_of_it(wanda):
    assert "What administrators did" not in page_of(wanda)


def test_its_owner_reads_that_the_address_was_replaced_by_whom_and_from_what(ada, wanda):
    sent(ada, wanda, email="wanda.new@agency.example")

    page = page_of(wanda)

    assert "What administrators did to it" in page
    assert "Gave your account another e-mail, in place of wanda@agency.example" in page
    assert "Ada Bello" in page


def test_its_owner_reads_that_the_second_factor_was_taken_away(ada, wanda):
    with_app = Client()
    sign_in(with_app, wanda)
    set_up_app(with_app)

    ada.post(reverse("manage_person_second_factor", args=[wanda.pk]), {"act": "remove"})

    assert "Took your second factor away" in page_of(wanda)


def test_marks_are_said_both_ways(ada, wanda):
    sent(ada, wanda, may_supervise="on")
    sent(ada, wanda)

    page = page_of(wanda)

    assert page.index("Took back that you may supervise") < page.index("Said that you may supervise")


def test_closed_and_opened_again(ada, wanda):
    ada.post(reverse("manage_person_deactivate", args=[wanda.pk]), {"act": "deactivate"})
    ada.post(reverse("manage_person_reactivate", args=[wanda.pk]))

    page = page_of(wanda)

    assert "Deactivated your account" in page
    assert "Opened your account again" in page


def test_a_name_or_a_unit_is_nobodys_way_in_and_needs_no_line(ada, wanda):
    sent(ada, wanda, name="Wanda Quinn")

    assert not AccountChange.objects.exists()


def test_nobody_else_reads_it(ada, wanda):
    sent(ada, wanda, may_supervise="on")

    assert "may supervise" not in page_of(person("Petra Lang"))
    assert not AccountChange.objects.visible_to(User.objects.get(email="ada@agency.example")).exists()
