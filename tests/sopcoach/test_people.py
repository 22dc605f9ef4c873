import pytest
from django.db import IntegrityError
from django.urls import reverse

from sopcoach.models import Unit, User

pytestmark = pytest.mark.django_db


def test_an_e_mail_is_kept_in_small_letters_and_belongs_to_one_person():
    User.objects.create_user("Wanda.Reyes@Agency.example", name="Wanda Reyes")

    assert User.objects.get().email == "wanda.reyes@agency.example"
    with pytest.raises(IntegrityError):
        User.objects.create_user("WANDA.REYES@agency.example", name="Somebody Else")


def test_the_database_refuses_an_e_mail_in_capital_letters():
    with pytest.raises(IntegrityError):
        User.objects.create(email="Wanda@agency.example", name="Wanda Reyes")


def test_an_account_without_a_password_can_be_signed_in_to_by_none():
    person = User.objects.create_user("wanda@agency.example", name="Wanda Reyes")

    assert not person.has_usable_password()


@pytest.fixture
def administrator(client_for):
    return client_for(User.objects.create_user("ada@agency.example", name="Ada Bello", is_administrator=True))


def test_an_administrator_opens_an_account(administrator):
    unit = Unit.objects.create(name="North")
    fields = {"name": "Sam Ortiz", "email": "Sam@Agency.example", "unit": unit.pk, "may_supervise": "on"}

    administrator.post(reverse("admin:sopcoach_user_add"), fields)

    sam = User.objects.get(name="Sam Ortiz")
    assert sam.email == "sam@agency.example"
    assert sam.may_supervise
    assert not sam.is_administrator
    assert not sam.has_usable_password()


def test_an_e_mail_that_has_an_account_is_refused_in_a_sentence(administrator):
    User.objects.create_user("sam@agency.example", name="Sam Ortiz")

    page = administrator.post(
        reverse("admin:sopcoach_user_add"), {"name": "Sam Two", "email": "SAM@agency.example"}
    )

    assert "This e-mail has an account already." in page.content.decode()


def test_an_administrator_closes_an_account_and_deletes_none(administrator):
    sam = User.objects.create_user("sam@agency.example", name="Sam Ortiz")
    page = reverse("admin:sopcoach_user_change", args=[sam.pk])

    administrator.post(page, {"name": sam.name, "email": sam.email})

    sam.refresh_from_db()
    assert not sam.is_active
    assert administrator.get(reverse("admin:sopcoach_user_delete", args=[sam.pk])).status_code == 403


def test_whoever_is_not_an_administrator_sees_nothing_of_the_admin(client_for):
    person = User.objects.create_user("olaf@agency.example", name="Olaf Berg", may_supervise=True)
    client = client_for(person)

    assert client.get("/admin/", follow=True).status_code in {403, 404}
    assert client.get(reverse("admin:sopcoach_user_changelist"), follow=True).status_code in {403, 404}
