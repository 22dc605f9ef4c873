"""Days that come and go: a meeting left open, begun by a slip, or missed (product.md, 11)."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from coaching.models import CoachingSession, ReviewedFocus, engagement
from coaching.models.left_open import close_as_of, plan_anew, say_it_went_on, take_back_beginning
from coaching.models.reflection import share_reflection
from sopcoach.words import dates
from sopcoach.words.refusal import Refused
from tests.coaching import steps


@pytest.fixture
def begun(session, cast):
    session.open(by=cast.sam)
    return session


def fresh(session) -> CoachingSession:
    return CoachingSession.objects.get(pk=session.pk)


def home(client) -> str:
    return unescape(client.get("/").text)


def act(client, session, name, what):
    return client.post(
        reverse(name, args=[session.partnership.slug, session.number]), {"act": what}, follow=True
    )


# ------------------------------------------------------------------ left open


def test_the_next_day_both_are_asked_whether_it_ended_and_one_says_so(begun, cast, client_for):
    assert "Did session 2" not in home(client_for(cast.wanda))
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        for person, other in ((cast.wanda, "Sam"), (cast.sam, "Wanda")):
            text = home(client_for(person))
            assert f"Did session 2 with {other} end?" in text
            assert f"Close it as of {dates.moment(begun.ends_at, 'weekday')}" in text
            assert "We went on" in text
        said = act(client_for(cast.wanda), begun, "session_left_open", "close")
        assert "Session 2 is closed. You meet again" in unescape(said.text)
        closed = fresh(begun)
        assert (closed.closed_at, closed.closed_by) == (closed.ends_at, cast.wanda)
        following = begun.partnership.sessions.get(closed_at=None)
        assert following.starts_at > timezone.now()
        assert "Did session 2" not in home(client_for(cast.sam))


def test_who_says_that_it_went_on_is_asked_again_the_next_day(begun, cast, client_for):
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        act(client_for(cast.sam), begun, "session_left_open", "went_on")
        assert not fresh(begun).is_left_open
        assert "Did session 2" not in home(client_for(cast.wanda))
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert fresh(begun).is_left_open


def test_no_page_counts_the_minutes_of_a_meeting_that_was_forgotten(begun, cast, client_for):
    page = reverse("session", args=[begun.partnership.slug, 2])
    with time_machine.travel(timezone.now() + timedelta(days=367)):
        text = unescape(client_for(cast.sam).get(page).text)
        assert "minutes in" not in text
        assert "and not closed yet" in text
        assert "Did it end?" in text


def test_a_forgotten_conversation_is_closed_and_plans_nothing(session, cast):
    talk = CoachingSession.converse(session.partnership, by=cast.sam)
    with pytest.raises(Refused, match="since today"):
        close_as_of(talk, by=cast.sam)
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert close_as_of(talk, by=cast.wanda) is None
        assert fresh(talk).closed_at == talk.ends_at
    assert session.partnership.sessions.filter(closed_at=None).get() == session


def test_nothing_is_said_of_it_in_a_pause(begun, cast, client_for):
    engagement.pause(begun.partnership, by=cast.sam)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert act(client_for(cast.sam), begun, "session_left_open", "close").status_code == 403
        with pytest.raises(Refused):
            say_it_went_on(begun, by=cast.wanda)


# ------------------------------------------------------------------ begun by a slip


def test_begin_is_taken_back_while_nothing_has_been_written(session, cast, client_for):
    planned = session.starts_at
    session.open(by=cast.sam)
    assert fresh(session).starts_at != planned  # a fortnight early
    page = client_for(cast.wanda).get(reverse("session", args=[session.partnership.slug, 2]))
    assert "Take “Begin” back" in unescape(page.text)
    said = act(client_for(cast.wanda), session, "session_take_back", "take_back")
    assert "Session 2 hasn’t begun." in unescape(said.text)
    back = fresh(session)
    assert (back.opened_at, back.starts_at, back.planned_at) == (None, planned, None)
    assert not ReviewedFocus.objects.filter(session=session).exists()
    back.open(by=cast.sam)
    assert ReviewedFocus.objects.filter(session=session).exists()


def test_what_was_shared_beforehand_is_no_obstacle_and_what_is_said_since_is(session, cast):
    share_reflection(session, by=cast.wanda, went_well="I waited.", differently="")
    session.open(by=cast.sam)
    take_back_beginning(session, by=cast.sam)
    session.open(by=cast.sam)
    session.say("purpose", by=cast.wanda, field="words", text="To slow down.", revision=0)
    with pytest.raises(Refused, match="Something has been written"):
        take_back_beginning(session, by=cast.sam)
    assert fresh(session).opened_at


def test_a_conversation_and_a_closed_session_have_begun(session, cast):
    with pytest.raises(Refused, match="A conversation"):
        take_back_beginning(CoachingSession.converse(session.partnership, by=cast.sam), by=cast.sam)
    session.open(by=cast.sam)
    steps.close(session)
    with pytest.raises(Refused):
        take_back_beginning(session, by=cast.sam)


# ------------------------------------------------------------------ missed, or without a day


@pytest.mark.parametrize("days", [22, 120])
def test_a_missed_meeting_is_planned_anew_by_one_press_first_thing_on_home(session, cast, client_for, days):
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        text = home(client_for(cast.wanda))
        assert "You planned to meet Sam" in text
        assert "Plan it for" in text
        sessions = reverse("sessions", args=[session.partnership.slug])
        assert ">Next<" not in client_for(cast.wanda).get(sessions).text
        said = act(client_for(cast.wanda), session, "session_plan_anew", "plan")
        assert "You meet " in unescape(said.text)
        anew = fresh(session)
        assert anew.starts_at > timezone.now()
        assert dates.local(anew.starts_at).time() == dates.local(session.starts_at).time()
        assert ">Next<" in client_for(cast.wanda).get(sessions).text
        plan_anew(session, by=cast.sam)
        assert fresh(session).starts_at == anew.starts_at


def test_home_says_kindly_and_to_both_that_nothing_is_planned(session, cast, client_for):
    session.call_off(by=cast.sam)
    for person, other in ((cast.wanda, "Sam"), (cast.sam, "Wanda")):
        text = home(client_for(person))
        assert f"No day is planned with {other} at the moment, and that’s fine." in text
        assert "Plan it for" in text
        assert "soon" not in text


# ------------------------------------------------------------------ other days


def test_a_pause_whose_day_has_come_asks(session, cast, client_for):
    engagement.pause(session.partnership, by=cast.sam, until=timezone.localdate() + timedelta(days=9))
    assert "the day to look again is here" not in home(client_for(cast.sam))
    with time_machine.travel(timezone.now() + timedelta(days=9)):
        assert "the day to look again is here" in home(client_for(cast.sam))


def test_whoever_reads_on_another_clock_reads_its_name_beside_the_hour(session, cast, client_for, settings):
    settings.TIME_ZONE = "America/Los_Angeles"
    assert "Eastern" not in home(client_for(cast.wanda))
    type(cast.wanda).objects.filter(pk=cast.wanda.pk).update(time_zone="America/New_York")
    assert "Eastern time" in home(client_for(cast.wanda))


def test_sessions_stand_by_year_the_newest_open(session, cast, client_for):
    CoachingSession.objects.filter(number=1).update(opened_at=timezone.now() - timedelta(days=800))
    page = client_for(cast.wanda).get(reverse("sessions", args=[session.partnership.slug])).text
    assert page.count("<details") == 2
    assert page.count(" open>") == 1
