"""Typed, left by a link, opened again: every field, found by itself on the pages of every form of the table.

A form that has a row in `tests/forms/rows.py` is walked without a line here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

import pytest
from playwright.sync_api import Error, Page

from tests.browser.conftest import PATIENCE
from tests.browser.fields import SCRIPT, Field, fields_of, stands, type_into
from tests.browser.one_transaction import Served
from tests.forms.happenings.reasons import FILES, NO_WORDS_KEPT
from tests.forms.rows import PARTS, Arranged, Row
from tests.forms.taking_back import taken_back
from tests.matrix.world import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NO_FORM = NO_WORDS_KEPT | dict.fromkeys(
    ("goal_sentence", "manage_edition_aspect_notes", "manage_edition_goal_notes"),
    "No form leads there: it answers what is typed into the form of another row.",
)
"""Rows without a page on which something could be typed and left."""

NOT_WALKED = {f"{name}.file": why for name, why in FILES.items()} | {
    "erase.sure": "A consent, which is given anew whenever its page is opened.",
    "manage_people.q": "It asks who is shown; what was asked stands in the address.",
    "manage_people.unit": "It asks who is shown; what was asked stands in the address.",
}
"""Fields by the route that they are sent to."""


def is_walked(row: Row) -> bool:
    return not any(row.name == name or row.name.startswith(name.partition("*")[0]) for name in NO_FORM)


TO_WALK = [part for part in PARTS if any(is_walked(row) for row in part())]
"""The table in pieces, each in a world of its own."""


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    with taken_back():
        yield make_world()


@pytest.mark.parametrize("part", TO_WALK, ids=attrgetter("__name__"))
def test_what_is_typed_into_any_field_and_left_is_there_when_its_page_is_opened_again(
    part: Callable[[], Iterator[Row]],
    world: World,
    open_page: Callable[..., Page],
    record_property: Callable[[str, str], None],
) -> None:
    with Served().running() as served:
        page = open_page("whoever", 1280, base_url=served.url)
        page.set_default_timeout(PATIENCE)
        page.add_init_script(path=SCRIPT)
        walk = Walk(page, served)
        for row in part():
            if is_walked(row):
                walk.goes_to(row, world)
    if walk.lost:
        pytest.fail("\n".join(walk.lost))
    routes = {route for row in part() for route in (row.route, row.page)}
    assert {name for name in NOT_WALKED if name.partition(".")[0] in routes} <= walk.left_out
    size = f"{len(walk.typed)} fields of {len(walk.forms)} forms"
    record_property("fields", f"{size}, one of {len(TO_WALK)} parts")


@dataclass
class Walk:
    """Through the pages of one part of the table, in one browser, as one person after another."""

    page: Page
    served: Served
    places: set[tuple[Any, ...]] = field(default_factory=set)
    typed: set[str] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)

    @property
    def forms(self) -> set[str]:
        return {title.rpartition(".")[0] for title in self.typed}

    def goes_to(self, row: Row, world: World) -> None:
        """Type into whatever no page has shown before; what comes of it is taken back."""
        place = (row.who, row.before, row.page or row.route, row.stage, row.query, row.prepare)
        if place in self.places:
            return
        self.places.add(place)
        with taken_back():
            arranged = row.arrange(world)
            with self.served.open():
                try:
                    self.types_and_comes_back(arranged)
                except Error as error:  # one page's failure leaves the others to be seen
                    self.lost.append(f"{row}: {error.message}")
                finally:
                    self.page.evaluate("localStorage.clear()")
                    self.page.goto("about:blank")

    def types_and_comes_back(self, arranged: Arranged) -> None:
        """Where typing into one field lets go of another, that one's turn comes when the page is opened again."""
        self.signs_in(arranged)
        self.page.goto(arranged.page_address)
        fields = fields_of(self.page)
        self.left_out |= {one.title for one in fields if one.title in NOT_WALKED}
        left = [one for one in fields if self.is_new(arranged.row, one)]
        while left:
            changed = self.types(left)
            if not changed:
                self.lost += [f"{arranged.row}: nothing can be typed into {one.title}" for one in left]
                return
            self.leaves()
            self.page.goto(arranged.page_address)
            self.finds(arranged.row, changed)
            self.typed |= {self.name(arranged.row, one) for one in changed}
            left = [one for one in left if one.key not in stands(changed)]

    def is_new(self, row: Row, one: Field) -> bool:
        return one.title not in NOT_WALKED and self.name(row, one) not in self.typed

    def name(self, row: Row, one: Field) -> str:
        return f"{row.page or row.route} {row.stage} {one.title}"

    def signs_in(self, arranged: Arranged) -> None:
        cookies = arranged.client.cookies.items()
        self.page.context.clear_cookies()
        self.page.context.add_cookies(
            [{"name": name, "value": cookie.value, "url": self.served.url} for name, cookie in cookies]
        )

    def types(self, fields: list[Field]) -> list[Field]:
        """Returns what stands in those that something else stands in now, once the page says that it is kept."""
        before = stands(fields)
        for one in fields:
            type_into(self.page, one)
        now = [one for one in fields_of(self.page) if one.key in before]
        self.page.wait_for_function("keys => fields.isKept(keys)", arg=list(before))
        return [one for one in now if one.values != before[one.key]]

    def leaves(self) -> None:
        here = self.page.url
        self.page.locator("footer.foot a, header.top a").first.click()
        self.page.wait_for_url(lambda address: address != here)

    def finds(self, row: Row, typed: list[Field]) -> None:
        try:
            self.page.wait_for_function("wanted => fields.stand(wanted)", arg=stands(typed))
        except Error:
            now = stands(fields_of(self.page))
            self.lost += [
                f"{row}: {one.title}, {one.values} → {now.get(one.key)}"
                for one in typed
                if now.get(one.key) != one.values
            ]
