"""A plain conversation of a pair: the eight stages and nothing else, beside the session that is ahead."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from coaching.models import CoachingSession, Promise, StageWords
from coaching.models.meeting import LAST_WORDS
from coaching.models.review import share_reflection, share_self_rating
from coaching.stages import STAGES
from sopcoach.http import Refused
from tests.coaching import steps


def conversations(partnership):
    return partnership.sessions.filter(kind="conversation").order_by("number")


def test_either_side_begins_one_and_a_second_click_leads_to_the_same(partnership, cast, client_for):
    for person in (cast.wanda, cast.sam):
        answer = client_for(person).post(f"/coaching/{partnership.slug}/conversations/")
        assert answer.url == f"/coaching/{partnership.slug}/sessions/1001/purpose/"
    assert conversations(partnership).count() == 1
    assert (
        "Begin a conversation" in client_for(cast.wanda).get(f"/coaching/{partnership.slug}/sessions/").text
    )


def test_outsiders_and_administrators_find_nothing(partnership, cast, client_for):
    for person in (cast.olaf, cast.ada, cast.root):
        assert client_for(person).post(f"/coaching/{partnership.slug}/conversations/").status_code == 404
    assert not conversations(partnership).exists()


def test_each_of_the_eight_stages_takes_words_of_both(partnership, cast, client_for):
    session = CoachingSession.converse(partnership, by=cast.sam)
    client = client_for(cast.wanda)
    for stage in STAGES:
        page = client.get(f"/coaching/{partnership.slug}/sessions/1001/{stage.key}/")
        assert page.status_code == 200
        assert "conversation 1" in page.text
    session.say("content", by=cast.sam, field="words", text="We talked about rest.", revision=0)
    assert "We talked about rest." in client.get(f"/coaching/{partnership.slug}/sessions/1001/content/").text


def test_the_session_ahead_stays_as_it_is(session, cast, client_for):
    partnership = session.partnership
    talk = CoachingSession.converse(partnership, by=cast.wanda)
    home = client_for(cast.wanda).get("/").text
    assert f"Session {session.number}" in home
    client_for(cast.wanda).post(f"/coaching/{partnership.slug}/sessions/{talk.number}/close/")
    talk.refresh_from_db()
    assert talk.is_closed
    session.refresh_from_db()
    assert not session.opened_at
    session.open(by=cast.sam)
    following = steps.close(session)
    assert following.number == session.number + 1
    assert CoachingSession.converse(partnership, by=cast.sam).number == 1002


def test_nothing_else_is_attached_to_one(session, cast, client_for):
    partnership = session.partnership
    talk = CoachingSession.converse(partnership, by=cast.sam)
    with pytest.raises(Refused, match="holds no review"):
        share_reflection(talk, by=cast.wanda, went_well="I waited.", differently="")
    with pytest.raises(Refused, match="holds no review"):
        share_self_rating(talk, partnership.focuses.get(), by=cast.wanda, level=4)
    with pytest.raises(Refused, match="plans nothing"):
        talk.close(by=cast.sam, next_starts_at=timezone.now() + timedelta(days=1), minutes=60)
    answer = client_for(cast.wanda).get(f"/coaching/{partnership.slug}/sessions/1001/content/look-back/")
    assert answer.status_code == 403
    assert "A conversation holds no review." in answer.text
    session.open(by=cast.sam)
    with pytest.raises(Refused, match="takes the day of the next one"):
        session.end_conversation(by=cast.sam)


def test_a_promise_of_a_conversation_opens_the_next_session(session, cast):
    talk = CoachingSession.converse(session.partnership, by=cast.sam)
    promise = Promise.make(talk, by=cast.wanda, text="Ask twice.", due_on=timezone.localdate())
    assert promise in Promise.objects.visible_to(cast.wanda).looked_at_in(session)
    assert promise not in Promise.objects.visible_to(cast.wanda).looked_at_in(talk)


def test_its_words_are_fixed_when_it_closes(partnership, cast, client_for):
    talk = CoachingSession.converse(partnership, by=cast.sam)
    talk.say("purpose", by=cast.wanda, field="words", text="To talk.", revision=0)
    talk.end_conversation(by=cast.wanda)
    with time_machine.travel(timezone.now() + LAST_WORDS), pytest.raises(Refused, match="is closed"):
        talk.say("purpose", by=cast.wanda, field="words", text="Else.", revision=1)
    assert StageWords.objects.get().text == "To talk."
    page = client_for(cast.sam).get(f"/coaching/{partnership.slug}/sessions/1001/").text
    assert "Conversation 1 with Wanda" in page


def test_a_conversation_does_not_hide_a_goal_that_was_just_reached(session, cast):
    partnership = session.partnership
    goal = partnership.goals.get()
    steps.practise(goal, times=goal.count - goal.entries.count())
    CoachingSession.converse(partnership, by=cast.sam).end_conversation(by=cast.sam)
    assert goal in partnership.goals.visible_to(cast.wanda).going_on()
