"""Closing a session loses nobody's words: not the other side's, and not what the closer hasn't said yet."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from coaching.models import CoachingSession, Congratulation, Draft, Promise, StageWords
from coaching.models.base import JUST_NOW
from coaching.models.meeting import LAST_WORDS
from tests.coaching import steps
from tests.forms.pages import form_to


@pytest.fixture
def going_on(session) -> CoachingSession:
    """Wanda and Sam's second session, open."""
    session.open(by=session.partnership.supervisor)
    return session


def at(name, session, *more):
    return reverse(name, args=[session.partnership.slug, session.number, *more])


def soon():
    return (timezone.localdate() + timedelta(days=9)).isoformat()


def when(**more):
    return {"day": soon(), "at": "10:00", **more}


def is_closed(session):
    session.refresh_from_db()
    return session.is_closed


def draft(session, by, field, text, revision=0):
    return Draft.put(session, by=by, field=field, text=text, revision=revision)


def seen(*drafts):
    return [f"{row.pk}.{row.revision}" for row in drafts]


# ---------------------------------------------------------------- the other side writes


def test_closing_asks_first_while_the_other_side_is_writing(going_on, cast, client_for):
    going_on.say("feedback", by=cast.wanda, field="plus", text="It helped that", revision=0)
    client = client_for(cast.sam)
    page = client.post(at("session_close", going_on), when()).text
    assert "Wanda was writing a moment ago" in page
    assert "You meet again on" in page
    assert not is_closed(going_on)
    client.post(at("session_close", going_on), when(asked="1"))
    assert is_closed(going_on)


def test_nobody_is_asked_about_words_of_a_while_ago_or_of_their_own(going_on, cast, client_for):
    going_on.say("feedback", by=cast.wanda, field="plus", text="It helped that you waited.", revision=0)
    with time_machine.travel(timezone.now() + JUST_NOW):
        going_on.say("feedback", by=cast.sam, field="plus", text="Your question.", revision=0)
        client_for(cast.sam).post(at("session_close", going_on), when())
    assert is_closed(going_on)


def test_a_day_that_cannot_be_comes_before_the_question(going_on, cast, client_for):
    draft(going_on, cast.sam, "congratulation", "You waited.")
    page = client_for(cast.sam).post(at("session_close", going_on), when(day="2020-01-01")).text
    assert "Choose a day that is still to come." in page
    assert "2020-01-01" in page
    assert not is_closed(going_on)


def test_whoever_closes_hears_that_it_is_closed_and_when_they_meet_again(going_on, cast, client_for):
    page = client_for(cast.sam).post(at("session_close", going_on), when(), follow=True).text
    assert "Session 2 is closed. You meet again on" in page


def test_a_conversation_asks_and_tells_as_well(partnership, cast, client_for):
    talk = CoachingSession.converse(partnership, by=cast.sam)
    talk.say("feedback", by=cast.wanda, field="plus", text="It helped", revision=0)
    client = client_for(cast.sam)
    assert "Wanda was writing a moment ago" in client.post(at("session_close", talk)).text
    assert (
        f"{talk.title} is closed." in client.post(at("session_close", talk), {"asked": "1"}, follow=True).text
    )


# ---------------------------------------------------------------- what the closer hasn't said


def test_what_the_closer_has_not_said_comes_up_before_closing(going_on, cast, client_for):
    draft(going_on, cast.sam, "congratulation", "You waited, and it came.")
    draft(going_on, cast.sam, "promise", "Print the words of level 5.")
    draft(going_on, cast.sam, "due_on", soon())
    draft(going_on, cast.wanda, "congratulation", "I said it aloud.")
    page = client_for(cast.sam).post(at("session_close", going_on), when()).text
    assert "You wrote something and haven’t shared it" in page
    assert "You waited, and it came." in page
    assert "Print the words of level 5." in page
    assert f'name="due_on" value="{soon()}"' in page
    assert "I said it aloud." not in page
    assert not is_closed(going_on)


def test_what_is_ticked_is_said_and_promised_as_the_session_closes(going_on, cast, client_for):
    cheer = draft(going_on, cast.sam, "congratulation", "You waited, and it came.")
    promise = draft(going_on, cast.sam, "promise", "Print the words of level 5.")
    draft(going_on, cast.sam, "due_on", soon())
    sent = when(asked="1", seen=seen(cheer, promise), share=[cheer.pk, promise.pk], due_on=soon())
    client_for(cast.sam).post(at("session_close", going_on), sent)
    assert is_closed(going_on)
    assert Congratulation.objects.get(session=going_on).text == "You waited, and it came."
    assert Promise.objects.get(session=going_on).due_on.isoformat() == soon()
    assert not Draft.objects.exists()


def test_what_is_not_ticked_stays_with_its_author_alone(going_on, cast, client_for):
    cheer = draft(going_on, cast.sam, "congratulation", "You waited, and it came.")
    client_for(cast.sam).post(at("session_close", going_on), when(asked="1", seen=seen(cheer)))
    assert is_closed(going_on)
    assert not Congratulation.objects.exists()
    for name, more in (("session", ()), ("stage", ("feedback",)), ("stage", ("next_steps",))):
        assert "You waited, and it came." in client_for(cast.sam).get(at(name, going_on, *more)).text
        assert "You waited, and it came." not in client_for(cast.wanda).get(at(name, going_on, *more)).text


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Choose the day by which you will."),
        ("2020-01-01", "still to come"),
        ("soon", "Write a day such as"),
    ],
)
def test_a_promise_without_a_day_says_so_and_nothing_is_closed_or_said(
    going_on, cast, client_for, day, sentence
):
    cheer = draft(going_on, cast.sam, "congratulation", "You waited.")
    promise = draft(going_on, cast.sam, "promise", "Print the words of level 5.")
    sent = when(asked="1", seen=seen(cheer, promise), share=[cheer.pk, promise.pk], due_on=day)
    page = client_for(cast.sam).post(at("session_close", going_on), sent).text
    assert sentence in page
    assert page.count(" checked") == 2
    assert not is_closed(going_on)
    assert not Congratulation.objects.exists()
    assert Draft.objects.count() == 2


def test_what_was_written_since_the_question_is_asked_about_as_well(going_on, cast, client_for):
    cheer = draft(going_on, cast.sam, "congratulation", "You waited.")
    draft(going_on, cast.sam, "promise", "Print the words of level 5.")
    page = client_for(cast.sam).post(at("session_close", going_on), when(asked="1", seen=seen(cheer))).text
    assert "Print the words of level 5." in page
    assert not is_closed(going_on)


def test_words_of_the_review_lead_to_where_they_are_shared(going_on, cast, client_for):
    [focus] = going_on.partnership.focuses.all()
    Draft.put(going_on, by=cast.sam, field="saw", text="You asked twice.", revision=0, focus=focus)
    page = client_for(cast.sam).post(at("session_close", going_on), when()).text
    assert "You asked twice." in page
    assert at("review_focus", going_on, focus.aspect_slug) in page


# ---------------------------------------------------------------- after closing


def test_the_other_side_can_still_say_a_congratulation_that_the_closing_cut_off(going_on, cast, client_for):
    cheer = draft(going_on, cast.wanda, "congratulation", "I said my worry\naloud.")
    steps.close(going_on)
    client = client_for(cast.wanda)
    assert "Say it still" in client.get(at("stage", going_on, "feedback")).text
    page = client.post(at("session_congratulate", going_on), {"draft": cheer.pk}, follow=True).text
    assert "Shared with Sam at " in page
    said = Congratulation.objects.visible_to(cast.sam).get()
    assert (said.text, said.session) == ("I said my worry\naloud.", None)
    assert "Say it still" not in client.get(at("stage", going_on, "feedback")).text


def test_a_congratulation_sent_as_the_other_closed_is_said_all_the_same(going_on, cast, client_for):
    steps.close(going_on)
    client_for(cast.wanda).post(at("session_congratulate", going_on), {"congratulation": "I said it aloud."})
    assert Congratulation.objects.visible_to(cast.sam).get().text == "I said it aloud."


def test_nobody_says_the_other_sides_congratulation(going_on, cast, client_for):
    cheer = draft(going_on, cast.wanda, "congratulation", "I said it aloud.")
    steps.close(going_on)
    for key in (cheer.pk, "nonsense"):
        answer = client_for(cast.sam).post(at("session_congratulate", going_on), {"draft": key})
        assert answer.status_code == 404
    assert not Congratulation.objects.exists()


def test_words_sent_too_late_without_a_script_come_back_to_their_author(going_on, cast, client_for):
    going_on.say("feedback", by=cast.wanda, field="plus", text="You waited.", revision=0)
    steps.close(going_on)
    client = client_for(cast.wanda)
    with time_machine.travel(timezone.now() + LAST_WORDS):
        sent = {"plus": "You waited.", "revision_plus": 1, "delta": "Start on time.", "revision_delta": 0}
        answer = client.post(at("stage", going_on, "feedback"), sent)
        assert answer.status_code == 403
        box = answer.text.split("You were still writing this when the session closed")[1].split("</section>")[
            0
        ]
        assert "Start on time." in box
        assert "You waited." not in box
        late = client.post(at("promise_make", going_on), {"promise": "Ask a teacher.", "due_on": soon()})
        assert late.status_code == 403
        assert "Ask a teacher." in late.text
    assert StageWords.objects.get(session=going_on, stage="feedback").text == "You waited."


def test_words_sent_without_a_script_as_the_other_closed_are_kept(going_on, cast, client_for):
    steps.close(going_on)
    client_for(cast.wanda).post(
        at("stage", going_on, "feedback"), {"plus": "You waited.", "revision_plus": 0}
    )
    assert StageWords.objects.get(session=going_on, stage="feedback").text == "You waited."


def test_words_that_arrive_after_closing_are_told_so(going_on, cast, client_for):
    steps.close(going_on)
    sent = {"field": "plus", "text": "You waited.", "revision": 0}
    answer = client_for(cast.wanda).post(at("stage", going_on, "feedback"), sent, headers={"X-Autosave": "1"})
    assert "The session has just been closed: finish your sentence." in answer.json()["status"]


# ---------------------------------------------------------------- a promise that isn't made yet


def test_a_promises_day_comes_back_with_its_words(going_on, cast, client_for):
    client = client_for(cast.wanda)
    for field, text in (("promise", "Ask a teacher."), ("due_on", soon())):
        sent = {"field": field, "text": text, "revision": 0}
        answer = client.post(at("promise_make", going_on), sent, headers={"X-Autosave": "1"})
        assert answer.json()["status"].endswith(", for you only")
    page = client.get(at("stage", going_on, "next_steps")).text
    assert "Ask a teacher." in page
    assert f'value="{soon()}"' in page
    assert soon() not in client_for(cast.sam).get(at("stage", going_on, "next_steps")).text
    client.post(at("promise_make", going_on), {"promise": "Ask a teacher.", "due_on": soon()})
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("whenever", "Write a day such as 2026-12-08."),
        ("2126-12-08", "It may be from"),
        ("9999-12-31", "Choose a day that is still to come."),
        ("0026-12-08", "Choose a day that is still to come."),
    ],
)
def test_a_day_that_no_promise_can_be_for_is_not_kept_and_the_form_says_so(
    going_on, cast, client_for, day, sentence
):
    client = client_for(cast.wanda)
    draft(going_on, cast.wanda, "due_on", soon())
    sent = {"field": "due_on", "text": day, "revision": 1}

    answer = client.post(at("promise_make", going_on), sent, headers={"X-Autosave": "1"})

    assert answer.status_code == 422
    assert sentence in answer.json()["status"]
    assert f'value="{soon()}"' in client.get(at("stage", going_on, "next_steps")).text


def test_a_day_taken_out_again_is_kept_as_none(going_on, cast, client_for):
    draft(going_on, cast.wanda, "due_on", soon())

    assert draft(going_on, cast.wanda, "due_on", "", revision=1).text == ""
    assert client_for(cast.wanda).get(at("stage", going_on, "next_steps")).status_code == 200


def test_the_second_who_closes_hears_that_it_is_closed_and_when_they_meet(going_on, cast, client_for):
    draft(going_on, cast.wanda, "congratulation", "You waited.")
    client_for(cast.sam).post(at("session_close", going_on), when())
    page = client_for(cast.wanda).post(at("session_close", going_on), when(), follow=True).text
    assert "Sam has closed it. You meet on " in page
    assert "You waited." in page
    own = client_for(cast.sam).post(at("session_close", going_on), when(), follow=True).text
    assert "You have closed it. You meet on " in own


def test_nobody_is_named_of_a_session_that_was_closed_before_it_was_written_down_who_did(
    going_on, cast, client_for
):
    client_for(cast.sam).post(at("session_close", going_on), when())
    CoachingSession.objects.filter(pk=going_on.pk).update(closed_by=None)
    page = client_for(cast.wanda).post(at("session_close", going_on), when(), follow=True).text
    assert "Session 2 is closed already. You meet on " in page


def test_who_has_closed_a_conversation_is_said_as_well(cast, agreed, client_for):
    talk = CoachingSession.converse(agreed, by=cast.sam)
    client_for(cast.wanda).post(at("session_close", talk), {"asked": "1"})
    page = client_for(cast.sam).post(at("session_close", talk), {"asked": "1"}, follow=True).text
    assert "Wanda has closed it." in page


# ---------------------------------------------------------------- a promise that was begun


@pytest.fixture
def next_one(going_on, cast) -> CoachingSession:
    """The session after one in which Wanda began a promise and didn't make it."""
    draft(going_on, cast.wanda, "promise", "Ask a teacher.")
    draft(going_on, cast.wanda, "due_on", soon())
    steps.close(going_on)
    following = going_on.partnership.sessions.get(closed_at=None)
    following.open(by=cast.sam)
    return following


OFFERED = "You had begun a promise in session 2"


def test_a_promise_begun_and_not_made_is_offered_in_the_next_session(next_one, cast, client_for):
    page = client_for(cast.wanda).get(at("stage", next_one, "next_steps")).text
    assert OFFERED in page
    assert ">Ask a teacher.</textarea>" in page
    assert f'name="due_on" data-field="due_on" data-revision="0" value="{soon()}"' in page
    other = client_for(cast.sam).get(at("stage", next_one, "next_steps")).text
    assert OFFERED not in other
    assert "Ask a teacher." not in other


def test_a_begun_promise_that_is_made_now_is_offered_no_more(next_one, cast, client_for):
    client = client_for(cast.wanda)
    sent = {"act": "promise", "promise": "Ask a teacher.", "due_on": soon()}
    page = client.post(at("promise_make", next_one), sent, follow=True).text
    assert OFFERED not in page
    assert Promise.objects.get(session=next_one).text == "Ask a teacher."
    assert not Draft.objects.filter(author=cast.wanda).exists()


def test_whoever_writes_something_else_or_nothing_there_is_not_offered_it_again(next_one, cast, client_for):
    draft(next_one, cast.wanda, "promise", "")
    page = client_for(cast.wanda).get(at("stage", next_one, "next_steps")).text
    assert OFFERED not in page
    assert "Ask a teacher." not in page


def test_a_day_gone_by_is_not_offered_with_its_promise(next_one, cast, client_for):
    with time_machine.travel(timezone.now() + timedelta(days=12)):
        page = client_for(cast.wanda).get(at("stage", next_one, "next_steps")).text
    assert OFFERED in page
    assert soon() not in page


# ---------------------------------------------------------------- without a script, all in one form


def press(client, session, button, **typed):
    """A button of the last stage, with all that its page sends along."""
    page, address = at("stage", session, "feedback"), at(button, session)
    form = form_to(client.get(page).text, address, address=page, holding="congratulation")
    act = {"session_close": "close", "session_congratulate": "say"}[button]
    return client.post(address, form.sends(act=act, **typed))


def words_of(author, session):
    return {row.field: row.text for row in StageWords.objects.filter(session=session, author=author)}


def test_closing_takes_along_whatever_is_typed_on_its_page(going_on, cast, client_for):
    client = client_for(cast.wanda)
    typed = {"plus": "You waited.", "delta": "More time.", "congratulation": "That call."}
    answer = press(client, going_on, "session_close", **typed)
    assert "You wrote something and haven’t shared it" in answer.text
    assert "That call." in answer.text
    assert words_of(cast.wanda, going_on) == {"plus": "You waited.", "delta": "More time."}
    assert not Congratulation.objects.exists()
    client.post(at("session_close", going_on), when(asked="1", act="close", seen=seen(Draft.objects.get())))
    assert is_closed(going_on)


def test_closing_with_words_that_are_refused_closes_nothing_and_keeps_them_in_sight(
    going_on, cast, client_for
):
    typed = {"plus": "Ask 555-12-3456.", "congratulation": "That call.", "day": soon(), "at": "11:15"}
    answer = press(client_for(cast.wanda), going_on, "session_close", **typed)
    assert answer.status_code == 200
    assert "Ask 555-12-3456." in answer.text
    assert "That call." in answer.text
    assert f'value="{soon()}"' in answer.text
    assert 'value="11:15"' in answer.text
    assert not is_closed(going_on)


def test_saying_one_thing_keeps_the_others(going_on, cast, client_for):
    press(
        client_for(cast.wanda),
        going_on,
        "session_congratulate",
        plus="You waited.",
        congratulation="That call.",
    )
    assert Congratulation.objects.get().text == "That call."
    assert words_of(cast.wanda, going_on) == {"plus": "You waited."}


def test_what_is_left_empty_makes_no_row(going_on, cast, client_for):
    press(client_for(cast.wanda), going_on, "session_congratulate", congratulation="That call.")
    assert not StageWords.objects.exists()
    assert not Draft.objects.exists()


@pytest.mark.parametrize("button", ["session_close", "session_congratulate"])
def test_the_second_who_presses_finds_what_they_had_typed_on_the_closed_page(
    button, going_on, cast, client_for
):
    client = client_for(cast.wanda)
    page, address = at("stage", going_on, "feedback"), at(button, going_on)
    form = form_to(client.get(page).text, address, address=page, holding="congratulation")
    steps.close(going_on)
    act = {"session_close": "close", "session_congratulate": "say"}[button]
    with time_machine.travel(timezone.now() + LAST_WORDS + timedelta(seconds=1)):
        answer = client.post(address, form.sends(act=act, plus="You waited.", congratulation="That call."))
    assert answer.status_code == 403
    assert "You waited." in answer.text
    assert "That call." in answer.text
    assert not Congratulation.objects.exists()
