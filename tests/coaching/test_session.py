"""A session along the Dialogue Structure (product.md, 5)."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from coaching.dialogue.stages import STAGES
from coaching.models import CoachingSession, Draft, Promise, StageWords
from coaching.models.agreement import Agreement
from coaching.models.base import StaleError
from coaching.models.meeting import LAST_WORDS
from sopcoach.words.refusal import Refused
from tests.coaching import steps
from tests.limits import MOST_QUERIES


@pytest.fixture
def opening(partnership) -> CoachingSession:
    return steps.open_session(partnership)


def address(session, stage=None):
    args = [session.partnership.slug, session.number]
    return reverse("stage", args=[*args, stage]) if stage else reverse("session", args=args)


def test_the_dialogue_structure_has_its_eight_stages_in_order():
    assert [stage.title for stage in STAGES] == [
        "Purpose",
        "Context",
        "Group agreements",
        "Network and stakeholders",
        "Desired outcome",
        "Content",
        "Next steps",
        "Plus / delta",
    ]


def test_a_partnership_begins_with_an_opening_session(partnership):
    session = partnership.sessions.get()
    assert session.is_opening
    assert session.status == CoachingSession.Status.PLANNED


def test_each_side_has_words_of_its_own_in_a_stage(opening):
    wanda, sam = opening.partnership.worker, opening.partnership.supervisor
    opening.say("outcome", by=wanda, field="worst_fears", text="That it ends in my file.", revision=0)
    opening.say("outcome", by=sam, field="worst_fears", text="That I talk too much.", revision=0)
    seen = StageWords.objects.visible_to(sam).filter(session=opening)
    assert {words.text for words in seen} == {"That it ends in my file.", "That I talk too much."}


def test_nothing_is_said_before_a_session_begins_or_long_after_it_is_closed(partnership):
    session = partnership.sessions.get()
    with pytest.raises(Refused, match="hasn’t begun"):
        session.say("purpose", by=partnership.worker, field="words", text="Hello", revision=0)
    session.open(by=partnership.worker)
    session.say("purpose", by=partnership.worker, field="words", text="Hello", revision=0)
    steps.close(session)
    with time_machine.travel(timezone.now() + LAST_WORDS), pytest.raises(Refused, match="closed"):
        session.say("purpose", by=partnership.worker, field="words", text="Goodbye", revision=1)
    assert StageWords.objects.get().text == "Hello"


def test_words_that_were_on_their_way_when_the_other_closed_still_arrive(opening):
    wanda = opening.partnership.worker
    opening.say("feedback", by=wanda, field="plus", text="It helped that", revision=0)
    steps.close(opening)
    opening.say("feedback", by=wanda, field="plus", text="It helped that you waited.", revision=1)
    assert (
        StageWords.objects.visible_to(opening.partnership.supervisor).get().text
        == "It helped that you waited."
    )
    with pytest.raises(Refused, match="closed"):  # everything else is closed at once
        Promise.make(opening, by=wanda, text="Listen.", due_on=timezone.localdate())


def test_words_whose_answer_got_lost_are_not_told_to_be_too_late(opening):
    wanda = opening.partnership.worker
    opening.say("feedback", by=wanda, field="plus", text="You waited.", revision=0)
    steps.close(opening)
    with time_machine.travel(timezone.now() + LAST_WORDS):
        assert opening.say("feedback", by=wanda, field="plus", text="You waited.", revision=0).revision == 1


def test_a_promise_begun_when_the_other_closed_still_becomes_a_draft_of_its_author(opening):
    wanda, sam = opening.partnership.worker, opening.partnership.supervisor
    steps.close(opening)
    Draft.put(opening, by=wanda, field="promise", text="Ask a teacher.", revision=0)
    assert not Draft.objects.visible_to(sam).exists()
    with time_machine.travel(timezone.now() + LAST_WORDS), pytest.raises(Refused, match="closed"):
        Draft.put(opening, by=wanda, field="promise", text="Ask two teachers.", revision=1)
    assert Draft.objects.get().text == "Ask a teacher."


@time_machine.travel(datetime(2026, 11, 24, 3, 53, tzinfo=ZoneInfo("America/Los_Angeles")), tick=False)
def test_a_session_shows_when_it_really_began(partnership, client_for):
    session = partnership.sessions.get()
    session.open(by=partnership.worker)
    page = client_for(partnership.worker).get(address(session)).text
    assert "3:53 AM to 4:53 AM" in page
    assert "0 minutes in, until 4:53 AM" in page


def test_the_opening_sessions_content_is_done_once_a_goal_is_set(partnership, client_for):
    session = steps.open_session(partnership)
    client = client_for(partnership.worker)

    def state_of_content(of=session):
        rail = client.get(address(of, "next_steps")).context["rail"]
        return next(state for stage, state in rail if stage.key == "content")

    steps.agree(partnership)
    steps.walk_through(partnership)
    [focus] = steps.focus_on(partnership)
    assert state_of_content() == ""
    steps.set_goal(focus)
    assert state_of_content() == "done"
    following = steps.close(session)
    steps.set_goal(focus)
    assert state_of_content() == "done"
    following.open(by=partnership.worker)
    assert state_of_content(following) == ""


def test_a_second_window_never_overwrites(opening):
    wanda = opening.partnership.worker
    opening.say("purpose", by=wanda, field="words", text="First", revision=0)
    with pytest.raises(StaleError) as stale:
        opening.say("purpose", by=wanda, field="words", text="Second window", revision=0)
    assert (stale.value.text, stale.value.revision) == ("First", 1)
    assert StageWords.objects.get().text == "First"


def test_the_same_text_sent_twice_counts_as_saved(opening):
    wanda = opening.partnership.worker
    opening.say("purpose", by=wanda, field="words", text="First", revision=0)
    assert opening.say("purpose", by=wanda, field="words", text="First", revision=0).revision == 1


def test_the_next_session_is_planned_when_one_is_closed(opening):
    at = timezone.now() + timedelta(days=14)
    following = steps.close(opening, next_starts_at=at)
    assert (following.number, following.kind, following.starts_at) == (2, "progress", at)


def test_only_one_session_lies_ahead(opening):
    with pytest.raises(IntegrityError), transaction.atomic():
        CoachingSession.objects.create(partnership=opening.partnership, number=2, kind="progress")


@pytest.mark.parametrize(
    ("rhythm", "moment", "following"),
    [
        ("weekly", (2026, 11, 24, 10), (2026, 12, 1, 10)),
        ("fortnightly", (2026, 11, 24, 10), (2026, 12, 8, 10)),
        ("three_weekly", (2026, 11, 24, 10), (2026, 12, 15, 10)),
        ("monthly", (2026, 11, 24, 10), (2026, 12, 22, 10)),
        ("monthly", (2026, 12, 1, 10), (2027, 1, 5, 10)),  # four weeks on would be December again
        ("fortnightly", (2026, 10, 20, 10), (2026, 11, 3, 10)),  # over the end of summer time
    ],
)
def test_the_next_date_follows_the_rhythm_agreed(rhythm, moment, following):
    found = Agreement(rhythm=rhythm).next_after(timezone.make_aware(datetime(*moment)))
    assert timezone.localtime(found).replace(tzinfo=None) == datetime(*following)


def test_the_list_folds_by_year_only_once_there_are_two(partnership, client_for):
    url = reverse("sessions", args=[partnership.slug])
    with time_machine.travel(datetime(2026, 11, 6, 18, tzinfo=ZoneInfo("UTC"))):
        session = steps.open_session(partnership)
        page = client_for(partnership.worker).get(url).text.split("<main", 1)[1]
        assert "<summary" not in page
        assert session.title in page

        steps.close(session, next_starts_at=datetime(2027, 1, 8, 18, tzinfo=ZoneInfo("UTC")))
        page = client_for(partnership.worker).get(url).text.split("<main", 1)[1]
        assert page.count("<summary") == 2
        assert page.count(session.title) == 1


def test_each_promises_for_themselves(opening):
    wanda, sam = opening.partnership.worker, opening.partnership.supervisor
    mine = Promise.make(opening, by=wanda, text="Try the impact question.", due_on=timezone.localdate())
    with pytest.raises(Refused, match="This is Wanda’s promise"):
        mine.keep(by=sam)
    mine.keep(by=wanda)
    mine.refresh_from_db()
    assert mine.kept_at


def test_a_session_opens_with_the_last_ones_promises(opening, client_for):
    wanda = opening.partnership.worker
    Promise.make(opening, by=wanda, text="Try the impact question.", due_on=timezone.localdate())
    following = steps.close(opening)
    page = client_for(wanda).get(address(following)).content.decode()
    assert "First: what we promised last time" in page
    assert "Try the impact question." in page


def test_a_promise_is_taken_on_with_a_new_day(opening, client_for):
    wanda = opening.partnership.worker
    old = Promise.make(opening, by=wanda, text="Try the impact question.", due_on=timezone.localdate())
    following = steps.close(opening)
    following.open(by=wanda)
    url = reverse("promise_settle", args=[opening.partnership.slug, 2, old.pk])
    soon = timezone.localdate() + timedelta(days=7)
    client_for(wanda).post(url, {"act": "take_on", "due_on": soon.isoformat()})
    renewed = Promise.objects.get(session=following)
    assert (renewed.text, renewed.due_on, renewed.taken_on_from) == (old.text, soon, old)
    old.refresh_from_db()
    assert not old.is_open


def test_a_promise_without_a_day_comes_back_with_a_sentence(opening, client_for):
    wanda = opening.partnership.worker
    old = Promise.make(opening, by=wanda, text="Try the impact question.", due_on=timezone.localdate())
    following = steps.close(opening)
    following.open(by=wanda)
    url = reverse("promise_settle", args=[opening.partnership.slug, 2, old.pk])
    for day in ("", "yesterday", "2020-01-01"):
        page = client_for(wanda).post(url, {"act": "take_on", "due_on": day})
        assert page.status_code == 200
        assert "invalid-feedback" in page.content.decode()
    url = reverse("promise_make", args=[opening.partnership.slug, 2])
    page = client_for(wanda).post(url, {"promise": "Ask a teacher", "due_on": ""}).content.decode()
    assert "Choose a day." in page
    assert "Ask a teacher" in page
    assert Promise.objects.count() == 1


def test_a_promise_that_points_to_a_client_is_stopped(opening):
    with pytest.raises(ValidationError, match="555-867-5309"):
        Promise.make(
            opening, by=opening.partnership.worker, text="Ring 555-867-5309", due_on=timezone.localdate()
        )


def autosave(client, url, **data):
    return client.post(url, data, headers={"X-Autosave": "1"})


def test_words_save_themselves_while_typed(opening, client_for):
    client = client_for(opening.partnership.worker)
    answer = autosave(client, address(opening, "purpose"), field="words", text="To learn", revision=0)
    assert answer.json()["revision"] == 1
    assert answer.json()["status"].startswith("Saved at ")
    answer = autosave(client, address(opening, "purpose"), field="words", text="Other", revision=0)
    assert (answer.status_code, answer.json()["text"]) == (409, "To learn")
    answer = autosave(client, address(opening, "purpose"), field="words", text="case 18-20417", revision=1)
    assert (answer.status_code, "18-20417" in answer.json()["status"]) == (422, True)
    answer = autosave(client, address(opening, "purpose"), field="nonsense", text="x", revision="x")
    assert answer.status_code == 403
    assert StageWords.objects.get().text == "To learn"


def test_words_are_not_saved_for_somebody_who_has_signed_in_since(opening, client_for):
    client = client_for(opening.partnership.worker)
    headers = {"X-Autosave": "1", "X-Person": "somebody-else"}
    data = {"field": "words", "text": "Mine", "revision": 0}
    assert client.post(address(opening, "purpose"), data, headers=headers).status_code == 401
    assert not StageWords.objects.exists()


def test_a_stage_works_without_a_script(opening, client_for):
    client = client_for(opening.partnership.worker)
    sent = {"words": "To learn", "revision_words": 0, "on": ""}
    answer = client.post(address(opening, "purpose"), sent)
    assert answer.headers["Location"] == address(opening, "context")
    assert StageWords.objects.get().text == "To learn"


def test_a_stale_page_without_a_script_shows_both_texts(opening, client_for):
    opening.say("purpose", by=opening.partnership.worker, field="words", text="From the laptop", revision=0)
    client = client_for(opening.partnership.worker)
    page = client.post(address(opening, "purpose"), {"words": "From the phone", "revision_words": 0})
    assert page.status_code == 200
    assert "From the laptop" in page.content.decode()
    assert "From the phone" in page.content.decode()
    assert StageWords.objects.get().text == "From the laptop"


def test_every_stage_shows_its_question_and_its_readers(opening, client_for):
    for person in (opening.partnership.worker, opening.partnership.supervisor):
        client = client_for(person)
        for stage in STAGES:
            page = client.get(address(opening, stage.key))
            assert page.status_code == 200
            assert "can read this page" in page.content.decode()


def test_only_the_supervisor_gets_the_coachs_reminders(opening, client_for):
    reminder = STAGES[0].reminder
    assert (
        reminder
        in client_for(opening.partnership.supervisor).get(address(opening, "purpose")).content.decode()
    )
    assert (
        reminder
        not in client_for(opening.partnership.worker).get(address(opening, "purpose")).content.decode()
    )


def test_the_opening_session_asks_for_hopes_and_fears_and_later_ones_dont(session, client_for):
    client = client_for(session.partnership.worker)
    opening = session.partnership.sessions.get(number=1)
    assert "Worst fears" in client.get(address(opening, "outcome")).content.decode()
    assert "Worst fears" not in client.get(address(session, "outcome")).content.decode()


def test_closing_in_the_browser_keeps_the_date_and_plans_the_next(agreed, client_for):
    session = steps.open_session(agreed)
    client = client_for(agreed.supervisor)
    page = client.get(address(session, "feedback"))
    suggested = page.context["suggested"]
    local = timezone.localtime(suggested)
    url = reverse("session_close", args=[agreed.slug, 1])
    assert client.post(url, {"day": "never", "at": "10:00"}).status_code == 200
    assert client.post(url, {"day": "2020-01-01", "at": "10:00"}).status_code == 200
    assert agreed.sessions.count() == 1
    client.post(url, {"day": local.date().isoformat(), "at": local.strftime("%H:%M")})
    following = agreed.sessions.get(number=2)
    assert following.starts_at == suggested.replace(second=0, microsecond=0)


def test_outsiders_get_the_answer_of_a_page_that_doesnt_exist(opening, cast, client_for):
    for person in (cast.olaf, cast.nia, cast.petra, cast.ada, cast.root):
        client = client_for(person)
        assert client.get(address(opening)).status_code == 404
        assert client.get(address(opening, "purpose")).status_code == 404
        assert client.post(address(opening, "purpose"), {"words": "x"}).status_code == 404
    assert client_for(cast.wanda).get(address(opening, "no-such-stage")).status_code == 404


def test_a_promise_of_another_pair_cannot_be_settled_from_here(opening, cast, client_for):
    others = steps.open_session(steps.begin(cast.petra, cast.sam))
    promise = Promise.make(others, by=cast.sam, text="Listen.", due_on=timezone.localdate())
    url = reverse("promise_settle", args=[opening.partnership.slug, 1, promise.pk])
    assert client_for(cast.wanda).post(url, {"act": "keep"}).status_code == 404
    url = reverse("promise_settle", args=[opening.partnership.slug, 1, uuid.uuid4()])
    assert client_for(cast.wanda).post(url, {"act": "keep"}).status_code == 404


def test_who_talks_in_a_session_is_not_signed_out_for_touching_no_keys(opening, client_for, settings):
    settings.IDLE_MINUTES = 30
    client = client_for(opening.partnership.worker)
    client.get(address(opening, "purpose"))
    with time_machine.travel(timezone.now() + timedelta(minutes=85)):
        assert client.get(address(opening, "purpose")).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=85 + 95)):
        assert client.get(address(opening, "purpose")).status_code == 302


@pytest.mark.parametrize("stage", ["purpose", "content", "next_steps", "feedback"])
def test_the_runner_takes_few_queries_however_much_was_said(
    session, client_for, stage, django_assert_max_num_queries
):
    session.open(by=session.partnership.worker)
    client = client_for(session.partnership.worker)
    url = address(session, stage)
    client.get(url)  # the first page of a session notes that one is there
    with django_assert_max_num_queries(MOST_QUERIES + (stage == "feedback")):  # a day off
        client.get(url)
    for n in range(12):
        Promise.make(session, by=session.partnership.worker, text=f"Thing {n}", due_on=timezone.localdate())
    for one in STAGES:
        for field in one.fields:
            session.say(one.key, by=session.partnership.supervisor, field=field.key, text="Words", revision=0)
    with django_assert_max_num_queries(MOST_QUERIES + (stage == "feedback")):
        client.get(url)


def test_one_press_leads_past_the_stages_in_which_nobody_has_written(opening, client_for):
    wanda, sam = opening.partnership.worker, opening.partnership.supervisor
    session = steps.close(opening)
    session.open(by=sam)
    client = client_for(wanda)
    purpose, context, content = (
        reverse("stage", args=[session.partnership.slug, session.number, key])
        for key in ("purpose", "context", "content")
    )
    assert "Straight to Content" in client.get(purpose).text
    led = client.post(purpose, {"words": "To learn.", "revision_words": 0, "on": "content"})
    assert led.headers["Location"] == content
    assert StageWords.objects.get(session=session).text == "To learn."
    session.say("outcome", by=sam, field="words", text="One question tried.", revision=0)
    shown = client.get(context).text
    assert "Straight to Desired outcome" in shown
    assert "Straight to Content" not in shown
    assert client.post(context, {"on": "nowhere"}).headers["Location"].endswith("/agreements/")


def test_a_promise_may_lead_straight_on(opening, client_for):
    make = reverse("promise_make", args=[opening.partnership.slug, opening.number])
    sent = {"promise": "Ask a teacher.", "due_on": timezone.localdate().isoformat()}
    led = client_for(opening.partnership.worker).post(f"{make}?on", sent)
    assert led.headers["Location"].endswith("/feedback/")
    assert Promise.objects.get().text == "Ask a teacher."
