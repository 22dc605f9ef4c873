from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import reverse

from sopcoach.mailing.models import Letter
from sopcoach.models import User
from sopcoach.sign_in.second_factor import ENTERED_AS
from tests.sopcoach.getting_in import (
    HALF_MINUTE,
    app_shows,
    example_addresses,
    person,
    set_up_app,
    sign_in,
    signed_in_as,
    words_of,
)

pytestmark = pytest.mark.django_db
FIRST = "First, a second factor"


@pytest.fixture(autouse=True)
def _the_clock_stands(time_machine) -> None:
    time_machine.move_to(datetime(2026, 11, 24, 9, 0, tzinfo=UTC), tick=False)


@pytest.fixture
def wanda() -> User:
    return person()


@pytest.fixture
def ada() -> User:
    return person("Ada Bello", is_administrator=True)


def signed_in(user: User) -> Client:
    client = Client()
    sign_in(client, user)
    return client


def second_step(client: Client, code: str):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def codes_of(client: Client) -> list[str]:
    return client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]


# ---------------------------------------------------------------- an authenticator app


def test_with_an_app_the_password_is_half_of_the_way_in(wanda):
    secret = set_up_app(signed_in(wanda))
    client = Client()

    assert sign_in(client, wanda).url == reverse("mfa_authenticate")
    assert signed_in_as(client) is None
    assert "One more step" in words_of(client.get(reverse("mfa_authenticate")))
    assert second_step(client, app_shows(secret)).url == reverse("home")
    assert signed_in_as(client) == wanda


def test_a_copy_of_the_database_holds_no_secret_that_makes_codes(wanda):
    client = signed_in(wanda)
    secret = set_up_app(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    kept = {one.type: one.data for one in Authenticator.objects.filter(user=wanda)}

    assert len(codes_of(client)) == 10
    assert kept["totp"]["secret"].startswith("v1:")
    assert kept["recovery_codes"]["seed"].startswith("v1:")
    assert secret not in str(kept)


def test_a_secret_kept_before_secrets_were_sealed_still_lets_in(wanda):
    secret = set_up_app(signed_in(wanda))
    Authenticator.objects.filter(user=wanda, type="totp").update(data={"secret": secret})
    client = Client()
    sign_in(client, wanda)

    assert second_step(client, app_shows(secret)).url == reverse("home")


def test_the_page_asked_for_is_shown_after_both_steps(wanda):
    secret = set_up_app(signed_in(wanda))
    client = Client()

    sign_in(client, wanda, next=reverse("limits"))

    assert second_step(client, app_shows(secret)).url == reverse("limits")


@pytest.mark.parametrize("code", ["000000", "", "ten digits", "0" * 500])
def test_a_wrong_code_is_answered_with_a_sentence_and_lets_nobody_in(wanda, code):
    set_up_app(signed_in(wanda))
    client = Client()
    sign_in(client, wanda)

    page = second_step(client, code)

    assert page.status_code == 200
    assert ("Please type the code." if not code else "This didn’t fit.") in words_of(page)
    assert signed_in_as(client) is None


def test_a_code_works_once(wanda):
    secret = set_up_app(signed_in(wanda))
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, wanda)

    second_step(first, app_shows(secret))

    assert "This didn’t fit." in words_of(second_step(second, app_shows(secret)))


def test_a_code_of_a_while_ago_works_no_more(wanda, time_machine):
    secret = set_up_app(signed_in(wanda))
    client = Client()
    sign_in(client, wanda)
    old = app_shows(secret)
    time_machine.shift(2 * HALF_MINUTE)

    second_step(client, old)

    assert signed_in_as(client) is None


def test_after_five_wrong_codes_even_the_right_one_has_to_wait(wanda):
    secret = set_up_app(signed_in(wanda))
    client = Client()
    sign_in(client, wanda)
    for _ in range(5):
        second_step(client, "000000")

    assert "Wait five minutes" in words_of(second_step(client, app_shows(secret)))
    assert signed_in_as(client) is None


def test_the_code_is_asked_for_before_an_app_is_taken_on(wanda):
    client = signed_in(wanda)
    client.get(reverse("mfa_activate_totp"))

    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "This didn’t fit." in words_of(page)
    assert not Authenticator.objects.exists()


def test_an_app_is_taken_off_again(wanda):
    client = signed_in(wanda)
    set_up_app(client)

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()
    assert sign_in(Client(), wanda).url == reverse("home")


@pytest.mark.django_db(transaction=True)
def test_what_was_changed_is_mailed_and_no_secret_with_it(wanda):
    client = signed_in(wanda)
    secret = set_up_app(client)
    codes = codes_of(client)
    client.post(reverse("mfa_deactivate_totp"))

    assert [message.subject for message in mail.outbox] == [
        "SOP Coach: An authenticator app was set up",
        "SOP Coach: An authenticator app was removed",
    ]
    for message in mail.outbox:
        assert message.to == [wanda.email]
        assert "If it wasn’t you" in message.body
        assert not any(word in message.body for word in [secret, *codes])


def test_a_while_after_signing_in_whoever_changes_a_factor_shows_again_who_they_are(wanda, time_machine):
    client = signed_in(wanda)
    time_machine.shift(10 * 60)
    client.get(reverse("me"))

    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.url.startswith(reverse("account_reauthenticate"))
    assert "ask for your password once more" in words_of(client.get(asked.url))

    answered = client.post(asked.url, {"password": "four words in a row"})
    assert answered.url == reverse("mfa_activate_totp")
    assert client.get(answered.url).status_code == 200


def test_a_code_shows_again_who_one_is_where_there_is_an_app(wanda, time_machine):
    client = signed_in(wanda)
    secret = set_up_app(client)
    time_machine.shift(10 * 60)
    client.get(reverse("me"))

    asked = client.get(reverse("mfa_view_recovery_codes"))
    assert "Use a code instead" in words_of(client.get(asked.url))
    where = f"{reverse('mfa_reauthenticate')}?next={reverse('mfa_view_recovery_codes')}"
    answered = client.post(where, {"code": app_shows(secret)})

    assert answered.url == reverse("mfa_view_recovery_codes")
    assert client.get(answered.url).status_code == 200


# ---------------------------------------------------------------- recovery codes


def test_a_recovery_code_signs_in_once(wanda):
    client = signed_in(wanda)
    set_up_app(client)
    code = codes_of(client)[0]
    lost = Client()

    sign_in(lost, wanda)
    assert second_step(lost, code).url == reverse("home")

    again = Client()
    sign_in(again, wanda)
    assert "This didn’t fit." in words_of(second_step(again, code))
    assert len(codes_of(client)) == 9


def test_new_recovery_codes_take_the_place_of_the_old(wanda):
    client = signed_in(wanda)
    set_up_app(client)
    old = codes_of(client)

    client.post(reverse("mfa_generate_recovery_codes"))

    assert set(codes_of(client)).isdisjoint(old)


def test_recovery_codes_come_as_a_file_to_nobody_but_their_person(wanda):
    client = signed_in(wanda)
    set_up_app(client)
    file = client.get(reverse("mfa_download_recovery_codes"))

    assert file.content.decode().split()[-10:] == codes_of(client)
    assert "no-store" in file["Cache-Control"]
    assert signed_in(person("Olaf Berg")).get(reverse("mfa_download_recovery_codes")).status_code == 404


# ---------------------------------------------------------------- passkeys, without a browser


@pytest.mark.parametrize(
    "credential",
    [
        "",
        "{}",
        "no json",
        "[]",
        "null",
        '"text"',
        "7",
        '{"id": "x"}',
        '{"id": "eA", "rawId": "eA", "type": "public-key"}',
        '{"id": "eA", "rawId": "eA", "type": "public-key", "response": []}',
        '{"id": "eA", "rawId": 7, "type": "public-key", "response": {"userHandle": 7}}',
        '{"id": "eA", "rawId": "eA", "type": "public-key", "response": {"clientDataJSON": "e30",'
        ' "attestationObject": "oA", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}',
    ],
)
@pytest.mark.parametrize("route", ["mfa_login_webauthn", "mfa_add_webauthn", "mfa_authenticate"])
def test_a_broken_passkey_is_refused_and_breaks_nothing(wanda, route, credential):
    client = signed_in(wanda) if route == "mfa_add_webauthn" else Client()
    if route == "mfa_authenticate":
        set_up_app(signed_in(wanda))
        sign_in(client, wanda)
    if route == "mfa_login_webauthn":
        client.get(reverse(route), headers={"accept": "application/json"})

    response = client.post(reverse(route), {"credential": credential, "name": "Mine"}, follow=True)

    assert response.status_code == 200
    assert not Authenticator.objects.filter(type=Authenticator.Type.WEBAUTHN).exists()
    if route != "mfa_add_webauthn":
        assert signed_in_as(client) is None


def test_a_passkey_of_somebody_else_is_neither_renamed_nor_removed(wanda):
    passkey = Authenticator.objects.create(
        user=wanda, type=Authenticator.Type.WEBAUTHN, data={"name": "Wanda’s laptop", "credential": {}}
    )
    olaf = signed_in(person("Olaf Berg"))

    for route in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        for ask in (olaf.get, olaf.post):
            assert ask(reverse(route, args=[passkey.pk]), {"name": "Mine now"}).status_code == 404
    passkey.refresh_from_db()
    assert passkey.data["name"] == "Wanda’s laptop"


# ---------------------------------------------------------------- administrators


def test_an_administrator_without_a_second_factor_is_led_to_one_after_signing_in(client, ada):
    response = sign_in(client, ada, next=reverse("manage_people"))
    page = client.get(response.url)

    assert FIRST in words_of(page)
    assert f'href="{reverse("manage_people")}">Not now' in page.content.decode()


def test_nothing_of_managing_opens_without_a_second_factor(ada):
    client = signed_in(ada)
    addresses = [address for address in example_addresses() if address.startswith("/manage/")]

    assert len(addresses) > 10
    for address in addresses:
        shown, sent = client.get(address, follow=True), client.post(address)
        assert FIRST in words_of(shown), address
        assert sent.status_code == 403, address
        assert "Set up a second factor first." in words_of(sent)


def test_what_is_an_administrators_own_stays_open_meanwhile(ada):
    client = signed_in(ada)

    for name in ("home", "me", "profiles:list"):
        assert client.get(reverse(name)).status_code == 200


def test_with_a_second_factor_managing_opens(ada):
    client = signed_in(ada)
    set_up_app(client)

    assert client.get(reverse("manage_people")).status_code == 200


def test_recovery_codes_alone_are_no_second_factor(ada):
    client = signed_in(ada)
    set_up_app(client)
    Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).delete()

    assert FIRST in words_of(client.get(reverse("manage_people"), follow=True))


def test_managing_closes_when_the_last_factor_goes(ada):
    client = signed_in(ada)
    set_up_app(client)
    assert "the administrators’ pages close" in words_of(client.get(reverse("mfa_deactivate_totp")))

    client.post(reverse("mfa_deactivate_totp"))

    assert FIRST in words_of(client.get(reverse("manage_people"), follow=True))


@pytest.mark.django_db(transaction=True)
def test_whoever_got_in_by_the_password_before_is_out_when_the_first_factor_comes(ada):
    guesser, client = signed_in(ada), signed_in(ada)

    set_up_app(client)

    assert signed_in_as(guesser) is None
    assert client.get(reverse("manage_people")).status_code == 200


def test_nobody_else_needs_a_second_factor(client, wanda):
    assert sign_in(client, wanda).url == reverse("home")
    refused = client.get(reverse("manage_people"))

    assert refused.status_code == 403
    assert FIRST not in words_of(refused)


def test_on_to_another_site_the_page_leads_nobody(ada):
    page = signed_in(ada).get(reverse("second_factor"), {"next": "https://evil.example/"})

    assert "evil.example" not in page.content.decode()


def test_entering_as_an_administrator_counts_as_a_full_sign_in_in_the_demo_only(client, settings):
    settings.SOPCOACH_DEMO = True
    ada = User.objects.create_user("ada@demo.example", name="Ada Bello", is_administrator=True)
    client.post(reverse("enter_as"), {"person": ada.email})
    assert client.get(reverse("manage_people")).status_code == 200

    settings.SOPCOACH_DEMO = False

    assert client.session[ENTERED_AS]
    assert FIRST in words_of(client.get(reverse("manage_people"), follow=True))


# ---------------------------------------------------------------- a lost phone


@pytest.fixture
def ada_manages(ada) -> Client:
    client = signed_in(ada)
    set_up_app(client)
    return client


def lost(user: User) -> str:
    return reverse("manage_person_second_factor", args=[user.pk])


@pytest.mark.django_db(transaction=True)
def test_an_administrator_helps_somebody_back_in_who_has_lost_the_phone(ada_manages, wanda):
    set_up_app(signed_in(wanda))
    mail.outbox.clear()
    assert "When Wanda has lost the phone" in words_of(
        ada_manages.get(reverse("manage_person", args=[wanda.pk]))
    )
    assert "Be sure that it’s Wanda who asks." in words_of(ada_manages.get(lost(wanda)))
    assert Authenticator.objects.filter(user=wanda).exists()

    done = ada_manages.post(lost(wanda), {"act": "remove"}, follow=True)

    assert "Wanda Reyes signs in by password alone now" in words_of(done)
    assert sign_in(Client(), wanda).url == reverse("home")
    assert [message.to for message in mail.outbox] == [[wanda.email]]
    assert "Ada Bello" in mail.outbox[0].body
    assert Authenticator.objects.filter(user__email="ada@agency.example").exists()


def test_nobody_but_an_administrator_takes_a_second_factor_away(wanda):
    set_up_app(signed_in(wanda))

    assert signed_in(person("Olaf Berg")).post(lost(wanda), {"act": "remove"}).status_code == 403
    assert Authenticator.objects.filter(user=wanda).exists()


def test_an_administrators_own_second_factor_does_not_go_that_way(ada_manages, ada):
    assert "Your own you take away on your own page" in words_of(ada_manages.get(lost(ada)))
    assert ada_manages.post(lost(ada)).status_code == 403
    assert Authenticator.objects.filter(user=ada).exists()


@pytest.mark.usefixtures("db")
def test_word_of_a_second_factor_taken_away_is_kept_while_the_mail_server_is_silent(
    ada_manages, wanda, settings
):
    set_up_app(signed_in(wanda))
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "localhost", "port": 9},
        }
    }

    page = ada_manages.post(lost(wanda), {"act": "remove"}, follow=True)

    assert "A mail about it is on its way." in words_of(page)
    assert not Authenticator.objects.filter(user=wanda).exists()
    assert Letter.objects.waiting().get(person=wanda).tries == 1


def test_where_there_is_no_second_factor_there_is_none_to_take_away(ada_manages, wanda):
    assert ada_manages.get(lost(wanda)).url == reverse("manage_person", args=[wanda.pk])
    assert "lost the phone" not in words_of(ada_manages.get(reverse("manage_person", args=[wanda.pk])))
