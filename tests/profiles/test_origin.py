"""Where the words come from, what stands over a ladder, and how a practice is found by its other names."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from sopcoach.words.dates import day
from tests.factories import UserFactory
from tests.profiles.factories import full_edition, shipped_edition, small_edition

pytestmark = pytest.mark.django_db

WRITTEN = f"Written by Ada Bello, Cedar County, {day(date(2026, 11, 27), 'dated')}."
STATUS = "Draft for tests, not validated."
ADDRESSES = ["/profiles/listening/", "/profiles/listening/print/", "/profiles/print/"]


@pytest.fixture
def client(client_for: Callable[..., Client]) -> Client:
    return client_for(UserFactory(name="Wanda Reyes"))


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_ladder_says_what_varies_and_how_far_its_words_can_be_relied_on(
    client: Client, address: str
) -> None:
    edition = full_edition()
    ladders = 6 if address == "/profiles/print/" else 2
    page = text_of(client, address)
    assert page.count(STATUS) == ladders
    assert page.count("Reviewers: Petra Novak.") == ladders
    assert page.count(WRITTEN) >= ladders
    assert page.count(f"Content {edition.content_mark}.") == ladders
    assert page.count("Holds at every level") == ladders
    assert "How far one goes in opening in listening." in page
    assert "What may be looked at" in page
    assert "Being good at listening." in page
    assert page.count("Needs a dispute. “No occasion yet” is an answer here.") == ladders


def test_an_edition_that_says_nothing_of_itself_has_no_empty_frames(client: Client) -> None:
    edition = small_edition(published=False)
    edition.provenance.delete()
    edition.publish(by=None)
    page = text_of(client, "/profiles/listening/")
    assert "Reviewers" not in page
    assert "Holds at every level" not in page
    assert "doesn’t say where its words come from" in text_of(client, "/profiles/about/")


def test_an_example_goal_says_which_level_it_practises_and_what_comes_next(client: Client) -> None:
    full_edition()
    page = text_of(client, "/profiles/listening/")
    assert "Goals others have set" not in page
    assert (
        "Watch listening with a colleague on 1 visit by Friday.<br>"
        '<span class="small quiet">Practises level 1, Discovering. Level 2, Trying on, looks like this: Opening in '
        "listening, as it looks at level 2.</span>"
    ) in page


def test_one_page_says_all_of_where_the_words_come_from(client: Client) -> None:
    full_edition()
    page = text_of(client, "/profiles/about/")
    for said in (
        STATUS,
        WRITTEN,
        "A guide that was read for facts.",
        "Mapping: somebody who thought of it.",
        "Written, read and written again.",
        "<dt>Working with Tribes</dt><dd>Those whose it is write it.</dd>",
        "<dt>Listening</dt><dd>It has become a practice profile.</dd>",
        "[Draft for tests, not validated].",
    ):
        assert said in page


def test_the_glossary_goes_by_the_alphabet(client: Client) -> None:
    full_edition()
    page = text_of(client, "/profiles/words/")
    assert page.index("bottom line") < page.index("network")
    assert "What can’t be left out." in page


def test_a_draft_says_nothing_of_itself_to_readers(client: Client) -> None:
    full_edition(published=False)
    for address in ("/profiles/about/", "/profiles/words/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("words", ["art of listen", "ART listening", "listening well"])
def test_a_practice_is_found_by_its_other_names(client: Client, words: str) -> None:
    full_edition()
    page = text_of(client, f"/profiles/?q={words}")
    assert "1 practice profile for" in page
    assert '<a href="/profiles/listening/">Listening</a>' in page
    assert "/profiles/mapping/" not in page


def test_it_says_by_which_name_and_what_isnt_there(client: Client) -> None:
    full_edition()
    assert "Also called “The art of mapping”." in text_of(client, "/profiles/?q=art mapping")
    assert "0 practice profiles for “juggling”." in text_of(client, "/profiles/?q=juggling")
    page = text_of(client, "/profiles/")
    assert "Working with Tribes" in page
    assert "Those whose it is write it." in page


def test_the_first_edition_says_what_its_file_says(client: Client) -> None:
    shipped_edition()
    assert "Seven anchored levels follow" in text_of(client, "/profiles/about/")
