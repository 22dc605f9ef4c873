"""What the list before a release tells, what the next supervisor reads, and what both walls let through are one thing."""

from collections.abc import Iterable

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from coaching.models import (
    CoachingSession,
    Congratulation,
    Correction,
    Draft,
    EditionMove,
    EntryLine,
    Focus,
    LoggedLevel,
    Observation,
    Partnership,
    Promise,
    Reflection,
    SelfRating,
    Target,
    engagement,
)
from coaching.models.reflection import share_reflection
from coaching.models.release import release
from coaching.models.reply import reply
from coaching.models.self_rating import share_self_rating
from coaching.queries.handover import offer_of
from coaching.queries.released import released_in
from coaching.queries.released_records import AspectRecord, SessionRecord
from coaching.row_security.policy import wall_of, walled_models
from profiles.models import SkillAspect
from sopcoach.requests.actor import acting_as
from sopcoach.words import dates
from tests.coaching import steps
from tests.profiles.factories import small_edition
from tests.roles import before_the_wall

pytestmark = pytest.mark.both_databases

SILENT = {
    "ReviewedFocus": "that a session looked back on an aspect is said by what was shared on it there",
    "WalkthroughDone": "that both were done is said by the marks, which are shown only then",
    "PracticeEntry": "how often a goal was practised is shown as its count",
}
"""What may be read and has no line of its own, with the reason."""
CONTENT, OPENING, PURPOSE = "The heart of our talk.", "That I am heard.", "To slow down."


@pytest.fixture
def before(cast, edition) -> Partnership:
    """Wanda and Sam, over: something of every kind twice over, once of what will be released and once of what won't."""
    session = steps.ready_for_review(cast.wanda, cast.sam, focuses=2)
    partnership = session.partnership
    for goal in partnership.goals.all():
        steps.practise(goal)[0].write_line(by=cast.wanda, text="It was quiet.", share=False)
        steps.practise(goal)[0].write_line(by=cast.wanda, text="It opened a door.", share=True)
        steps.log_level(goal.focus, text="It opened a door.", share=True)
        steps.log_level(goal.focus, level=5, text="It was quiet.")
    for number in (1, 2):
        talk = CoachingSession.converse(partnership, by=cast.sam)
        for stage, text in (("purpose", PURPOSE), ("content", f"{CONTENT} {number}")):
            talk.say(stage, by=cast.wanda, field="words", text=text, revision=0)
        Promise.make(talk, by=cast.sam, text="Bring an example.", due_on=timezone.localdate())
        Congratulation.give(partnership, by=cast.sam, text=f"You waited. {number}", session=talk)
        talk.end_conversation(by=cast.sam)
    session.open(by=cast.sam)
    for stage, field in (("purpose", "words"), ("feedback", "plus"), ("feedback", "delta")):
        session.say(stage, by=cast.wanda, field=field, text=PURPOSE, revision=0)
        session.say(stage, by=cast.sam, field=field, text=PURPOSE, revision=0)
    Promise.make(session, by=cast.wanda, text="Ask twice.", due_on=timezone.localdate())
    steps.review(session)
    for focus in partnership.focuses.all():
        reply(session, focus, by=cast.wanda, text="I saw it otherwise.")
    following = steps.close(session)
    share_reflection(following, by=cast.wanda, went_well="Again.", differently="")
    share_self_rating(following, partnership.focuses.first(), by=cast.wanda, level=5)
    Draft.put(following, by=cast.wanda, field="promise", text="Not for anybody yet.", revision=0)
    for words in (
        *Reflection.objects.all(),
        *SelfRating.objects.all(),
        *Observation.objects.all(),
        *Congratulation.objects.all(),
        *EntryLine.objects.exclude(shared_at=None),
        *LoggedLevel.objects.exclude(shared_at=None),
    ):
        Correction.put(words, by=words.author, text="I meant it.")
    engagement.end(partnership, by=cast.sam)
    return partnership


@pytest.fixture
def now(cast, before) -> Partnership:
    return steps.begin(cast.wanda, cast.nia)


@pytest.fixture
def chosen(before) -> tuple[list[str], list[int]]:
    """The first aspect, session 2 and the first conversation: as much stays unreleased."""
    return [before.focuses.earliest("opened_at", "slot").aspect_slug], [2, 1001]


def rows_of(aspects: Iterable[AspectRecord], sessions: Iterable[SessionRecord]) -> dict[str, set]:
    """What records hold, by kind; the people who marked an aspect stand for their marks."""
    found: dict[str, set] = {name: set() for name in TOLD}
    for one in (*aspects, *sessions):
        found["Correction"] |= {row.pk for row in one.corrections}
    for one in aspects:
        found["Focus"] |= {row.pk for row in one.focuses}
        found["Target"] |= {row.pk for row in one.targets}
        found["Goal"] |= {row.pk for row in one.goals}
        found["EntryLine"] |= {row.pk for row in one.lines}
        found["LoggedLevel"] |= {row.pk for row in one.logged}
        found["Congratulation"] |= {row.pk for row in one.congratulations}
        found["InterestMark"] |= {(one.slug, person.pk) for person in one.marked_by}
        for occasion in one.occasions:
            for kind, row in (
                ("SelfRating", occasion.rating),
                ("Observation", occasion.observation),
                ("Reply", occasion.reply),
                ("Decision", occasion.decision),
            ):
                found[kind] |= {row.pk} if row else set()
    for held in sessions:
        found["CoachingSession"].add(held.session.pk)
        found["Reflection"] |= {held.reflection.pk} if held.reflection else set()
        found["Promise"] |= {row.pk for row in held.promises}
        found["Congratulation"] |= {row.pk for row in held.congratulations}
        found["StageWords"] |= {row.pk for _, spoken in held.stages for _, rows in spoken for row in rows}
    return found


TOLD = (
    *("Focus", "Target", "Goal", "EntryLine", "LoggedLevel", "Congratulation", "InterestMark"),
    *("SelfRating", "Observation", "Reply", "Decision", "Correction"),
    *("CoachingSession", "StageWords", "Reflection", "Promise"),
)


def keys(rows) -> set:
    if rows.model.__name__ == "InterestMark":
        return set(rows.values_list("aspect_slug", "person"))
    return set(rows.values_list("pk", flat=True))


def allowed(model, reader, partnership) -> set:
    """By `visible_to`, with nothing of the database's wall in the way."""
    return keys(model._default_manager.visible_to(reader).filter(partnership=partnership))


def let_through(model, reader, partnership) -> set:
    """By the policies alone; where there are none, by `visible_to`."""
    if connection.vendor != "postgresql":
        return allowed(model, reader, partnership)
    with before_the_wall(), acting_as(reader):
        return keys(model._base_manager.filter(partnership=partnership))


def test_every_kind_that_can_be_released_is_in_the_comparison():
    released = {model.__name__ for model in walled_models() if "app_released" in wall_of(model).read}
    assert released == {*TOLD, *SILENT}


def test_the_list_the_page_and_both_walls_agree_on_every_kind(before, now, chosen, cast, record_property):
    aspects, sessions = chosen
    offer = offer_of(before, cast.wanda, now)
    told = rows_of(
        [one for one in offer.aspects if one.slug in aspects],
        [one for one in offer.sessions if one.session.number in sessions],
    )
    release(before, by=cast.wanda, into=now, aspects=aspects, sessions=sessions)
    shown = released_in(now.seat_of(cast.nia))
    read = rows_of(shown.aspects, shown.sessions)
    for name in TOLD:
        model = apps.get_model("coaching", name)
        assert told[name], f"something of {name} is there to be released"
        assert told[name] == read[name] == allowed(model, cast.nia, before), name
        assert told[name] == let_through(model, cast.nia, before), name
        if name not in ("EntryLine", "LoggedLevel"):  # of which only what is shared is anybody else's
            assert told[name] < keys(model._base_manager.filter(partnership=before)), name
    for name in SILENT:
        model = apps.get_model("coaching", name)
        assert allowed(model, cast.nia, before) == let_through(model, cast.nia, before), name
    record_property(
        "released_is_readable", f"{len(TOLD) + len(SILENT)} kinds × told, read, and let through twice"
    )


def test_a_released_conversation_keeps_the_words_of_its_content(before, now, cast, client_for):
    worker, reader = client_for(cast.wanda), client_for(cast.nia)
    handover = reverse("handover", args=[before.slug])
    talk = before.sessions.get(number=1001)
    preview = worker.get(f"{handover}?session=1001", headers={"HX-Request": "true"}).text
    assert f"<strong>Conversation of {dates.day(talk.held_on)}</strong>" in preview
    assert "words in 2 stages" in preview
    assert "Session 1001" not in worker.get(handover).text + preview
    release(before, by=cast.wanda, into=now, sessions=[1001])
    page = reader.get(reverse("released", args=[now.slug])).text
    assert PURPOSE in page
    assert f"{CONTENT} 1" in page
    assert f"{CONTENT} 2" not in page
    assert f"The conversation of {dates.day(talk.held_on)}" in page


def test_one_aspect_of_two_coachings_is_two_stories(before, now, chosen, cast, client_for):
    slug = chosen[0][0]
    steps.open_session(now)
    steps.agree(now)
    steps.walk_through(now)
    steps.focus_on(now)
    engagement.end(now, by=cast.wanda)
    third = steps.begin(cast.wanda, cast.olaf)
    for earlier in (before, now):
        release(earlier, by=cast.wanda, into=third, aspects=[slug])
    records = released_in(third.seat_of(cast.olaf)).aspects
    assert [[focus.partnership_id for focus in one.focuses] for one in records] == [[before.pk], [now.pk]]
    assert [[target.level for target in one.targets] for one in records] == [[4, 5], [4]]
    assert [[person.name for person in one.marked_by] for one in records] != [[], []]
    page = client_for(cast.olaf).get(reverse("released", args=[third.slug])).text
    assert page.count(f">{records[0].aspect.title}</h2>") == 2


def test_an_aspect_that_was_picked_on_two_editions_is_read_on_both_scales(session, cast, client_for):
    partnership = session.partnership
    session.open(by=cast.sam)
    steps.review(session, choice="new_focus")
    following = steps.close(session)
    newer = small_edition(published=True, name="2", top=5)
    for person in (cast.sam, cast.wanda):
        EditionMove.propose(partnership, by=person)
    partnership.refresh_from_db()
    aspect = SkillAspect.objects.get(edition=newer, slug=partnership.focuses.get().aspect_slug)
    focus = Focus.choose(partnership, [aspect], by=cast.wanda)[0]
    SelfRating.start(focus, by=cast.wanda, level=2)
    Target.set(focus, 3, by=cast.wanda)
    following.refresh_from_db()
    following.open(by=cast.sam)
    steps.review(following, level=3, glimpse=4, seen=3, choice="raise")
    steps.close(following)
    for name in ("progress", "celebrations"):
        assert client_for(cast.wanda).get(reverse(name, args=[partnership.slug])).status_code == 200
    engagement.end(partnership, by=cast.wanda)
    now = steps.begin(cast.wanda, cast.olaf)
    release(partnership, by=cast.wanda, into=now, aspects=[aspect.slug])
    for person in (cast.olaf, cast.wanda):
        assert client_for(person).get(reverse("released", args=[now.slug])).status_code == 200
    (record,) = released_in(now.seat_of(cast.olaf)).aspects
    assert [(target.level, target.top) for target in record.targets] == [(4, 7), (3, 5), (4, 5)]


def test_a_year_of_work_says_its_years(session, cast):
    day = timezone.now()
    session.open(by=cast.sam)
    steps.review(session)
    steps.close(session)
    with time_machine.travel(day.replace(year=day.year + 1)):
        partnership = session.partnership
        focus = partnership.focuses.get()
        record = offer_of(partnership, cast.wanda, None).aspects[0]
        assert record.months == dates.month(focus.opened_at, "dated")
        focus.rest(by=cast.wanda)
        record = offer_of(partnership, cast.wanda, None).aspects[0]
        assert record.months == f"{dates.month(focus.opened_at, 'dated')} to {dates.month(timezone.now())}"


def test_what_is_released_is_read_on_its_own_page_and_nowhere_else(before, now, chosen, cast, client_for):
    aspects, sessions = chosen
    release(before, by=cast.wanda, into=now, aspects=aspects, sessions=sessions)
    reader = client_for(cast.nia)
    for name, more in (
        ("session", ()),
        ("stage", ("purpose",)),
        ("review_focus", aspects),
        ("look_back", ()),
    ):
        assert reader.get(reverse(name, args=[before.slug, 2, *more])).status_code == 404
