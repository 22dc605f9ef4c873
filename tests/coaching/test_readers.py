"""Every page with coaching content names its readers, and truthfully (product.md, 6)."""

import re
from html import unescape

import pytest
from django.urls import reverse

from coaching.models.partnership import Partnership
from coaching.models.release import Release, release
from tests.architecture.routes import all_routes
from tests.matrix.reading import address_of
from tests.matrix.world import ENDED, RUNNING, SIDES, TRYING, make_world

pytestmark = pytest.mark.both_databases

LINE = re.compile(r'<p class="readers">.*?<span>(.*?)</span></p>', re.DOTALL)
FRAGMENTS = {"goal_sentence"}
"""A part of the page that asks for it."""
FOR_EVER = {"agreement", "agreement_version"}
"""What the supervisor reads as well when all else has ended."""


def readers_of(response) -> str:
    """What a page says about its readers; nothing where it doesn't."""
    found = LINE.search(response.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]+>", "", found[1])).split()) if found else ""


def pages(client, world, place: str) -> dict[str, object]:
    """Each page of a partnership that opens for somebody, by its name."""
    found = {}
    for route in all_routes():
        if route.address.startswith("coaching/<") and route.name not in FRAGMENTS:
            response = client.get(address_of(route, place, world))
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                found[route.name] = response
    return found


@pytest.fixture
def world(db):
    return make_world()


@pytest.mark.parametrize("person", ["worker", "supervisor"])
def test_every_page_of_a_coaching_that_goes_on_names_its_readers(world, client_for, person):
    found = pages(client_for(world.people[person]), world, RUNNING)
    assert len(found) > 15
    assert [name for name, page in found.items() if not readers_of(page)] == []


@pytest.mark.parametrize("person", SIDES[TRYING])
def test_before_formal_coaching_both_find_the_page_of_the_two_and_the_way_out(world, client_for, person):
    found = pages(client_for(world.people[person]), world, TRYING)
    mine = {"engagement"} if person == SIDES[TRYING][0] else set()
    assert set(found) == {"partnership", "end"} | mine
    assert [name for name, page in found.items() if not readers_of(page)] == []


def test_once_it_has_ended_every_page_but_the_agreement_is_the_workers_alone(world, client_for):
    found = pages(client_for(world.people["worker"]), world, ENDED)
    assert len(found) > 15
    lines = {name: readers_of(page) for name, page in found.items()}
    assert [name for name, line in lines.items() if not line] == []
    others = [name for name, line in lines.items() if name not in FOR_EVER and "Fay Former can" in line]
    assert others == []
    assert all("Fay Former can read this page" in lines[name] for name in FOR_EVER)


def test_the_worker_reads_to_whom_a_part_was_released(world, client_for):
    worker = world.people["worker"]
    old = Partnership.objects.get(slug=world.places[ENDED]["slug"])
    Release.objects.filter(partnership=old).delete()
    new = Partnership.objects.get(worker=worker, supervisor=world.people["next"])
    page = reverse("goals", args=[old.slug])
    client = client_for(worker)
    assert readers_of(client.get(page)) == "Only you can read this page."
    (one,) = release(old, by=worker, into=new, aspects=[old.focuses.get().aspect_slug])
    assert readers_of(client.get(page)) == (
        "Only you can read this page, and Nia Okafor what you have released of it."
    )
    one.take_back(by=worker)
    assert readers_of(client.get(page)) == "Only you can read this page."


def test_while_it_goes_on_both_sides_are_named_with_whoever_it_was_released_to(world, client_for):
    worker = world.people["worker"]
    running = Partnership.objects.get(slug=world.places[RUNNING]["slug"])
    new = Partnership.objects.get(worker=worker, supervisor=world.people["next"])
    release(running, by=worker, into=new, aspects=[running.focuses.get().aspect_slug])
    page = reverse("progress", args=[running.slug])
    assert readers_of(client_for(worker).get(page)) == (
        "Only you and Sam Ortiz can read this page, and Nia Okafor what you have released of it."
    )
    assert readers_of(client_for(world.people["supervisor"]).get(page)) == (
        "Only you and Wanda Reyes can read this page, and a next supervisor what Wanda releases of it."
    )


@pytest.mark.parametrize("name", ["home", "practice", "placements", "me", "export"])
def test_pages_over_all_coaching_name_their_readers(world, client_for, name):
    assert readers_of(client_for(world.people["worker"]).get(reverse(name)))


def test_before_a_yes_the_invitation_names_its_two_readers(world, client_for):
    page = reverse("partnership", args=[world.places["elsewhere"]["invitation"]])
    assert "Only you and Sam Ortiz can read this page" in readers_of(
        client_for(world.people["peer"]).get(page)
    )
