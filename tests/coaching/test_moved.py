"""A meeting ahead is moved or called off by either side, and the other side comes to know of it (product.md, 11)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sopcoach.mailing.notices import Notice
from sopcoach.words import dates
from sopcoach.words.refusal import Refused
from tests.coaching import steps

pytestmark = pytest.mark.both_databases


def text(response) -> str:
    return " ".join(response.text.split())


def of(session, name="session") -> str:
    return reverse(name, args=[session.partnership.slug, session.number])


@pytest.fixture
def moved(session, cast):
    """Moved by Sam from a fortnight ahead to three weeks ahead."""
    session.move_to(timezone.now() + timedelta(days=21), by=cast.sam)
    return session


def sentence(session) -> str:
    was, now = (dates.moment(one, "weekday") for one in (session.moved_from, session.starts_at))
    return f"moved it from {was} to {now}."


def test_a_move_stands_on_both_homes_until_the_other_side_has_come_to_see_it(moved, cast, client_for):
    wanda, sam = client_for(cast.wanda), client_for(cast.sam)
    assert f"Sam {sentence(moved)}" in text(wanda.get("/"))
    assert f"You {sentence(moved)}" in text(sam.get("/"))
    assert f"You {sentence(moved)}" in text(sam.get(of(moved)))
    assert f"You {sentence(moved)}" in text(sam.get("/")), (
        "who moved it sees it and nothing is settled by that"
    )

    assert f"Sam {sentence(moved)}" in text(wanda.get(of(moved)))
    for client in (wanda, sam):
        for page in ("/", of(moved)):
            assert "moved it from" not in text(client.get(page))


def test_the_other_side_calls_it_off_by_a_button_and_anybody_plans_it_anew(session, cast, client_for):
    was = dates.moment(session.starts_at, "weekday")
    wanda, sam = client_for(cast.wanda), client_for(cast.sam)
    assert "Call it off" in text(wanda.get(of(session)))
    page = text(wanda.post(of(session, "session_call_off"), {"act": "call_off"}, follow=True))
    session.refresh_from_db()
    assert session.starts_at is None
    assert session.is_called_off
    assert "Session 2 is called off." in page
    assert f"You called it off: it was to be on {was}." in page
    assert f"Wanda called it off: it was to be on {was}." in text(sam.get("/"))

    page = text(sam.get(of(session)))
    assert "Plan the session" in page
    assert "Call it off" not in page
    day = timezone.localdate() + timedelta(days=5)
    sam.post(of(session, "session_move"), {"day": day.isoformat(), "at": "10:00"})
    session.refresh_from_db()
    assert dates.local_day(session.starts_at) == day
    assert not session.is_called_off


def test_a_session_that_was_called_off_can_be_held_as_it_is(session, cast):
    session.call_off(by=cast.wanda)
    session.open(by=cast.sam)
    assert session.is_open
    assert not session.is_called_off


def test_a_second_click_changes_nothing(session, cast):
    session.call_off(by=cast.wanda)
    at = session.moved_at
    session.call_off(by=cast.sam)
    assert (session.sequence, session.moved_at, session.moved_by) == (1, at, cast.wanda)
    assert Notice.objects.filter(person=cast.wanda, made_at__gte=at).count() == 0


def test_the_same_time_once_more_is_no_move(session, cast):
    session.move_to(session.starts_at, by=cast.sam)
    assert session.sequence == 0
    assert not session.shows_move


def test_once_it_has_begun_it_is_neither_moved_nor_called_off(session, cast, client_for):
    session.open(by=cast.sam)
    for act in (
        lambda: session.call_off(by=cast.wanda),
        lambda: session.move_to(timezone.now() + timedelta(days=2), by=cast.wanda),
    ):
        with pytest.raises(Refused, match="has begun"):
            act()
    assert client_for(cast.sam).post(of(session, "session_call_off"), {"act": "call_off"}).status_code == 403


def test_without_its_button_nothing_is_called_off(session, cast, client_for):
    assert client_for(cast.sam).post(of(session, "session_call_off"), {"act": ""}).status_code == 403
    session.refresh_from_db()
    assert session.starts_at


def test_an_opening_session_gets_a_day(partnership, cast, client_for):
    opening = partnership.sessions.get()
    client = client_for(cast.wanda)
    assert "Choose a day" in text(client.get(of(opening)))
    day = timezone.localdate() + timedelta(days=3)
    client.post(of(opening, "session_move"), {"day": day.isoformat(), "at": "09:30"})
    opening.refresh_from_db()
    assert dates.local_day(opening.starts_at) == day
    assert opening.sequence == 0, "it was never planned before, so nothing was moved"


def test_a_move_of_last_time_says_nothing_of_the_next(moved, cast, client_for):
    moved.open(by=cast.sam)
    steps.close(moved)
    assert "moved it from" not in text(client_for(cast.wanda).get("/"))
