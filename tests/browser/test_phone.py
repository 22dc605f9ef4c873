"""A phone without a signal (product.md, 11)."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, Playwright, expect
from pytest_django.live_server_helper import LiveServer

from coaching.models import Draft, EntryLine, LoggedLevel, PracticeEntry
from sopcoach.models import User
from tests.browser.conftest import PATIENCE
from tests.browser.signal import Signal
from tests.browser.test_kept import sign_in
from tests.cast import Cast
from tests.coaching import steps
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signal(live_server: LiveServer) -> Iterator[Signal]:
    signal = Signal(live_server.url)
    yield signal
    signal.goes()


@pytest.fixture
def phone(cast: Cast, open_page: Callable[..., Page], signal: Signal) -> Callable[[User], Page]:
    """Somebody's own phone, signed in, with everything on it that pages need: `phone(cast.wanda)`."""

    def come(user: User) -> Page:
        page = open_page(user.short_name, 390, base_url=signal.url, service_workers="allow")
        page.set_default_timeout(PATIENCE)
        sign_in(page, user)
        page.evaluate("navigator.serviceWorker.ready.then(() => {})")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        return page

    return come


def test_a_page_without_a_signal_is_a_calm_one_that_leads_to_practice(phone, cast, signal, axe):
    page = phone(cast.wanda)
    signal.goes()
    for address in ("/", reverse("me"), reverse("profiles:list"), "/no/such/page/"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text("There’s no signal just now")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    signal.comes()
    page.goto("/")
    expect(page).to_have_title("Home · SOP Coach")


def test_a_form_without_a_signal_is_answered_by_nobody_else(phone, cast, signal):
    page = phone(cast.wanda)
    page.goto(reverse("me_called"))
    page.get_by_role("textbox").first.fill("Wan")
    signal.goes()
    page.locator("main form button:not([type=button])").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("There’s no signal just now")
    cast.wanda.refresh_from_db()
    assert cast.wanda.called != "Wan"


def test_it_can_be_put_on_the_home_screen(phone, cast):
    page = phone(cast.wanda)
    address = page.locator("link[rel=manifest]").get_attribute("href")
    manifest = json.loads(page.request.get(address).text())
    assert manifest["display"] == "standalone"
    for icon in manifest["icons"]:
        width, height = map(int, icon["sizes"].split("x"))
        seen = page.evaluate(
            "async (src) => { const i = new Image(); i.src = src; await i.decode(); return [i.naturalWidth, i.naturalHeight]; }",
            icon["src"],
        )
        assert seen == [width, height]
    said = page.context.new_cdp_session(page).send("Page.getInstallabilityErrors")
    assert said["installabilityErrors"] == []


# ---------------------------------------------------------------- a phone of one's own

ALL_THAT_IS_KEPT = """async () => {
    const db = await new Promise((done) => { const o = indexedDB.open("sopcoach", 1);
        o.onupgradeneeded = () => ["phone", "copies", "waiting"].forEach((one) => o.result.createObjectStore(one, {keyPath: "id"}));
        o.onsuccess = () => done(o.result); });
    const rows = {};
    for (const store of ["phone", "copies", "waiting"]) rows[store] = await new Promise((done) => {
        const r = db.transaction(store).objectStore(store).getAll(); r.onsuccess = () => done(r.result); });
    db.close();
    const cached = [];
    for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys()) cached.push(new URL(one.url).pathname);
    const key = rows.phone[0]?.key || null;
    const readable = key ? await crypto.subtle.exportKey("raw", key).then(() => true, () => false) : false;
    return { phone: rows.phone.length, hasKey: Boolean(key), readable, copies: rows.copies.map((one) => one.id),
             waiting: rows.waiting.length, caches: await caches.keys(), local: Object.keys(localStorage), cached,
             text: JSON.stringify(rows, (_, v) => v instanceof Uint8Array ? new TextDecoder().decode(v) : v) };
}"""


def kept_on(page: Page) -> dict[str, Any]:
    return page.evaluate(ALL_THAT_IS_KEPT)


def keeps_practice(page: Page) -> None:
    page.goto(reverse("practice"))
    page.get_by_role("button", name="Keep my practice on this phone").click()
    expect(page.get_by_text("Kept on this phone. It opens without a signal from now on.")).to_be_visible()


def wait_for(page: Page, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    for _ in range(50):
        if is_so(kept := kept_on(page)):
            return kept
        page.wait_for_timeout(200)
    raise AssertionError(kept | {"text": ""})


NOTHING = {"phone": 0, "hasKey": False, "copies": [], "waiting": 0, "local": []}


def is_empty(kept: dict[str, Any]) -> bool:
    assert not [address for address in kept["cached"] if not address.startswith(("/static/", "/no-signal/"))]
    return {name: kept[name] for name in NOTHING} == NOTHING


def taps(page: Page) -> None:
    page.get_by_role("button", name="+1").first.click()


@pytest.fixture
def session(cast: Cast):
    return steps.ready_for_review(cast.wanda, cast.sam)


@pytest.fixture
def cold_start(
    playwright: Playwright, browser_type_launch_args: dict[str, Any], tmp_path: Path, signal: Signal
) -> Iterator[Callable[[], Page]]:
    """Opens the phone's browser, closed before if it was open: `cold_start()`."""
    opened: list[BrowserContext] = []

    def open_browser() -> Page:
        if opened:
            opened.pop().close()
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "phone",
            **browser_type_launch_args,
            viewport={"width": 390, "height": 844},
            base_url=signal.url,
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    yield open_browser
    for context in opened:
        context.close()


def test_what_is_done_without_a_signal_after_a_cold_start_is_counted_once(
    cold_start, cast, session, signal, axe
):
    page = cold_start()
    sign_in(page, cast.wanda)
    keeps_practice(page)

    signal.goes()
    page = cold_start()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("There’s no signal just now")
    page.get_by_role("link", name="Go to my practice").click()
    page.wait_for_url("**/practice/")
    expect(page.get_by_text("No signal just now. So this is the page as it stood on")).to_be_visible()
    taps(page)
    expect(page.get_by_text("1 thing waits on this phone")).to_be_visible()
    taps(page)
    expect(page.get_by_text("2 things wait on this phone")).to_be_visible()
    page.get_by_label("A line for yourself?").fill("I asked what had helped before.")
    page.get_by_role("button", name="Keep it for myself").click()
    expect(page.get_by_text("3 things wait on this phone")).to_be_visible()
    expect(page.get_by_text("“I asked what had helped before.”")).to_be_visible()
    page.get_by_role("radio", name="Level 4, Purposeful").check(force=True)
    expect(page.get_by_text("Level 4 kept,")).to_be_visible()
    page.get_by_role("radio", name="Level 3, Practicing").check(force=True)
    expect(page.get_by_text("Level 3 kept,")).to_be_visible()
    expect(page.get_by_text("4 things wait on this phone")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(reverse("look_back", args=[session.partnership.slug, session.number]))
    page.get_by_label("What went well?").fill("I let it be quiet.")
    expect(page.get_by_text("Kept on this phone at")).to_be_visible()
    axe(page)

    page = cold_start()
    page.goto(reverse("practice"))
    expect(page.get_by_text("5 things wait on this phone")).to_be_visible()
    page.goto(reverse("look_back", args=[session.partnership.slug, session.number]))
    expect(page.get_by_label("What went well?")).to_have_value("I let it be quiet.")
    page.goto(session.partnership.focuses.get().aspect.profile.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text(
        session.partnership.focuses.get().aspect.profile.title
    )
    kept = kept_on(page)
    assert (kept["hasKey"], kept["readable"]) == (True, False)
    assert "quiet" not in kept["text"]
    assert "helped" not in kept["text"]
    assert not PracticeEntry.objects.exists()

    signal.comes()
    signal.loses_answers_to = b"/plus/"
    page = cold_start()
    page.goto(reverse("practice"))  # closing the browser has ended its sign-in
    expect(page.get_by_label("Password")).to_be_visible()
    page.wait_for_timeout(500)
    assert not PracticeEntry.objects.exists()
    kept = kept_on(page)
    assert (kept["hasKey"], kept["copies"], kept["waiting"]) == (False, [], 5)
    page.get_by_label("Work e-mail").fill(cast.wanda.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What did you try?")
    expect(page.get_by_text("2 of 5", exact=True)).to_be_visible()
    expect(page.get_by_text("on this phone, sealed")).to_have_count(0)
    wait_for(page, lambda kept: kept["waiting"] == 0)
    assert PracticeEntry.objects.count() == 2
    assert EntryLine.objects.get().text == "I asked what had helped before."
    assert LoggedLevel.objects.get().level == 3
    assert Draft.objects.get(field="went_well").text == "I let it be quiet."


def test_nothing_is_kept_where_nobody_said_that_the_phone_is_theirs(phone, cast, session, signal):
    page = phone(cast.wanda)
    page.goto(reverse("practice"))
    page.wait_for_timeout(500)
    assert is_empty(kept_on(page))
    signal.goes()
    page.goto(reverse("practice"))
    expect(page.get_by_role("heading", level=1)).to_have_text("There’s no signal just now")


def signs_out(page: Page) -> None:
    page.goto(reverse("account_logout"))
    page.get_by_role("main").get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_label("Password")).to_be_visible()


def test_signing_out_in_another_tab_empties_the_phone(phone, cast, session, signal):
    page = phone(cast.wanda)
    keeps_practice(page)
    page.goto(reverse("private_practice"))
    page.get_by_label("A line for yourself").fill("Typed and never sent.")
    expect(page.locator("form[data-kept]")).to_be_visible()
    assert kept_on(page)["local"]
    signs_out(page.context.new_page())
    assert is_empty(kept_on(page))
    signal.goes()
    page.goto(reverse("practice"))
    expect(page.get_by_role("heading", level=1)).to_have_text("There’s no signal just now")


@pytest.mark.parametrize("how", ["idle", "ended elsewhere", "another person"])
def test_a_sign_in_that_has_ended_leaves_nothing_that_can_be_opened(phone, cast, session, how):
    page = phone(cast.wanda)
    keeps_practice(page)
    assert kept_on(page)["hasKey"]
    if how == "idle":
        for stored in Session.objects.all():
            data = stored.get_decoded()
            data["seen_at"] -= 60 * 60
            stored.session_data = Session.objects.encode(data)
            stored.save()
        page.goto("/")
    elif how == "ended elsewhere":
        Session.objects.all().delete()
        page.goto("/")
    else:
        page.context.clear_cookies()
        sign_in(page, cast.sam)
        wait_for(page, is_empty)
    kept = wait_for(page, lambda kept: not kept["hasKey"])
    assert (kept["copies"], kept["waiting"], kept["local"]) == ([], 0, [])


def test_what_waits_for_somebody_who_was_signed_out_goes_with_their_next_sign_in_alone(
    phone, cast, session, signal
):
    page = phone(cast.wanda)
    keeps_practice(page)
    Session.objects.all().delete()
    signal.goes()
    page.goto(reverse("practice"))
    taps(page)
    expect(page.get_by_text("1 thing waits on this phone")).to_be_visible()
    signal.comes()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_text("You’re signed out.")).to_be_visible()
    page.goto("/")
    kept = wait_for(page, lambda kept: not kept["hasKey"])
    assert (kept["copies"], kept["waiting"]) == ([], 1)
    sign_in(page, cast.wanda)
    wait_for(page, lambda kept: kept["waiting"] == 0)
    assert PracticeEntry.objects.count() == 1


def test_what_waits_is_gone_once_somebody_else_has_signed_in(phone, cast, session, signal):
    page = phone(cast.wanda)
    keeps_practice(page)
    signal.goes()
    page.goto(reverse("practice"))
    taps(page)
    expect(page.get_by_text("1 thing waits on this phone")).to_be_visible()
    Session.objects.all().delete()
    signal.comes()
    sign_in(page, cast.sam)
    wait_for(page, is_empty)
    assert not PracticeEntry.objects.exists()


A_WEEK_AGO = """async () => {
    const db = await new Promise((done) => { const o = indexedDB.open("sopcoach"); o.onsuccess = () => done(o.result); });
    const rows = db.transaction("phone", "readwrite").objectStore("phone");
    const state = await new Promise((done) => { const r = rows.get("state"); r.onsuccess = () => done(r.result); });
    state.at -= 7 * 24 * 60 * 60 * 1000;
    await new Promise((done) => { const r = rows.put(state); r.onsuccess = done; });
    db.close();
}"""


def test_after_seven_days_nothing_is_left(phone, cast, session, signal):
    page = phone(cast.wanda)
    keeps_practice(page)
    signal.goes()
    page.evaluate(A_WEEK_AGO)
    page.goto(reverse("practice"))
    expect(page.get_by_role("heading", level=1)).to_have_text("There’s no signal just now")
    assert is_empty(kept_on(page))


def test_a_refusal_is_said_and_the_words_stay_until_they_are_put_away(phone, cast, session, signal):
    page = phone(cast.wanda)
    keeps_practice(page)
    signal.goes()
    page.goto(reverse("practice"))
    taps(page)
    page.get_by_label("A line for yourself?").fill("I called 555-0123-456 about it.")
    page.get_by_role("button", name="Keep it for myself").click()
    expect(page.get_by_text("2 things wait on this phone")).to_be_visible()
    signal.comes()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_text("was not taken")).to_be_visible()
    expect(page.get_by_text("I called 555-0123-456 about it.")).to_be_visible()
    assert PracticeEntry.objects.count() == 1
    page.goto(reverse("practice"))
    expect(page.get_by_text("was not taken")).to_be_visible()
    page.get_by_role("button", name="Put it away").click()
    expect(page.get_by_text("was not taken")).to_have_count(0)
    assert kept_on(page)["waiting"] == 0
    assert not EntryLine.objects.exists()


def test_an_old_page_is_never_shown_after_a_new_release(phone, cast, session, signal, monkeypatch):
    page = phone(cast.wanda)
    keeps_practice(page)
    monkeypatch.setattr("sopcoach.phone.views.release", lambda: "another")
    page.goto(reverse("who_reads_what"))
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    wait_for(page, lambda kept: kept["caches"] == ["sopcoach-another"])
    signal.goes()
    page.goto(reverse("practice"))
    expect(page.get_by_role("heading", level=1)).to_have_text("There’s no signal just now")


def test_from_home_a_plus_one_is_one_tap_and_a_level_three(phone, cast):
    steps.ready_for_review(cast.wanda, cast.sam, focuses=2)
    page = phone(cast.wanda)
    taps(page)
    expect(page.get_by_text("1 of 5", exact=True)).to_be_visible()
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Practice").click()
    page.locator(".today > summary").first.click()
    page.locator(".today").first.get_by_role("radio", name="Level 4, Purposeful").check(force=True)
    expect(page.get_by_text("Level 4 kept at")).to_be_visible()
    assert LoggedLevel.objects.count() == 1


def test_a_copy_says_when_the_signal_is_back_and_leads_to_the_page_as_it_is(phone, cast, session, signal):
    page = phone(cast.wanda)
    keeps_practice(page)
    signal.goes()
    page.goto(reverse("practice"))
    taps(page)
    expect(page.get_by_text("1 thing waits on this phone")).to_be_visible()
    signal.comes()
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_text("The signal is back, and what waited here has been sent.")).to_be_visible()
    expect(page.get_by_text("1 of 5", exact=True)).to_be_visible()
    page.get_by_role("link", name="Show the page as it is now").click()
    expect(page.get_by_text("1 of 5", exact=True)).to_be_visible()
    expect(page.get_by_text("No signal just now")).to_have_count(0)
    assert PracticeEntry.objects.count() == 1
