"""Orientation: no targets, no levels by the supervisor, small goals, until both say that it is over."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import escape

from coaching.models import Draft, Focus, OrientationWish, SelfRating, Target
from coaching.models.decision import decide
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.reviewed import review_focuses
from coaching.models.self_rating import share_self_rating
from profiles.models import ExampleGoal
from sopcoach.words.refusal import Refused
from tests.coaching import steps
from tests.profiles.factories import shipped_edition

pytestmark = pytest.mark.both_databases


def at(partnership, name="orientation", *args):
    return reverse(name, args=[partnership.slug, *args])


@pytest.fixture
def oriented(agreed, cast):
    """Wanda and Sam in orientation, with an aspect to explore."""
    OrientationWish.propose(agreed, by=cast.sam)
    OrientationWish.propose(agreed, by=cast.wanda)
    agreed.refresh_from_db()
    assert agreed.orientation
    return agreed


@pytest.fixture
def focus(oriented, cast):
    return Focus.choose(oriented, steps.aspects_of(oriented)[:1], by=cast.wanda)[0]


@pytest.fixture
def session(oriented, focus):
    """A progress session, going on."""
    first = steps.open_session(oriented)
    session = steps.close(first)
    session.open(by=oriented.supervisor)
    return session


def look_back(session, focus):
    worker = session.partnership.worker
    share_reflection(session, by=worker, went_well="I went along.", differently="")
    share_self_rating(session, focus, by=worker, level=2)


def test_it_begins_when_one_proposes_it_and_the_other_agrees(agreed, cast, client_for):
    sam, wanda = client_for(cast.sam), client_for(cast.wanda)
    sam.post(at(agreed), {"act": "propose"})
    sam.post(at(agreed), {"act": "propose"})
    agreed.refresh_from_db()
    assert not agreed.orientation
    assert "It changes when Wanda says so, too." in sam.get(at(agreed)).text
    assert "Sam says: let’s begin with orientation." in wanda.get(at(agreed)).text
    response = wanda.post(at(agreed), {"act": "propose"}, follow=True)
    agreed.refresh_from_db()
    assert agreed.orientation
    assert "There’s no hurry: practice grows." in response.text
    assert "no targets, small goals, and no hurry" in response.text


def test_whoever_is_asked_reads_it_at_home_and_on_the_pages_of_the_two(agreed, cast, client_for):
    OrientationWish.propose(agreed, by=cast.sam)
    for address in (reverse("home"), at(agreed, "partnership")):
        assert (
            "Sam says that orientation would be a good beginning." in client_for(cast.wanda).get(address).text
        )
        assert "would be a good beginning" not in client_for(cast.sam).get(address).text
    OrientationWish.propose(agreed, by=cast.wanda)
    OrientationWish.propose(agreed, by=cast.wanda)
    for address in (reverse("home"), at(agreed, "partnership")):
        assert "Wanda says that orientation can be over." in client_for(cast.sam).get(address).text
        assert "can be over" not in client_for(cast.wanda).get(address).text


def test_it_is_over_when_both_say_so(oriented, cast):
    OrientationWish.propose(oriented, by=cast.wanda)
    oriented.refresh_from_db()
    assert oriented.orientation
    OrientationWish.propose(oriented, by=cast.sam)
    oriented.refresh_from_db()
    assert not oriented.orientation


def test_a_wish_is_taken_back_by_either(agreed, cast, client_for):
    OrientationWish.propose(agreed, by=cast.sam)
    client_for(cast.wanda).post(at(agreed), {"act": "take_back"})
    assert not OrientationWish.objects.open().exists()
    client_for(cast.wanda).post(at(agreed), {"act": "take_back"})
    agreed.refresh_from_db()
    assert not agreed.orientation


def test_a_pair_that_works_towards_targets_has_it_behind_them(agreed, cast, client_for):
    steps.focus_on(agreed)
    response = client_for(cast.sam).post(at(agreed), {"act": "propose"})
    assert response.status_code == 403
    assert "orientation lies behind you" in response.text


def test_nobody_else_reads_or_proposes(oriented, cast, client_for):
    for name in ("olaf", "nia", "petra", "ada", "root"):
        client = client_for(getattr(cast, name))
        assert client.get(at(oriented)).status_code == 404
        assert client.post(at(oriented), {"act": "propose"}).status_code == 404
    assert not OrientationWish.objects.open().exists()


def test_the_domain_sets_no_target(oriented, focus, cast, client_for):
    SelfRating.start(focus, by=cast.wanda, level=2)
    with pytest.raises(Refused, match="In orientation there are no targets"):
        Target.set(focus, 3, by=cast.wanda)
    response = client_for(cast.wanda).post(at(oriented, "focus_target", focus.aspect_slug), {"level": 3})
    assert response.status_code == 403
    assert (
        "No target, for now"
        in client_for(cast.wanda).get(at(oriented, "focus_target", focus.aspect_slug)).text
    )
    assert not focus.targets.exists()


def test_a_goal_needs_no_target_and_is_about_one_or_two(oriented, focus, cast, client_for):
    steps.set_goal(focus, count=2)
    with pytest.raises(ValidationError, match="a goal is about one or two"):
        steps.set_goal(focus, count=3)
    page = client_for(cast.wanda).get(at(oriented, "goals")).text
    assert "once or twice is plenty" in page
    assert "Set this goal" in page
    sent = {
        "focus": str(focus.pk),
        "verb": "Use",
        "practice": "listening",
        "joiner": "with",
        "unit": "families",
    }
    response = client_for(cast.wanda).post(at(oriented, "goals"), sent | {"count": "5", "by": "thirty_days"})
    assert response.status_code == 200
    assert "a goal is about one or two" in response.text
    assert oriented.goals.count() == 1


def test_the_review_works_without_a_target_and_the_supervisor_places_no_level(
    session, focus, cast, client_for
):
    assert list(review_focuses(session)) == [focus]
    look_back(session, focus)
    with pytest.raises(Refused, match="only the worker finds themselves on a ladder"):
        Draft.put(session, by=cast.sam, field="level", text="3", revision=0, focus=focus)
    address = at(session.partnership, "review_focus", session.number, focus.aspect_slug)
    page = client_for(cast.sam).get(address).text
    assert "In orientation you say what you saw in words" in page
    assert 'name="level"' not in page
    response = client_for(cast.sam).post(address, {"act": "observe", "saw": "You waited.", "level": "3"})
    assert response.status_code == 403
    client_for(cast.sam).post(address, {"act": "observe", "saw": "You waited."})
    page = client_for(cast.wanda).get(address).text
    assert "Go on exploring" in page
    assert "Raise the target" not in page
    client_for(cast.wanda).post(address, {"act": "decide", "choice": "carry_on"})
    page = client_for(cast.sam).get(address).text
    assert "Going on exploring" in page


def test_movement_waits_for_no_level_of_the_supervisor_and_no_target(session, focus, cast, client_for):
    look_back(session, focus)
    for person in (cast.wanda, cast.sam):
        page = client_for(person).get(at(session.partnership, "progress")).text
        assert "started at 2" in page
        assert "placed it" not in page
        assert "no target yet" not in page


def test_ideas_to_borrow_are_small_ones(cast, client_for):
    edition = shipped_edition()
    partnership = steps.begin(cast.wanda, cast.sam)
    steps.open_session(partnership)
    steps.agree(partnership)
    for person in (cast.sam, cast.wanda):
        OrientationWish.propose(partnership, by=person)
    profiles = list(edition.profiles.all()[:3])
    Focus.choose(partnership, [profile.aspects.all()[0] for profile in profiles], by=cast.wanda)
    page = client_for(cast.wanda).get(at(partnership, "goals")).text
    ideas = ExampleGoal.objects.filter(profile__in=profiles)
    assert {idea.count <= 2 for idea in ideas} == {True, False}
    for idea in ideas:
        assert (escape(idea.text) in page) == (idea.count <= 2)


def test_no_target_rises(session, focus, cast):
    look_back(session, focus)
    share_observation(session, focus, by=cast.sam, saw="You waited.")
    with pytest.raises(Refused, match="so none can rise"):
        decide(session, focus, by=cast.wanda, choice="raise")
    assert not focus.targets.exists()


def test_both_are_led_through_without_a_target(session, focus, cast, client_for):
    page = client_for(cast.wanda).get(
        at(session.partnership, "stage", session.number, "content"), follow=True
    )
    assert page.status_code == 200
    for person in (cast.wanda, cast.sam):
        for name in ("partnership", "goals", "progress", "celebrations", "walkthrough"):
            response = client_for(person).get(at(session.partnership, name))
            assert response.status_code == 200
        assert "in orientation" in client_for(cast.sam).get(reverse("home")).text


def test_after_it_a_target_can_be_set_although_there_was_a_review_before(session, focus, cast, client_for):
    look_back(session, focus)
    share_observation(session, focus, by=cast.sam, saw="You waited.")
    decide(session, focus, by=cast.wanda, choice="carry_on")
    partnership = session.partnership
    for person in (cast.wanda, cast.sam):
        OrientationWish.propose(partnership, by=person)
    SelfRating.start(focus, by=cast.wanda, level=2)
    assert (
        "Set this target"
        in client_for(cast.wanda).get(at(partnership, "focus_target", focus.aspect_slug)).text
    )
    Target.set(focus, 3, by=cast.wanda)
    page = client_for(cast.sam).get(at(partnership, "review_focus", session.number, focus.aspect_slug)).text
    assert "Going on exploring" in page


def test_a_closed_session_of_orientation_shows_what_was_looked_at_for_ever(session, focus, cast, client_for):
    look_back(session, focus)
    steps.close(session)
    for person in (cast.wanda, cast.sam):
        OrientationWish.propose(session.partnership, by=person)
    session.refresh_from_db()
    assert list(review_focuses(session)) == [focus]
