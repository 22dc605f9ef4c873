"""Handouts as they come out of a printer: Chromium prints them, and each ladder stands on a page of its own."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from sopcoach.models import User
from tests.factories import UserFactory
from tests.profiles.factories import shipped_edition, small_edition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = re.compile(rb"/Type\s*/Page\b")


@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_each_ladder_is_a_page_on_the_paper_of_either_side_of_the_ocean(
    paper: str, enter: Callable[[User, int], Page], axe: Callable[[Page], None]
) -> None:
    shipped_edition()
    shipped_edition(name="2026-3")
    page = enter(UserFactory(name="Wanda Reyes"), 1280)

    def prints(address: str, pages: int) -> None:
        page.goto(address)
        expect(page.get_by_text(f"{pages} pages")).to_be_visible()
        axe(page)
        assert len(PAGE.findall(page.pdf(format=paper))) == pages

    prints("/profiles/print/", 60)
    prints("/profiles/three-questions/print/", 4)
    prints("/profiles/print/?edition=sop-practice-profiles-2026-1", 41)


def test_a_ladder_of_ten_levels_with_long_words_still_fits_its_page(
    enter: Callable[[User, int], Page],
) -> None:
    small_edition(top=10)
    page = enter(UserFactory(name="Wanda Reyes"), 1280)
    page.goto("/profiles/print/")
    expect(page.get_by_text("10 pages")).to_be_visible()
    assert len(PAGE.findall(page.pdf(format="Letter"))) == 10
