"""What hands do to forms in a browser: a double click, back and send again, reload after a refusal, a sign-out elsewhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from coaching.groups.models import Group
from coaching.models import ShadowNote
from sopcoach.models import User
from tests.cast import Cast
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "A long pause, and then it came."


def write_a_note(page: Page, words: str = WORDS) -> None:
    page.goto("/shadowing/notes/new/")
    page.get_by_label("What it was about").select_option(index=1)
    page.get_by_label("What stood out to you?").fill(words)


def test_a_double_click_makes_one_and_so_does_going_back_and_sending_again(
    cast: Cast, enter: Callable[..., Page]
) -> None:
    page = enter(cast.sam)
    write_a_note(page)
    page.get_by_role("button", name="Keep it").dblclick()
    page.wait_for_url("**/shadowing/")
    expect(page.get_by_role("status").filter(has_text="Kept, for you only.")).to_have_count(1)
    assert ShadowNote.objects.count() == 1
    page.goto("/groups/new/")
    page.get_by_label("What shall it be called?").fill("Mapping")
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url(lambda address: "/groups/new/" not in address)
    page.go_back()
    page.get_by_label("What shall it be called?").fill("Mapping")
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url(lambda address: "/groups/new/" not in address)
    assert Group.objects.count() == 1


def test_reloading_after_a_refusal_asks_for_the_page_and_sends_nothing(
    cast: Cast, enter: Callable[..., Page]
) -> None:
    page = enter(cast.sam)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto("/groups/new/")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.reload()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert [address for address in sent if address.endswith("/groups/new/")] == sent
    assert len(sent) == 1


def test_words_sent_after_a_sign_out_in_another_tab_come_back_and_one_press_sends_them(
    cast: Cast, enter: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = enter(cast.petra, 390)
    write_a_note(page)
    sign_out_elsewhere(page)
    page.get_by_role("button", name="Keep it").click()
    sign_in(page, cast.petra)
    expect(page.get_by_role("heading", level=1, name="Your words are here")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)
    page.get_by_role("button", name="Send it now").click()
    page.wait_for_url("**/shadowing/")
    assert ShadowNote.objects.get().stood_out == WORDS


def test_words_sent_after_signing_in_anew_in_another_tab_are_taken_at_once(
    cast: Cast, enter: Callable[..., Page]
) -> None:
    page = enter(cast.petra)
    write_a_note(page)
    other = sign_out_elsewhere(page)
    sign_in(other, cast.petra)
    page.get_by_role("button", name="Keep it").click()
    page.wait_for_url("**/shadowing/")
    assert ShadowNote.objects.get().stood_out == WORDS


def sign_out_elsewhere(page: Page) -> Page:
    other = page.context.new_page()
    other.goto("/accounts/logout/")
    other.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(other.get_by_label("Password")).to_be_visible()
    return other


def sign_in(page: Page, user: User) -> None:
    page.get_by_label("Work e-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_label("Password")).to_have_count(0)
