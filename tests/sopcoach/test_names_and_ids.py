"""On every page that a link leads to, for everybody in the demo: no id stands twice, and each field has a name."""

from collections import Counter, deque
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import resolve

from coaching.demo import unit
from coaching.demo.people import ADA, DELE, LINH, NIA, OLAF, PETRA, SAM, TOMAS, WANDA, Person
from sopcoach.models import User
from tests.forms.taking_back import taken_back
from tests.profiles.factories import shipped_edition

PEOPLE = [WANDA, SAM, LINH, DELE, TOMAS, PETRA, NIA, OLAF, ADA]
NOT_FIELDS = {"hidden", "submit", "button"}
OF_A_KIND = 3
"""So many pages at one route are opened: what differs between them is what people have written."""


class Reading(HTMLParser):
    """The links of a page, and what is wrong with its ids and the names of its fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.pointed: list[str] = []
        self.in_label = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "label":
            self.labelled.add(given.get("for", ""))
            self.in_label += 1
        if (
            tag in {"input", "select", "textarea"}
            and given.get("type") not in NOT_FIELDS
            and given.get("aria-hidden") != "true"
            and not self.in_label
        ):
            self.fields.append(given)
        for name in ("aria-describedby", "aria-labelledby"):
            self.pointed += given.get(name, "").split()

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self.in_label -= 1

    @property
    def wrong(self) -> list[str]:
        doubled = [f"the id {one} stands twice" for one, count in Counter(self.ids).items() if count > 1]
        nameless = [
            f"{field.get('name')} has no name"
            for field in self.fields
            if field.get("id") not in self.labelled and not {"aria-label", "aria-labelledby"} & field.keys()
        ]
        astray = [f"nothing is called {one}" for one in self.pointed if one not in self.ids]
        return doubled + nameless + astray


@pytest.mark.django_db
@pytest.mark.parametrize("people", [PEOPLE[::2], PEOPLE[1::2]], ids=["some", "the_others"])
def test_no_id_stands_twice_and_every_field_has_a_name(
    client_for: Callable[[User], Client], people: list[Person]
) -> None:
    """In two halves, which go on side by side; each builds the demo once."""
    shipped_edition()
    unit.build()
    wrong = {}
    for person in people:
        with taken_back():
            wrong |= read_all(client_for(user_of(person)), person.name)
    assert wrong == {}


def user_of(person: Person) -> User:
    return User.objects.get(email=person.email)


def read_all(client: Client, name: str) -> dict[str, list[str]]:
    """Whatever is wrong with the pages that this person comes to, by address."""
    found, ahead, wrong = {"/"}, deque(["/"]), {}
    kinds: Counter[str] = Counter()
    while ahead:
        address = ahead.popleft()
        if kinds[resolve(urlsplit(address).path).view_name] >= OF_A_KIND:
            continue
        answer = client.get(address, follow=True)
        kinds[answer.resolver_match.view_name] += 1
        if kinds[answer.resolver_match.view_name] > OF_A_KIND or "text/html" not in answer["Content-Type"]:
            continue
        reading = Reading(answer.text)
        if reading.wrong:
            wrong[f"{name}: {address}"] = reading.wrong
        for link in reading.links:
            place = urldefrag(urljoin(address, link)).url
            if urlsplit(place).netloc or place in found or "." in place.rsplit("/", 1)[-1]:
                continue
            found.add(place)
            ahead.append(place)
    assert len(kinds) > 5, name
    return wrong
