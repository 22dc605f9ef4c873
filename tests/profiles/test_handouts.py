import re

import pytest

from sopcoach.models import User
from tests.cast import make_cast
from tests.limits import MOST_QUERIES
from tests.profiles.factories import small_edition


@pytest.fixture
def wanda(db) -> User:
    return make_cast().wanda


def text_of(response):
    return " ".join(response.content.decode().split())


def test_the_whole_edition_prints_one_ladder_a_page_with_the_levels_in_front(client_for, wanda):
    small_edition()
    page = text_of(client_for(wanda).get("/profiles/print/"))
    assert "10 pages: the levels first" in page
    assert page.count('class="sheet leaf') == 10
    assert page.index("The levels") < page.index("Opening in listening") < page.index("Opening in mapping")
    assert "What I notice about my own practice" in page


def test_each_id_on_it_stands_once(client_for, wanda):
    small_edition()
    found = re.findall(r'\bid="([^"]+)"', text_of(client_for(wanda).get("/profiles/print/")))
    assert len(found) == len(set(found))


def test_an_edition_that_was_published_once_prints_by_its_name_and_a_draft_doesnt(client_for, wanda):
    first = small_edition()
    small_edition(name="2", profiles=1)
    draft = small_edition(name="3", published=False)
    client = client_for(wanda)
    assert "10 pages" in text_of(client.get(f"/profiles/print/?edition={first.slug}"))
    assert "4 pages" in text_of(client.get("/profiles/print/"))
    assert client.get(f"/profiles/mapping/print/?edition={first.slug}").status_code == 200
    for slug in (draft.slug, "nothing", "%00", f"{first.slug}%00"):
        assert client.get(f"/profiles/print/?edition={slug}").status_code == 404
        assert client.get(f"/profiles/listening/print/?edition={slug}").status_code == 404


def test_without_a_published_edition_there_is_nothing_to_print(client_for, wanda):
    assert client_for(wanda).get("/profiles/print/").status_code == 404


def test_it_asks_the_database_the_same_however_large_the_edition_is(
    client_for, wanda, django_assert_max_num_queries
):
    small_edition(profiles=8, aspects=4)
    client = client_for(wanda)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get("/profiles/print/")
