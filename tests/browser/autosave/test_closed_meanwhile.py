"""Words that came too late for a session stay with their author."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.autosave.desk import KEY_OF_SAM, Desk
from tests.browser.autosave.writing import kept, says, words

pytestmark = pytest.mark.browser


def write_too_late(page: Page, desk: Desk, text: str) -> Locator:
    """The box on the closed page in which the words stand that only this browser has."""
    desk.answer = "closed"
    words(page).fill(text)
    says(page, "This session is closed. Its words stay as they are. Your words are kept here. Copy my words")
    desk.is_over = True
    page.goto(desk.url)
    return page.get_by_role("region", name="You were still writing this when the session closed")


def test_words_that_came_too_late_stay_with_their_author_on_the_closed_page(
    desk: Desk, page: Page, axe: Callable[[Page], None]
) -> None:
    box = write_too_late(page, desk, "It helped that you waited.")
    expect(box.get_by_text("It helped that you waited.")).to_be_visible()
    axe(page)
    page.reload()
    expect(box.get_by_text("It helped that you waited.")).to_be_visible()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    box.get_by_role("button", name="Copy").click()
    expect(box.get_by_role("status")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == "It helped that you waited."


def test_words_that_came_too_late_are_put_away_by_their_author_and_brought_back(
    desk: Desk, page: Page
) -> None:
    box = write_too_late(page, desk, "It helped that you waited.")
    box.get_by_role("button", name="Put it away").click()
    expect(box.get_by_text("It helped that you waited.")).to_be_hidden()
    assert kept(page) == {}
    box.get_by_role("button", name="Bring it back").click()
    expect(box.get_by_text("It helped that you waited.")).to_be_visible()
    box.get_by_role("button", name="Put it away").click()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(box).to_be_hidden()


def test_words_that_were_only_on_their_way_still_arrive_from_the_closed_page(desk: Desk, page: Page) -> None:
    desk.answer = "away"
    words(page).fill("In the elevator")
    says(page, "Not saved yet, kept here")
    desk.is_over = desk.away_until_opened = True
    page.goto(desk.url)
    expect(page.locator(".said")).to_have_text("In the elevator")
    assert desk.texts["words"] == "In the elevator"
    assert kept(page) == {}


def test_another_person_finds_nothing_of_it_on_the_closed_page(desk: Desk, page: Page) -> None:
    box = write_too_late(page, desk, "Between us")
    expect(box.get_by_text("Between us")).to_be_visible()
    desk.person, desk.key = "sam", KEY_OF_SAM
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(box).to_be_hidden()
    assert "Between us" not in page.content()
