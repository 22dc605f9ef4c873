from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from sopcoach.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings) -> None:
    settings.SOPCOACH_DEMO = True


@pytest.fixture
def sam() -> User:
    return User.objects.create_user("sam@demo.example", name="Sam Ortiz", may_supervise=True)


def enter_as(client, email, **more):
    return client.post(reverse("enter_as"), {"person": email, **more})


@pytest.mark.usefixtures("demo")
def test_in_the_demo_one_enters_as_a_person_without_a_password(client, sam):
    assert enter_as(client, sam.email).url == reverse("home")
    assert client.get(reverse("me")).context["user"] == sam


@pytest.mark.usefixtures("demo")
def test_entering_as_someone_else_leaves_nothing_of_the_first_person_behind(client, client_for, sam):
    wanda = User.objects.create_user("wanda@demo.example", name="Wanda Reyes")
    client = client_for(wanda)
    first = client.session.session_key

    enter_as(client, sam.email)

    assert client.get(reverse("me")).context["user"] == sam
    assert client.session.session_key != first


@pytest.mark.usefixtures("demo")
def test_the_sign_in_page_of_the_demo_offers_its_people(client, sam):
    User.objects.create_user("ada@demo.example", name="Ada Bello", is_administrator=True)
    page = client.get(reverse("account_login")).content.decode()

    assert "Enter as <bdi>Sam Ortiz</bdi>" in page
    assert "Enter as <bdi>Ada Bello</bdi>" in page
    assert "This is a demo." in page


@pytest.mark.usefixtures("demo")
def test_the_demo_leads_on_to_the_page_that_was_asked_for_and_never_to_another_site(client, sam):
    assert enter_as(client, sam.email, next=reverse("me")).url == reverse("me")
    assert enter_as(client, sam.email, next="https://evil.example/").url == reverse("home")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "fields",
    [
        {"email": "real@agency.example"},
        {"email": "gone@demo.example", "is_active": False},
    ],
)
def test_nobody_enters_as_a_person_whom_the_demo_did_not_make_up(client, fields):
    User.objects.create_user(name="Rea Lund", **fields)

    assert enter_as(client, fields["email"]).status_code == 404
    assert "Rea Lund" not in client.get(reverse("account_login")).content.decode()


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("person", ["", "nobody@demo.example", "\x00", "x" * 5000])
def test_entering_as_nobody_is_not_found(client, person):
    assert enter_as(client, person).status_code == 404


def test_outside_the_demo_nobody_enters_without_a_password(client, sam):
    assert enter_as(client, sam.email).status_code == 404
    assert client.get(reverse("me")).status_code == 302
    assert "Sam Ortiz" not in client.get(reverse("account_login")).content.decode()


@pytest.mark.usefixtures("sam")
def test_outside_the_demo_nothing_is_prepared_and_nothing_is_lost():
    with pytest.raises(CommandError, match="SOPCOACH_DEMO is not set"):
        call_command("prepare_demo", reset=True, stdout=StringIO())

    assert User.objects.count() == 1


def test_mails_of_the_demo_are_kept_so_that_a_link_can_be_copied_whole(client, settings, sam, tmp_path):
    settings.MAILERS = {
        "default": {
            "BACKEND": "sopcoach.mailing.kept.KeptMail",
            "OPTIONS": {"file_path": str(tmp_path)},
        }
    }

    client.post(reverse("account_reset_password"), {"email": sam.email})

    kept = next(tmp_path.iterdir()).read_text()
    link = next(line for line in kept.splitlines() if line.startswith("http://testserver/"))
    assert "Choose a new password" in client.get(link, follow=True).content.decode()
