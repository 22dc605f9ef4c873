"""Two texts for one field: both are shown, and neither is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.autosave.desk import Desk
from tests.browser.autosave.writing import kept, says, words, write_and_lose

pytestmark = pytest.mark.browser


def clash(page: Page, desk: Desk) -> Locator:
    desk.write("words", "From the other window")
    words(page).fill("From this window")
    says(page, "These words were changed in another window.")
    both = page.get_by_role("group", name="What is saved What you typed here")
    expect(both.get_by_text("From the other window")).to_be_visible()
    expect(both.get_by_text("From this window")).to_be_visible()
    return both


def test_a_second_window_never_overwrites_silently(
    desk: Desk, page: Page, axe: Callable[[Page], None]
) -> None:
    clash(page, desk)
    expect(words(page)).to_have_value("From this window")
    assert desk.texts["words"] == "From the other window"
    axe(page)


def test_keeping_mine_puts_it_over_the_saved_words(desk: Desk, page: Page) -> None:
    clash(page, desk).get_by_role("button", name="Keep mine").click()
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "From this window"
    expect(page.get_by_text("What is saved")).to_have_count(0)
    expect(page.locator("[data-clash]")).to_be_hidden()
    expect(words(page)).to_be_focused()
    assert kept(page) == {}


def test_keeping_both_puts_mine_under_the_saved_words(desk: Desk, page: Page) -> None:
    clash(page, desk).get_by_role("button", name="Keep both").click()
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "From the other window\n\nFrom this window"
    expect(words(page)).to_have_value("From the other window\n\nFrom this window")


def test_taking_the_saved_words_sends_nothing(desk: Desk, page: Page) -> None:
    both = clash(page, desk)
    sent = len(desk.saves)
    both.get_by_role("button", name="Take the saved one").click()
    says(page, "The saved words are in place.")
    expect(words(page)).to_have_value("From the other window")
    expect(page.locator("form[data-unsaved]")).to_have_count(0)
    words(page).press_sequentially("!")
    says(page, "Saved at 10:14")
    assert desk.saves[sent:] == [("words", "From the other window!", "4")]


def test_typing_goes_on_while_two_texts_stand_and_is_kept(desk: Desk, page: Page) -> None:
    both = clash(page, desk)
    sent = len(desk.saves)
    words(page).press_sequentially(", longer")
    expect(both.get_by_text("From this window, longer")).to_be_visible()
    page.wait_for_timeout(1200)
    assert len(desk.saves) == sent
    page.reload()
    says(page, "These words were changed in another window.")
    both.get_by_role("button", name="Keep mine").click()
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "From this window, longer"


def test_the_saved_words_changing_again_before_the_choice_is_noticed(desk: Desk, page: Page) -> None:
    both = clash(page, desk)
    desk.write("words", "And once more from there")
    both.get_by_role("button", name="Keep mine").click()
    expect(both.get_by_text("And once more from there")).to_be_visible()
    assert desk.texts["words"] == "And once more from there"


def test_words_kept_from_before_meet_newer_ones_side_by_side(desk: Desk, page: Page) -> None:
    write_and_lose(page, desk, "From this machine")
    desk.write("words", "From the phone")
    page.goto(desk.url)
    both = page.get_by_role("group", name="What is saved What you typed here")
    expect(both.get_by_text("From the phone")).to_be_visible()
    expect(both.get_by_text("From this machine")).to_be_visible()
    both.get_by_role("button", name="Take the saved one").click()
    expect(words(page)).to_have_value("From the phone")
    assert kept(page) == {}


def test_two_windows_of_one_person(desk: Desk, page: Page) -> None:
    other = page.context.new_page()
    other.goto(desk.url)
    words(page).fill("Here first")
    says(page, "Saved at 10:14")
    words(other).fill("There second")
    says(other, "These words were changed in another window.")
    other.get_by_role("button", name="Keep both").click()
    says(other, "Saved at 10:14")
    assert desk.texts["words"] == "Here first\n\nThere second"


def test_a_level_chosen_in_two_windows_is_shown_in_its_words(desk: Desk, page: Page) -> None:
    desk.write("level", "4")
    page.get_by_label("5 Partnering").check()
    both = page.get_by_role("group", name="What is saved What you chose here")
    expect(both.get_by_text("4 Purposeful")).to_be_visible()
    expect(both.get_by_role("button", name="Keep both")).to_have_count(0)
    both.get_by_role("button", name="Take the saved one").click()
    expect(page.get_by_label("4 Purposeful", exact=True)).to_be_checked()


def test_text_from_elsewhere_is_never_read_as_markup(desk: Desk, page: Page) -> None:
    desk.write("words", "<b>bold</b>")
    words(page).fill("<i>mine</i>")
    expect(page.locator("[data-clash]").get_by_text("<b>bold</b>")).to_be_visible()


def test_words_that_the_browser_put_back_meet_newer_ones(desk: Desk, page: Page) -> None:
    # Some browsers fill in what stood in a field when its page was last open, before any script runs.
    page.add_init_script(
        """document.addEventListener("readystatechange", () => {
            const field = document.getElementById("words");
            if (document.readyState === "interactive" && field) field.value = "Of an hour ago";
        })"""
    )
    desk.write("words", "From the phone")
    page.goto(desk.url)
    both = page.get_by_role("group", name="What is saved What you typed here")
    expect(both.get_by_text("From the phone")).to_be_visible()
    expect(both.get_by_text("Of an hour ago")).to_be_visible()
    assert desk.saves == []
