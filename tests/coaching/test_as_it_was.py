"""A page of what is over shows what stood then, and what was never held isn’t recorded as held."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from coaching.models import CoachingSession, Focus, Goal, SelfRating, Target, engagement
from coaching.models.decision import decide
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.self_rating import share_self_rating
from coaching.queries.facts import known_of
from coaching.queries.movement import movement_for, story_of
from coaching.queries.review import review_for
from coaching.record.gathering import export_for
from coaching.statistics.counting import _sessions
from coaching.statistics.quarters import Quarter
from sopcoach.words import dates
from sopcoach.words.refusal import Refused
from tests.coaching import steps

pytestmark = pytest.mark.both_databases

MONTHS_LATER = timedelta(days=60)


def movement(partnership, person):
    seat = partnership.seat_of(person)
    return movement_for(seat)[0]


def reviewed_in(session, person):
    fresh = CoachingSession.objects.select_related("reflection").get(pk=session.pk)
    return review_for(person, fresh, with_goals=True).focuses[0]


@pytest.fixture
def half_talked(session, cast):
    """Session 2, closed before Wanda decided on her focus; session 3 goes on."""
    session.open(by=cast.sam)
    focus = session.partnership.focuses.get()
    share_reflection(session, by=cast.wanda, went_well="It went well.", differently="")
    share_self_rating(session, focus, by=cast.wanda, level=4)
    share_observation(session, focus, by=cast.sam, saw="I saw it.", level=4)
    steps.close(session).open(by=cast.sam)
    return session


def test_a_closed_session_shows_the_target_that_stood_then(half_talked, cast, client_for):
    partnership = half_talked.partnership
    steps.review(partnership.sessions.get(number=3), choice="raise")
    assert partnership.focuses.get().targets.count() == 2
    assert reviewed_in(half_talked, cast.wanda).target.level == 4
    page = reverse("review_focus", args=[partnership.slug, 2, partnership.focuses.get().aspect_slug])
    assert "Target" in client_for(cast.sam).get(page).text


def test_a_closed_session_shows_its_goals_as_far_as_they_had_come(half_talked, cast):
    goal = half_talked.partnership.goals.get()
    steps.practise(goal, 2)
    later = steps.set_goal(half_talked.partnership.focuses.get(), count=3)
    one = reviewed_in(half_talked, cast.wanda)
    assert [(row.pk, row.done) for row in one.goals] == [(goal.pk, 0)]
    assert later not in [*one.goals, *one.earlier_goals]
    goal.put_down(by=cast.wanda)
    assert [row.pk for row in reviewed_in(half_talked, cast.sam).goals] == [goal.pk]


def test_a_target_that_is_chosen_after_the_rating_was_not_reached_by_it(session, cast, client_for):
    session.open(by=cast.sam)
    focus = session.partnership.focuses.get()
    Target.set(focus, 7, by=cast.wanda)
    share_reflection(session, by=cast.wanda, went_well="It went well.", differently="")
    share_self_rating(session, focus, by=cast.wanda, level=4)
    share_observation(session, focus, by=cast.sam, saw="I saw it.", level=4)
    Target.set(focus, 4, by=cast.wanda)
    address = reverse("review_focus", args=[session.partnership.slug, session.number, focus.aspect_slug])
    assert "Raise the target" not in client_for(cast.wanda).get(address).text
    with pytest.raises(Refused, match="You chose 4 after you had placed yourself"):
        decide(session, focus, by=cast.wanda, choice="raise")
    assert decide(session, focus, by=cast.wanda, choice="carry_on")
    page = client_for(cast.wanda).get(reverse("celebrations", args=[session.partnership.slug])).text
    assert "Target raised" not in page


def test_a_level_is_celebrated_once_though_its_aspect_is_picked_again(session, cast, client_for):
    partnership = session.partnership
    session.open(by=cast.sam)
    steps.review(session, choice="new_focus")
    again = Focus.choose(partnership, steps.aspects_of(partnership)[:1], by=cast.wanda)[0]
    SelfRating.start(again, by=cast.wanda, level=3)
    Target.set(again, 4, by=cast.wanda)
    following = steps.close(session)
    following.open(by=cast.sam)
    steps.review(following, choice="raise")
    page = client_for(cast.wanda).get(reverse("celebrations", args=[partnership.slug])).text
    assert page.count("You placed yourself at 4") == 1


@pytest.fixture
def never_held(session, cast):
    """Wanda looked back for session 2; two months later the coaching ended, and session 2 had not been held."""
    share_reflection(session, by=cast.wanda, went_well="It went well.", differently="")
    share_self_rating(session, session.partnership.focuses.get(), by=cast.wanda, level=4)
    with time_machine.travel(timezone.now() + MONTHS_LATER):
        engagement.end(session.partnership, by=cast.sam)
    session.refresh_from_db()
    session.partnership.refresh_from_db()
    return session


def test_a_session_that_was_never_held_has_no_beginning(never_held):
    assert never_held.is_closed
    assert never_held.opened_at is None
    assert not never_held.was_held
    assert not never_held.takes_words


def test_movement_dates_what_was_shared_for_it_on_its_own_day(never_held, cast):
    rating = never_held.self_ratings.get()
    series = movement(never_held.partnership, cast.wanda)
    assert series.occasions[-1].at == rating.shared_at
    with time_machine.travel(never_held.closed_at):
        story = story_of(series, never_held.partnership.seat_of(cast.wanda))
    assert dates.month(never_held.closed_at, "bare") not in story


def test_the_export_says_that_it_was_not_held(never_held, cast, client_for):
    session = export_for(cast.wanda, never_held.partnership).partnerships[0].sessions[-1]
    assert (session.title, session.opened_at, session.closed_at, session.was_held) == (
        "Session 2",
        None,
        None,
        False,
    )
    assert session.reflection is not None
    assert session.looked_back_on == ["Opening in listening"]
    assert ", not held" in client_for(cast.wanda).get(reverse("export")).text


def test_lists_and_its_own_page_say_that_it_was_not_held(never_held, cast, client_for):
    slug, client = never_held.partnership.slug, client_for(cast.wanda)
    assert '<span class="tag">Not held</span>' in client.get(reverse("sessions", args=[slug])).text
    assert "so it was not held" in client.get(reverse("session", args=[slug, 2])).text


def test_it_counts_nowhere_as_held(never_held, cast):
    partnership = never_held.partnership
    first = partnership.sessions.get(number=1)
    for moment in (first.closed_at, never_held.closed_at):
        assert never_held not in _sessions(Quarter.of(timezone.localdate(moment)))
    facts = known_of(cast.wanda, [partnership])[partnership.pk].facts
    assert facts.last_held_at == first.closed_at
    assert Goal.objects.going_on().filter(partnership=partnership).exists()


def test_the_database_keeps_a_session_from_ending_before_it_began(session):
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        CoachingSession.objects.filter(pk=session.pk).update(opened_at=now, closed_at=now - MONTHS_LATER)
