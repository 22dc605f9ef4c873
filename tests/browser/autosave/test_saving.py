"""Words save themselves while they are typed, and what is refused stays in its field."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.autosave.desk import Desk
from tests.browser.autosave.writing import kept, says, wait_until_kept, words, write_and_lose

pytestmark = pytest.mark.browser


def test_words_are_saved_a_moment_after_typing_and_the_line_says_when(desk: Desk, page: Page) -> None:
    words(page).fill("A question for Thursday")
    says(page, "Saved at 10:14")
    assert desk.saves == [("words", "A question for Thursday", "3")]
    assert desk.headers[0]["X-CSRFToken"] == "of-the-page"
    assert desk.headers[0]["X-Person"] == "wanda"
    expect(page.locator("[data-saved] use")).to_have_attribute("href", "/static/img/sprite.svg#check-lg")
    assert kept(page) == {}


def test_each_saving_goes_on_from_the_revision_of_the_one_before(desk: Desk, page: Page) -> None:
    words(page).press_sequentially("One")
    says(page, "Saved at 10:14")
    words(page).press_sequentially(", two")
    words(page).blur()
    expect(words(page)).to_have_attribute("data-revision", "5")
    assert desk.saves == [("words", "One", "3"), ("words", "One, two", "4")]
    expect(page.locator("[data-revision-of=words]")).to_have_value("5")


def test_words_typed_while_a_request_is_on_its_way_follow_after_it(desk: Desk, page: Page) -> None:
    desk.slow.clear()
    words(page).fill("One")
    words(page).blur()
    words(page).fill("One, two")
    words(page).blur()
    words(page).fill("One, two, three")
    words(page).blur()
    desk.slow.set()
    expect(words(page)).to_have_attribute("data-revision", "5")
    assert [(text, revision) for _, text, revision in desk.saves] == [("One", "3"), ("One, two, three", "4")]


def test_a_chosen_level_is_saved_at_once(desk: Desk, page: Page) -> None:
    page.get_by_label("5 Partnering").check()
    says(page, "Saved at 10:14")
    assert desk.saves == [("level", "5", "3")]


def test_fields_of_one_form_are_saved_on_their_own(desk: Desk, page: Page) -> None:
    words(page).fill("One")
    page.get_by_label("And more").fill("Two")
    expect(page.get_by_label("And more")).to_have_attribute("data-revision", "4")
    assert dict(desk.texts, level="") == {"words": "One", "more": "Two", "level": ""}


def test_words_are_sent_when_the_page_is_left_at_once(desk: Desk, page: Page) -> None:
    words(page).fill("Quickly")
    page.get_by_role("link", name="Elsewhere").click()
    page.wait_for_url("**/elsewhere/")
    page.goto(desk.url)
    expect(words(page)).to_have_value("Quickly")
    says(page, "Not written in yet")
    assert desk.texts["words"] == "Quickly"
    assert kept(page) == {}


def test_a_primary_button_waits_for_the_words_on_their_way(desk: Desk, page: Page) -> None:
    words(page).fill("Almost")
    page.get_by_role("button", name="Share with Sam").click()
    page.wait_for_url("**/save/")
    assert desk.texts["words"] == "Almost"
    assert (desk.posts[0]["words"], desk.posts[0]["revision"]) == (["Almost"], ["4"])


def test_a_button_elsewhere_on_the_page_waits_two_seconds_at_most(desk: Desk, page: Page) -> None:
    desk.slow.clear()
    words(page).fill("Slow")
    page.get_by_label("A goal that").fill("5 cases")
    page.get_by_role("button", name="On to the content").click(no_wait_after=True)
    page.wait_for_url("**/on/", timeout=5000)
    assert desk.posts == [{"goal": ["5 cases"]}]


def test_nobody_is_warned_on_leaving_when_all_is_saved_or_kept(desk: Desk, page: Page) -> None:
    warnings: list[str] = []
    page.on("dialog", lambda dialog: (warnings.append(dialog.type), dialog.accept()))
    words(page).fill("Saved")
    says(page, "Saved at 10:14")
    page.goto(f"{desk.url}elsewhere/")
    page.goto(desk.url)
    write_and_lose(page, desk, "Kept")
    assert warnings == []


def test_words_that_look_like_a_case_number_are_not_saved_and_stay(
    desk: Desk, page: Page, axe: Callable[[Page], None]
) -> None:
    words(page).fill("the family in case 18-20417")
    says(page, "“18-20417” looks like a case number, so we’ve stopped here.")
    expect(words(page)).to_have_attribute("aria-invalid", "true")
    expect(words(page)).to_have_accessible_description(
        "“18-20417” looks like a case number, so we’ve stopped here."
    )
    expect(words(page)).to_have_value("the family in case 18-20417")
    axe(page)
    page.get_by_label("And more").fill("Something else")
    expect(page.get_by_label("And more")).to_have_attribute("data-revision", "4")
    says(page, "“18-20417” looks like a case number, so we’ve stopped here.")
    words(page).fill("the family of a caregiver")
    says(page, "Saved at 10:14")
    expect(words(page)).not_to_have_attribute("aria-invalid", "true")
    assert desk.texts["words"] == "the family of a caregiver"


def test_refused_words_are_not_sent_again_and_again(desk: Desk, page: Page) -> None:
    words(page).fill("case 18-20417")
    expect(words(page)).to_have_attribute("aria-invalid", "true")
    words(page).focus()
    words(page).blur()
    page.wait_for_timeout(1200)
    assert len(desk.saves) == 1


def test_taking_refused_words_out_again_brings_back_what_the_line_said(desk: Desk, page: Page) -> None:
    words(page).fill("case 18-20417")
    expect(words(page)).to_have_attribute("aria-invalid", "true")
    words(page).fill("")
    says(page, "Not written in yet")
    expect(words(page)).not_to_have_attribute("aria-invalid", "true")


def test_a_closed_session_says_so_and_the_words_stay(desk: Desk, page: Page) -> None:
    desk.answer = "closed"
    words(page).fill("Too late")
    says(page, "This session is closed. Its words stay as they are. Your words are kept here. Copy my words")
    expect(words(page)).to_have_value("Too late")
    wait_until_kept(page)
    page.wait_for_timeout(1200)
    assert len(desk.saves) == 1
