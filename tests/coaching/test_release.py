"""Handing over: a next supervisor sees nothing until the worker releases it, and nothing once it is taken back."""

from dataclasses import fields, replace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from coaching.models import (
    Agreement,
    AgreementDraft,
    CoachingSession,
    Congratulation,
    Decision,
    Draft,
    EntryLine,
    Focus,
    Goal,
    InterestMark,
    Invitation,
    LoggedLevel,
    Observation,
    Partnership,
    PracticeEntry,
    Promise,
    Reflection,
    Release,
    SelfRating,
    StageWords,
    Target,
    WalkthroughDone,
    engagement,
)
from coaching.models.release import release
from coaching.queries.released_records import AspectRecord, SessionRecord
from sopcoach.requests.actor import acting_as
from sopcoach.words.refusal import Refused
from tests.coaching import steps
from tests.limits import WALL_QUERIES
from tests.roles import before_the_wall

pytestmark = pytest.mark.both_databases

WITH_ASPECT = (
    Focus,
    Target,
    SelfRating,
    Observation,
    Decision,
    Goal,
    PracticeEntry,
    EntryLine,
    LoggedLevel,
    Congratulation,
    InterestMark,
)
WITH_SESSION = (CoachingSession, StageWords, Reflection, Promise)
NEVER = (Agreement, AgreementDraft, Draft, Partnership)
SHARED_LINE, PRIVATE_LINE, DRAFT = "It opened a door.", "I was afraid of it.", "Not for anybody yet."


@pytest.fixture
def before(cast, edition) -> Partnership:
    """Wanda and Sam, with something of every kind in it, and two focuses, each reviewed in session 2. Then ended."""
    session = steps.ready_for_review(cast.wanda, cast.sam, focuses=2)
    partnership = session.partnership
    first = partnership.goals.first()
    steps.practise(first)[0].write_line(by=cast.wanda, text=PRIVATE_LINE, share=False)
    steps.practise(first)[0].write_line(by=cast.wanda, text=SHARED_LINE, share=True)
    steps.log_level(first.focus, share=True)
    steps.log_level(first.focus, level=5, text=PRIVATE_LINE)
    session.open(by=cast.sam)
    session.say("purpose", by=cast.wanda, field="words", text="To slow down.", revision=0)
    session.say("purpose", by=cast.sam, field="words", text="To hear it from you.", revision=0)
    Promise.make(session, by=cast.sam, text="Bring an example.", due_on=session.held_on)
    steps.review(session)
    following = steps.close(session)
    Draft.put(following, by=cast.wanda, field="promise", text=DRAFT, revision=0)
    engagement.end(partnership, by=cast.sam)
    return partnership


@pytest.fixture
def now(cast, before) -> Partnership:
    """Wanda and Nia."""
    return steps.begin(cast.wanda, cast.nia)


@pytest.fixture
def aspects(before) -> list[str]:
    return list(before.focuses.values_list("aspect_slug", flat=True))


def rows_of(model, partnership: Partnership):
    return {"pk": partnership.pk} if model is Partnership else {"partnership": partnership}


def seen(model, user, partnership: Partnership) -> tuple[int, int]:
    """How many rows `visible_to` and the database itself show, each with no help of the other where it can be."""
    rows = rows_of(model, partnership)
    by_rule = model._default_manager.visible_to(user).filter(**rows).count()
    with before_the_wall(), acting_as(user):
        by_both = model._default_manager.visible_to(user).filter(**rows).count()
    return by_rule, by_both


def depths(models, user, partnership) -> dict[str, int]:
    found = {}
    for model in models:
        by_rule, by_both = seen(model, user, partnership)
        assert by_rule == by_both, model
        found[model.__name__] = by_rule
    return found


def nothing(models) -> dict[str, int]:
    return {model.__name__: 0 for model in models}


def test_a_next_supervisor_sees_nothing_before(before, now, cast):
    everything = (*WITH_ASPECT, *WITH_SESSION, *NEVER, WalkthroughDone, Release)
    assert depths(everything, cast.nia, before) == nothing(everything)


def test_an_aspect_opens_what_belongs_to_it_and_nothing_else(before, now, aspects, cast):
    release(before, by=cast.wanda, into=now, aspects=aspects[:1])
    assert depths(WITH_ASPECT, cast.nia, before) == {
        "Focus": 1,
        "Target": 2,
        "SelfRating": 2,
        "Observation": 1,
        "Decision": 1,
        "Goal": 1,
        "PracticeEntry": 2,
        "EntryLine": 1,
        "LoggedLevel": 1,
        "Congratulation": 1,
        "InterestMark": 2,
    }
    assert depths(WITH_SESSION, cast.nia, before) == nothing(WITH_SESSION)
    assert depths(NEVER, cast.nia, before) == nothing(NEVER)


def test_a_session_opens_its_words_and_nothing_else(before, now, cast):
    release(before, by=cast.wanda, into=now, sessions=[2])
    assert depths(WITH_SESSION, cast.nia, before) == {
        "CoachingSession": 1,
        "StageWords": 2,
        "Reflection": 1,
        "Promise": 1,
    }
    assert depths(WITH_ASPECT, cast.nia, before) == nothing(WITH_ASPECT)
    assert depths(NEVER, cast.nia, before) == nothing(NEVER)


def test_taken_back_it_is_closed_again(before, now, aspects, cast):
    for one in release(before, by=cast.wanda, into=now, aspects=aspects, sessions=[1, 2]):
        one.take_back(by=cast.wanda)
    everything = (*WITH_ASPECT, *WITH_SESSION, *NEVER, WalkthroughDone, Release)
    assert depths(everything, cast.nia, before) == nothing(everything)


def test_when_the_next_coaching_ends_nothing_stays_open(before, now, aspects, cast):
    release(before, by=cast.wanda, into=now, aspects=aspects, sessions=[2])
    engagement.end(now, by=cast.nia)
    everything = (*WITH_ASPECT, *WITH_SESSION, WalkthroughDone, Release)
    assert depths(everything, cast.nia, before) == nothing(everything)
    assert not Release.objects.standing().exists()


def test_nobody_else_sees_what_was_released(before, now, aspects, cast):
    release(before, by=cast.wanda, into=now, aspects=aspects, sessions=[2])
    everything = (*WITH_ASPECT, *WITH_SESSION, Release)
    for user in (cast.sam, cast.olaf, cast.petra, cast.ada, cast.root):
        assert depths(everything, user, before) == nothing(everything), user


def test_marks_that_were_not_revealed_stay_closed(before, now, aspects, cast):
    WalkthroughDone.objects.filter(person=cast.sam).delete()
    release(before, by=cast.wanda, into=now, aspects=aspects)
    assert depths([InterestMark], cast.nia, before) == {"InterestMark": 0}


def test_only_the_worker_releases_and_takes_back(before, now, aspects, cast):
    for person in (cast.sam, cast.nia, cast.olaf):
        with pytest.raises(Refused, match="Wanda’s to choose"):
            release(before, by=person, into=now, aspects=aspects)
    (one,) = release(before, by=cast.wanda, into=now, aspects=aspects[:1])
    for person in (cast.sam, cast.nia):
        with pytest.raises(Refused):
            one.take_back(by=person)


def test_it_is_released_to_nobody_but_who_coaches_the_worker_now(before, now, aspects, cast):
    elsewhere = steps.begin(cast.petra, cast.olaf)
    for into in (before, elsewhere):
        with pytest.raises(Refused, match="coaches you now"):
            release(before, by=cast.wanda, into=into, aspects=aspects)
    engagement.end(now, by=cast.wanda)
    with pytest.raises(Refused, match="coaches you now"):
        release(before, by=cast.wanda, into=now, aspects=aspects)


def test_releasing_twice_releases_once(before, now, aspects, cast):
    release(before, by=cast.wanda, into=now, aspects=aspects[:1], sessions=[2])
    release(before, by=cast.wanda, into=now, aspects=aspects[:1], sessions=[2])
    assert Release.objects.count() == 2


@pytest.mark.parametrize(
    ("aspects", "sessions", "sentence"),
    [
        ([], [], "Nothing is ticked"),
        (["no-such-aspect"], [], "Choose from"),
        ([], [99], "Choose from"),
        ([], [3], "Choose from"),  # was never held
    ],
)
def test_what_cannot_be_released_is_said(before, now, cast, aspects, sessions, sentence):
    with pytest.raises(ValidationError, match=sentence):
        release(before, by=cast.wanda, into=now, aspects=aspects, sessions=sessions)
    assert not Release.objects.exists()


def test_a_partnership_that_goes_on_can_be_shown_too(cast, edition):
    session = steps.ready_for_review(cast.wanda, cast.sam)
    now = steps.begin(cast.wanda, cast.nia)
    aspect = session.partnership.focuses.get().aspect_slug
    release(session.partnership, by=cast.wanda, into=now, aspects=[aspect], sessions=[1])
    assert depths([Goal], cast.nia, session.partnership) == {"Goal": 1}
    with pytest.raises(ValidationError):
        release(session.partnership, by=cast.wanda, into=now, sessions=[2])  # still ahead


# pages


def address(name: str, partnership: Partnership, *args) -> str:
    return reverse(name, args=[partnership.slug, *args])


def test_nothing_is_ticked_beforehand_and_the_page_says_what_goes_with_it(before, now, cast, client_for):
    page = client_for(cast.wanda).get(address("handover", before)).text
    assert "What may Nia see?" in page
    assert "checked" not in page
    assert "Nia isn’t told what you leave out." in page
    for words in (
        "2 self-ratings, 1 observation, 1 decision, 2 targets, 1 goal with its count, 1 line you shared, ",
        "1 word of congratulation and 2 marks in the walk-through",
        "The agreements with Sam, and anybody’s drafts.",
    ):
        assert words in page
    assert 'value="3"' not in page


def test_the_worker_releases_and_takes_back_on_the_page(before, now, aspects, cast, client_for):
    worker, reader = client_for(cast.wanda), client_for(cast.nia)
    at = address("handover", before)
    response = worker.post(at, {"to": now.slug, "aspect": aspects[:1], "session": ["2"]}, follow=True)
    assert "Shared with Nia at " in response.text
    page = reader.get(address("released", now)).text
    for words in ("It came up twice.", "You asked and then you waited.", "Say it back.", SHARED_LINE):
        assert words in page, words
    for words in ("To slow down.", "To hear it from you.", "I waited for the answer.", "Bring an example."):
        assert words in page, words
    for words in (PRIVATE_LINE, DRAFT, "won’t bring a level"):
        assert words not in page, words
    for one in Release.objects.all():
        response = worker.post(address("release_take_back", before, one.pk), follow=True)
        assert "Taken back." in response.text
    assert "Nothing is shown here" in reader.get(address("released", now)).text


def test_the_worker_reads_the_page_as_the_next_supervisor_does(before, now, aspects, cast, client_for):
    release(before, by=cast.wanda, into=now, aspects=aspects[:1])
    mine = client_for(cast.wanda).get(address("released", now)).text
    assert "It came up twice." in mine
    assert PRIVATE_LINE not in mine
    assert "To slow down." not in mine


def test_a_release_opens_no_page_of_the_earlier_coaching(before, now, aspects, cast, client_for):
    release(before, by=cast.wanda, into=now, aspects=aspects, sessions=[1, 2])
    reader = client_for(cast.nia)
    goal, entry = before.goals.first(), PracticeEntry.objects.first()
    for name, *args in (
        ("partnership",),
        ("goals",),
        ("sessions",),
        ("progress",),
        ("celebrations",),
        ("walkthrough",),
        ("agreement",),
        ("handover",),
        ("erase",),
        ("end",),
        ("session", 2),
        ("stage", 2, "purpose"),
        ("stage", 2, "content"),
    ):
        assert reader.get(address(name, before, *args)).status_code == 404, name
    for at in (
        reverse("practice_plus", args=[goal.pk]),
        reverse("practice_undo", args=[entry.pk]),
        reverse("practice_line", args=[entry.pk]),
        address("goal_put_down", before, goal.pk),
        address("stage", before, 2, "purpose"),
    ):
        assert reader.post(at, {"client_key": "6b3f0a52-9a8e-4a53-8f3c-0f4e0c2b7a11"}).status_code == 404, at


def test_who_may_open_which_page(before, now, cast, client_for):
    expected = {
        "wanda": (200, 200),
        "nia": (404, 200),
        "sam": (404, 404),
        "olaf": (404, 404),
        "ada": (404, 404),
        "root": (404, 404),
    }
    for name, statuses in expected.items():
        client = client_for(getattr(cast, name))
        found = (
            client.get(address("handover", before)).status_code,
            client.get(address("released", now)).status_code,
        )
        assert found == statuses, name


def test_a_supervisor_who_still_coaches_gets_a_sentence(cast, edition, client_for):
    session = steps.ready_for_review(cast.wanda, cast.sam)
    response = client_for(cast.sam).get(address("handover", session.partnership))
    assert response.status_code == 403
    assert "What a next supervisor may see is Wanda’s to choose." in response.text


def test_with_nobody_to_show_it_to_the_page_says_so(before, cast, client_for):
    page = client_for(cast.wanda).get(address("handover", before)).text
    assert "There is nobody to show it to yet" in page
    assert 'type="checkbox"' not in page


def test_with_two_supervisors_the_worker_says_first_to_whom(before, now, aspects, cast, client_for):
    other = steps.begin(cast.wanda, cast.olaf)
    client = client_for(cast.wanda)
    page = client.get(address("handover", before)).text
    assert "To whom?" in page
    assert f"?to={other.slug}" in page
    client.post(address("handover", before), {"to": other.slug, "aspect": aspects[:1]})
    assert [one.reader for one in Release.objects.all()] == [cast.olaf]
    assert depths([Goal], cast.nia, before) == {"Goal": 0}


def test_nothing_is_shown_to_somebody_with_whom_the_worker_only_tries_on(before, cast, client_for):
    asked = Invitation.ask(by=cast.wanda, to=cast.nia, wish="trying_on")
    trying = asked.reply(by=cast.nia, answer="trying_on")
    assert "There is nobody to show it to yet" in client_for(cast.wanda).get(address("handover", before)).text
    with pytest.raises(Refused, match="Choose somebody who coaches you now"):
        release(before, by=cast.wanda, into=trying, sessions=[1])
    with pytest.raises(Refused, match="This opens with formal coaching"):
        release(trying, by=cast.wanda, into=before, sessions=[1])
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Nothing is ticked"),
        ({"aspect": ["no-such"]}, "Choose from the aspects and sessions below."),
        ({"session": ["2; drop", "2"]}, "Choose from the aspects and sessions below."),
        ({"session": ["99"]}, "Choose from the aspects and sessions below."),
    ],
)
def test_bad_input_gets_a_sentence_and_releases_nothing(before, now, cast, client_for, sent, sentence):
    response = client_for(cast.wanda).post(address("handover", before), {"to": now.slug} | sent)
    assert response.status_code == 200
    assert sentence in response.text
    assert not Release.objects.exists()


def test_what_was_ticked_stays_ticked(before, now, aspects, cast, client_for):
    sent = {"to": now.slug, "aspect": aspects[:1], "session": ["99"]}
    page = client_for(cast.wanda).post(address("handover", before), sent).text
    assert f'value="{aspects[0]}" id="aspect-{aspects[0]}" checked' in page


def test_the_preview_shows_what_is_ticked_and_releases_nothing(before, now, aspects, cast, client_for):
    response = client_for(cast.wanda).get(
        address("handover", before),
        {"to": now.slug, "aspect": aspects[:1], "session": ["2"]},
        headers={"HX-Request": "true"},
    )
    assert "2 self-ratings, 1 observation" in response.text
    assert "words in 1 stage, the looking back and 1 promise." in response.text
    assert "<html" not in response.text
    assert not Release.objects.exists()


def test_the_list_before_the_click_leaves_out_nothing_that_the_reader_then_sees(
    before, now, aspects, cast, client_for
):
    held = before.sessions.get(number=2)
    Congratulation.objects.create(partnership=before, session=held, author=cast.sam, text="Glad of this.")
    worker, reader = client_for(cast.wanda), client_for(cast.nia)
    told = worker.get(address("handover", before)).context["offer"]
    release(before, by=cast.wanda, into=now, aspects=aspects, sessions=[1, 2])
    read = reader.get(address("released", now)).context["released"]
    assert [(one.slug, one.amount) for one in told.aspects] == [
        (one.slug, one.amount) for one in read.aspects
    ]
    assert [(one.session.number, one.amount) for one in told.sessions] == [
        (one.session.number, one.amount) for one in read.sessions
    ]
    for record in (*read.aspects, *read.sessions):
        for field in fields(record):
            held = getattr(record, field.name)
            if field.name in ("aspect", "focuses", "session") or not held:
                continue
            emptied = replace(record, **{field.name: [] if isinstance(held, list) else None})
            assert record.amount != emptied.amount, f"{field.name} is shown and isn’t told beforehand"
    shown = {field.name for record in read.aspects for field in fields(record) if getattr(record, field.name)}
    assert shown == {field.name for field in fields(AspectRecord)}, (
        "something of every kind is there to be told"
    )
    shown = {
        field.name for record in read.sessions for field in fields(record) if getattr(record, field.name)
    }
    assert shown == {field.name for field in fields(SessionRecord)}


def test_once_something_is_released_the_page_no_longer_says_nothing_is_seen(
    before, now, aspects, cast, client_for
):
    client = client_for(cast.wanda)
    nothing_yet = "sees nothing of your time with Sam until you choose"
    assert nothing_yet in client.get(address("handover", before)).text
    release(before, by=cast.wanda, into=now, aspects=aspects[:1])
    page = client.get(address("handover", before)).text
    assert nothing_yet not in page
    assert "sees of your time with Sam what you’ve released, and nothing else." in page
    assert "2 marks in the walk-through" in page
    Release.objects.get().take_back(by=cast.wanda)
    assert nothing_yet in client.get(address("handover", before)).text


def test_the_way_to_the_page_stands_where_both_look_only_once_there_is_something(
    before, now, cast, client_for
):
    for person in (cast.wanda, cast.nia):
        assert address("released", now) not in client_for(person).get(address("partnership", now)).text
    release(before, by=cast.wanda, into=now, sessions=[2])
    for person in (cast.wanda, cast.nia):
        assert address("released", now) in client_for(person).get(address("partnership", now)).text


def test_the_page_asks_the_database_the_same_however_much_is_shown(
    before, now, aspects, cast, client_for, django_assert_max_num_queries
):
    release(before, by=cast.wanda, into=now, aspects=aspects, sessions=[1, 2])
    client = client_for(cast.nia)
    with django_assert_max_num_queries(24 + WALL_QUERIES):
        client.get(address("released", now))
