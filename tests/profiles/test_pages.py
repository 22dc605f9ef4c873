from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from profiles.models import Edition
from sopcoach.models import User
from tests.factories import UserFactory
from tests.profiles.counting import queries_of
from tests.profiles.factories import shipped_edition, small_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def wanda() -> User:
    return UserFactory(name="Wanda Reyes")


@pytest.fixture
def client(client_for: Callable[[User], Client], wanda: User) -> Client:
    return client_for(wanda)


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_catalogue_lists_every_profile_in_learning_order(client) -> None:
    shipped_edition()
    page = text_of(client, "/profiles/")
    titles = [
        "Three Questions",
        "Solution-Focused Questions",
        "Three Houses and Safety House",
        "Safety Goals",
    ]
    places = [page.index(f">{title}</a>") for title in titles]
    assert places == sorted(places)
    assert 'href="/profiles/three-questions/#balanced-inquiry">Balanced inquiry</a>' in page
    assert "Runs through all the others" in page
    assert "SOP practice profiles, edition 2026.1. For coaching conversations." in page


def test_a_profile_shows_its_aspects_as_ladders_with_questions_and_goals(client) -> None:
    shipped_edition()
    page = text_of(client, "/profiles/three-questions/")
    assert page.count('<ol class="ladder') == 3
    assert (
        page.count(
            "Each description pictures the highest point of its level. Every level holds the ones before it."
        )
        == 3
    )
    assert "1 of 10" in page
    assert "Which of the three questions brought an answer you did not expect" in page
    assert "Use the Three Questions with caregivers on 4 first home visits in the next 30 days." in page
    assert "Not for audit, discipline or performance appraisal." in page
    assert 'href="/profiles/solution-focused-questions/"' in page


def test_the_last_profile_leads_no_further(client) -> None:
    small_edition()
    page = text_of(client, "/profiles/planning/")
    assert "3 of 3" in page
    assert "Next in order" not in page


def test_a_handout_is_one_ladder_a_leaf_and_a_last_leaf(client) -> None:
    small_edition()
    page = text_of(client, "/profiles/mapping/print/")
    assert "3 pages: a ladder on each" in page
    assert page.count('class="sheet leaf') == 3
    assert "When did mapping go well?" in page


def test_a_draft_is_read_by_nobody_at_the_address_of_its_edition(client: Client) -> None:
    small_edition()
    small_edition(name="2", published=False)
    assert client.get("/profiles/listening/?edition=small-profiles-2").status_code == 404
    assert client.get("/profiles/listening/?edition=%00").status_code == 404
    page = text_of(client, "/profiles/listening/?edition=small-profiles-1")
    assert "These are the words of" not in page
    assert "Find where I am" in page


@pytest.mark.parametrize("address", ["/profiles/nothing/", "/profiles/nothing/print/", "/profiles/x%00y/"])
def test_an_unknown_profile_is_not_found(client, address: str) -> None:
    small_edition()
    assert client.get(address).status_code == 404


def test_without_an_edition_the_page_says_what_to_do(client, client_for) -> None:
    small_edition(published=False)
    page = text_of(client, "/profiles/")
    assert "Ask an administrator to publish one." in page
    assert "load_edition" not in page
    ada = client_for(UserFactory(name="Ada Bello", is_administrator=True))
    assert "load_edition profiles/data/" in text_of(ada, "/profiles/")
    assert client.get("/profiles/listening/").status_code == 404


def test_pages_show_the_edition_published_last(client) -> None:
    small_edition(name="1")
    small_edition(name="2")
    assert "Small profiles, edition 2." in text_of(client, "/profiles/listening/")
    Edition.objects.current().retire(by=None)
    assert "Small profiles, edition 1." in text_of(client, "/profiles/listening/")


def test_what_a_county_writes_is_shown_as_text(client) -> None:
    edition = small_edition(published=False)
    edition.profiles.filter(slug="listening").update(title="<script>alert(1)</script>")
    edition.publish(by=None)
    for address in ("/profiles/", "/profiles/listening/", "/profiles/listening/print/"):
        page = text_of(client, address)
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("name", ["list", "detail", "print"])
def test_visitors_are_asked_to_sign_in(name: str) -> None:
    small_edition()
    address = reverse(f"profiles:{name}", args=[] if name == "list" else ["listening"])
    response = Client().get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("address", ["/profiles/", "/profiles/listening/", "/profiles/listening/print/"])
def test_a_page_of_the_catalogue_takes_no_post(client, address: str) -> None:
    small_edition()
    assert client.post(address).status_code == 405


def test_queries_do_not_grow_with_the_edition(client) -> None:
    addresses = ("/profiles/", "/profiles/listening/", "/profiles/listening/print/")
    small_edition(name="1", profiles=3, aspects=2)
    few = queries_of(client, *addresses)
    small_edition(name="2", profiles=6, aspects=4)
    assert queries_of(client, *addresses) == few
    assert max(few) < 15
