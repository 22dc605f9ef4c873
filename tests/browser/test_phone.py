"""A phone without a signal (product.md, 11)."""

import json
from collections.abc import Callable, Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from sopcoach.models import User
from tests.browser.conftest import PATIENCE
from tests.browser.signal import Signal
from tests.browser.test_kept import sign_in
from tests.cast import Cast

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
