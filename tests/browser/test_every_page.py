"""The whole product by its links: everybody in the demo goes wherever a click leads them."""

from collections import deque
from collections.abc import Callable
from urllib.parse import urldefrag, urlsplit

import pytest
from django.test import override_settings
from playwright.sync_api import Page, expect

from coaching.demo import unit
from coaching.demo.people import ADA, DELE, LINH, NIA, OLAF, PETRA, SAM, TOMAS, WANDA, Person
from tests.profiles.factories import shipped_edition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT_LEAST = {WANDA: 110, SAM: 120, LINH: 35, DELE: 12, TOMAS: 20, PETRA: 12, NIA: 12, OLAF: 12, ADA: 40}
"""How many pages each reaches; fewer, and a way into some part of the product has been lost."""

READ = """() => ({
    title: document.title,
    headings: document.querySelectorAll("h1").length,
    links: Array.from(document.querySelectorAll("a[href]"), link => link.href),
})"""


WORKERS = [WANDA, DELE, LINH, TOMAS, PETRA]
"""The rest of the people look in a test of their own, so that the two go on side by side."""


@override_settings(SOPCOACH_DEMO=True)
@pytest.mark.parametrize(
    "people",
    [WORKERS, [person for person in AT_LEAST if person not in WORKERS]],
    ids=["workers", "supervisors_and_others"],
)
def test_every_page_that_a_click_leads_to_opens_for_everybody_in_the_demo(
    browser_of: Callable[..., Page], people: list[Person]
) -> None:
    edition = shipped_edition()
    unit.build()
    catalogue: set[str] = set()
    reached = {}
    for person in people:
        page = browser_of(person.name)
        enter_as(page, person)
        reached[person] = walk(page, catalogue)
        page.context.close()
    profiles = [f"/profiles/{profile.slug}/" for profile in edition.profiles.all()]
    handouts = [f"{profile}print/" for profile in profiles]
    assert len(profiles) == 10
    others = {"/profiles/print/", "/profiles/about/", "/profiles/words/"}
    assert {urlsplit(place).path for place in catalogue} == {*profiles, *handouts, *others}
    assert {person.name: count for person, count in reached.items() if count < AT_LEAST[person]} == {}


def enter_as(page: Page, person: Person) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("button", name=f"Enter as {person.name}").click()
    expect(page).to_have_title("Home · SOP Coach")


def walk(page: Page, catalogue: set[str]) -> int:
    """Open all that can be reached from this page, breadth first; returns how many pages that were.

    A practice profile is the same for everybody, so it is opened once: those in `catalogue` have been, and new ones are
    added there.
    """
    site = urlsplit(page.url).netloc
    found, ahead, opened = {page.url}, deque([page.url]), 0
    while ahead:
        address = ahead.popleft()
        opened += 1
        page.goto(address, wait_until="domcontentloaded")
        read = page.evaluate(READ)
        assert read["title"].endswith(" · SOP Coach"), address
        assert read["headings"] == 1, address
        for link in read["links"]:
            place = urldefrag(link).url
            if place in found or place in catalogue:
                continue
            assert urlsplit(place).netloc == site, f"{address} leads away from the site, to {place}"
            found.add(place)
            if "." in place.rsplit("/", 1)[-1]:
                assert page.request.get(place).ok, f"{address} offers {place}"
                continue
            ahead.append(place)
            if urlsplit(place).path.startswith("/profiles/") and not place.endswith("/profiles/"):
                catalogue.add(place)
    return opened
