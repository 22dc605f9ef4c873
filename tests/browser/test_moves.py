"""Pages of the workflow follow one another in an open page, and behave as if each had been opened (ADR 31)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from coaching.models import CoachingSession, Promise, StageWords
from sopcoach.models import User
from tests.cast import Cast
from tests.coaching import steps
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def opening(cast: Cast) -> CoachingSession:
    return steps.open_session(steps.begin(cast.wanda, cast.sam))


def at(session: CoachingSession, stage: str) -> str:
    return f"/coaching/{session.partnership.slug}/sessions/{session.number}/{stage}/"


def opened_once(page: Page) -> None:
    """Marks the document, which another one wouldn't have."""
    page.evaluate("window.mark = 1")


def is_the_same_document(page: Page) -> bool:
    return bool(page.evaluate("window.mark === 1"))


def signs_in(page: Page, user: User) -> None:
    page.goto("/")
    page.get_by_label("Work e-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_title("Home · SOP Coach")


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1, name=text)).to_be_visible()


def test_one_goes_from_stage_to_stage_and_back_without_losing_a_word(
    cast: Cast, opening: CoachingSession, enter: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = enter(cast.wanda)
    page.goto(at(opening, "purpose"))
    opened_once(page)
    page.get_by_label("My words").fill("To keep a family together.")
    page.get_by_role("link", name="Context").click()
    heading(page, "What might pull our attention away")
    assert is_the_same_document(page)
    expect(page).to_have_title("Context, session 1 · SOP Coach")
    expect(page).to_have_url(f"{page.url.split('/coaching/')[0]}{at(opening, 'context')}")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert page.evaluate("scrollY") == 0
    assert StageWords.objects.get().text == "To keep a family together."
    axe(page)

    page.get_by_label("My words").fill("A hearing at three.")
    expect(page.locator("form[data-unsaved]")).to_have_count(0)
    page.go_back()
    heading(page, "Why are we meeting today?")
    expect(page.get_by_label("My words")).to_have_value("To keep a family together.")
    assert not is_the_same_document(page)
    page.go_forward()
    heading(page, "What might pull our attention away")
    expect(page.get_by_label("My words")).to_have_value("A hearing at three.")
    page.reload()
    heading(page, "What might pull our attention away")


def test_a_promise_is_made_on_the_spot_and_only_once(
    cast: Cast, opening: CoachingSession, enter: Callable[..., Page]
) -> None:
    page = enter(cast.wanda)
    page.goto(at(opening, "next_steps"))
    opened_once(page)
    before = page.evaluate("history.length")
    for words in ("I ask before I tell.", "I call the school."):
        page.locator("[name=promise]").fill(words)
        page.get_by_label("by", exact=True).fill("2026-12-31")
        page.get_by_role("button", name="Promise this").dblclick()
        expect(page.get_by_text(words).and_(page.locator("p"))).to_be_visible()
        expect(page.locator("[name=promise]")).to_have_value("")
    assert is_the_same_document(page)
    assert page.evaluate("history.length") == before
    assert Promise.objects.count() == 2


def test_what_is_refused_says_so_at_once_and_keeps_what_was_typed(
    cast: Cast, opening: CoachingSession, enter: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    page = enter(cast.wanda)
    page.goto(at(opening, "next_steps"))
    opened_once(page)
    page.locator("[name=promise]").fill("I ask before I tell.")
    page.get_by_role("button", name="Promise this").click()
    wrong = page.locator(".wrong")
    expect(wrong).to_be_focused()
    expect(page.locator("[name=promise]")).to_have_value("I ask before I tell.")
    assert is_the_same_document(page)
    axe(page)
    page.reload()
    expect(page.locator("[name=promise]")).to_have_value("I ask before I tell.")


def test_without_a_connection_one_stays_and_hears_so(
    cast: Cast, opening: CoachingSession, open_page: Callable[..., Page], live_server: LiveServer
) -> None:
    page = open_page(base_url=live_server.url)
    signs_in(page, cast.wanda)
    page.goto(at(opening, "purpose"))
    page.context.set_offline(True)
    page.get_by_role("link", name="Context").click()
    expect(page.get_by_text("There’s no connection to SOP Coach just now.")).to_be_visible()
    heading(page, "Why are we meeting today?")
    page.context.set_offline(False)
    page.get_by_role("link", name="Context").click()
    heading(page, "What might pull our attention away")


def test_the_home_page_and_the_way_there_are_opened_whole(
    cast: Cast, opening: CoachingSession, enter: Callable[..., Page]
) -> None:
    page = enter(cast.wanda)
    page.goto(f"/coaching/{opening.partnership.slug}/")
    opened_once(page)
    page.get_by_role("main").get_by_role("link").first.click()
    page.wait_for_load_state()
    page.goto(at(opening, "purpose"))
    opened_once(page)
    page.get_by_role("link", name="Home", exact=True).click()
    expect(page).to_have_title("Home · SOP Coach")
    assert not is_the_same_document(page)
