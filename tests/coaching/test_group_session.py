"""The consultation: peers first, each in their own field, and a record for those who were in."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from coaching.dialogue.consultation import CONSULTATION_STEPS, CONVERSATION_STEPS
from coaching.dialogue.stages import STAGES
from coaching.groups.models import GroupWords
from coaching.models import Observation, SelfRating
from coaching.models.base import StaleError
from coaching.models.meeting import LAST_WORDS
from sopcoach.vault.keyring import erase
from sopcoach.vault.models import DataKey
from sopcoach.words.refusal import Refused
from tests.coaching import gathering, steps
from tests.coaching.gathering import address, say
from tests.factories import UserFactory
from tests.limits import MOST_QUERIES
from tests.pages import live_address

pytestmark = [pytest.mark.usefixtures("edition"), pytest.mark.both_databases]


@pytest.fixture
def people(cast):
    return gathering.peers(cast)


@pytest.fixture
def session(cast, people):
    """Going on: Wanda presents, Petra advises, Linh and Dele observe, Sam leads."""
    return gathering.begin(cast, people)


def autosave(client, url: str, text: str, revision: int = 0, field: str = "words"):
    return client.post(url, {"field": field, "text": text, "revision": revision}, headers={"X-Autosave": "1"})


# ------------------------------------------------------------ the structure


def test_every_session_follows_the_eight_stages_in_their_order():
    for path in (CONSULTATION_STEPS, CONVERSATION_STEPS):
        assert list(dict.fromkeys(step.stage for step in path)) == list(STAGES)
    assert [step.key for step in CONSULTATION_STEPS if step.is_content] == [
        "question",
        "works_well",
        "worries",
        "prompts",
        "stood_out",
        "takes",
    ]


def test_every_step_opens_for_those_who_are_in(session, cast, client_for, django_assert_max_num_queries):
    say(session, "question", cast.wanda, "How do I slow down?")
    client = client_for(cast.petra)
    client.get(address(session))  # the first page of a session notes that one is there
    for step in CONSULTATION_STEPS:
        page = address(session, f"{step.key}/")
        with django_assert_max_num_queries(MOST_QUERIES):
            answer = client.get(page)
        assert answer.status_code == 200
        assert step.question in answer.text
        assert "Only the five of you can read this page" in answer.text
    assert client.get(address(session, "nothing/")).status_code == 404
    assert client.get(address(session, "content/")).status_code == 404


def test_the_opening_says_why_no_fact_may_point_to_a_family(session, cast, client_for):
    page = client_for(cast.petra).get(address(session)).text
    assert "No fact that could point to a family" in page
    assert "Wanda’s question needs what happened" in page


def test_an_identifier_is_stopped_and_told_why_and_what_was_typed_stays(session, cast, client_for):
    client = client_for(cast.wanda)
    saved = autosave(client, address(session, "question/"), "It is case 18-20417.")
    assert saved.status_code == 422
    assert "18-20417" in saved.json()["status"]
    typed = client.post(
        address(session, "question/"), {"words": "It is case 18-20417.", "revision_words": "0"}
    )
    assert typed.status_code == 200
    assert "It is case 18-20417." in typed.text
    assert not GroupWords.objects.exists()


def test_the_profile_supplies_the_prompts(session, cast, client_for):
    page = client_for(cast.petra).get(address(session, "prompts/")).text
    assert "When did listening go well?" in page
    assert page.index("When did listening go well?") < page.index('id="words-form"')
    assert page.count("When did listening go well?") == 1
    assert page.index("“Opening in listening”: where do we hear it") > page.index('id="words-form"')
    assert "Opening in listening, as it looks at level 5." in page


# ------------------------------------------------------------ whose turn it is


def test_the_page_says_that_who_has_no_phone_is_asked_by_voice(session, cast, client_for):
    assert (
        "Whoever has no phone in the room you ask by voice" in client_for(cast.sam).get(address(session)).text
    )
    assert (
        "Sam asks you by voice, or can hand you a laptop" in client_for(cast.petra).get(address(session)).text
    )


def test_the_facilitators_field_opens_after_two_peers_have_spoken(session, cast, people, client_for):
    sam = client_for(cast.sam)
    page = sam.get(address(session, "prompts/")).text
    assert "Your field opens once two of them have spoken or passed." in page
    assert "id_words" not in page
    answer = autosave(sam, address(session, "prompts/"), "I would ask…")
    assert answer.status_code == 403
    assert "Peers go first" in answer.json()["status"]
    say(session, "prompts", people[2], "What did the child say?")
    with pytest.raises(Refused, match="once one more of them has"):
        say(session, "prompts", cast.sam, "I would ask…")
    say(session, "prompts", people[3], "Who else was there?")
    say(session, "prompts", cast.sam, "I would ask…")
    assert "id_words" in sam.get(address(session, "prompts/")).text


def test_passing_counts_as_having_spoken(session, cast, people, client_for):
    for person in people[2:]:
        client_for(person).post(
            address(session, "prompts/"), {"pass": "", "words": "", "revision_words": "0"}
        )
    say(session, "prompts", cast.sam, "I would ask…")
    page = client_for(cast.wanda).get(address(session, "prompts/")).text
    assert "Linh passes this time" in page
    assert "I would ask…" in page


def test_the_presenter_does_not_count_as_a_peer_and_empty_words_do_not_count(session, cast, people):
    say(session, "works_well", cast.wanda, "They came back.")
    say(session, "works_well", cast.petra, "They called first.")
    say(session, "works_well", people[2], "   ")
    with pytest.raises(Refused, match="once one more of them has"):
        say(session, "works_well", cast.sam, "I heard…")


def test_peers_speak_first_in_each_step_by_itself(session, cast, people):
    for step in ("works_well", "worries", "prompts", "stood_out"):
        with pytest.raises(Refused, match="Peers go first"):
            say(session, step, cast.sam, "Let me tell you.")
        for person in people[2:]:
            say(session, step, person, "I heard something.")
        say(session, step, cast.sam, "And so did I.")


def test_what_the_facilitator_has_begun_stays_open_when_a_peer_takes_words_back(session, cast, people):
    for person in people[2:]:
        say(session, "worries", person, "I wonder.")
    say(session, "worries", cast.sam, "So do I.")
    say(session, "worries", people[2], "")
    say(session, "worries", cast.sam, "So do I, still.")


def test_in_the_other_stages_the_facilitator_speaks_when_they_like(session, cast):
    say(session, "purpose", cast.sam, "To think together.")


def test_the_question_and_what_is_taken_are_the_presenters(session, cast, client_for):
    for step in ("question", "takes"):
        with pytest.raises(Refused, match="Wanda speaks here"):
            say(session, step, cast.petra, "Mine.")
        with pytest.raises(Refused, match="Wanda speaks here"):
            GroupWords.pass_on(session, step, by=cast.petra)
        assert "Wanda speaks here." in client_for(cast.petra).get(address(session, f"{step}/")).text
    say(session, "question", cast.wanda, "How do I slow down?")
    assert "How do I slow down?" in client_for(cast.petra).get(address(session, "worries/")).text


def test_words_that_stand_are_not_passed_over(session, cast, client_for):
    client = client_for(cast.petra)
    answer = client.post(
        address(session, "worries/"), {"pass": "", "words": "I wonder.", "revision_words": "0"}
    )
    assert "You have written something here, and it stands." in answer.text
    assert "I wonder." in answer.text
    assert GroupWords.objects.get().passed_at is None
    with pytest.raises(ValidationError):
        GroupWords.pass_on(session, "worries", by=cast.petra)


def test_who_has_passed_can_still_speak(session, cast):
    GroupWords.pass_on(session, "worries", by=cast.petra)
    say(session, "worries", cast.petra, "One thing, after all.")
    row = GroupWords.objects.get()
    assert (row.text, row.passed_at) == ("One thing, after all.", None)


# ------------------------------------------------------------ writing


def test_words_save_themselves_and_come_to_the_others(session, cast, client_for):
    answer = autosave(client_for(cast.petra), address(session, "purpose/"), "To think.")
    assert answer.status_code == 200
    assert answer.json()["revision"] == 1
    wanda = client_for(cast.wanda)
    live = wanda.get(live_address(wanda.get(address(session)).text), headers={"X-Live": "1"})
    assert "To think." in live.text
    assert "Petra" in live.text
    assert "<html" not in live.text


def test_two_windows_of_one_person_never_overwrite_each_other(session, cast, client_for):
    client = client_for(cast.petra)
    autosave(client, address(session, "purpose/"), "To think.")
    answer = autosave(client, address(session, "purpose/"), "To learn.")
    assert answer.status_code == 409
    assert answer.json()["text"] == "To think."
    with pytest.raises(StaleError):
        GroupWords.say(session, "purpose", by=cast.petra, field="words", text="To learn.", revision=0)
    page = client.post(address(session, "purpose/"), {"words": "To learn.", "revision_words": "0"}).text
    assert "To think." in page
    assert "To learn." in page


def test_without_a_script_the_form_saves_and_stays(session, cast, client_for):
    client = client_for(cast.petra)
    answer = client.post(
        address(session, "purpose/"), {"words": "To think.", "revision_words": "0", "follows": "1"}
    )
    assert answer.url == address(session)
    answer = client.post(address(session, "purpose/"), {"words": "To think!", "revision_words": "1"})
    assert answer.url == address(session, "purpose/")
    assert GroupWords.objects.get().text == "To think!"


def test_a_field_that_a_step_does_not_have_is_refused(session, cast, client_for):
    assert (
        autosave(client_for(cast.petra), address(session, "purpose/"), "x", field="plus").status_code == 403
    )
    assert (
        autosave(client_for(cast.petra), address(session, "feedback/"), "x", field="plus").status_code == 200
    )


# ------------------------------------------------------------ going on together


def test_the_facilitator_brings_everybody_to_a_step(session, cast, client_for):
    wanda = client_for(cast.wanda)
    known, stays = (live_address(wanda.get(address(session, at)).text) for at in ("", "purpose/"))
    client_for(cast.sam).post(
        address(session, "purpose/"), {"words": "To think.", "revision_words": "0", "on": ""}
    )
    session.refresh_from_db()
    assert session.step == "context"
    heard = wanda.get(known, headers={"X-Live": "1"}).json()
    assert heard["is_same_page"]
    assert heard["news"].startswith("The group is at “Context” now: What might pull our attention away")
    assert "What might pull our attention away" in wanda.get(address(session)).text
    live = wanda.get(stays, headers={"X-Live": "1"})
    assert "The group is at “Context” now." in live.text
    client_for(cast.sam).post(address(session, "go/"), {"step": "question"})
    assert "What would you like the group to think about" in wanda.get(address(session)).text


def test_only_the_facilitator_moves_the_group_and_closes(session, cast, client_for):
    client = client_for(cast.wanda)
    for act, data in (("go/", {"step": "worries"}), ("close/", {}), ("purpose/", {"on": ""})):
        answer = client.post(address(session, act), data)
        assert answer.status_code == 403
        assert "Sam leads this session" in answer.text
    assert client_for(cast.sam).post(address(session, "go/"), {"step": "nowhere"}).status_code == 403


def test_the_facilitators_page_opens_by_itself_once_the_peers_have_spoken(session, cast, people, client_for):
    session.go_to("prompts", by=cast.sam)
    sam = client_for(cast.sam)
    for missing, person in ((2, people[2]), (1, people[3])):
        locked = live_address(sam.get(address(session)).text)
        assert f"locked{missing}" in locked
        assert "Nothing yet" in sam.get(locked, headers={"X-Live": "1"}).text or missing == 1
        GroupWords.pass_on(session, "prompts", by=person)
        heard = sam.get(locked, headers={"X-Live": "1"}).json()
        assert heard["is_same_page"]
    assert heard["news"] == "You can write here now."


def test_the_others_words_are_said_politely_to_who_listens(session, cast, client_for):
    for page in ("", "screen/"):
        shown = client_for(cast.petra).get(address(session, page)).text
        assert 'aria-live="polite" data-live="' in shown


def test_listening_without_a_click_counts_as_being_there(session, cast, client_for, settings):
    settings.IDLE_MINUTES = 30
    client = client_for(cast.petra)
    client.get(address(session))
    for minutes, status in ((70, 200), (130, 401)):
        with time_machine.travel(timezone.now() + timedelta(minutes=minutes)):
            assert client.get(address(session), headers={"X-Live": "1"}).status_code == status


def test_time_goes_by_and_is_never_counted_down(session, cast, client_for):
    page = client_for(cast.wanda).get(address(session)).text
    assert "0 minutes in" in page
    assert "left" not in page.split("<main")[1].split("</main")[0].replace("arrow-left", "")


# ------------------------------------------------------------ closed


def close(session, cast, people):
    say(session, "question", cast.wanda, "How do I slow down?")
    for person in people[2:]:
        say(session, "stood_out", person, f"{person.short_name} heard the pause.")
    say(session, "takes", cast.wanda, "I wait for one more breath.")
    say(session, "next_steps", cast.wanda, "Use listening with caregivers on 2 visits in the next 30 days")
    say(session, "next_steps", cast.petra, "Ask what else.")
    session.close(by=cast.sam)


def test_the_record_holds_parts_profile_what_was_learned_and_each_next_try(session, cast, people, client_for):
    close(session, cast, people)
    page = client_for(cast.petra).get(address(session)).text
    for text in (
        "Linh heard the pause.",
        "I wait for one more breath.",
        "Ask what else.",
        "Wanda Reyes",
        "Sam Ortiz",
        "What the group learned on",
        "/profiles/listening/",
    ):
        assert text in page
    assert "How do I slow down?" in client_for(cast.petra).get(address(session, "question/")).text


def test_words_on_their_way_when_the_session_closes_still_arrive(session, cast, people):
    close(session, cast, people)
    say(session, "feedback", cast.petra, "That we waited.", field="plus")
    assert GroupWords.objects.visible_to(cast.wanda).filter(step="feedback").get().text == "That we waited."
    with pytest.raises(Refused, match="is closed"):
        GroupWords.pass_on(session, "stood_out", by=cast.petra)


def test_closing_asks_first_while_somebody_is_writing(session, cast, people, client_for):
    say(session, "question", cast.wanda, "How do I slow down?")
    client = client_for(cast.sam)
    assert "Wanda was writing a moment ago" in client.post(address(session, "close/")).text
    session.refresh_from_db()
    assert session.is_open
    client.post(address(session, "close/"), {"asked": "1"})
    session.refresh_from_db()
    assert session.is_closed


def test_closing_keeps_what_its_facilitator_has_typed_beside_the_button(session, cast, client_for):
    client = client_for(cast.sam)
    client.post(address(session, "go/"), {"step": "feedback"})
    page = client.get(address(session, "feedback/")).text
    assert f'form="words-form" formaction="{address(session, "close/")}"' in page
    typed = {"plus": "Wanda’s calm.", "revision_plus": 0, "delta": "Call 555-201-3344", "revision_delta": 0}
    refused = client.post(address(session, "close/"), typed | {"act": "close"})
    assert refused.status_code == 200
    assert "Call 555-201-3344" in refused.text
    session.refresh_from_db()
    assert session.is_open
    typed |= {"revision_plus": 1, "delta": "More time."}
    client.post(address(session, "close/"), typed | {"act": "close"})
    session.refresh_from_db()
    assert session.is_closed
    said = session.words.filter(step="feedback", author=cast.sam)
    assert {row.field: row.text for row in said} == {"plus": "Wanda’s calm.", "delta": "More time."}


def test_words_sent_too_late_without_a_script_come_back_to_their_author(session, cast, people, client_for):
    close(session, cast, people)
    with time_machine.travel(timezone.now() + LAST_WORDS):
        answer = client_for(cast.petra).post(
            address(session, "feedback/"), {"plus": "That we waited.", "revision_plus": 0}
        )
    assert answer.status_code == 403
    assert "This was still being written here when the session closed" in answer.text
    assert "That we waited." in answer.text
    assert not session.words.filter(step="feedback").exists()


def test_what_was_said_stays_as_it_is(session, cast, people, client_for):
    wanda = client_for(cast.wanda)
    asked = live_address(wanda.get(address(session)).text)
    close(session, cast, people)
    with time_machine.travel(timezone.now() + LAST_WORDS):
        with pytest.raises(Refused, match="is closed"):
            say(session, "takes", cast.wanda, "Something else.")
        assert autosave(client_for(cast.wanda), address(session, "takes/"), "Else.").status_code == 403
    with pytest.raises(Refused):
        session.close(by=cast.sam)
    heard = wanda.get(asked, headers={"X-Live": "1"}).json()
    assert heard == {"news": "This session is closed.", "is_same_page": False}


def test_somebody_on_the_list_who_was_not_in_reads_nothing_of_it(session, cast, people, client_for):
    close(session, cast, people)
    later = UserFactory(name="Late Comer")
    session.group.ask([later], by=cast.sam)
    client = client_for(later)
    for page in ("", "question/", "next_steps/"):
        answer = client.get(address(session, page))
        assert answer.status_code == 403
        assert "Only those who are in this session can read what is said in it." in answer.text
    lobby = client.get(f"/groups/{session.group.slug}/")
    assert lobby.status_code == 200
    assert "breath" not in lobby.text


def test_who_has_left_the_group_still_reads_the_sessions_they_were_in(session, cast, people, client_for):
    close(session, cast, people)
    session.group.members.get(person=cast.petra).leave(by=cast.petra)
    following = gathering.plan(session.group)
    client = client_for(cast.petra)
    assert "Ask what else." in client.get(address(session)).text
    assert client.get(address(following)).status_code == 404
    page = client.get(f"/groups/{session.group.slug}/")
    assert page.status_code == 200
    assert "Take me off the list" not in page.text


def test_one_takes_ones_own_next_try_into_ones_own_goals(cast, agreed, people, client_for):
    steps.focus_on(agreed)
    session = gathering.begin(cast, people)
    close(session, cast, people)
    client = client_for(cast.wanda)
    page = client.get(address(session)).text
    assert "Make it a goal" in page
    assert f"/coaching/{agreed.slug}/goals/" in page
    opened = client.post(
        f"/coaching/{agreed.slug}/goals/",
        {"whole": "Use listening with caregivers on 2 visits in the next 30 days", "read": "1"},
    ).text
    assert "Your sentence, in its parts." in opened
    assert not agreed.goals.exists()
    petras = client_for(cast.petra).get(address(session)).text
    assert "Make it a goal" not in petras
    assert "coaching/" not in petras.split("<main")[1]


def test_nothing_of_a_group_enters_anybodys_ratings_and_no_level_shows(cast, agreed, people, client_for):
    steps.focus_on(agreed, start=3)
    before = SelfRating.objects.count(), Observation.objects.count()
    session = gathering.begin(cast, people)
    close(session, cast, people)
    assert (SelfRating.objects.count(), Observation.objects.count()) == before
    for page in ("", "question/", "stood_out/"):
        assert "Level" not in client_for(cast.sam).get(address(session, page)).text.split("<main")[1]


def test_one_persons_part_of_one_session_is_erased_as_one(session, cast, people):
    close(session, cast, people)
    mine = GroupWords.objects.filter(author=cast.wanda)
    assert len({row.erasure_unit() for row in mine}) == 1
    erase([mine[0].erasure_unit()])
    assert {row.text for row in GroupWords.objects.filter(author=cast.wanda)} == {
        "These words have been erased. They can’t be read again."
    }
    assert "Linh heard the pause." in {row.text for row in GroupWords.objects.exclude(author=cast.wanda)}


def test_one_erases_ones_own_words_for_everybody_and_nobody_elses(
    session, cast, people, client_for, django_capture_on_commit_callbacks
):
    with pytest.raises(Refused, match="you can empty your fields"):
        GroupWords.erase_of(session, by=cast.wanda)
    close(session, cast, people)
    unit = GroupWords.objects.filter(author=cast.wanda)[0].erasure_unit()
    client = client_for(cast.wanda)
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(address(session, "erase/"), follow=True).text
    assert "What you said in this session is erased, for everybody." in page
    assert "one more breath" not in client_for(cast.petra).get(address(session)).text
    assert "Linh heard the pause." in page
    assert DataKey.objects.get(unit=unit.id).erased_at
    assert not GroupWords.objects.filter(author=cast.wanda).exists()
    assert "Erase my words" not in page


# ------------------------------------------------------------ a plain conversation


def test_a_group_holds_a_plain_conversation_along_the_eight_stages(cast, people, client_for):
    session = gathering.begin(cast, people[:1], is_conversation=True)
    assert session.is_open
    client = client_for(cast.wanda)
    for step in CONVERSATION_STEPS:
        page = client.get(address(session, f"{step.key}/"))
        assert page.status_code == 200
        assert "Peers go first" not in page.text
    assert client.get(address(session, "question/")).status_code == 404
    say(session, "content", cast.sam, "We talked about rest.")
    session.close(by=cast.sam)
    assert "We talked about rest." in client.get(address(session)).text


def test_a_conversation_takes_two(cast):
    session = gathering.plan(gathering.open_group(cast.sam, []), is_conversation=True)
    with pytest.raises(Refused, match="at least two people"):
        session.begin(by=cast.sam)
