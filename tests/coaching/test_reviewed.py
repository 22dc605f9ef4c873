"""What a session looks back on is settled when it begins, whatever changes while the two sit together."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from coaching.models import CoachingSession, Draft, EditionMove, Focus, OrientationWish, SelfRating, Target
from coaching.models.decision import decide
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.reviewed import review_focuses
from coaching.models.self_rating import share_self_rating
from coaching.queries.movement import movement_for, story_of
from coaching.queries.review import review_for
from coaching.queries.standing import standing_at
from sopcoach.words.refusal import Refused
from tests.coaching import steps
from tests.coaching.test_edition_move import newer_edition_of
from tests.profiles.factories import small_edition


def turn_orientation(partnership):
    """Both wish for it to begin or, within it, to be over."""
    for person in (partnership.supervisor, partnership.worker):
        OrientationWish.propose(partnership, by=person)
    partnership.refresh_from_db()


def step_of(person, partnership):
    standing = standing_at(person, partnership.slug)
    assert standing is not None
    return standing.next_step.sentence


def fresh(session):
    return CoachingSession.objects.select_related("reflection").get(pk=session.pk)


def looked_at(session, person):
    return [(one.focus.aspect_slug, bool(one.rating)) for one in review_for(person, fresh(session)).focuses]


@pytest.fixture
def oriented(agreed):
    """Wanda and Sam in orientation: walked through, one aspect picked, and session 2 planned."""
    steps.open_session(agreed)
    steps.walk_through(agreed)
    turn_orientation(agreed)
    Focus.choose(agreed, steps.aspects_of(agreed)[:1], by=agreed.worker)
    steps.close(agreed.sessions.get(number=1))
    return agreed


@pytest.fixture
def begun(oriented):
    """The same, with session 2 going on, in which Wanda has looked back."""
    session = oriented.sessions.get(number=2)
    session.open(by=oriented.supervisor)
    share_reflection(session, by=oriented.worker, went_well="I went along.", differently="")
    return session


@pytest.fixture
def focus(oriented):
    return oriented.focuses.get()


def page_of(session, focus):
    return reverse("review_focus", args=[session.partnership.slug, session.number, focus.aspect_slug])


def test_orientation_that_ends_in_mid_session_takes_no_focus_out_of_it(begun, focus, cast, client_for):
    wanda, sam = client_for(cast.wanda), client_for(cast.sam)
    words = {"field": "because", "text": "Half a thought", "revision": "0"}
    assert wanda.post(page_of(begun, focus), words, headers={"X-Autosave": "1"}).status_code == 200
    turn_orientation(begun.partnership)
    assert not begun.partnership.orientation
    assert "Half a thought" in wanda.get(page_of(begun, focus)).text
    words |= {"text": "Half a thought and more", "revision": "1"}
    assert wanda.post(page_of(begun, focus), words, headers={"X-Autosave": "1"}).status_code == 200
    assert wanda.get(reverse("stage", args=[begun.partnership.slug, 2, "content"])).url == page_of(
        begun, focus
    )
    shared = {"act": "rate", "level": "3", "because": "Half a thought and more"}
    assert wanda.post(page_of(begun, focus), shared).status_code == 302
    saw = {"act": "observe", "saw": "You asked.", "level": "3"}
    assert sam.post(page_of(begun, focus), saw).status_code == 302
    assert wanda.post(page_of(begun, focus), {"act": "decide", "choice": "carry_on"}).status_code == 302
    assert "Going on exploring" in wanda.get(page_of(begun, focus)).text


def test_who_looks_back_is_said_by_what_the_session_looks_back_on(begun, focus, cast):
    turn_orientation(begun.partnership)
    assert "Wanda looks back first." in step_of(cast.sam, begun.partnership)
    assert "Go on: one focus left." in step_of(cast.wanda, begun.partnership)
    share_self_rating(begun, focus, by=cast.wanda, level=2)
    assert "looks back first" not in step_of(cast.sam, begun.partnership)
    assert "left" not in step_of(cast.wanda, begun.partnership)


def test_what_is_left_unshared_at_the_close_leads_to_a_page_that_is_there(begun, focus, cast, client_for):
    Draft.put(begun, by=cast.wanda, field="because", text="Half a thought", revision=0, focus=focus)
    turn_orientation(begun.partnership)
    day = (timezone.localdate() + timedelta(days=14)).isoformat()
    wanda = client_for(cast.wanda)
    close = reverse("session_close", args=[begun.partnership.slug, 2])
    asked = wanda.post(close, {"act": "close", "day": day, "at": "10:00"}).text
    assert f'<a href="{page_of(begun, focus)}">Go there to share it' in asked
    assert "Half a thought" in wanda.get(page_of(begun, focus)).text


def test_a_target_that_is_set_in_the_session_takes_no_focus_out_of_it(begun, focus, cast, client_for):
    turn_orientation(begun.partnership)
    SelfRating.start(focus, by=cast.wanda, level=3)
    Target.set(focus, 4, by=cast.wanda)
    assert client_for(cast.wanda).get(page_of(begun, focus)).status_code == 200
    assert "one focus left" in step_of(cast.wanda, begun.partnership)


def test_orientation_that_begins_later_adds_nothing_to_a_closed_session(session, cast):
    partnership = session.partnership
    first = partnership.focuses.get()
    Focus.choose(partnership, steps.aspects_of(partnership)[1:2], by=cast.wanda)
    session.open(by=cast.sam)
    share_reflection(session, by=cast.wanda, went_well="It went well.", differently="")
    share_self_rating(session, first, by=cast.wanda, level=4)
    share_observation(session, first, by=cast.sam, saw="I saw it.", level=4)
    decide(session, first, by=cast.wanda, choice="new_focus")
    steps.close(session)
    before = looked_at(session, cast.wanda)
    turn_orientation(partnership)
    assert partnership.orientation
    assert looked_at(session, cast.wanda) == before == [(first.aspect_slug, True)]


@pytest.mark.parametrize("choice", ["carry_on", "new_focus"])
def test_a_focus_that_is_picked_once_all_is_decided_asks_for_no_looking_back(session, cast, choice):
    partnership = session.partnership
    session.open(by=cast.sam)
    steps.review(session, choice=choice)
    picked = Focus.choose(partnership, steps.aspects_of(partnership)[2:3], by=cast.wanda)[0]
    SelfRating.start(picked, by=cast.wanda, level=2)
    Target.set(picked, 3, by=cast.wanda)
    for person, other in ((cast.sam, "Wanda"), (cast.wanda, "Sam")):
        assert step_of(person, partnership) == f"You and {other} are in session 2."


def test_a_focus_that_is_picked_in_orientation_in_mid_session_waits_for_the_next(begun, focus, cast):
    share_self_rating(begun, focus, by=cast.wanda, level=2)
    Focus.choose(begun.partnership, steps.aspects_of(begun.partnership)[1:2], by=cast.sam)
    assert step_of(cast.sam, begun.partnership) == "You and Wanda are in session 2."
    assert step_of(cast.wanda, begun.partnership) == "You and Sam are in session 2."
    following = steps.close(begun)
    assert looked_at(following, cast.wanda) == [(focus.aspect_slug, False), ("listening-following", False)]


def test_a_focus_that_is_picked_again_in_the_session_is_another_story_of_the_same_aspect(session, cast):
    partnership = session.partnership
    session.open(by=cast.sam)
    steps.review(session, choice="new_focus")
    again = Focus.choose(partnership, steps.aspects_of(partnership)[:1], by=cast.wanda)[0]
    SelfRating.start(again, by=cast.wanda, level=4)
    Target.set(again, 5, by=cast.wanda)
    review = review_for(cast.wanda, fresh(session))
    assert [(one.focus.is_active, bool(one.rating), bool(one.decision)) for one in review.focuses] == [
        (False, True, True)
    ]
    assert step_of(cast.wanda, partnership) == "You and Sam are in session 2."
    seat = partnership.seat_of(cast.wanda)
    movement = movement_for(seat)[0]
    assert [(one.level, one.seen, one.targets) for one in movement.occasions] == [
        (3, None, (4,)),
        (4, 4, (4,)),
        (4, None, (5,)),
    ]
    assert "You moved from 3 to 4" in story_of(movement, seat)


def test_until_it_begins_a_session_would_look_back_on_what_is_in_focus_then(oriented, focus, cast):
    session = oriented.sessions.get(number=2)
    assert list(review_focuses(session)) == [focus]
    turn_orientation(oriented)
    session = oriented.sessions.get(number=2)
    assert not review_focuses(session)
    turn_orientation(oriented)
    session.open(by=cast.sam)
    assert list(review_focuses(fresh(session))) == [focus]


def test_what_the_worker_has_rated_before_the_meeting_stays_in_it(oriented, focus, cast, client_for):
    session = oriented.sessions.get(number=2)
    share_reflection(session, by=cast.wanda, went_well="I went along.", differently="")
    share_self_rating(session, focus, by=cast.wanda, level=2)
    turn_orientation(oriented)
    session = fresh(session)
    assert list(review_focuses(session)) == [focus]
    session.open(by=cast.sam)
    share_observation(session, focus, by=cast.sam, saw="You asked.", level=2)
    assert decide(session, focus, by=cast.wanda, choice="carry_on")


def test_a_level_that_was_drafted_before_orientation_began_again_is_refused_with_its_reason(
    begun, focus, cast, client_for
):
    turn_orientation(begun.partnership)
    share_self_rating(begun, focus, by=cast.wanda, level=2)
    Draft.put(begun, by=cast.sam, field="saw", text="You asked.", revision=0, focus=focus)
    Draft.put(begun, by=cast.sam, field="level", text="3", revision=0, focus=focus)
    turn_orientation(begun.partnership)
    assert begun.partnership.orientation
    sam = client_for(cast.sam)
    page = sam.get(page_of(begun, focus)).text
    assert "You asked." in page
    assert "In orientation you say what you saw in words" in page
    assert 'name="level"' not in page
    assert sam.post(page_of(begun, focus), {"act": "observe", "saw": "You asked."}).status_code == 302


def test_a_move_to_another_edition_before_the_meeting_keeps_what_was_rated_for_it(session, cast, client_for):
    partnership = session.partnership
    focus = partnership.focuses.get()
    share_reflection(session, by=cast.wanda, went_well="It went well.", differently="")
    share_self_rating(session, focus, by=cast.wanda, level=4)
    newer_edition_of(partnership)
    EditionMove.propose(partnership, by=cast.sam)
    EditionMove.propose(partnership, by=cast.wanda)
    session = fresh(session)
    session.open(by=cast.sam)
    assert looked_at(session, cast.sam) == [(focus.aspect_slug, True)]
    assert client_for(cast.sam).get(page_of(session, focus)).status_code == 200


def test_a_focus_outside_of_the_review_is_refused_with_what_becomes_of_it(session, cast):
    session.open(by=cast.sam)
    picked = Focus.choose(session.partnership, steps.aspects_of(session.partnership)[1:2], by=cast.wanda)[0]
    share_reflection(session, by=cast.wanda, went_well="It went well.", differently="")
    with pytest.raises(Refused, match="comes up in the next one"):
        share_self_rating(session, picked, by=cast.wanda, level=3)


def test_a_review_goes_on_on_its_own_scale_after_a_move_to_another(session, cast, client_for):
    partnership = session.partnership
    newer = small_edition(published=True, name="2", top=5)
    for person in (cast.sam, cast.wanda):
        EditionMove.propose(partnership, by=person)
    partnership.refresh_from_db()
    assert partnership.edition == newer
    assert partnership.focuses.for_list().get().top == 7
    session = fresh(session)
    session.open(by=cast.sam)
    steps.review(session, level=7, glimpse=None, seen=7, choice="carry_on")
    following = steps.close(session)
    for name in ("partnership", "goals", "progress", "celebrations", "walkthrough"):
        for person in (cast.wanda, cast.sam):
            page = client_for(person).get(reverse(name, args=[partnership.slug]))
            assert page.status_code == 200, (name, person.name)
    ahead = reverse("session", args=[partnership.slug, following.number])
    assert client_for(cast.sam).get(ahead).status_code == 200
