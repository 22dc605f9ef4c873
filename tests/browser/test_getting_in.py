"""Getting in and being signed out, in a real browser before the product itself: what only a browser can show."""

import importlib
import re
from collections.abc import Callable, Iterator

import pytest
import requests
from django.conf import settings as django_settings
from django.urls import reverse
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from coaching.models import Invitation, StageWords
from sopcoach.models import User
from sopcoach.sign_in import idle
from tests.cast import Cast, make_cast
from tests.coaching import steps
from tests.profiles.factories import small_edition
from tests.sopcoach.getting_in import PASSWORD, app_shows, person
from tests.sopcoach.test_sso import settings_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FINGERPRINT = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
AWAY = "You had been away for a while"
WORDS = "I waited, and the answer came on the second"


@pytest.fixture
def at(live_server: LiveServer) -> Callable[..., str]:
    """An address of the product: `at("me")`. A passkey belongs to a name, so it is localhost and no number."""

    def at(name: str, *args: object) -> str:
        return live_server.url.replace("127.0.0.1", "localhost") + reverse(name, args=args)

    return at


@pytest.fixture
def with_fingerprint() -> Callable[[Page], None]:
    """Give a page's browser a device that keeps passkeys: Chromium's own virtual one."""

    def add(page: Page) -> None:
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": FINGERPRINT})

    return add


def sign_in(page: Page, user: User, password: str = PASSWORD) -> None:
    page.get_by_label("Work e-mail").fill(user.email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def reads(page: Page, heading: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def is_at_wandas_own_page(page: Page) -> None:
    reads(page, "My data")
    expect(page.get_by_role("main")).to_contain_text("Your account, Wanda,")


def is_at_home(page: Page) -> None:
    expect(page.get_by_role("navigation", name="Main")).to_be_visible()
    assert page.url.rstrip("/").count("/") == 2, page.url


def sign_out(page: Page, at: Callable[..., str]) -> None:
    page.goto(at("account_logout"))
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    reads(page, "Coaching, across one desk")


# ---------------------------------------------------------------- passkeys


@pytest.mark.parametrize("width", [390, 1280])
def test_a_passkey_is_made_and_signs_in_without_a_password(
    at, open_page, with_fingerprint, axe: Callable[[Page], None], width: int
) -> None:
    wanda = person()
    page = open_page("Wanda", width)
    with_fingerprint(page)
    page.goto(at("mfa_add_webauthn"))
    sign_in(page, wanda)
    reads(page, "Make a passkey")
    axe(page)
    page.get_by_label("What to call it").fill("Office laptop")
    page.get_by_role("button", name="Make the passkey").click()
    reads(page, "My recovery codes")
    axe(page)
    page.get_by_role("link", name="I have kept them").click()
    expect(page.get_by_role("link", name="Rename Office laptop")).to_be_visible()
    axe(page)

    sign_out(page, at)
    axe(page)
    page.goto(at("account_login") + "?next=" + reverse("limits"))
    page.get_by_role("button", name="Use a passkey instead").click()

    expect(page).to_have_url(at("limits"))
    page.goto(at("mfa_index"))
    expect(page.get_by_text("not used yet")).to_have_count(0)


def test_after_the_password_a_passkey_is_the_second_step(at, open_page, with_fingerprint, axe) -> None:
    wanda = person()
    page = open_page("Wanda", 390)
    with_fingerprint(page)
    page.goto(at("mfa_add_webauthn"))
    sign_in(page, wanda)
    # a security key that knows no fingerprint: good for the second step only
    page.get_by_role("checkbox", name="Sign in with it alone").uncheck(force=True)
    page.get_by_role("button", name="Make the passkey").click()
    reads(page, "My recovery codes")
    sign_out(page, at)

    sign_in(page, wanda)
    reads(page, "One more step")
    axe(page)
    page.get_by_role("button", name="Use a passkey").click()

    is_at_home(page)


def test_a_device_without_a_passkey_is_answered_in_a_sentence(at, open_page, with_fingerprint) -> None:
    page = open_page("Olaf")
    with_fingerprint(page)
    page.goto(at("account_login"))

    page.get_by_role("button", name="Use a passkey instead").click()

    expect(page.locator("main").get_by_role("status")).to_have_text(
        "Your device has confirmed nothing. Try once more, or take another way."
    )
    reads(page, "Coaching, across one desk")


def test_a_removed_passkey_signs_nobody_in(at, open_page, with_fingerprint) -> None:
    wanda = person()
    page = open_page("Wanda")
    with_fingerprint(page)
    page.goto(at("mfa_add_webauthn"))
    sign_in(page, wanda)
    page.get_by_role("button", name="Make the passkey").click()
    reads(page, "My recovery codes")
    page.goto(at("mfa_index"))
    page.get_by_role("link", name="Remove My passkey").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("The passkey is gone.")).to_be_visible()
    sign_out(page, at)

    page.get_by_role("button", name="Use a passkey instead").click()

    expect(page.get_by_text("This didn’t fit.")).to_be_visible()
    reads(page, "Coaching, across one desk")


# ---------------------------------------------------------------- an administrator and an app


@pytest.mark.parametrize("width", [390, 1280])
def test_an_administrator_sets_up_an_app_and_comes_to_the_people(at, open_page, axe, width: int) -> None:
    ada = person("Ada Bello", is_administrator=True)
    page = open_page("Ada", width)
    page.goto(at("manage_people"))
    sign_in(page, ada)
    reads(page, "First, a second factor")
    axe(page)
    page.get_by_role("link", name="Use an authenticator app").click()
    reads(page, "Set up an authenticator app")
    expect(page.get_by_role("img", name="A QR code")).to_be_visible()
    page.get_by_text("No camera at hand?").click()
    axe(page)
    secret = page.get_by_role("code").inner_text()
    page.get_by_label("Code from the app").fill(app_shows(secret))
    page.get_by_role("button", name="Use this app").click()
    reads(page, "My recovery codes")
    code = page.get_by_role("code").first.inner_text()
    page.goto(at("manage_people"))
    reads(page, re.compile("People"))

    sign_out(page, at)
    sign_in(page, ada)
    reads(page, "One more step")
    expect(page.get_by_role("button", name="Use a passkey")).to_have_count(0)
    axe(page)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    is_at_home(page)


# ---------------------------------------------------------------- the agency's own provider


@pytest.fixture
def provider(settings) -> Iterator[str]:
    with run_server_in_thread() as server:
        address = f"http://localhost:{server.server_port}"
        settings.SOCIALACCOUNT_PROVIDERS = settings_for(address)
        yield address


def test_by_the_agencys_own_provider_there_and_back(at, open_page, axe, provider: str) -> None:
    wanda = person()
    claims = {"email": wanda.email, "email_verified": True}
    requests.put(f"{provider}/users/wanda-7", json=claims, timeout=10).raise_for_status()
    page = open_page("Wanda", 390)
    page.goto(at("me"))
    axe(page)

    page.get_by_role("link", name="Sign in with Agency account").click()
    page.get_by_label("Subject").fill("wanda-7")
    page.get_by_role("button", name="Authorize", exact=True).click()

    expect(page).to_have_url(at("me"))
    is_at_wandas_own_page(page)


# ---------------------------------------------------------------- being away


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


@pytest.fixture
def stage(cast: Cast) -> tuple[object, ...]:
    """A stage of the session that Wanda and Sam are in."""
    small_edition()
    session = steps.open_session(steps.begin(cast.wanda, cast.sam))
    return (session.partnership.slug, session.number, "outcome")


def time_goes_by(page: Page) -> None:
    """Leave the sign-in on the server as it is when its person, and their coaching session, are long gone."""
    key = next(one["value"] for one in page.context.cookies() if one["name"] == "sessionid")
    store = importlib.import_module(django_settings.SESSION_ENGINE).SessionStore(key)
    store[idle.SEEN_AT] = 0
    store[idle.MEETINGS] = []
    store.save()


def mine(page: Page):
    return page.get_by_role("main").locator("textarea").first


def test_words_that_were_being_typed_are_there_after_signing_in_again(
    at, open_page, cast: Cast, stage, settings
) -> None:
    settings.IDLE_MINUTES = 0.5
    page = open_page("Wanda")
    page.goto(at("stage", *stage))
    sign_in(page, cast.wanda, "correct horse battery")
    mine(page).click()

    time_goes_by(page)
    mine(page).press_sequentially(WORDS)

    reads(page, "Coaching, across one desk")  # the page took itself away
    expect(page.get_by_text(AWAY)).to_be_visible()
    assert not StageWords.objects.exists()
    assert WORDS not in str(page.evaluate("Object.values(localStorage)"))
    sign_in(page, cast.wanda, "correct horse battery")
    expect(mine(page)).to_have_value(WORDS)
    expect(page.get_by_text(re.compile(r"Saved at \d+:\d\d"))).to_be_visible()
    page.reload()
    expect(mine(page)).to_have_value(WORDS)


def test_the_next_person_at_that_machine_finds_nothing_of_them(
    at, open_page, cast: Cast, stage, settings
) -> None:
    settings.IDLE_MINUTES = 0.5
    page = open_page("Wanda, then Sam")
    page.goto(at("stage", *stage))
    sign_in(page, cast.wanda, "correct horse battery")
    mine(page).click()
    time_goes_by(page)
    mine(page).press_sequentially(WORDS)
    reads(page, "Coaching, across one desk")

    sign_in(page, cast.sam, "correct horse battery")

    expect(page).to_have_url(at("stage", *stage))
    expect(mine(page)).to_have_value("")
    page.wait_for_timeout(1500)
    assert WORDS not in page.content()
    expect(mine(page)).to_have_value("")


def test_a_page_that_nobody_reads_takes_itself_away(at, open_page, settings) -> None:
    settings.IDLE_MINUTES = 0.1
    page = open_page("Wanda", 390)
    page.goto(at("me"))
    sign_in(page, person())
    is_at_wandas_own_page(page)

    reads(page, "Coaching, across one desk")

    expect(page.get_by_text(AWAY)).to_be_visible()
    assert "next=%2Fme%2F" in page.url


def test_a_page_that_is_read_stays(at, open_page, settings) -> None:
    settings.IDLE_MINUTES = 0.1
    page = open_page("Wanda")
    page.goto(at("me"))
    sign_in(page, person())
    is_at_wandas_own_page(page)

    for step in range(45):
        page.mouse.move(100 + step, 100)
        page.wait_for_timeout(200)

    is_at_wandas_own_page(page)
    page.reload()
    is_at_wandas_own_page(page)


def test_whoever_reads_without_a_key_is_asked_in_time_and_stays_where_they_are(
    at, open_page, cast: Cast, stage, settings, axe
) -> None:
    settings.IDLE_MINUTES = 0.3
    page = open_page("Wanda", 390)
    page.goto(at("private_practice"))
    sign_in(page, cast.wanda, "correct horse battery")
    line = page.get_by_role("textbox").first
    line.fill(WORDS)

    asked = page.get_by_role("alertdialog", name="Are you still here?")
    stay = asked.get_by_role("button", name="Stay signed in")
    expect(stay).to_be_focused()
    expect(page).to_have_title(re.compile("^Are you still here?"))
    expect(asked).to_contain_text(re.compile(r"At \d{1,2}:\d\d [AP]M you’ll be signed out"))
    expect(asked).to_contain_text("a page can’t always notice that")
    axe(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(line).not_to_be_focused()  # it is behind the question
    stay.press("Enter")

    expect(asked).to_have_count(0)
    expect(line).to_be_focused()
    expect(line).to_have_value(WORDS)
    expect(asked).to_be_visible()  # the time began anew, and is over again
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    expect(asked).to_be_visible()
    expect(page.get_by_role("heading", name=AWAY)).to_be_visible()  # nobody has answered
    expect(asked).to_have_count(0)
    expect(line).to_be_hidden()


def test_a_running_session_keeps_both_signed_in_while_they_talk(
    at, open_page, cast: Cast, stage, settings
) -> None:
    settings.IDLE_MINUTES = 0.1
    page = open_page("Wanda")
    page.goto(at("stage", *stage))
    sign_in(page, cast.wanda, "correct horse battery")
    expect(mine(page)).to_be_visible()

    page.wait_for_timeout(9000)

    expect(mine(page)).to_be_visible()
    assert page.url == at("stage", *stage)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_form_that_does_not_save_itself_is_covered_and_comes_back_to_the_same_person(
    at, open_page, cast: Cast, settings, axe, width: int
) -> None:
    small_edition()
    settings.IDLE_MINUTES = 0.1
    page = open_page("Sam", width)
    page.goto(at("invite"))
    sign_in(page, cast.sam, "correct horse battery")
    page.get_by_role("checkbox", name="Wanda Reyes").check(force=True)
    page.get_by_label("A few words from you").fill("Would you like to try it with me?")

    reads(page, AWAY)
    settings.IDLE_MINUTES = 30
    expect(page.get_by_label("A few words from you")).to_be_hidden()
    axe(page)
    page.get_by_role("button", name="I have signed in").click()
    expect(page.get_by_text("You are not signed in yet.")).to_be_visible()

    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again in a new tab").click()
    sign_in(opened.value, cast.olaf, "correct horse battery")
    is_at_home(opened.value)
    page.bring_to_front()
    page.get_by_role("button", name="I have signed in").click()
    expect(page.get_by_text("Somebody else is signed in here now")).to_be_visible()
    expect(page.get_by_label("A few words from you")).to_be_hidden()

    sign_out(opened.value, at)
    sign_in(opened.value, cast.sam, "correct horse battery")
    is_at_home(opened.value)
    page.bring_to_front()
    page.get_by_role("button", name="I have signed in").click()
    expect(page.get_by_label("A few words from you")).to_have_value("Would you like to try it with me?")
    page.get_by_role("button", name="Send it").click()
    expect(page).to_have_url(at("home"))
    assert Invitation.objects.filter(supervisor=cast.sam, worker=cast.wanda).exists()
