"""What a session, and each small thing between two, takes in presses and pages. Fails above the numbers that were reached."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from coaching.models import Decision, LoggedLevel, PracticeEntry
from sopcoach.words import dates
from tests.browser.counted import Count, Counted
from tests.browser.person import Person
from tests.cast import Cast
from tests.coaching import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST = {
    "a progress session, the worker": (12, 14),
    "a progress session, the supervisor": (12, 14),
    "look back with three ratings": (3, 1),
    "one +1": (1, 0),
    "one logged level": (2, 1),
    "another day for a meeting": (3, 2),
}
"""Clicks and loads at the most."""


@pytest.fixture
def within(capsys: pytest.CaptureFixture[str]) -> Callable[[str, Count], None]:
    """Prints what something took, and fails where it's more than it was."""

    def within(what: str, count: Count) -> None:
        clicks, loads = MOST[what]
        with capsys.disabled():
            sys.stdout.write(
                f"\n{what}: {count.clicks} clicks (≤ {clicks}), {count.loads} loads (≤ {loads})\n"
            )
        assert count.clicks <= clicks
        assert count.loads <= loads

    return within


@pytest.fixture
def counted(sits_down: Callable[..., Person]) -> Callable[..., Counted]:
    """Somebody who sits down, and whose presses and pages can be counted."""

    def sit_down(*args: object) -> Counted:
        person = sits_down(*args)
        return Counted(person.name, person.page, person.axe)

    return sit_down


def test_a_progress_session_with_three_focuses_from_home_to_closed(
    cast: Cast, counted: Callable[..., Counted], within: Callable[[str, Count], None]
) -> None:
    """Sam begins it, Wanda closes it; on one focus she has logged a level since they last met. Each writes everywhere."""
    session = steps.ready_for_review(cast.wanda, cast.sam, focuses=3)
    focuses = list(session.partnership.focuses.order_by("pk"))
    steps.log_level(focuses[0], 4)
    sam, wanda = counted(cast.sam), counted(cast.wanda)
    with sam.counts() as by_sam, wanda.counts() as by_wanda:
        for person in (sam, wanda):
            person.follows(re.compile("^Open session 2"))
            person.is_at(re.compile("^Session 2 with"))
        sam.presses("Begin session 2")
        wanda.comes_back()
        wanda.follows("Go on with Purpose")
        for person in (wanda, sam):
            person.is_at("Why are we meeting today?")
            person.writes("To learn.", into="My words")
            person.presses("Straight to Content")
        before = replace(by_wanda)
        looks_back_and_rates(wanda)
        look_back = Count(by_wanda.clicks - before.clicks, by_wanda.loads - before.loads)
        for place in (1, 2, 3):
            if place == 1:
                sam.is_at(re.compile("shared"))
                sam.comes_back()
                sam.follows("Show it")
            sam.is_at("What did you see that fits Wanda’s goals?")
            sam.sees(f"focus {place} of 3")
            sam.writes("You waited.", into="What I saw that fits the goals")
            sam.presses("Share with Wanda")
            wanda.sees(f"focus {place} of 3")
            wanda.comes_back()
            wanda.presses("Raise the target to 5")
            sam.comes_back()
            sam.writes("The answer came.", into="What would you like to congratulate Wanda on")
            sam.presses(re.compile("^Say this, and on to"))
        for person in (sam, wanda):
            person.is_at("Who does what by when?")
            person.writes(f"{person.name} will ask.", into="What will you do?")
            person.page.get_by_label("by", exact=True).fill(f"{timezone.localdate() + timedelta(days=7)}")
            person.presses("Promise it, and on to Plus / delta")
            person.is_at("What helped, and what would we change?")
            person.writes("The silence.", into="Plus: what helped")
            person.has_saved()
        closes(wanda)
        sam.comes_back()
        sam.follows("Show it")
        sam.sees("Closed on")
    within("a progress session, the worker", by_wanda)
    within("a progress session, the supervisor", by_sam)
    within("look back with three ratings", look_back)
    assert Decision.objects.filter(choice=Decision.Choice.RAISE).count() == 3
    assert session.partnership.promises.filter(session=session).count() == 2
    session.refresh_from_db()
    assert session.is_closed


def test_small_things_between_two_meetings_from_home(
    cast: Cast, counted: Callable[..., Counted], within: Callable[[str, Count], None]
) -> None:
    session = steps.ready_for_review(cast.wanda, cast.sam)
    wanda = counted(cast.wanda)
    with wanda.counts() as plus:
        wanda.presses(re.compile(r"^\+1 for: Use Three Questions"))
        wanda.sees("1 of 5")
    within("one +1", plus)
    assert PracticeEntry.objects.count() == 1
    wanda.goes_home()
    with wanda.counts() as logged:
        wanda.follows("Practice")
        wanda.is_at("What did you try?")
        wanda.chooses("Level 4, Purposeful")
        wanda.is_told("Level 4 kept at")
    within("one logged level", logged)
    assert LoggedLevel.objects.get().level == 4
    wanda.goes_home()
    day = timezone.localdate() + timedelta(days=20)
    with wanda.counts() as moved:
        wanda.follows(re.compile("^Open session 2"))
        wanda.opens("Choose another day")
        wanda.page.get_by_label("Day", exact=True).fill(f"{day}")
        wanda.presses("Move the session")
        wanda.sees("You moved it from")
    within("another day for a meeting", moved)
    session.refresh_from_db()
    assert session.starts_at is not None
    assert dates.local_day(session.starts_at) == day


def looks_back_and_rates(wanda: Counted) -> None:
    """All on one page; on one focus the level is chosen already, from the one that was logged."""
    wanda.is_at("What went well since you last met?")
    wanda.writes("I waited.", into="What went well?")
    for fieldset in wanda.page.get_by_role("group", name=re.compile("^My level in")).all():
        if fieldset.get_by_role("radio", name=re.compile("^Not now")).is_checked():
            wanda.chooses_in(fieldset, "Level 4, Purposeful")
    wanda.presses("Share with Sam")
    wanda.is_told("Shared with Sam at ")


def closes(person: Counted) -> None:
    """Where the other side has written only just now, a page asks first; that is not counted against anybody's way."""
    person.presses("Keep this date and close")
    anyway = person.page.get_by_role("button", name="Close anyway")
    closed = person.page.get_by_role("heading", level=1, name=re.compile("^Coaching with"))
    expect(anyway.or_(closed).first).to_be_visible()
    if anyway.is_visible():
        anyway.click()
    expect(closed).to_be_visible()
