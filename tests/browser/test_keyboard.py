"""A review by keyboard alone, in which Enter shares, decides and closes nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from coaching.models import CoachingSession, Decision, Observation, Promise, Reflection, SelfRating
from tests.browser.person import Person
from tests.cast import Cast, make_cast
from tests.coaching import steps
from tests.profiles.factories import small_edition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUSED = "[document.activeElement.name, document.activeElement.textContent.trim()]"
TABS = 80
"""More than any page of the review has places to stop at."""


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    small_edition()
    return make_cast()


def tabs_to(page: Page, *, field: str = "", button: str = "") -> None:
    """Go on by Tab until this field or this button has the focus."""
    for _ in range(TABS):
        page.keyboard.press("Tab")
        name, words = page.evaluate(FOCUSED)
        if (field and name == field) or (button and words.startswith(button)):
            return
    pytest.fail(f"No Tab leads to {field or button} on {page.url}")


def presses_enter_to_no_avail(page: Page) -> None:
    """Nothing is sent: no request leaves, and the page stays."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.is_navigation_request() else None)
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    assert sent == []
    assert page.url == before


def opens(person: Person, session: CoachingSession, rest: str) -> None:
    person.page.goto(f"/coaching/{session.partnership.slug}/sessions/{session.number}/{rest}")


@pytest.mark.parametrize("width", [390, 1280])
def test_enter_on_a_level_shares_nothing_for_worker_and_supervisor(
    cast: Cast, sits_down: Callable[..., Person], width: int
) -> None:
    session = steps.ready_for_review(cast.wanda, cast.sam)
    session.open(by=cast.sam)
    started = SelfRating.objects.count()
    wanda, sam = sits_down(cast.wanda, width), sits_down(cast.sam, width)

    opens(wanda, session, "content/")
    tabs_to(wanda.page, field="went_well")
    wanda.page.keyboard.type("I waited for the answer.")
    tabs_to(wanda.page, button="Share with Sam")
    assert not Reflection.objects.exists()
    wanda.page.keyboard.press("Enter")
    wanda.reads("Where are you now?")
    wanda.is_told("Shared with Sam at ")

    tabs_to(wanda.page, field="level")
    wanda.page.keyboard.press("ArrowDown")
    expect(wanda.page.locator("[name=level]:checked")).to_have_count(1)
    presses_enter_to_no_avail(wanda.page)
    tabs_to(wanda.page, field="glimpse")
    presses_enter_to_no_avail(wanda.page)
    assert SelfRating.objects.count() == started
    tabs_to(wanda.page, button="Share with Sam")
    wanda.page.keyboard.press("Enter")
    wanda.reads("You’ve shared. Sam comes next.")
    wanda.is_told("Shared with Sam at ")
    assert SelfRating.objects.count() == started + 1

    opens(sam, session, "content/")
    tabs_to(sam.page, field="saw")
    sam.page.keyboard.type("You asked, and then you waited.")
    tabs_to(sam.page, field="level")
    presses_enter_to_no_avail(sam.page)
    sam.page.keyboard.press("ArrowDown")
    presses_enter_to_no_avail(sam.page)
    assert not Observation.objects.exists()
    tabs_to(sam.page, button="Share with Wanda")
    sam.page.keyboard.press("Enter")
    sam.reads("What has each of you seen that the other hasn’t?")
    sam.is_told("Shared with Wanda at ")

    opens(wanda, session, "content/")
    tabs_to(wanda.page, button="Carry on towards 4")
    assert not Decision.objects.exists()
    wanda.page.keyboard.press("Enter")
    wanda.is_told("Shared with Sam at ")
    assert Decision.objects.exists()


def test_enter_in_a_day_promises_nothing_and_closes_nothing(
    cast: Cast, sits_down: Callable[..., Person]
) -> None:
    session = steps.ready_for_review(cast.wanda, cast.sam)
    session.open(by=cast.sam)
    sam = sits_down(cast.sam)

    opens(sam, session, "next_steps/")
    tabs_to(sam.page, field="promise")
    sam.page.keyboard.type("Ask before telling.")
    tabs_to(sam.page, field="due_on")
    presses_enter_to_no_avail(sam.page)
    assert not Promise.objects.exists()

    opens(sam, session, "feedback/")
    sam.page.locator("details:has([name=day])").evaluate("(fold) => { fold.open = true; }")
    for field in ("day", "at"):
        tabs_to(sam.page, field=field)
        presses_enter_to_no_avail(sam.page)
    session.refresh_from_db()
    assert session.is_open
