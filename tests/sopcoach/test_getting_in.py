"""What nobody learns at the door, and what doesn't get past it."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sopcoach.models import User
from sopcoach.sign_in.sign_ins import browser_in_words
from tests.architecture.routes import all_routes
from tests.architecture.test_settings import run
from tests.sopcoach.getting_in import (
    PASSWORD,
    app_shows,
    example_addresses,
    person,
    set_up_app,
    sign_in,
    signed_in_as,
    words_of,
)

pytestmark = pytest.mark.django_db
NEW = "another four good words"
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "\\/evil.example",
    "http:evil.example",
    "http:///evil.example",
    "https:/evil.example",
    "\t//evil.example",
    "/\t/evil.example",
    " //evil.example",
    "//testserver@evil.example/",
    "http://testserver.evil.example/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,hello",
    "ftp://testserver/",
    "/\r\nLocation: https://evil.example/",
]


@pytest.fixture
def wanda() -> User:
    return person()


def signed_in(user: User, **extra: str) -> Client:
    client = Client(**extra)
    sign_in(client, user)
    return client


def stays_here(address: str) -> bool:
    """Whether a browser, which reads \\ as / and leaves out control characters, stays on this site."""
    return re.match(r"/(?![/\\])", address) is not None and not re.search(r"[\x00-\x20\x7f]", address)


# ---------------------------------------------------------------- nobody learns who has an account


@pytest.fixture
def everybody(wanda) -> list[str]:
    User.objects.create_user("closed@agency.example", PASSWORD, name="Cleo Hart", is_active=False)
    User.objects.create_user("invited@agency.example", name="Neva Marsh")
    with_app = person("Ida Falk")
    set_up_app(signed_in(with_app))
    return [
        "nobody@agency.example",
        wanda.email,
        "closed@agency.example",
        "invited@agency.example",
        with_app.email,
    ]


def test_a_wrong_password_is_answered_alike_whoever_it_is(everybody):
    pages = {words_of(sign_in(Client(), email, "a guess")) for email in everybody}

    assert len(pages) == 1
    assert "don’t belong together" in pages.pop()


def test_asking_for_a_link_is_answered_alike_whoever_it_is(everybody):
    ask = reverse("account_reset_password")

    pages = {words_of(Client().post(ask, {"email": email}, follow=True)) for email in everybody}

    assert len(pages) == 1


def test_a_passkey_is_asked_for_before_anybody_says_who_they_are(everybody):
    options = Client().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).json()
    asked = options["request_options"]["publicKey"]

    assert not asked.get("allowCredentials")
    refused = {
        words_of(Client().post(reverse("mfa_login_webauthn"), {"credential": handle}, follow=True))
        for handle in ('{"response": {"userHandle": "MQ"}}', '{"response": {"userHandle": "OTk5"}}')
    }
    assert len(refused) == 1


def seconds(act) -> float:
    return min(_seconds(act) for _ in range(3))


def _seconds(act) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def test_a_wrong_password_takes_as_long_whoever_it_is(settings, wanda):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    wanda.set_password(PASSWORD)
    wanda.save()

    known = seconds(lambda: sign_in(Client(REMOTE_ADDR="10.0.0.1"), wanda, "a guess"))
    unknown = seconds(lambda: sign_in(Client(REMOTE_ADDR="10.0.0.2"), "nobody@agency.example", "a guess"))

    assert 0.5 < known / unknown < 2


@pytest.fixture
def by_a_worker(settings):
    """As in the product: what is to be done is written down, and a worker does it."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def work() -> None:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("by_a_worker")
def test_asking_for_a_link_is_the_same_work_whoever_has_an_account():
    """Before the page is answered no link is made and no mail is written or sent, which would take a moment."""
    wanda = person()
    done = {}
    for place, email in enumerate((wanda.email, "nobody@agency.example")):
        with CaptureQueriesContext(connection) as queries:
            client = Client(REMOTE_ADDR=f"10.0.0.{place}")
            answer = client.post(reverse("account_reset_password"), {"email": email})
        written = [template.name for template in answer.templates]
        done[email] = (answer.url, written, [query["sql"].split()[0] for query in queries])

    assert not mail.outbox
    assert done[wanda.email][1] == []
    assert done[wanda.email] == done["nobody@agency.example"]
    work()
    assert [message.to for message in mail.outbox] == [[wanda.email]]


# ---------------------------------------------------------------- nobody is led to another site


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_no_way_in_or_out_leads_to_another_site(settings, wanda, elsewhere):
    settings.SOPCOACH_DEMO = True
    sam = User.objects.create_user("sam@demo.example", name="Sam Ortiz")
    client, demo = Client(), Client()
    ways = [
        sign_in(client, wanda, next=elsewhere),
        client.get(reverse("account_login"), {"next": elsewhere}),  # signed in already
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD, "next": elsewhere}),
        client.post(reverse("account_logout"), {"next": elsewhere}),
        demo.post(reverse("enter_as"), {"person": sam.email, "next": elsewhere}),
    ]

    for way in ways:
        assert way.status_code == 302
        assert stays_here(way.url), way.url


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_the_second_step_leads_to_no_other_site_either(wanda, elsewhere):
    secret = set_up_app(signed_in(wanda))
    client = Client()
    sign_in(client, wanda, next=elsewhere)

    answer = client.post(reverse("mfa_authenticate"), {"code": app_shows(secret), "next": elsewhere})

    assert stays_here(answer.url)


# ---------------------------------------------------------------- forms of other sites


def test_no_address_takes_a_form_of_another_site(wanda):
    client = Client(enforce_csrf_checks=True)
    client.force_login(wanda)
    addresses = example_addresses()

    assert len(addresses) > 60
    for address in addresses:
        if address == "/m/off/x/":  # takes no form's token, and this is no link of ours
            assert client.post(address, {"anything": "at all"}).status_code == 404
            continue
        answer = client.post(address, {"anything": "at all"})
        assert answer.status_code == 403, address
        assert "This page had grown old" in words_of(answer)


def test_no_view_is_excused_from_that():
    """But one: a mailbox that ends mails for its owner has no token of a form. A signed link stands in for it."""
    excused = [route.name for route in all_routes() if getattr(route.view, "csrf_exempt", False)]
    assert excused == ["mails_off"]


def test_signing_in_takes_no_form_of_another_site(wanda):
    client = Client(enforce_csrf_checks=True)

    assert sign_in(client, wanda).status_code == 403
    assert signed_in_as(client) is None


def test_a_form_of_this_site_is_taken(wanda):
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("account_login"))

    sign_in(client, wanda, csrfmiddlewaretoken=client.cookies["csrftoken"].value)

    assert signed_in_as(client) == wanda


# ---------------------------------------------------------------- mails


@pytest.mark.parametrize(
    "name",
    [
        "Wanda\r\nBcc: all@agency.example",
        "Wanda\nSubject: Paid",
        "Wanda\r\n\r\n<b>Hello</b>",
        "W\x0bB",
        "W\x85B",
    ],
)
@pytest.mark.django_db(transaction=True)
def test_a_name_never_adds_to_the_head_of_a_mail(name):
    wanda = User.objects.create_user("wanda@agency.example", PASSWORD, name=name)
    client = signed_in(wanda)
    Client().post(reverse("account_reset_password"), {"email": wanda.email})
    set_up_app(client)

    assert len(mail.outbox) == 2
    for message in mail.outbox:
        head = message.message()
        assert message.recipients() == ["wanda@agency.example"]
        assert head["To"] == "wanda@agency.example"
        assert head["Bcc"] is None
        assert "Paid" not in head["Subject"]


@pytest.mark.parametrize(
    "email", ["wanda@agency.example\nBcc: all@agency.example", "wanda@agency.example,olaf@x.example"]
)
def test_an_address_never_adds_to_the_head_of_a_mail(wanda, email):
    answer = Client().post(reverse("account_reset_password"), {"email": email})

    assert answer.status_code == 200
    assert mail.outbox == []


def test_the_link_in_a_mail_never_leads_to_a_host_that_the_request_made_up(wanda):
    answer = Client().post(
        reverse("account_reset_password"), {"email": wanda.email}, headers={"host": "evil.example"}
    )

    assert answer.status_code == 400
    assert mail.outbox == []


# ---------------------------------------------------------------- sessions


def test_a_session_that_somebody_else_has_begun_is_of_no_use_to_them(wanda):
    planted = Client()
    planted.get(reverse("account_login"))
    planted.session["planted"] = True
    session = planted.session
    session["planted"] = True
    session.save()
    planted.cookies["sessionid"] = session.session_key

    sign_in(planted, wanda)

    assert planted.session.session_key != session.session_key
    theirs = Client()
    theirs.cookies["sessionid"] = session.session_key
    assert signed_in_as(theirs) is None


def test_a_made_up_session_key_is_never_taken_on(wanda):
    client = Client()
    client.cookies["sessionid"] = "a" * 32

    sign_in(client, wanda)

    assert client.session.session_key != "a" * 32


def test_signing_out_ends_the_session_and_not_only_the_cookie(wanda):
    client = signed_in(wanda)
    kept = client.session.session_key
    client.post(reverse("account_logout"))

    other = Client()
    other.cookies["sessionid"] = kept
    assert signed_in_as(other) is None


def test_a_new_password_ends_every_other_session(wanda):
    here, elsewhere = signed_in(wanda), signed_in(wanda)

    here.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    )

    assert signed_in_as(here) == wanda
    assert signed_in_as(elsewhere) is None


def test_a_password_chosen_by_the_link_ends_every_session(wanda):
    elsewhere = signed_in(wanda)
    client = Client()
    client.post(reverse("account_reset_password"), {"email": wanda.email})
    link = next(word for word in mail.outbox[0].body.split() if word.startswith("http://testserver/"))
    form = client.get(link.removeprefix("http://testserver"), follow=True)

    client.post(form.context["action_url"], {"password1": NEW, "password2": NEW})

    assert signed_in_as(elsewhere) is None
    assert mail.outbox[-1].subject == "SOP Coach: Your password was changed"


def test_the_cookie_is_for_this_site_and_no_script_and_ends_with_the_browser(wanda):
    cookie = signed_in(wanda).cookies["sessionid"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == cookie["expires"] == ""


# ---------------------------------------------------------------- where one is signed in

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)


def test_one_reads_where_one_is_signed_in(wanda):
    signed_in(wanda, HTTP_USER_AGENT=SAFARI)
    here = signed_in(wanda, HTTP_USER_AGENT=FIREFOX)

    page = words_of(here.get(reverse("usersessions_list")))

    assert "Firefox on Windows Here" in page
    assert "Mobile Safari on iOS" in page


def test_a_browser_without_a_name_is_a_browser():
    assert browser_in_words("") == browser_in_words("\x00 curious") == "A browser"


def test_one_ends_a_sign_in_from_elsewhere(wanda):
    left, kept = signed_in(wanda), signed_in(wanda)
    here = signed_in(wanda)
    of_left = UserSession.objects.get(session_key=left.session.session_key)

    page = here.post(reverse("usersessions_list"), {"end": of_left.pk}, follow=True)

    assert "That sign-in has ended." in words_of(page)
    assert signed_in_as(left) is None
    assert signed_in_as(kept) == signed_in_as(here) == wanda


def test_one_ends_all_the_others_at_once(wanda):
    others = [signed_in(wanda), signed_in(wanda)]
    here = signed_in(wanda)

    page = here.post(reverse("usersessions_list"), follow=True)

    assert "All your other sign-ins have ended." in words_of(page)
    assert [signed_in_as(other) for other in others] == [None, None]
    assert signed_in_as(here) == wanda


def test_nobody_ends_the_sign_in_of_somebody_else(wanda):
    client = signed_in(wanda)
    olaf = signed_in(person("Olaf Berg"))

    olaf.post(reverse("usersessions_list"), {"end": UserSession.objects.get(user=wanda).pk})

    assert signed_in_as(client) == wanda


@pytest.mark.parametrize("end", ["x", "-1", "9" * 40, "1.5", "\x00", "²", "None"])
def test_a_sign_in_that_isnt_there_ends_nothing(wanda, end):
    client, other = signed_in(wanda), signed_in(wanda)

    assert client.post(reverse("usersessions_list"), {"end": end}, follow=True).status_code == 200
    assert signed_in_as(client) == signed_in_as(other) == wanda


def test_the_page_holds_no_key_of_a_session(wanda):
    others = [signed_in(wanda) for _ in range(2)]
    page = others[0].get(reverse("usersessions_list")).content.decode()

    assert not any(other.session.session_key in page for other in others)


# ---------------------------------------------------------------- every page of it


def test_every_page_about_getting_in_is_in_our_words_and_our_look(wanda):
    client = signed_in(wanda)
    set_up_app(client)
    passkey = Authenticator.objects.create(
        user=wanda,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "My laptop", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}},
    )
    half_in = Client()
    addresses = [
        reverse(name)
        for name in (
            "mfa_index",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_reauthenticate",
            "account_reauthenticate",
            "account_change_password",
            "usersessions_list",
            "second_factor",
            "socialaccount_login_cancelled",
            "socialaccount_login_error",
        )
    ] + [reverse("mfa_remove_webauthn", args=[passkey.pk]), reverse("mfa_edit_webauthn", args=[passkey.pk])]
    pages = [client.get(address) for address in addresses]
    pages += [half_in.get(reverse("account_login"))]

    for page in pages:
        text = page.content.decode()
        assert page.status_code in {200, 401}
        assert text.count("<h1") == 1
        assert "css/sopcoach.css" in text
        assert "two-factor" not in text.lower()
        assert "third-party" not in text.lower()
        assert "security key" not in text.lower()


# ---------------------------------------------------------------- headers and settings


def test_a_browser_is_told_to_come_by_https_only_and_which_of_its_powers_it_may_lend(wanda):
    for address in ("/accounts/login/", "/limits/", "/no-such-page/", "/me/"):
        headers = signed_in(wanda).get(address, secure=True).headers

        assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        policy = headers["Permissions-Policy"]
        assert {"camera=()", "microphone=()", "geolocation=()"} <= set(policy.split(", "))


def test_the_policy_of_scripts_knows_no_exception(wanda):
    policy = signed_in(wanda).get("/me/").headers["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "*" not in policy
    assert "default-src 'self'" in policy


@pytest.mark.parametrize(
    ("environment", "complaint"),
    [
        ({"OIDC_SERVER_URL": "https://login.agency.example"}, "OIDC_CLIENT_ID"),
        ({"OIDC_SERVER_URL": "https://login.agency.example", "OIDC_CLIENT_ID": "x"}, "OIDC_CLIENT_SECRET"),
        ({"IDLE_MINUTES": "0"}, "IDLE_MINUTES"),
        ({"IDLE_MINUTES": "soon"}, "IDLE_MINUTES"),
    ],
)
def test_half_a_setting_stops_the_start(environment, complaint):
    done = run("manage.py", "check", **environment)

    assert done.returncode != 0
    assert complaint in done.stderr


def test_single_sign_on_comes_from_four_settings_alone():
    show = "from django.conf import settings; print(settings.SOCIALACCOUNT_PROVIDERS)"
    four = {
        "OIDC_NAME": "Agency account",
        "OIDC_SERVER_URL": "https://login.agency.example",
        "OIDC_CLIENT_ID": "sopcoach",
        "OIDC_CLIENT_SECRET": "known to both",
    }

    shown = run("-c", show, **four).stdout

    assert all(value in shown for value in four.values())
    assert run("-c", show).stdout.strip() == "{}"
