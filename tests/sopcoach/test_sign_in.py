import re

import pytest
from django.core import mail
from django.urls import reverse

from sopcoach.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "four words in a row"
RESET_DONE = "Look in your mailbox"


@pytest.fixture
def wanda() -> User:
    return User.objects.create_user("wanda@agency.example", PASSWORD, name="Wanda Reyes")


def sign_in(client, email="wanda@agency.example", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def signed_in_as(client) -> str:
    return client.get(reverse("me")).context["user"].email


def ask_for_link(client, email):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


def as_read(response) -> str:
    """The page without its token and nonce, which differ each time."""
    return re.sub(r'[A-Za-z0-9]{64}|nonce="[^"]*"', "", response.content.decode())


def link_in_the_mail() -> str:
    return re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]


@pytest.mark.parametrize("email", ["wanda@agency.example", "Wanda@Agency.example", " wanda@agency.example "])
def test_a_person_signs_in_by_e_mail_and_password(client, wanda, email):
    response = sign_in(client, email)

    assert response.url == reverse("home")
    assert signed_in_as(client) == wanda.email


def test_a_page_asked_for_before_signing_in_is_shown_after_it(client, wanda):
    to_sign_in = client.get(reverse("me"))

    assert client.get(to_sign_in.url).status_code == 200
    assert sign_in(client, next=reverse("me")).url == reverse("me")


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_signing_in_never_leads_to_another_site(client, wanda, elsewhere):
    assert sign_in(client, next=elsewhere).url == reverse("home")


def test_a_wrong_password_and_an_unknown_e_mail_get_the_same_answer(client, wanda):
    def answer(email):
        return as_read(sign_in(client, email, "not the password")).replace(email, "")

    assert answer("wanda@agency.example") == answer("nobody@agency.example")
    assert "don’t belong together" in answer("wanda@agency.example")


def test_a_sign_in_with_nothing_filled_in_says_what_is_missing_and_keeps_the_e_mail(client):
    page = sign_in(client, "wanda@agency.example", "").content.decode()

    assert "One thing to change." in page
    assert '<a href="#id_password">Password: Please type it here.</a>' in page
    assert 'value="wanda@agency.example"' in page


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client, wanda):
    for _ in range(5):
        sign_in(client, password="a guess")

    assert "Wait five minutes" in sign_in(client).content.decode()


def test_a_closed_account_lets_nobody_in(client, wanda):
    wanda.is_active = False
    wanda.save()

    page = client.get(sign_in(client).url).content.decode()

    assert "Your account is closed" in page
    assert client.get(reverse("me")).status_code == 302


def test_closing_an_account_ends_its_open_sessions(client_for, wanda):
    client = client_for(wanda)
    wanda.is_active = False
    wanda.save()

    assert client.get(reverse("me")).status_code == 302


def test_signing_out_asks_first_and_then_leaves_nothing_open(client_for, wanda):
    client = client_for(wanda)
    asked = client.get(reverse("account_logout"))

    assert "Sign out?" in asked.content.decode()
    assert signed_in_as(client) == wanda.email
    assert client.post(reverse("account_logout")).url == reverse("account_login")
    assert client.get(reverse("me")).status_code == 302


def test_a_forgotten_password_is_replaced_by_the_link_in_the_mail(client, wanda):
    asked = ask_for_link(client, wanda.email)
    form = client.get(link_in_the_mail(), follow=True)
    done = client.post(
        form.context["action_url"],
        {"password1": "another four good words", "password2": "another four good words"},
        follow=True,
    )

    assert RESET_DONE in asked.content.decode()
    assert mail.outbox[0].to == [wanda.email]
    assert "Your new password holds" in done.content.decode()
    assert sign_in(client, password="another four good words").url == reverse("home")


def test_a_first_password_is_set_by_the_same_link(client):
    User.objects.create_user("new@agency.example", name="Neva Marsh")
    ask_for_link(client, "new@agency.example")

    assert "Choose a new password" in client.get(link_in_the_mail(), follow=True).content.decode()


def test_a_link_works_once(client, wanda):
    ask_for_link(client, wanda.email)
    link = link_in_the_mail()
    form = client.get(link, follow=True)
    client.post(
        form.context["action_url"],
        {"password1": "another four good words", "password2": "another four good words"},
    )

    assert "This link doesn’t work any more" in client.get(link, follow=True).content.decode()


@pytest.mark.parametrize("email", ["nobody@agency.example", "closed@agency.example"])
def test_asking_for_a_link_tells_nobody_whether_there_is_an_account(client, wanda, email):
    User.objects.create_user("closed@agency.example", PASSWORD, name="Cleo Hart", is_active=False)

    known, other = ask_for_link(client, wanda.email), ask_for_link(client, email)

    assert as_read(known) == as_read(other)
    assert [message.to for message in mail.outbox] == [[wanda.email]]


def test_a_weak_new_password_is_refused_in_a_sentence(client, wanda):
    ask_for_link(client, wanda.email)
    form = client.get(link_in_the_mail(), follow=True)
    page = client.post(
        form.context["action_url"], {"password1": "short", "password2": "short"}
    ).content.decode()

    assert "It must contain at least 12 characters" in page
    assert "short" not in page.replace("too short", "")


def test_a_person_changes_their_password_by_giving_the_present_one(client_for, client, wanda):
    form = {
        "oldpassword": PASSWORD,
        "password1": "another four good words",
        "password2": "another four good words",
    }
    page = client_for(wanda).post(reverse("account_change_password"), form, follow=True).content.decode()

    assert "Your new password holds." in page
    assert sign_in(client, password="another four good words").url == reverse("home")


def test_a_password_is_not_changed_without_the_present_one(client_for, client, wanda):
    form = {
        "oldpassword": "a guess",
        "password1": "another four good words",
        "password2": "another four good words",
    }
    page = client_for(wanda).post(reverse("account_change_password"), form).content.decode()

    assert "This isn’t your present password" in page
    assert sign_in(client).url == reverse("home")


@pytest.mark.parametrize("address", ["/accounts/signup/", "/accounts/email/", "/accounts/confirm-email/"])
def test_nobody_signs_up_or_changes_their_own_address(client, client_for, wanda, address):
    assert client_for(wanda).get(address).status_code == 404
    assert client.get(address).status_code == 404


def test_an_address_that_an_administrator_has_replaced_opens_nothing_any_more(client, wanda):
    ask_for_link(client, "wanda@agency.example")
    wanda.email = "wanda.reyes@agency.example"
    wanda.save()
    ask_for_link(client, "wanda@agency.example")

    assert len(mail.outbox) == 1
    assert "don’t belong together" in sign_in(client, "wanda@agency.example").content.decode()
    assert sign_in(client, "wanda.reyes@agency.example").url == reverse("home")
