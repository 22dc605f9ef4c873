"""All practice profiles together, or one after another: a suggestion that locks nothing."""

import pytest
from django.urls import reverse

from coaching.models import Focus, Path, engagement
from coaching.queries.learning_path import path_of
from coaching.rules.learning_path import Place, moved
from sopcoach.words.refusal import Refused
from tests.coaching import steps


def at(partnership, name="path"):
    return reverse(name, args=[partnership.slug])


def places(partnership, **facts):
    profiles = partnership.edition.profiles.all()
    facts = {"now": (), "ever": ()} | facts
    return [(step.profile.slug, step.place) for step in path_of(partnership, profiles, **facts)]


def test_together_is_the_default_and_there_is_no_path(partnership):
    assert partnership.path == Path.TOGETHER
    assert places(partnership) == []


def test_one_after_another_suggests_the_next_in_the_editions_order(partnership, cast):
    partnership.choose_path("one_by_one", by=cast.sam)
    assert partnership.path_order == []
    assert places(partnership) == [
        ("listening", Place.NEXT),
        ("mapping", Place.AHEAD),
        ("planning", Place.AHEAD),
    ]
    assert places(partnership, now={"listening"}, ever={"listening"}) == [
        ("listening", Place.NOW),
        ("mapping", Place.NEXT),
        ("planning", Place.AHEAD),
    ]
    assert places(partnership, now=set(), ever={"listening", "mapping", "planning"}) == [
        (slug, Place.DONE) for slug in ("listening", "mapping", "planning")
    ]


def test_the_pairs_own_order_comes_before_the_editions(partnership, cast):
    partnership.choose_path("one_by_one", by=cast.wanda, order=["planning", "no-such-profile", "planning"])
    assert partnership.path_order == ["planning", "listening", "mapping"]
    assert places(partnership)[0] == ("planning", Place.NEXT)


def test_either_side_chooses_on_the_page_and_sees_where_they_are(agreed, cast, client_for):
    client = client_for(cast.wanda)
    page = client.get(at(agreed)).text
    assert 'value="together" aria-describedby="m-together" checked' in page
    sent = {"path": "one_by_one", "place-listening": "3", "place-mapping": "1", "place-planning": "2"}
    response = client.post(at(agreed), sent, follow=True)
    agreed.refresh_from_db()
    assert (agreed.path, agreed.path_order) == ("one_by_one", ["mapping", "planning", "listening"])
    assert "It suggests the next one, and locks nothing." in response.text
    marking = client_for(cast.sam).get(at(agreed, "walkthrough")).text
    assert marking.index("Mapping") < marking.index("Planning") < marking.index("Listening")
    assert "Suggested next" in marking
    assert "Suggested next" in client_for(cast.sam).get(at(agreed, "partnership")).text


def test_nothing_is_locked(agreed, cast):
    agreed.choose_path("one_by_one", by=cast.sam)
    last = steps.aspects_of(agreed)[-1]
    assert last.profile.slug == "planning"
    assert [focus.aspect_slug for focus in Focus.choose(agreed, [last], by=cast.wanda)] == [last.slug]


def test_what_is_in_focus_shows_as_now_on_both_pages(agreed, cast, client_for):
    agreed.choose_path("one_by_one", by=cast.sam)
    steps.walk_through(agreed)
    Focus.choose(agreed, steps.aspects_of(agreed)[:1], by=cast.wanda)
    for name in ("partnership", "walkthrough"):
        page = client_for(cast.wanda).get(at(agreed, name)).text
        assert ">Now</span>" in page
        assert "Suggested next" in page


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose one of the two."),
        ({"path": "one_by_one", "place-mapping": "9"}, "Choose a place from the list."),
    ],
)
def test_what_does_not_fit_gets_a_sentence(agreed, cast, client_for, sent, sentence):
    response = client_for(cast.wanda).post(at(agreed), sent)
    assert response.status_code == 200
    assert sentence in response.text
    agreed.refresh_from_db()
    assert agreed.path == "together"


def test_a_profile_without_a_place_comes_last(agreed, cast, client_for):
    client_for(cast.wanda).post(at(agreed), {"path": "one_by_one", "place-planning": "1"})
    agreed.refresh_from_db()
    assert agreed.path_order == ["planning", "listening", "mapping"]


def test_one_that_is_moved_up_stands_where_it_was_put(agreed, cast, client_for):
    sent = {"path": "one_by_one", "place-listening": "1", "place-mapping": "2", "place-planning": "2"}
    client_for(cast.wanda).post(at(agreed), sent)
    agreed.refresh_from_db()
    assert agreed.path_order == ["listening", "planning", "mapping"]


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({}, "abcd"),
        ({"d": 1}, "dabc"),
        ({"c": 2}, "acbd"),
        ({"a": 3}, "bcad"),
        ({"a": 4}, "bcda"),
        ({"b": 3, "c": 2}, "acbd"),
        ({"c": 1, "d": 1}, "cdab"),
        ({"a": 4, "b": 4}, "cdab"),
        ({"a": 4, "b": 3, "c": 2, "d": 1}, "dcba"),
        ({"b": None}, "acdb"),
    ],
)
def test_those_that_were_given_another_place_stand_there_and_the_others_make_room(places, order):
    assert "".join(moved("abcd", {"a": 1, "b": 2, "c": 3, "d": 4} | places)) == order


def test_nobody_else_chooses_and_nothing_changes_in_a_pause(agreed, cast, client_for):
    for name in ("olaf", "nia", "petra", "ada", "root"):
        client = client_for(getattr(cast, name))
        assert client.get(at(agreed)).status_code == 404
        assert client.post(at(agreed), {"path": "one_by_one"}).status_code == 404
    engagement.pause(agreed, by=cast.sam)
    with pytest.raises(Refused, match="paused"):
        agreed.choose_path("one_by_one", by=cast.wanda)
    assert client_for(cast.wanda).post(at(agreed), {"path": "one_by_one"}).status_code == 403
