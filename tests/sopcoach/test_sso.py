"""Single sign-on, the whole dance, against a real OpenID provider that the test starts."""

import html
import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, quote, urlsplit

import oidc_provider_mock
import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from sopcoach.models import Identity, User
from tests.sopcoach.getting_in import app_shows, person, set_up_app, sign_in, signed_in_as, words_of

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/oidc/sso/login/"
SENTENCE = "We couldn’t sign you in like that."
UNCONFIRMED = "Agency account didn’t confirm an e-mail address of yours"
UNKNOWN = "There is no open account here with the address that Agency account has of you"
ANOTHERS = "Your address belongs to an account that somebody else at Agency account has opened before"
AWAY = "Agency account isn’t answering. Use your password"
VERIFIED = {"email": "wanda@agency.example", "email_verified": True}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


def settings_for(server: str) -> dict:
    """As the settings make them of OIDC_NAME, OIDC_SERVER_URL, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET."""
    return {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": "Agency account",
                    "client_id": "sopcoach",
                    "secret": "known to both",
                    "settings": {"server_url": server},
                }
            ],
        }
    }


@pytest.fixture
def provider(server: str, settings) -> Callable[..., None]:
    """What the provider says of somebody: `provider("wanda-7", email=…, email_verified=True)`."""
    settings.SOCIALACCOUNT_PROVIDERS = settings_for(server)

    def say(subject: str, **claims: object) -> None:
        requests.put(f"{server}/users/{quote(subject)}", json=claims, timeout=10).raise_for_status()

    return say


@pytest.fixture
def wanda() -> User:
    return person()


def dance(client: Client, subject: str = "wanda-7", *, address: str = LOGIN, **answer: str) -> HttpResponse:
    """From the link to the provider, there as `subject`, and back; the last page that comes of it."""
    there = client.get(address)
    assert there.status_code == 302, words_of(there)
    form = {"sub": subject, **answer}
    back = requests.post(there.url, data=form, allow_redirects=False, timeout=10).headers["Location"]
    return client.get(back.removeprefix("http://testserver"), follow=True)


def test_a_person_whom_the_provider_knows_by_a_verified_e_mail_is_signed_in(client, provider, wanda):
    provider("wanda-7", **VERIFIED)

    page = dance(client)

    assert page.redirect_chain[-1][0] == reverse("home")
    assert signed_in_as(client) == wanda


def test_capital_letters_in_the_providers_address_make_no_difference(client, provider, wanda):
    provider("wanda-7", email="Wanda@Agency.Example", email_verified=True)

    dance(client)

    assert signed_in_as(client) == wanda


def test_the_sign_in_page_offers_it_by_name_and_leads_on_from_there(client, provider, wanda):
    provider("wanda-7", **VERIFIED)
    page = client.get(reverse("account_login"), {"next": reverse("limits")})
    assert "Sign in with Agency account" in words_of(page)
    address = f"{LOGIN}?next={quote(reverse('limits'), safe='')}"
    assert f'href="{address}"' in page.content.decode()

    assert dance(client, address=address).redirect_chain[-1][0] == reverse("limits")


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"]
)
def test_it_never_leads_to_another_site(client, provider, wanda, elsewhere):
    provider("wanda-7", **VERIFIED)

    page = dance(client, address=f"{LOGIN}?next={quote(elsewhere)}")

    assert page.redirect_chain[-1][0] == reverse("home")


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"email": "wanda@agency.example"}, UNCONFIRMED),
        ({"email": "wanda@agency.example", "email_verified": False}, UNCONFIRMED),
        ({"email": "wanda@agency.example", "email_verified": "false"}, UNCONFIRMED),
        ({"email": "wanda@agency.example", "email_verified": None}, UNCONFIRMED),
        ({"email": "wanda@agency.example", "email_verified": 1}, UNCONFIRMED),
        ({"email_verified": True}, UNCONFIRMED),
        ({"email": "", "email_verified": True}, UNCONFIRMED),
        ({}, UNCONFIRMED),
        ({"email": "nobody@agency.example", "email_verified": True}, UNKNOWN),
        ({"email": "closed@agency.example", "email_verified": True}, UNKNOWN),
    ],
)
def test_anybody_else_reads_why_and_what_to_do(client, provider, wanda, claims, sentence):
    User.objects.create_user("closed@agency.example", name="Cleo Hart", is_active=False)
    provider("other", **claims)

    page = dance(client, "other")

    assert sentence in words_of(page)
    assert signed_in_as(client) is None
    assert User.objects.count() == 2
    assert not Identity.objects.exists()


def test_an_unconfirmed_address_reads_the_same_whether_or_not_it_has_an_account_here(provider, wanda):
    provider("unknown", email="nobody@agency.example", email_verified=False)
    provider("unverified", email=wanda.email, email_verified=False)

    assert words_of(dance(Client(), "unknown")) == words_of(dance(Client(), "unverified"))


def test_of_what_the_provider_says_only_its_own_name_for_somebody_is_kept(client, provider, wanda):
    provider("wanda-7", **VERIFIED, name="Wanda Reyes", phone_number="555-0100")

    dance(client)

    assert not SocialAccount.objects.exists()
    kept = Identity.objects.values("person", "provider", "subject", "refused_at").get()
    assert kept == {"person": wanda.pk, "provider": "sso", "subject": "wanda-7", "refused_at": None}


def test_whoever_is_called_otherwise_meanwhile_is_still_let_in(provider, wanda):
    provider("wanda-7", **VERIFIED)
    dance(Client())
    provider("wanda-7", email="wanda.quinn@agency.example", email_verified=True)

    again = Client()
    dance(again)

    assert signed_in_as(again) == wanda


def test_an_address_that_an_administrator_replaced_makes_no_difference_to_its_owner(provider, wanda):
    provider("wanda-7", **VERIFIED)
    dance(Client())
    wanda.email = "wanda.reyes@agency.example"
    wanda.save()

    again = Client()
    dance(again)

    assert signed_in_as(again) == wanda


def test_a_new_hire_with_an_earlier_workers_address_is_not_that_worker(provider, wanda):
    provider("wanda-7", **VERIFIED)
    dance(Client())
    provider("new-hire", **VERIFIED)

    client = Client()
    page = dance(client, "new-hire")

    assert ANOTHERS in words_of(page)
    assert signed_in_as(client) is None
    again = Client()
    dance(again)
    assert signed_in_as(again) == wanda


def test_once_an_account_is_closed_its_owner_is_let_in_no_more(provider, wanda):
    provider("wanda-7", **VERIFIED)
    dance(Client())
    wanda.is_active = False
    wanda.save()

    client = Client()
    page = dance(client)

    assert UNKNOWN in words_of(page)
    assert signed_in_as(client) is None


def refused_once(provider: Callable[..., None]) -> None:
    provider("wanda-7", **VERIFIED)
    dance(Client())
    provider("wanda-8", **VERIFIED)
    dance(Client(), "wanda-8")


def test_administrators_read_that_somebody_was_refused_and_it_stays_so_until_they_say(provider, wanda):
    refused_once(provider)
    ada = administrator()
    manages = f"/manage/people/{wanda.pk}/"

    assert "somebody else came with the address of Wanda Reyes" in words_of(ada.get("/manage/people/"))
    page = words_of(ada.get(manages))
    assert "Somebody else came with this address" in page
    assert "They were not let in." in page

    ada.post(f"{manages}single-sign-on/", {"act": "keep"})

    assert "somebody else" not in words_of(ada.get("/manage/people/")).lower()
    assert ANOTHERS in words_of(dance(Client(), "wanda-8"))


def test_an_administrator_lets_somebody_with_a_new_account_there_in(provider, wanda):
    refused_once(provider)
    ada = administrator()

    ada.post(f"/manage/people/{wanda.pk}/single-sign-on/", {"act": "forget"})

    client = Client()
    dance(client, "wanda-8")
    assert signed_in_as(client) == wanda
    assert ANOTHERS in words_of(dance(Client(), "wanda-7"))


def administrator() -> Client:
    client = Client()
    sign_in(client, person("Ada Bello", is_administrator=True))
    set_up_app(client)
    return client


def test_whoever_signs_out_reads_that_the_providers_sign_in_goes_on(client, provider, wanda):
    provider("wanda-7", **VERIFIED)
    dance(client)

    page = client.post(reverse("account_logout"), follow=True)

    assert signed_in_as(client) is None
    assert "Your sign-in at Agency account goes on" in words_of(page)
    assert client.get(reverse("signed_out")).url == reverse("account_login")


def test_it_leads_to_the_providers_own_sign_out_where_there_is_one(client, provider, server, wanda):
    provider("wanda-7", **VERIFIED)
    dance(client)

    page = client.post(reverse("account_logout"), follow=True).content.decode()

    config = requests.get(f"{server}/.well-known/openid-configuration", timeout=10).json()
    address = re.search(rf'href="({re.escape(config["end_session_endpoint"])}[^"]*)"', page)
    asked = parse_qs(urlsplit(html.unescape(address[1])).query)
    assert asked["post_logout_redirect_uri"] == ["http://testserver/accounts/login/"]
    assert asked["id_token_hint"]
    assert asked["client_id"] == ["sopcoach"]


def test_whoever_came_by_password_reads_nothing_of_a_provider(client, provider, wanda):
    sign_in(client, wanda)

    assert client.post(reverse("account_logout")).url == reverse("account_login")


def test_two_providers_know_the_same_person_each_by_its_own_name(server, settings, wanda):
    with oidc_provider_mock.run_server_in_thread() as academy:
        second = f"http://localhost:{academy.server_port}"
        apps = settings_for(server)["openid_connect"]["APPS"] + [
            settings_for(second)["openid_connect"]["APPS"][0]
            | {"provider_id": "academy", "name": "The academy"}
        ]
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}
        requests.put(f"{server}/users/wanda-7", json=VERIFIED, timeout=10).raise_for_status()
        requests.put(f"{second}/users/w-1", json=VERIFIED, timeout=10).raise_for_status()
        page = words_of(Client().get(reverse("account_login")))
        assert "Sign in with Agency account" in page
        assert "Sign in with The academy" in page

        for subject, address in [("wanda-7", LOGIN), ("w-1", "/accounts/oidc/academy/login/")]:
            client = Client()
            dance(client, subject, address=address)
            assert signed_in_as(client) == wanda

    assert set(Identity.objects.values_list("provider", "subject")) == {
        ("sso", "wanda-7"),
        ("academy", "w-1"),
    }


def test_an_answer_made_for_another_question_is_refused(client, provider, wanda):
    """The provider hands the nonce on as it came: one that was asked with another state isn't ours."""
    provider("wanda-7", **VERIFIED)
    there = client.get(LOGIN).url
    nonce = parse_qs(urlsplit(there).query)["nonce"][0]
    back = requests.post(
        there.replace(nonce, "another"), data={"sub": "wanda-7"}, allow_redirects=False, timeout=10
    ).headers["Location"]

    page = client.get(back.removeprefix("http://testserver"), follow=True)

    assert SENTENCE in words_of(page)
    assert signed_in_as(client) is None


def test_the_password_stays_as_it_was(client, provider, wanda):
    provider("wanda-7", **VERIFIED)
    dance(client)

    assert sign_in(Client(), wanda).url == reverse("home")


def test_somebody_who_is_signed_in_ties_no_other_identity_to_their_account(provider, wanda):
    """allauth's `process=connect` would let whoever holds that identity in from then on."""
    client = Client()
    sign_in(client, wanda)
    provider("stranger", email="stranger@elsewhere.example", email_verified=True)

    page = dance(client, "stranger", address=f"{LOGIN}?process=connect")

    assert UNKNOWN in words_of(page)
    assert not SocialAccount.objects.exists()
    assert UNKNOWN in words_of(dance(Client(), "stranger"))


def test_a_second_factor_is_asked_for_all_the_same(provider, wanda):
    with_app = Client()
    sign_in(with_app, wanda)
    secret = set_up_app(with_app)
    provider("wanda-7", **VERIFIED)
    client = Client()

    page = dance(client)
    assert page.redirect_chain[-1][0] == reverse("mfa_authenticate")
    assert signed_in_as(client) is None

    client.post(reverse("mfa_authenticate"), {"code": app_shows(secret)})
    assert signed_in_as(client) == wanda


def test_an_administrator_is_led_to_a_second_factor_here_too(client, provider):
    person("Ada Bello", is_administrator=True)
    provider("ada", email="ada@agency.example", email_verified=True)

    assert "First, a second factor" in words_of(dance(client, "ada"))


def test_the_session_has_a_new_key_afterwards(client, provider, wanda):
    provider("wanda-7", **VERIFIED)
    client.get(LOGIN)
    before = client.session.session_key

    dance(client)

    assert client.session.session_key != before


def test_an_answer_that_nobody_here_asked_for_is_refused(client, provider, wanda):
    provider("wanda-7", **VERIFIED)
    asked = Client().get(LOGIN)
    answer = requests.post(asked.url, data={"sub": "wanda-7"}, allow_redirects=False, timeout=10)

    page = client.get(answer.headers["Location"].removeprefix("http://testserver"), follow=True)

    assert SENTENCE in words_of(page)
    assert signed_in_as(client) is None


def test_an_answer_counts_once(client, provider, wanda):
    provider("wanda-7", **VERIFIED)
    asked = client.get(LOGIN)
    answer = requests.post(asked.url, data={"sub": "wanda-7"}, allow_redirects=False, timeout=10)
    back = answer.headers["Location"].removeprefix("http://testserver")
    client.get(back)
    client.post(reverse("account_logout"))

    assert SENTENCE in words_of(client.get(back, follow=True))
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?code=x&state=y", "?error=server_error&state=y", "?state="]
)
def test_a_made_up_answer_is_refused(client, provider, wanda, query):
    page = client.get(f"{LOGIN}callback/{query}", follow=True)

    assert page.status_code == 401
    assert SENTENCE in words_of(page)


def test_the_request_says_which_code_it_will_show_and_what_it_wants(client, provider):
    asked = parse_qs(urlsplit(client.get(LOGIN).url).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://testserver/accounts/oidc/sso/login/callback/"]
    assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


def test_whoever_turns_back_there_is_signed_in_nowhere(client, provider):
    page = dance(client, action="deny")

    assert "You turned back" in words_of(page)


def test_a_provider_that_is_away_is_a_sentence(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = settings_for("http://localhost:9")

    page = client.get(LOGIN, follow=True)

    assert AWAY in words_of(page)


def test_where_no_provider_is_named_there_is_no_such_way_in(client):
    assert client.get(LOGIN).status_code == 404
    assert client.get(f"{LOGIN}callback/").status_code == 404
    assert "Sign in with" not in words_of(client.get(reverse("account_login")))


@pytest.mark.parametrize("name", ["", "other", "openid_connect"])
def test_a_provider_of_another_name_is_no_way_in(client, provider, name):
    assert client.get(f"/accounts/oidc/{name}/login/").status_code == 404
