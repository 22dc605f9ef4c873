"""What the other side does comes in by itself, and disturbs nothing."""

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.autosave.desk import Desk
from tests.browser.autosave.writing import says, words

pytestmark = pytest.mark.browser


def test_the_other_sides_words_appear_by_themselves(desk: Desk, page: Page) -> None:
    words(page).press_sequentially("I am typing")
    desk.live = "<p>Sam: we start with what works.</p>"
    expect(page.get_by_text("Sam: we start with what works.")).to_be_visible()
    expect(words(page)).to_be_focused()
    expect(words(page)).to_have_value("I am typing")


def is_told(page: Page, sentence: str) -> Locator:
    status = page.get_by_role("status").filter(has_text=sentence)
    expect(status).to_be_in_viewport()
    return status


def mark(page: Page) -> None:
    """So that a test sees whether the page has been loaded again."""
    page.evaluate("window.isTheSame = true")


def is_still_the_same(page: Page) -> bool:
    return page.evaluate("window.isTheSame === true")


def test_another_page_is_offered_and_never_loaded_by_itself(desk: Desk, page: Page) -> None:
    words(page).press_sequentially("I am typing")
    says(page, "Saved at 10:14")
    mark(page)
    desk.news = {"news": "Sam has closed this session.", "is_same_page": False}
    link = is_told(page, "Sam has closed this session.").get_by_role("link", name="Show it")
    expect(words(page)).to_be_focused()
    page.mouse.wheel(0, 600)
    expect(link).to_be_in_viewport()
    words(page).blur()
    page.wait_for_timeout(2_500)
    assert is_still_the_same(page)
    desk.news = None
    link.click()
    expect(link).to_have_count(0)
    expect(words(page)).to_have_value("I am typing")
    assert not is_still_the_same(page)


def test_what_is_new_on_the_same_page_is_put_in_place_around_whatever_is_in_use(
    desk: Desk, page: Page
) -> None:
    desk.besides = (
        '<details><summary>Earlier</summary><p>We began.</p></details><p id="quote">We start small.</p>'
    )
    page.reload()
    page.get_by_text("Earlier").click()
    page.get_by_label("A goal that").fill("5 cases")
    words(page).press_sequentially("I am typing")
    page.evaluate("document.querySelector('#words').setSelectionRange(2, 4)")
    mark(page)
    desk.besides = desk.besides.replace("We began.", "We began well.") + "<p>Sam is glad of it.</p>"
    desk.texts["words"] = "Of another window"  # the field is its author's: it isn't touched
    desk.news = {"news": "There is a word of congratulation.", "is_same_page": True}
    is_told(page, "There is a word of congratulation.")
    expect(page.get_by_text("Sam is glad of it.")).to_be_visible()
    expect(page.get_by_text("We began well.")).to_be_visible()
    expect(page.get_by_label("A goal that")).to_have_value("5 cases")
    expect(words(page)).to_be_focused()
    expect(words(page)).to_have_value("I am typing")
    assert page.evaluate("[words.selectionStart, words.selectionEnd]") == [2, 4]
    words(page).press_sequentially("!")
    expect(words(page)).to_have_value("I ! typing")
    assert is_still_the_same(page)


def test_a_page_in_which_words_are_selected_stays_as_it_is(desk: Desk, page: Page) -> None:
    desk.besides = '<p id="quote">We start small.</p>'
    page.reload()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#quote'))")
    desk.besides = '<p id="quote">We start smaller.</p>'
    desk.news = {"news": "Sam has shared.", "is_same_page": True}
    link = is_told(page, "Sam has shared.").get_by_role("link", name="Show it")
    assert page.evaluate("getSelection().toString()") == "We start small."
    desk.news = None
    link.click()
    expect(page.get_by_text("We start smaller.")).to_be_visible()


def test_what_is_being_sent_is_not_called_off_by_what_is_new(desk: Desk, page: Page) -> None:
    on_their_way: list[Route] = []
    page.route("**/on/", lambda route: on_their_way.append(route))
    with page.expect_request("**/on/"):
        page.get_by_role("button", name="On to the content").click(no_wait_after=True)
    desk.news = {"news": "Sam has shared.", "is_same_page": True}
    page.wait_for_event("response", lambda response: response.url.endswith("?state=then"))
    page.wait_for_timeout(200)
    on_their_way[0].continue_()
    expect(page.get_by_role("heading", level=1)).to_have_text("/on/")
