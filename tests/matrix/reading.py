"""Reads the table of `table.txt`, and what the product answers."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Self

from django.db import transaction
from django.test import Client
from django.urls import reverse

from sopcoach.models import User
from styles.used import on_page
from tests.architecture.routes import Route, all_routes
from tests.matrix.acts import ACTS, PLACE
from tests.matrix.world import PEOPLE, SIDES, TRYING, World

TABLE = Path(__file__).with_name("table.txt")
METHODS = ("GET", "POST")
KEPT = {"private_entry_delete", "shadow_note", "shadow_note_show"}
"""Addresses of what one person keeps for themselves, which hold something of whoever tries on as well."""


@dataclass(frozen=True)
class Row:
    """One address, one method, in one place: what each person gets."""

    route: str
    place: str
    method: str
    statuses: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str, str]:
        return self.route, self.place, self.method

    def __str__(self) -> str:
        name = f"{self.route}@{self.place}" if self.place else self.route
        return f"{name:<40} {self.method:<5}" + "".join(f"{status:>11}" for status in self.statuses)


def written() -> dict[tuple[str, str, str], Row]:
    rows = {}
    for line in TABLE.read_text().splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, method, *statuses = line.split()
        route, _, place = name.partition("@")
        assert len(statuses) == len(PEOPLE), f"table.txt: {name} {method} has {len(statuses)} statuses"
        row = Row(route, place, method, tuple(statuses))
        assert row.key not in rows, f"table.txt names {name} {method} twice"
        rows[row.key] = row
    return rows


def cells() -> list[tuple[Route, str, str]]:
    """Every address there is, in every place it can lie in, by every method."""
    return [
        (route, place, method) for route in all_routes() for place in places_of(route) for method in METHODS
    ]


def places_of(route: Route) -> tuple[str, ...]:
    if route.address.startswith("coaching/<"):
        return tuple(SIDES)
    return ("", TRYING) if route.name in KEPT else ("",)


def address_of(route: Route, place: str, world: World) -> str:
    wanted = re.findall(r"<(?:\w+:)?(\w+)>", route.address)
    elsewhere = PLACE.get(route.name, lambda world: {})
    values = world.places[place] if place else world.places["elsewhere"] | elsewhere(world)
    if route.name == "agreement_sign" or route.name == "agreement_version":
        values = values | {"number": values["version"]}
    missing = [name for name in wanted if name not in values]
    assert not missing, f"tests/matrix/acts.py: say what {route.name} has for {', '.join(missing)}"
    return reverse(route.name, kwargs={name: values[name] for name in wanted})


@dataclass(frozen=True)
class Everybody:
    """Each person of the world at a browser of their own, signed in once."""

    browsers: dict[str, tuple[Client, SimpleCookie]]
    classes: set[str] = field(default_factory=set)
    """What the pages that they are answered wear."""

    @classmethod
    def of(cls, world: World) -> Self:
        browsers = {}
        for name in PEOPLE:
            client = Client(raise_request_exception=False)
            if user := world.user(name):
                came_last = user.last_login
                client.force_login(user)
                # whether somebody has ever come decides what an administrator may do for them
                User.objects.filter(pk=user.pk).update(last_login=came_last)
            browsers[name] = client, client.cookies
        return cls(browsers)

    def ask(self, name: str, method: str, address: str, act: dict[str, object]) -> str:
        """What somebody gets; whatever it changed is taken back, in their browser too."""
        client, cookies = self.browsers[name]
        client.cookies = cookies.copy()
        with transaction.atomic():
            response = client.get(address) if method == "GET" else client.post(address, act)
            transaction.set_rollback(True)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            self.classes.update(on_page(response.text))
        return said(response)


def answers(route: Route, place: str, method: str, world: World, everybody: Everybody) -> Row:
    """What the product answers to each person.

    A method that isn't there is refused before anything is looked up, so one person's 405 is that of all who are
    signed in.
    """
    address = address_of(route, place, world)
    act = ACTS.get(route.name, lambda values: {})(world.places[place or "elsewhere"])
    first = everybody.ask(PEOPLE[0], method, address, act)
    statuses = [first]
    for name in PEOPLE[1:]:
        asked = first != "405" or world.user(name) is None
        statuses.append(everybody.ask(name, method, address, act) if asked else first)
    return Row(route.name, place, method, tuple(statuses))


def pages_that_open(world: World, people: Iterable[str]) -> Iterator[tuple[Route, str, str]]:
    """(route, person, address) of each page that the table says these people are shown."""
    rows = written()
    for route, place, method in cells():
        row = rows.get((route.name, place, method))
        if method == "GET" and row:
            statuses = dict(zip(PEOPLE, row.statuses, strict=True))
            yield from (
                (route, name, address_of(route, place, world)) for name in people if statuses[name] == "200"
            )


def said(response) -> str:
    """The status; "in" for the way to the sign-in page, which says nothing of what lies behind."""
    if response.status_code == 302 and response.headers["Location"].startswith("/accounts/login/"):
        return "in"
    return str(response.status_code)
