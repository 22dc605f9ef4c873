"""What hands do on the page of the desk, and what stands there."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.autosave.desk import Desk


def words(page: Page) -> Locator:
    return page.get_by_label("My words")


def says(page: Page, sentence: str) -> None:
    expect(page.locator("[data-saved]")).to_have_text(sentence)


def kept(page: Page) -> dict[str, str]:
    return page.evaluate("() => Object.fromEntries(Object.entries(localStorage))")


def wait_until_kept(page: Page) -> None:
    page.wait_for_function(
        "() => Object.keys(localStorage).some((name) => name.startsWith('sopcoach.kept.'))"
    )


def write_and_lose(page: Page, desk: Desk, text: str) -> None:
    """Words that the server never gets: they are in this browser only."""
    desk.answer = "away"
    words(page).fill(text)
    says(page, "Not saved yet, kept here")
    leave_until_the_server_is_back(page, desk)


def leave_until_the_server_is_back(page: Page, desk: Desk) -> None:
    """Away until the page is next opened, so that what is sent on leaving comes to nothing as well."""
    desk.away_until_opened = True
    page.goto(f"{desk.url}elsewhere/")
