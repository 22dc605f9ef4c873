"""An agency of 5,000: no page lists them all, and none asks the database more for it."""

import re
from collections.abc import Iterator

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coaching.models import Engagement, ShadowOffer, engagement
from sopcoach.models import User
from tests.matrix.reading import pages_that_open
from tests.matrix.world import World, make_world

FEW, MANY = 60, 5_000
MOST_NAMED = 25
"""How many of them a page names at most."""
NAME = re.compile(r"Colleague Number\d+")
LARGEST = 40_000
"""Bytes of a page on which people are chosen."""
CHOOSING = {
    ("invite", "supervisor"),
    ("ask", "worker"),
    ("shadow_note_new", "worker"),
    ("shadow_note", "worker"),
    ("shadowing", "outsider"),
    ("group", "supervisor"),
    ("group_new", "supervisor"),
    ("group_ask", "supervisor"),
    ("manage_cohort_new", "admin"),
    ("manage_cohort", "admin"),
    ("manage_cohort_people", "admin"),
    ("manage_people", "admin"),
}


@pytest.fixture
def world(db) -> World:
    """With somebody who observes, and so is shown who may be shadowed."""
    world = make_world()
    engagement.begin(
        worker=world.people["outsider"],
        supervisor=world.people["supervisor"],
        slug="observer",
        engagement=Engagement.OBSERVING,
    )
    return world


def test_no_page_lists_a_whole_agency(world):
    hire(world, 0, MANY)
    long = [
        f"{route} as {name}: {count} names"
        for route, name, response in pages(world, ("worker", "supervisor", "admin"))
        if (count := len(set(NAME.findall(response.text)))) > MOST_NAMED
    ]
    assert not long, "\n".join(long)


def test_a_page_on_which_people_are_chosen_weighs_the_same_in_an_agency_of_5000(world):
    hire(world, 0, FEW)
    with_few = dict(weights(world))
    hire(world, FEW, MANY)
    with_many = dict(weights(world))

    assert set(with_many) == CHOOSING
    for page, (size, queries) in with_many.items():
        assert size <= LARGEST, f"{page}: {size} bytes"
        assert queries == with_few[page][1], (
            f"{page}: {with_few[page][1]} queries with {FEW}, {queries} with {MANY}"
        )


def hire(world: World, first: int, last: int) -> None:
    """Colleagues whom everybody could invite, ask, put on a list or go along with."""
    people = User.objects.bulk_create(
        User(
            name=f"Colleague Number{number:05}",
            email=f"colleague{number:05}@agency.example",
            unit=world.people["worker"].unit,
            may_supervise=True,
        )
        for number in range(first, last)
    )
    ShadowOffer.objects.bulk_create(
        ShadowOffer(owner=person, profile_slug=world.profile) for person in people
    )


def pages(
    world: World, people: tuple[str, ...], only: set[str] | None = None
) -> Iterator[tuple[str, str, HttpResponse]]:
    """Every page that opens for one of these people."""
    browsers = {name: Client() for name in people}
    for name, client in browsers.items():
        client.force_login(world.people[name])
    for route, name, address in pages_that_open(world, people):
        if only is None or route.name in only:
            response = browsers[name].get(address)
            assert response.status_code == 200, address
            if not response.streaming:
                yield route.name, name, response


def weights(world: World) -> Iterator[tuple[tuple[str, str], tuple[int, int]]]:
    """Bytes and queries of each page on which people are chosen, on its second visit."""
    for route, name in CHOOSING:
        list(pages(world, (name,), {route}))
        with CaptureQueriesContext(connections["default"]) as queries:
            (response,) = [response for _, _, response in pages(world, (name,), {route})]
        yield (route, name), (len(response.content), len(queries))
