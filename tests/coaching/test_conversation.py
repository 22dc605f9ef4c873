"""A plain conversation of a pair: the eight stages and nothing else, beside the session that is ahead."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from coaching.dialogue.stages import STAGES
from coaching.models import CoachingSession, Congratulation, Promise, StageWords
from coaching.models.meeting import LAST_WORDS
from coaching.models.reflection import share_reflection
from coaching.models.self_rating import share_self_rating
from sopcoach.words import dates
from sopcoach.words.refusal import Refused
from tests.coaching import steps


def conversations(partnership):
    return partnership.sessions.filter(kind="conversation").order_by("number")


def test_either_side_begins_one_and_a_second_click_leads_to_the_same(partnership, cast, client_for):
    for person in (cast.wanda, cast.sam):
        answer = client_for(person).post(f"/coaching/{partnership.slug}/conversations/")
        assert answer.url == f"/coaching/{partnership.slug}/conversations/1/purpose/"
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
        page = client.get(f"/coaching/{partnership.slug}/conversations/1/{stage.key}/")
        assert page.status_code == 200
        assert f"the conversation of {dates.day(session.held_on)}" in page.text
    session.say("content", by=cast.sam, field="words", text="We talked about rest.", revision=0)
    assert (
        "We talked about rest." in client.get(f"/coaching/{partnership.slug}/conversations/1/content/").text
    )


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
    answer = client_for(cast.wanda).get(f"/coaching/{partnership.slug}/conversations/1/content/look-back/")
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
    page = client_for(cast.sam).get(f"/coaching/{partnership.slug}/conversations/1/").text
    assert f"Conversation of {dates.day(talk.held_on)} with Wanda" in page


def test_a_conversation_does_not_hide_a_goal_that_was_just_reached(session, cast):
    partnership = session.partnership
    goal = partnership.goals.get()
    steps.practise(goal, times=goal.count - goal.entries.count())
    CoachingSession.converse(partnership, by=cast.sam).end_conversation(by=cast.sam)
    assert goal in partnership.goals.visible_to(cast.wanda).going_on()


def test_it_goes_by_its_day_and_nobody_reads_its_number(session, cast, client_for):
    partnership = session.partnership
    talk = CoachingSession.converse(partnership, by=cast.sam)
    Congratulation.give(partnership, by=cast.sam, text="You waited.", session=talk)
    title = f"Conversation of {dates.day(talk.held_on)}"
    client = client_for(cast.wanda)
    pages = {
        name: client.get(reverse(name, args=[partnership.slug])).text
        for name in ("celebrations", "sessions", "partnership")
    }
    pages["home"] = client.get("/").text
    pages |= {
        stage.key: client.get(reverse("stage", args=[partnership.slug, talk.number, stage.key])).text
        for stage in STAGES
    }
    assert f"Said in the {title[0].lower()}{title[1:]}." in pages["celebrations"]
    assert title in pages["sessions"]
    assert [name for name, page in pages.items() if "1001" in page] == []


def test_the_address_of_before_leads_to_it_still(session, cast, client_for):
    talk = CoachingSession.converse(session.partnership, by=cast.sam)
    here = f"/coaching/{session.partnership.slug}"
    assert reverse("session", args=[session.partnership.slug, talk.number]) == f"{here}/conversations/1/"
    for address in (f"{here}/conversations/1/purpose/", f"{here}/sessions/1001/purpose/"):
        assert "Why are we meeting today?" in client_for(cast.wanda).get(address).text
    assert client_for(cast.wanda).get(f"{here}/conversations/2/").status_code == 404


def test_a_conversation_of_another_year_says_so(session, cast):
    talk = CoachingSession.converse(session.partnership, by=cast.sam)
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        assert talk.title == f"Conversation of {dates.day(talk.held_on, 'dated')}"


@pytest.fixture
def after_a_conversation(session, cast):
    """A conversation with a promise, then session 2 with one of each; session 3 is planned."""
    talk = CoachingSession.converse(session.partnership, by=cast.sam)
    day = timezone.localdate() + timedelta(days=40)
    Promise.make(talk, by=cast.wanda, text="Promised in a conversation.", due_on=day)
    talk.end_conversation(by=cast.sam)
    session.open(by=cast.sam)
    Promise.make(session, by=cast.wanda, text="Promised in session two.", due_on=day)
    Promise.make(session, by=cast.sam, text="Sam’s own of session two.", due_on=day)
    return steps.close(session)


def test_home_holds_the_promises_of_the_last_session(after_a_conversation, cast, client_for):
    home = client_for(cast.wanda).get("/").text
    assert "Promised in session two." in home
    assert "Promised in a conversation." not in home
    assert "Sam’s own of session two." in client_for(cast.sam).get("/").text


def test_home_holds_a_later_conversations_promises_beside_them(after_a_conversation, cast, client_for):
    talk = CoachingSession.converse(after_a_conversation.partnership, by=cast.sam)
    Promise.make(talk, by=cast.wanda, text="Promised since.", due_on=timezone.localdate())
    talk.end_conversation(by=cast.sam)
    home = client_for(cast.wanda).get("/").text
    assert "Promised in session two." in home
    assert "Promised since." in home


def test_a_closed_session_opens_with_nothing_that_was_promised_later(session, cast, client_for):
    partnership = session.partnership
    session.open(by=cast.sam)
    steps.close(session)
    talk = CoachingSession.converse(partnership, by=cast.sam)
    Promise.make(talk, by=cast.wanda, text="Made later.", due_on=timezone.localdate())
    for number in (1, 2):
        page = client_for(cast.wanda).get(reverse("session", args=[partnership.slug, number])).text
        assert "Made later." not in page


def test_a_closed_conversation_opens_with_nothing_that_was_promised_later(session, cast, client_for):
    partnership = session.partnership
    talk = CoachingSession.converse(partnership, by=cast.sam)
    talk.end_conversation(by=cast.sam)
    session.open(by=cast.sam)
    Promise.make(session, by=cast.wanda, text="Promised in session two.", due_on=timezone.localdate())
    steps.close(session)
    page = client_for(cast.wanda).get(reverse("session", args=[partnership.slug, talk.number])).text
    assert "Promised in session two." not in page


def test_a_promise_that_goes_on_stands_once_under_its_new_day(session, cast):
    partnership = session.partnership
    session.open(by=cast.sam)
    promise = Promise.make(session, by=cast.wanda, text="Call it by its name.", due_on=timezone.localdate())
    following = steps.close(session)
    talk = CoachingSession.converse(partnership, by=cast.sam)
    renewed = promise.take_on(by=cast.wanda, into=talk, due_on=timezone.localdate() + timedelta(days=4))
    talk.end_conversation(by=cast.sam)
    CoachingSession.converse(partnership, by=cast.sam)
    assert list(Promise.objects.visible_to(cast.wanda).looked_at_in(following)) == [renewed]


def test_what_became_of_a_promise_later_is_not_said_in_a_closed_session(session, cast, client_for):
    partnership = session.partnership
    session.open(by=cast.sam)
    promise = Promise.make(session, by=cast.wanda, text="Ask twice.", due_on=timezone.localdate())
    third = steps.close(session)
    third.open(by=cast.sam)
    address = reverse("session", args=[partnership.slug, third.number])
    fourth = steps.close(third)
    fourth.open(by=cast.sam)
    promise.take_on(by=cast.wanda, into=fourth, due_on=timezone.localdate() + timedelta(days=9))
    assert "Ask twice." in client_for(cast.wanda).get(address).text
    assert "Taken on again" not in client_for(cast.wanda).get(address).text
    later = reverse("session", args=[partnership.slug, fourth.number])
    assert "Taken on again" in client_for(cast.wanda).get(later).text
