"""A blind sort in a browser (docs/editions.md): five people sort the cards of an aspect, each in their own way, and an
administrator reads what came out."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from coaching.sorting.models import Sorter, SortResult
from profiles.models import Edition
from sopcoach.models import User
from tests.browser.person import Person
from tests.factories import PASSWORD, UserFactory
from tests.profiles.factories import small_edition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CARDS = 14
"""Of the profile: two aspects of seven levels."""
NAMED = "Opening in listening"
TOP = 7


@pytest.fixture
def edition(cast) -> Edition:
    return small_edition(profiles=1)


@pytest.fixture
def without_scripts(live_server: LiveServer, open_page: Callable[..., Page]) -> Callable[[User], Page]:
    def signed_in(user: User) -> Page:
        page = open_page(user.name, 390, base_url=live_server.url, java_script_enabled=False)
        page.goto("/")
        page.get_by_label("Work e-mail").fill(user.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page).to_have_title("Home · SOP Coach")
        return page

    return signed_in


def level_of(edition: Edition) -> dict[str, int]:
    """What no page says: the level of each card of the aspect, by its words."""
    rows = edition.aspects.get(title=NAMED).descriptors.select_related("level")
    return {row.text: row.level.number for row in rows}


def names_every_card(page: Page, edition: Edition) -> None:
    """Which aspect each belongs to; the words of these cards say it."""
    for number in range(1, CARDS + 1):
        expect(page.get_by_text(f"Card {number} of {CARDS}")).to_be_visible()
        words = page.locator("#card").inner_text()
        aspect = NAMED if words in level_of(edition) else "Following in listening"
        page.get_by_role("radio", name=aspect).check(force=True)
        page.get_by_role("button", name="On to the order" if number == CARDS else "Next card").click()
    expect(page.get_by_role("heading", level=1, name="Put these seven cards in order")).to_be_visible()


def levels_on(page: Page, edition: Edition) -> list[int]:
    known = level_of(edition)
    return [known[words] for words in page.locator("[data-card] > p").all_inner_texts()]


def by_arrows(page: Page, edition: Edition) -> None:
    """Each card up to its place, by its arrow; the focus goes along, and the move is said."""
    for level in range(1, TOP + 1):
        while (place := levels_on(page, edition).index(level) + 1) > level:
            page.get_by_role("button", name=f"Up, card in place {place}", exact=True).press("Enter")
            expect(
                page.get_by_role("status").filter(has_text=f"now in place {place - 1} of {TOP}")
            ).to_be_attached()
            is_up = place - 1 > 1
            expect(page.locator(":focus")).to_have_attribute(
                "aria-label", f"{'Up' if is_up else 'Down'}, card in place {place - 1}"
            )


def by_places(page: Page, edition: Edition) -> None:
    """All places chosen, then one button."""
    for card, level in zip(page.locator("[data-card]").all(), levels_on(page, edition), strict=True):
        card.get_by_role("combobox").select_option(str(level))
    page.get_by_role("button", name="Move to the places chosen").click()
    expect(page.locator(".saved")).to_be_visible()


def by_dragging(page: Page, edition: Edition) -> None:
    page.set_viewport_size({"width": 1280, "height": 1500})  # a mouse lets go over what it sees
    for level in range(1, TOP + 1):
        place = levels_on(page, edition).index(level) + 1
        if place != level:
            cards = page.locator("[data-card]")
            cards.nth(place - 1).locator("> p").drag_to(cards.nth(level - 1).locator("> p"))
            expect(
                page.get_by_role("status").filter(has_text=f"now in place {level} of {TOP}")
            ).to_be_attached()


def test_five_people_sort_and_the_administrator_reads_what_came_out(
    cast, edition, sits_down, without_scripts, client_for
):
    administrator = UserFactory(name="Adela Bell")
    ada = sits_down(administrator)
    administrator.is_administrator = True
    administrator.save()
    client_for(administrator)  # with a second factor
    ada.page.goto(f"/manage/editions/{edition.slug}/")
    ada.follows("Blind sorts of this edition")
    ada.reads("Blind sorts")
    ada.follows("Open a sort")
    ada.presses("Open it")
    ada.sees("Choose at least one aspect.")
    ada.ticks(NAMED)
    ada.writes((timezone.localdate() + timedelta(days=7)).isoformat(), into="Last day")
    ada.presses("Open it")
    ada.is_told("The sort is open. Hand its link out.")
    ada.reads("Blind sort")
    link = ada.page.get_by_role("region", name="The link to hand out").locator("#address").inner_text()

    ways = (
        (cast.wanda, 390, by_arrows),
        (cast.sam, 1280, by_dragging),
        (cast.petra, 320, by_places),
        (cast.nia, 1280, by_arrows),
        (cast.olaf, None, by_places),
    )
    for number, (user, width, puts_in_order) in enumerate(ways, start=1):
        ada.page.reload()
        ada.sees(f"{number - 1} of 5 so far.")
        somebody: Person | None = sits_down(user, width) if width else None
        page = somebody.page if somebody else without_scripts(user)
        page.goto(link)
        if somebody:
            somebody.reads("Sort cards without seeing the ladder")
        page.get_by_role("link", name="Begin").click()
        if somebody:
            somebody.reads("Which aspect does this card belong to?")
        names_every_card(page, edition)
        if somebody:
            somebody.looks_closely()
        puts_in_order(page, edition)
        page.reload()
        assert levels_on(page, edition) == list(range(1, TOP + 1)), f"{user.name}: {puts_in_order.__name__}"
        page.get_by_role("button", name="Keep this order").click()
        expect(page.get_by_role("heading", level=1, name="Thank you")).to_be_visible()
        if somebody:
            somebody.looks_closely()

    assert list(Sorter.objects.values_list("named", "orders").distinct()) == [({}, {})]
    ada.page.reload()
    ada.sees("5 have sorted it. Shown once the sort is closed.")
    ada.presses("Close the sort")
    ada.follows("What came out")
    ada.reads("What the sort says about the words")
    ada.follows(NAMED)
    ada.sees(re.compile(r"From 5 sorters, on \w+ \d+, 20\d\d\."))
    ada.sees("5 of 5", under="Card by card")
    ada.sees(re.compile("No card stood out."))
    ada.looks_closely()
    ada.page.set_viewport_size({"width": 390, "height": 844})
    ada.looks_closely()
    main = ada.page.get_by_role("main").inner_text()
    assert not [user.name for user, _, _ in ways if user.short_name in main]
    assert "reliable" not in main
    assert SortResult.objects.get().sorters == 5
