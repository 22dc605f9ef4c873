"""Debian's Chromium, several people at once, and axe on whatever page they see."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from sopcoach.models import User
from tests.browser.person import Person
from tests.cast import Cast, make_cast
from tests.factories import PASSWORD
from tests.profiles.factories import shipped_edition

# Playwright's own event loop runs in the thread of the test, where Django would refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PATIENCE = 20_000
"""Milliseconds for something to appear; a machine that has other work to do needs them."""

expect.set_options(timeout=PATIENCE)

BLOCKED = "Service Worker registration blocked by Playwright"
"""What a page says where `open_page` lets nothing stand between it and the network."""
HEIGHTS = {390: 844, 1280: 800}
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    args = [
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    if os.geteuid() == 0:
        args.append("--no-sandbox")
    return browser_type_launch_args | {"executable_path": chromium(), "args": args}


def chromium() -> str | None:
    """Debian's; where it is there, the one without windows, in which opening a page is a quarter of the work."""
    return shutil.which("chromium-headless-shell") or shutil.which("chromium")


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page in a browser of its own: `open_page("Wanda", 390)`.

    Nothing stands between it and the network, unless `service_workers="allow"`: a test may stop or alter what it asks
    for. At the end of the test nobody's pages may have thrown an error or asked for what the CSP forbids.
    """
    contexts = []
    wrong: list[str] = []

    def open_page(person: str = "somebody", width: int = 1280, **more: Any) -> Page:
        viewport = {"width": width, "height": HEIGHTS.get(width, 900)}
        context = browser.new_context(viewport=viewport, **{"service_workers": "block"} | more)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"{person}: {error}"))

        def listen(message: ConsoleMessage) -> None:
            if "Content Security Policy" in message.text:
                wrong.append(f"{person}: {message.text}")

        page.on("console", listen)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def browser_of(
    live_server: LiveServer, transactional_db: None, open_page: Callable[..., Page]
) -> Iterator[Callable[..., Page]]:
    """A page at the product itself, where nobody has signed in yet: `browser_of("Wanda", 390)`.

    At the end of the test nobody may have met a page that is missing, refused or broken, an error in the console, or a
    browser's own question whether to leave the page.
    """
    wrong: list[str] = []

    def browser_of(person: str, width: int = 1280) -> Page:
        page = open_page(person, width, base_url=live_server.url)
        page.set_default_timeout(PATIENCE)

        def look_at(response: Response) -> None:
            if response.status >= 400:
                wrong.append(f"{person}: {response.status} {response.request.method} {response.url}")

        def listen(message: ConsoleMessage) -> None:
            if message.type in {"error", "warning"} and message.text != BLOCKED:
                wrong.append(f"{person}: {message.text}, on {page.url}")

        def answer(dialog: Dialog) -> None:
            wrong.append(f"{person} was asked: {dialog.type} {dialog.message}, on {page.url}")
            dialog.accept()

        page.on("dialog", answer)
        page.on("response", look_at)
        page.on("console", listen)
        return page

    yield browser_of
    assert wrong == []


@pytest.fixture
def enter(browser_of: Callable[..., Page]) -> Callable[..., Page]:
    """The home page of somebody who has signed in with their password: `enter(wanda, 390)`."""

    def enter(user: User, width: int = 1280) -> Page:
        page = browser_of(user.name, width)
        page.goto("/")
        page.get_by_label("Work e-mail").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page).to_have_title("Home · SOP Coach")
        return page

    return enter


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The people, with the edition that ships."""
    shipped_edition()
    return make_cast()


@pytest.fixture
def sits_down(enter: Callable[..., Page], axe: Callable[[Page], None]) -> Callable[..., Person]:
    """Somebody signed in at a browser of their own: `sits_down(wanda, 390)`."""

    def sit_down(user: User, width: int = 1280) -> Person:
        return Person(user.short_name, enter(user, width), axe)

    return sit_down


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fail with a list of what axe finds on a page: `axe(page)`. A strict CSP doesn't stand in its way."""

    def check(page: Page) -> None:
        options = {"resultTypes": ["violations"], "runOnly": WCAG_22_AA}
        violations = Axe().run(page, options=options).response["violations"]
        found = [
            f"{violation['id']} ({violation['impact']}): {violation['help']}\n    {' '.join(node['target'])}\n    {node['html']}"
            for violation in violations
            for node in violation["nodes"]
        ]
        assert not found, f"{page.url}, {page.viewport_size}:\n" + "\n".join(found)

    return check
