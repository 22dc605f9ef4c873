"""What is written while the server is away waits in the browser."""

import base64
import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.autosave.desk import DAY, KEY_OF_SAM, Desk
from tests.browser.autosave.writing import kept, leave_until_the_server_is_back, says, words, write_and_lose

pytestmark = pytest.mark.browser


def test_words_written_offline_are_kept_and_sent_when_the_connection_is_back(desk: Desk, page: Page) -> None:
    page.context.set_offline(True)
    words(page).fill("In the elevator")
    says(page, "Not saved yet, kept here")
    expect(page.locator("[data-saved] use")).to_have_attribute("href", "/static/img/sprite.svg#wifi-off")
    assert list(kept(page)) == ["sopcoach.kept.wanda./save/.words"]
    page.context.set_offline(False)
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "In the elevator"
    assert kept(page) == {}


def test_a_server_that_gives_no_answer_is_asked_again(desk: Desk, page: Page) -> None:
    desk.answer = "away"
    words(page).fill("Once more")
    says(page, "Not saved yet, kept here")
    desk.answer = None
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "Once more"


def test_whoever_is_signed_out_hears_so_and_comes_back_to_their_field(
    desk: Desk, page: Page, axe: Callable[[Page], None]
) -> None:
    desk.answer = "sign-in"
    words(page).fill("Once more")
    says(page, "You’re signed out. Your words are kept here. Sign in")
    axe(page)
    way = page.get_by_role("link", name="Sign in")
    assert way.get_attribute("href") == "/accounts/login/?next=%2F%23words"
    way.click()
    page.wait_for_url("**/accounts/login/**")
    desk.answer = None
    page.goto(f"{desk.url}#words")
    expect(words(page)).to_have_value("Once more")
    expect(words(page)).to_be_focused()
    says(page, "Saved at 10:14")


def test_who_has_signed_in_again_elsewhere_goes_on_where_they_were(desk: Desk, page: Page) -> None:
    desk.answer = "sign-in"
    words(page).fill("Once more")
    says(page, "You’re signed out. Your words are kept here. Sign in")
    desk.answer = None
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "Once more"


@pytest.mark.parametrize("button", ["Share with Sam", "On to the content"])
def test_without_a_connection_a_button_leads_nowhere_and_says_so(
    desk: Desk, page: Page, axe: Callable[[Page], None], button: str
) -> None:
    words(page).fill("In the elevator")
    says(page, "Saved at 10:14")
    page.get_by_label("A goal that").fill("5 cases")
    page.context.set_offline(True)
    words(page).fill("In the elevator, two")
    page.get_by_role("button", name=button).click()
    notice = page.get_by_role("alert")
    expect(notice).to_have_text("No connection just now. Your words are kept here; go on when it’s back.")
    expect(words(page)).to_have_value("In the elevator, two")
    axe(page)
    page.context.set_offline(False)
    expect(notice).to_have_count(0)
    page.get_by_role("button", name=button).click()
    page.wait_for_url(re.compile(r"/(save|on)/$"))
    assert desk.texts["words"] == "In the elevator, two"


def test_a_server_that_is_away_keeps_one_on_the_page_as_well(desk: Desk, page: Page) -> None:
    desk.answer = "away"
    words(page).fill("In the elevator")
    page.get_by_role("button", name="Share with Sam").click()
    expect(page.get_by_role("alert")).to_contain_text("No connection just now.")
    assert desk.posts == []


def test_without_a_connection_a_link_leads_nowhere_and_says_so(desk: Desk, page: Page) -> None:
    page.context.set_offline(True)
    page.get_by_role("link", name="Elsewhere").click()
    expect(page.get_by_role("alert")).to_contain_text("No connection just now.")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would make this time worth it?")


def test_an_answer_that_got_lost_is_not_taken_for_another_persons_change(desk: Desk, page: Page) -> None:
    desk.answer = "lost"
    words(page).fill("First words")
    says(page, "Not saved yet, kept here")
    words(page).press_sequentially(" and more")
    desk.answer = None
    expect(words(page)).to_have_attribute("data-revision", "5")
    assert desk.texts["words"] == "First words and more"
    expect(page.get_by_text("What is saved")).to_have_count(0)


def test_an_answer_that_got_lost_with_the_page_is_not_taken_for_a_change_either(
    desk: Desk, page: Page
) -> None:
    desk.answer = "lost"
    words(page).fill("First words")
    says(page, "Not saved yet, kept here")
    desk.answer = "away"
    words(page).press_sequentially(" and more")
    page.wait_for_timeout(300)
    leave_until_the_server_is_back(page, desk)
    page.goto(desk.url)
    expect(words(page)).to_have_value("First words and more")
    expect(words(page)).to_have_attribute("data-revision", "5")
    assert desk.texts["words"] == "First words and more"
    assert kept(page) == {}


def test_kept_words_come_back_into_the_field_and_are_sent(desk: Desk, page: Page) -> None:
    write_and_lose(page, desk, "From before")
    page.goto(desk.url)
    expect(words(page)).to_have_value("From before")
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "From before"
    assert kept(page) == {}


def test_what_is_kept_cannot_be_read_in_the_browsers_storage(desk: Desk, page: Page) -> None:
    write_and_lose(page, desk, "Between us")
    [(name, record)] = kept(page).items()
    assert name == "sopcoach.kept.wanda./save/.words"
    assert set(json.loads(record)) == {"iv", "data", "at", "revision"}
    assert b"Between" not in base64.b64decode(json.loads(record)["data"])
    page.goto(desk.url)
    assert page.locator("[data-keep]").count() == 0


def test_another_person_at_the_same_machine_reads_nothing_of_it(desk: Desk, page: Page) -> None:
    write_and_lose(page, desk, "Between us")
    desk.person, desk.key = "sam", KEY_OF_SAM
    page.goto(desk.url)
    expect(words(page)).to_have_value("")
    words(page).fill("Sam’s own")
    says(page, "Saved at 10:14")
    assert list(kept(page)) == ["sopcoach.kept.wanda./save/.words"]


def test_words_kept_under_another_key_do_no_harm(desk: Desk, page: Page) -> None:
    write_and_lose(page, desk, "Between us")
    desk.key = KEY_OF_SAM  # the same name, but not the key that it was kept under
    page.goto(desk.url)
    expect(words(page)).to_have_value("")
    words(page).fill("New")
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "New"


def test_what_anybody_kept_is_forgotten_after_seven_days(desk: Desk, page: Page) -> None:
    page.evaluate(
        """([old, young]) => {
            localStorage.setItem("sopcoach.kept.nia./save/.words", JSON.stringify({iv: "", data: "", at: Date.now() - old, revision: 1}));
            localStorage.setItem("sopcoach.kept.sam./save/.words", JSON.stringify({iv: "", data: "", at: Date.now() - young, revision: 1}));
            localStorage.setItem("sopcoach.kept.wanda./save/.words", "not ours");
            localStorage.setItem("something-else", "stays");
        }""",
        [7 * DAY + 1000, 6 * DAY],
    )
    page.goto(desk.url)
    expect(words(page)).to_have_value("")
    assert set(kept(page)) == {"sopcoach.kept.sam./save/.words", "something-else"}


def test_a_browser_that_cannot_encrypt_keeps_nothing_and_warns_on_leaving(
    desk: Desk, open_page: Callable[..., Page]
) -> None:
    page = open_page("Wanda")
    page.add_init_script("delete Crypto.prototype.subtle")
    page.goto(desk.url)
    desk.answer = "away"
    words(page).press_sequentially("Only here")
    says(page, "Not saved yet")
    assert kept(page) == {}
    with page.expect_event("dialog") as dialog:
        page.close(run_before_unload=True)
    assert dialog.value.type == "beforeunload"
    dialog.value.dismiss()
    desk.answer = None
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "Only here"


def test_a_copy_that_is_encrypted_late_does_not_come_back_after_the_saving(
    desk: Desk, open_page: Callable[..., Page]
) -> None:
    page = open_page("Wanda")
    page.add_init_script(
        """const encrypt = SubtleCrypto.prototype.encrypt;
        SubtleCrypto.prototype.encrypt = async function (...of) {
            const sealed = await encrypt.apply(this, of);
            await new Promise((resolve) => setTimeout(resolve, 1000));
            document.documentElement.dataset.sealed = "yes";
            return sealed;
        }"""
    )
    page.goto(desk.url)
    words(page).fill("Quick")
    words(page).blur()
    says(page, "Saved at 10:14")
    expect(page.locator("html[data-sealed]")).to_be_attached()
    page.wait_for_timeout(100)
    assert kept(page) == {}


def test_two_windows_that_were_both_cut_off_lose_neither_text(desk: Desk, page: Page) -> None:
    other = page.context.new_page()
    other.goto(desk.url)
    desk.answer = "away"
    words(page).fill("Here")
    says(page, "Not saved yet, kept here")
    words(other).fill("There")
    says(other, "Not saved yet, kept here")
    words(page).blur()
    assert len(kept(page)) == 2
    other.close()
    leave_until_the_server_is_back(page, desk)
    page.goto(desk.url)
    says(page, "Saved at 10:14")
    page.goto(desk.url)
    page.get_by_role("group", name="What is saved What you typed here").get_by_role(
        "button", name="Keep both"
    ).click()
    says(page, "Saved at 10:14")
    assert sorted(desk.texts["words"].split("\n\n")) == ["Here", "There"]
    assert kept(page) == {}


def test_words_typed_before_the_kept_ones_come_up_stand_beside_them(desk: Desk, page: Page) -> None:
    write_and_lose(page, desk, "From before")
    page.add_init_script(
        """const decrypt = SubtleCrypto.prototype.decrypt;
        SubtleCrypto.prototype.decrypt = async function (...of) {
            await new Promise((resolve) => setTimeout(resolve, 500));
            return decrypt.apply(this, of);
        }"""
    )
    page.goto(desk.url)
    words(page).fill("Just now")
    both = page.get_by_role("group", name="What was kept here What you typed here")
    expect(both.get_by_text("From before")).to_be_visible()
    expect(words(page)).to_have_value("Just now")
    both.get_by_role("button", name="Keep both").click()
    says(page, "Saved at 10:14")
    assert desk.texts["words"] == "From before\n\nJust now"
    assert kept(page) == {}
