"""The review as its two people see it in a browser."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import resolve, reverse
from django.utils import timezone

from coaching.models import Congratulation, Decision, Draft, Observation, Reflection, SelfRating
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.self_rating import share_self_rating
from sopcoach.words import dates
from tests.coaching import steps
from tests.coaching.addresses import look_back, page
from tests.limits import LINES_LEVELS_AND_CORRECTIONS, MOST_QUERIES


@pytest.fixture
def focus(session):
    return session.partnership.focuses.get()


@pytest.fixture
def wanda(session, client_for):
    return client_for(session.partnership.worker)


@pytest.fixture
def sam(session, client_for):
    return client_for(session.partnership.supervisor)


def content(session):
    return reverse("stage", args=[session.partnership.slug, session.number, "content"])


def share_all(session, focus):
    worker = session.partnership.worker
    share_reflection(session, by=worker, went_well="I waited for the answer.", differently="Say it back.")
    share_self_rating(session, focus, by=worker, level=4, glimpse=5, because="It came up twice.")


def test_the_content_leads_each_side_to_their_next_step(session, focus, wanda, sam):
    assert wanda.get(content(session)).headers["Location"] == look_back(session)
    assert sam.get(content(session)).headers["Location"] == page(session, focus)
    share_all(session, focus)
    assert wanda.get(content(session)).headers["Location"] == page(session, focus)


def test_the_worker_looks_back_and_rates_with_the_words_in_sight(session, focus, wanda):
    answer = wanda.post(look_back(session), {"went_well": "I waited.", "differently": ""})
    assert answer.headers["Location"] == content(session)
    assert wanda.get(content(session)).headers["Location"] == page(session, focus)
    shown = wanda.get(page(session, focus)).content.decode()
    for descriptor in focus.aspect.descriptors.all():
        assert descriptor.text in shown
    assert "highest point of its level" in shown
    assert "Only you can read this until you share it" in shown
    answer = wanda.post(page(session, focus), {"act": "rate", "level": 4, "glimpse": [5, 6], "because": ""})
    assert answer.status_code == 302
    assert SelfRating.objects.get(session=session).glimpse_level == 6  # should two arrive, the higher counts


def test_what_was_drafted_stands_in_its_fields_when_the_page_is_opened_again(session, focus, wanda, sam):
    """The page said when it was saved, over two empty fields."""
    by = session.partnership.worker
    for field, text in (("went_well", "I waited."), ("differently", "Say my sorting back.")):
        Draft.put(session, by=by, field=field, text=text, revision=0)
    shown = wanda.get(look_back(session)).content.decode()
    assert "Draft saved at" in shown
    assert "I waited.</textarea>" in shown
    assert "Say my sorting back.</textarea>" in shown
    share_reflection(session, by=by, went_well="I waited.", differently="")
    for field, text in (("level", "4"), ("glimpse", "5"), ("because", "It came up twice.")):
        Draft.put(session, by=by, field=field, text=text, revision=0, focus=focus)
    shown = wanda.get(page(session, focus)).content.decode()
    assert "It came up twice.</textarea>" in shown
    assert re.search(r'name="level" value="4"[^>]* checked', shown)
    assert re.search(r'name="glimpse" value="5"[^>]* checked', shown)


def test_looking_back_without_anything_that_went_well_keeps_the_rest(session, wanda):
    shown = wanda.post(look_back(session), {"went_well": "", "differently": "Say my sorting back."})
    assert shown.status_code == 200
    assert "Start with something that went well" in shown.content.decode()
    assert "Say my sorting back." in shown.content.decode()
    assert not Reflection.objects.exists()


@pytest.mark.parametrize("field", ["level", "glimpse"])
@pytest.mark.parametrize("typed", ["²", "٤", "①"])
def test_a_digit_of_another_kind_is_no_level(session, focus, wanda, field, typed):
    """Python calls “²” a digit and knows no number for it."""
    wanda.post(look_back(session), {"went_well": "I waited."})
    sent = {"act": "rate", "level": 4, "because": "It came up twice.", field: typed}
    shown = wanda.post(page(session, focus), sent)
    assert shown.status_code in {200, 302}
    Draft.put(session, by=session.partnership.worker, field="glimpse", text=typed, revision=0, focus=focus)
    assert wanda.get(page(session, focus)).status_code == 200


@pytest.mark.parametrize("level", ["", "9", "0", "five", "4444444444444444444"])
def test_a_level_that_isnt_on_the_ladder_comes_back_with_a_sentence(session, focus, wanda, level):
    wanda.post(look_back(session), {"went_well": "I waited."})
    shown = wanda.post(page(session, focus), {"act": "rate", "level": level, "because": "It came up twice."})
    assert shown.status_code == 200
    assert "Choose one of the levels on the ladder" in shown.content.decode()
    assert "It came up twice." in shown.content.decode()
    assert not SelfRating.objects.filter(session=session).exists()


def test_the_supervisor_sees_no_draft_and_cannot_share_before_the_worker(session, focus, sam, wanda):
    Draft.put(session, by=session.partnership.worker, field="went_well", text="A private thought", revision=0)
    session.open(by=session.partnership.supervisor)
    shown = sam.get(page(session, focus)).content.decode()
    assert "Wanda hasn’t shared" in shown
    assert "A private thought" not in shown
    assert 'name="level"' not in shown
    answer = sam.post(page(session, focus), {"act": "observe", "saw": "You waited.", "level": 4})
    assert answer.status_code == 403
    assert "Wanda hasn’t looked back yet" in answer.content.decode()
    assert not Observation.objects.exists()


def test_the_supervisor_may_note_words_meanwhile_and_finds_them_again(session, focus, sam, wanda):
    sent = {"act": "keep", "saw": "You asked, and then you waited.", "revision_saw": 0, "try_next": ""}
    assert sam.post(page(session, focus), sent).status_code == 302
    share_all(session, focus)
    session.open(by=session.partnership.supervisor)
    shown = sam.get(page(session, focus)).content.decode()
    assert "You asked, and then you waited." in shown
    assert "I waited for the answer." in shown
    assert "You asked, and then you waited." not in wanda.get(page(session, focus)).content.decode()


def test_both_stand_side_by_side_and_the_worker_decides(session, focus, sam, wanda):
    session.open(by=session.partnership.supervisor)
    share_all(session, focus)
    sam.post(page(session, focus), {"act": "observe", "saw": "You waited.", "try_next": "", "level": 3})
    for client in (sam, wanda):
        shown = client.get(page(session, focus)).content.decode()
        assert "What has each of you seen that the other hasn’t?" in shown
        assert "You waited." in shown
        assert "It came up twice." in shown
    assert "Raise the target to 5" in wanda.get(page(session, focus)).content.decode()
    assert "Wanda decides what comes next" in sam.get(page(session, focus)).content.decode()
    answer = sam.post(page(session, focus), {"act": "decide", "choice": "raise"})
    assert (answer.status_code, "Wanda decides" in answer.content.decode()) == (403, True)
    wanda.post(page(session, focus), {"act": "decide", "choice": "raise"})
    assert Decision.objects.get().choice == "raise"
    sam.post(
        page(session, focus), {"act": "congratulate", "congratulation": "The answer came because you waited."}
    )
    shown = wanda.get(page(session, focus)).content.decode()
    assert "The target rises to 5" in shown
    assert "The answer came because you waited." in shown


def test_a_raise_is_offered_only_when_the_target_is_reached(session, focus, sam, wanda):
    session.open(by=session.partnership.supervisor)
    worker = session.partnership.worker
    share_reflection(session, by=worker, went_well="I waited.", differently="")
    share_self_rating(session, focus, by=worker, level=3, glimpse=4)
    share_observation(session, focus, by=session.partnership.supervisor, saw="You waited.", level=4)
    shown = wanda.get(page(session, focus)).content.decode()
    assert "Carry on towards 4" in shown
    assert "Raise the target" not in shown
    assert wanda.post(page(session, focus), {"act": "decide", "choice": "raise"}).status_code == 403
    shown = wanda.post(page(session, focus), {"act": "decide", "choice": "sideways"})
    assert "Choose what comes next" in shown.content.decode()
    assert not Decision.objects.exists()


def test_an_observation_without_anything_seen_comes_back_with_what_was_typed(session, focus, sam):
    session.open(by=session.partnership.supervisor)
    share_all(session, focus)
    sent = {"act": "observe", "saw": "", "try_next": "Say it back.", "level": "3"}
    shown = sam.post(page(session, focus), sent)
    assert "Write what you saw that fits the goals" in shown.content.decode()
    assert "Say it back." in shown.content.decode()
    assert not Observation.objects.exists()


def test_words_that_point_to_a_client_are_stopped_on_every_step(session, focus, sam, wanda):
    session.open(by=session.partnership.supervisor)
    shown = wanda.post(look_back(session), {"went_well": "The visit in case 18-20417"})
    assert "18-20417" in shown.content.decode()
    assert not Reflection.objects.exists()
    share_all(session, focus)
    sent = {"act": "observe", "saw": "You rang 555-867-5309", "try_next": "", "level": ""}
    shown = sam.post(page(session, focus), sent)
    assert (shown.status_code, "You rang 555-867-5309" in shown.content.decode()) == (200, True)
    sent["saw"] = "You waited."
    sam.post(page(session, focus), sent)
    wanda.post(page(session, focus), {"act": "decide", "choice": "carry_on"})
    shown = sam.post(
        page(session, focus), {"act": "congratulate", "congratulation": "Well done in case 18-20417"}
    )
    assert (shown.status_code, "Well done in case 18-20417" in shown.content.decode()) == (200, True)
    assert not Congratulation.objects.exists()


def test_a_waiting_page_is_told_when_the_other_side_has_shared(session, focus, sam):
    session.open(by=session.partnership.supervisor)
    live = sam.get(page(session, focus)).context["live"].url
    assert sam.get(live, headers={"X-Live": "1"}).status_code == 204
    share_all(session, focus)
    assert sam.get(live, headers={"X-Live": "1"}).json() == {
        "news": "Wanda has looked back. Wanda has shared a level here. Wanda has shared on each focus.",
        "is_same_page": False,
    }


def test_what_comes_to_the_same_page_is_asked_for_and_put_in_place(session, focus, sam):
    live = sam.get(page(session, focus)).context["live"].url
    share_reflection(session, by=session.partnership.worker, went_well="I waited.", differently="")
    heard = sam.get(live, headers={"X-Live": "1"}).json()
    assert heard == {"news": "Wanda has looked back.", "is_same_page": True}
    assert "I waited." in sam.get(page(session, focus), headers={"X-Live": "1"}).text


def test_a_page_that_waits_hears_that_the_session_begins_and_that_it_closes(session, focus, wanda, sam):
    share_all(session, focus)
    waits = {client: client.get(page(session, focus)).context["live"].url for client in (sam, wanda)}
    session.open(by=session.partnership.worker)
    heard = [client.get(live, headers={"X-Live": "1"}).json() for client, live in waits.items()]
    assert heard == [
        {"news": "The session has begun.", "is_same_page": False},  # where Sam can share now
        {"news": "The session has begun.", "is_same_page": True},
    ]
    steps.close(session)
    heard = [client.get(live, headers={"X-Live": "1"}).json() for client, live in waits.items()]
    assert heard == [{"news": "This session is closed.", "is_same_page": False}] * 2


def test_what_is_known_of_a_page_is_only_compared(session, focus, sam):
    for state in ("", "~", "waiting", "%00~%F0%9F~1", "x" * 2000):
        heard = sam.get(f"{page(session, focus)}?state={state}", headers={"X-Live": "1"}).json()
        assert heard == {"news": "Something is new here.", "is_same_page": state == "waiting"}


def test_drafts_save_themselves_and_levels_too(session, focus, wanda):
    headers = {"X-Autosave": "1"}
    answer = wanda.post(
        look_back(session), {"field": "went_well", "text": "I", "revision": 0}, headers=headers
    )
    assert answer.json()["revision"] == 1
    wanda.post(look_back(session), {"went_well": "I waited."})
    wanda.post(page(session, focus), {"field": "level", "text": "5", "revision": 0}, headers=headers)
    assert (
        'value="5" id="r-5" aria-describedby="r-5-d" checked'
        in wanda.get(page(session, focus)).content.decode()
    )
    assert not SelfRating.objects.filter(session=session).exists()


def test_a_closed_session_can_be_read_by_both_and_changed_by_neither(session, focus, sam, wanda):
    session.open(by=session.partnership.supervisor)
    steps.review(session)
    steps.close(session)
    for client in (sam, wanda):
        assert client.get(content(session)).status_code == 200
        assert "You asked and then you waited." in client.get(page(session, focus)).content.decode()
        assert "I waited for the answer." in client.get(look_back(session)).content.decode()
    answer = sam.post(page(session, focus), {"act": "congratulate", "congratulation": "One more."})
    assert (answer.status_code, "closed" in answer.content.decode()) == (403, True)


def test_a_session_without_a_focus_says_what_comes_first(agreed, client_for):
    session = steps.close(steps.open_session(agreed))
    session.open(by=agreed.worker)
    shown = client_for(agreed.worker).get(content(session)).content.decode()
    assert "Nothing to look back on yet" in shown
    assert "Walk through the profiles" in shown


def test_nobody_else_finds_a_review(session, focus, cast, client_for):
    for person in (cast.olaf, cast.nia, cast.petra, cast.ada, cast.root):
        client = client_for(person)
        for url in (content(session), look_back(session), page(session, focus)):
            assert client.get(url).status_code == 404
            act = "share" if url == look_back(session) else "rate"
            assert client.post(url, {"act": act, "level": 4}).status_code == 404


def test_the_worker_is_promised_no_word_that_nobody_has_said(session, focus, sam, wanda):
    session.open(by=session.partnership.supervisor)
    share_all(session, focus)
    share_observation(session, focus, by=session.partnership.supervisor, saw="You waited.")
    wanda.post(page(session, focus), {"act": "decide", "choice": "carry_on"})
    shown = wanda.get(page(session, focus)).text
    assert "If Sam has a word on this for you, it appears here." in shown
    assert "Sam has a word on this for you." not in shown
    sam.post(page(session, focus), {"act": "congratulate", "congratulation": "You let it be quiet."})
    shown = wanda.get(page(session, focus)).text
    assert "You let it be quiet." in shown
    assert "it appears here" not in shown


NOT_BEFORE_WANDA = "You can’t place one before Wanda has."
ON_EACH = "once Wanda has shared on each focus, and you sit down together."
TOGETHER = "you can place one once you sit down together."


def test_a_waiting_supervisor_reads_when_a_level_can_be_placed(cast, edition, client_for):
    session = steps.ready_for_review(cast.wanda, cast.sam, focuses=2)
    first, second = session.partnership.focuses.all()
    sam = client_for(cast.sam)
    assert NOT_BEFORE_WANDA in sam.get(page(session, first)).text
    share_all(session, first)
    shown = sam.get(page(session, first)).text
    assert ON_EACH in shown
    assert NOT_BEFORE_WANDA not in shown
    assert NOT_BEFORE_WANDA in sam.get(page(session, second)).text
    share_self_rating(session, second, by=cast.wanda, level=3)
    for focus in (first, second):
        shown = sam.get(page(session, focus)).text
        assert TOGETHER in shown
        assert NOT_BEFORE_WANDA not in shown
    session.open(by=cast.sam)
    assert 'name="level"' in sam.get(page(session, first)).text


def test_in_orientation_a_waiting_supervisor_is_promised_no_level(session, focus, sam):
    session.partnership.__class__.objects.filter(pk=session.partnership_id).update(orientation=True)
    shown = sam.get(page(session, focus)).text
    assert "In orientation you say what you saw in words, without a level." in shown
    assert "A level comes later" not in shown


def test_the_review_shows_the_goals_that_ran_since_the_last_meeting(session, focus, sam, wanda):
    met = session.partnership.sessions.get(number=1).closed_at
    with time_machine.travel(met - timedelta(days=60)):
        over = steps.set_goal(focus, by_on=timezone.localdate() + timedelta(days=9), unit="visits long ago")
        done = steps.set_goal(focus, count=1, by_on=(met + timedelta(days=40)).date(), unit="call long ago")
        steps.practise(done)
    with time_machine.travel(met - timedelta(days=50)):
        late = steps.set_goal(focus, by_on=timezone.localdate() + timedelta(days=9), unit="visits till now")
    steps.practise(late)
    one = sam.get(page(session, focus)).context["one"]
    running = session.partnership.goals.exclude(pk__in=[over.pk, done.pk, late.pk]).get()
    assert {goal.pk for goal in one.goals} == {running.pk, late.pk}
    assert {goal.pk for goal in one.earlier_goals} == {over.pk, done.pk}
    share_all(session, focus)
    for client, whose in ((sam, "Wanda"), (wanda, "you")):
        shown = client.get(page(session, focus)).text
        now, _, before = shown.partition("Goals from before that: 2")
        assert f"What {whose} set out to do" in now
        assert "visits till now" in now
        assert "long ago" not in now
        assert "visits long ago" in before
        assert "1 of 1, reached on" in before


def test_the_review_says_so_when_no_goal_has_been_running(session, focus, client_for):
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        session.open(by=session.partnership.supervisor)
        following = steps.close(session)
        shown = client_for(session.partnership.supervisor).get(page(following, focus)).text
    assert "No goal has been running since you last met." in shown
    assert "Goals from before that: 1" in shown


@pytest.mark.parametrize("focuses", [1, 3])
def test_a_step_of_the_review_takes_few_queries(
    cast, edition, client_for, focuses, django_assert_max_num_queries
):
    session = steps.ready_for_review(cast.wanda, cast.sam, focuses=focuses)
    session.open(by=cast.sam)
    first = session.partnership.focuses.first()
    url = page(session, first)
    share_reflection(session, by=cast.wanda, went_well="I waited.", differently="")
    for person in (cast.wanda, cast.sam):
        client = client_for(person)
        client.get(url)  # the first page of a session notes that one is there
        with django_assert_max_num_queries(MOST_QUERIES + LINES_LEVELS_AND_CORRECTIONS):
            client.get(url)
    for focus in session.partnership.focuses.all():
        share_self_rating(session, focus, by=cast.wanda, level=4)
    for person in (cast.wanda, cast.sam):
        client = client_for(person)
        client.get(url)  # the first page of a session notes that one is there
        with django_assert_max_num_queries(MOST_QUERIES + LINES_LEVELS_AND_CORRECTIONS):
            client.get(url)
    share_observation(session, first, by=cast.sam, saw="You waited.", level=4)
    client = client_for(cast.wanda)
    client.get(url)
    with django_assert_max_num_queries(MOST_QUERIES + LINES_LEVELS_AND_CORRECTIONS):
        client.get(url)


def test_a_skill_aspect_may_be_called_look_back():
    address = reverse("review_focus", args=["abc", 1, "look-back"])
    assert resolve(address).url_name == "review_focus"


def test_without_a_script_the_worker_keeps_what_they_wrote_and_chose_without_sharing_it(
    session, focus, wanda, sam
):
    kept = wanda.post(look_back(session), {"act": "keep", "went_well": "I waited."}, follow=True).text
    assert "Kept, for you only. Nothing was shared." in kept
    assert "I waited." in kept
    assert not Reflection.objects.exists()
    wanda.post(look_back(session), {"act": "share", "went_well": "I waited."})
    chosen = {"act": "keep", "level": "4", "glimpse": ["", "5"], "because": "It came up twice."}
    kept = wanda.post(page(session, focus), chosen, follow=True).text
    assert "It came up twice." in kept
    drafts = {row.field: row for row in Draft.objects.filter(focus=focus)}
    assert {name: row.text for name, row in drafts.items()} == {
        "level": "4",
        "glimpse": "5",
        "because": "It came up twice.",
    }
    assert not SelfRating.objects.filter(session=session).exists()
    assert "It came up twice." not in sam.get(page(session, focus)).text


def test_a_level_kept_in_an_older_page_says_so_and_overwrites_nothing(session, focus, wanda):
    worker = session.partnership.worker
    share_reflection(session, by=worker, went_well="I waited.", differently="")
    Draft.put(session, by=worker, field="level", text="5", revision=0, focus=focus)
    sent = {"act": "keep", "level": "4", "revision_level": "0"}
    assert "saved in another window" in wanda.post(page(session, focus), sent).text
    assert Draft.objects.get(field="level").text == "5"


def test_an_identifier_is_not_kept_and_comes_back_with_a_sentence(session, wanda):
    sent = {"act": "keep", "went_well": "The visit in case 18-20417"}
    shown = wanda.post(look_back(session), sent).text
    assert "The visit in case 18-20417" in shown
    assert not Draft.objects.exists()


def test_the_page_says_what_was_shared_with_whom_and_when(session, focus, wanda, sam):
    with time_machine.travel("2026-11-27 22:04:00+00:00", tick=False):
        told = wanda.post(look_back(session), {"act": "share", "went_well": "I waited."}, follow=True).text
        clock = dates.clock(timezone.now())
    assert f"Shared with Sam at {clock}: what you looked back on." in told
    told = wanda.post(page(session, focus), {"act": "rate", "level": "4"}, follow=True).text
    assert f": where you are in {focus.aspect.title}." in told
    session.open(by=session.partnership.supervisor)
    told = sam.post(page(session, focus), {"act": "observe", "saw": "You waited."}, follow=True).text
    assert "Shared with Wanda at " in told
    assert f": what you saw in {focus.aspect.title}." in told


def test_each_side_rates_with_the_status_of_the_words_in_sight(session, focus, sam, wanda):
    status = "Draft for tests, not validated."
    worker = session.partnership.worker
    share_reflection(session, by=worker, went_well="I waited.", differently="")
    assert wanda.get(page(session, focus)).content.decode().count(status) == 1
    share_self_rating(session, focus, by=worker, level=4)
    session.open(by=session.partnership.supervisor)
    assert sam.get(page(session, focus)).content.decode().count(status) == 1


def test_a_decision_leads_to_the_next_focus_and_after_the_last_to_what_is_promised(edition, cast, client_for):
    session = steps.ready_for_review(cast.wanda, cast.sam, focuses=2)
    session.open(by=cast.sam)
    first, second = session.partnership.focuses.order_by("pk")
    share_reflection(session, by=cast.wanda, went_well="I waited.", differently="")
    for focus in (first, second):
        share_self_rating(session, focus, by=cast.wanda, level=4)
    for focus in (first, second):
        share_observation(session, focus, by=cast.sam, saw="You waited.")
    wanda, sam = client_for(cast.wanda), client_for(cast.sam)
    raised = {"act": "decide", "choice": "raise"}
    assert wanda.post(page(session, first), raised).headers["Location"] == page(session, second)
    said = {"act": "congratulate", "congratulation": "The answer came."}
    led = sam.post(f"{page(session, first)}?on", said)
    assert led.headers["Location"] == page(session, second)
    assert Congratulation.objects.get().focus == first
    next_steps = reverse("stage", args=[session.partnership.slug, session.number, "next_steps"])
    assert wanda.post(page(session, second), raised).headers["Location"] == next_steps
    assert sam.post(f"{page(session, second)}?on", said).headers["Location"] == next_steps
    shown = sam.post(f"{page(session, second)}?on", said | {"congratulation": ""})
    assert "Write what is worth celebrating" in shown.text


def test_what_the_supervisor_saw_comes_to_the_worker_where_they_wait_for_it(session, focus, wanda):
    session.open(by=session.partnership.supervisor)
    share_all(session, focus)
    waits = wanda.get(page(session, focus)).context["live"].url
    share_observation(session, focus, by=session.partnership.supervisor, saw="You waited.", level=4)
    heard = wanda.get(waits, headers={"X-Live": "1"}).json()
    assert heard == {"news": "Sam has shared what there was to see.", "is_same_page": True}
    shown = wanda.get(page(session, focus), headers={"X-Live": "1"}).text
    assert "You waited." in shown
    assert "Raise the target to 5" in shown
