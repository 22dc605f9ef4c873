"""The order of a review: worker first, then supervisor, then both (product.md, 4.7)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from coaching.models import Congratulation, Decision, Draft, Observation, Reflection, SelfRating, Target
from coaching.models.decision import decide
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.self_rating import share_self_rating
from sopcoach.words.refusal import Refused
from tests.coaching import steps


@pytest.fixture
def focus(session):
    return session.partnership.focuses.get()


def reflect(session):
    return share_reflection(session, by=session.partnership.worker, went_well="I waited.", differently="")


def rate(session, focus, **kwargs):
    return share_self_rating(
        session, focus, by=session.partnership.worker, **{"level": 4, "glimpse": 5} | kwargs
    )


def observe(session, focus, **kwargs):
    by = session.partnership.supervisor
    return share_observation(session, focus, by=by, **{"saw": "You waited.", "level": 4} | kwargs)


def test_a_worker_can_look_back_and_rate_before_the_meeting(session, focus):
    reflect(session)
    rating = rate(session, focus)
    assert (rating.level, rating.glimpse_level) == (4, 5)
    assert not session.is_open


def test_a_worker_rates_only_after_looking_back(session, focus):
    with pytest.raises(Refused, match="First look back"):
        rate(session, focus)
    assert not SelfRating.objects.filter(session=session).exists()


def test_looking_back_opens_with_what_went_well(session):
    with pytest.raises(ValidationError, match="Start with something that went well"):
        share_reflection(session, by=session.partnership.worker, went_well=" ", differently="Much.")
    assert not Reflection.objects.exists()


def test_a_supervisor_cannot_share_anything_before_the_worker_has(session, focus):
    session.open(by=session.partnership.supervisor)
    with pytest.raises(Refused, match="Wanda hasn’t looked back yet"):
        observe(session, focus, level=None)
    reflect(session)
    with pytest.raises(Refused, match="Wanda hasn’t shared a level"):
        observe(session, focus, level=None)
    assert not Observation.objects.exists()


def test_a_supervisor_waits_until_every_focus_is_rated(cast, edition):
    session = steps.ready_for_review(cast.wanda, cast.sam, focuses=2)
    first, second = session.partnership.focuses.all()
    session.open(by=cast.sam)
    reflect(session)
    rate(session, first)
    with pytest.raises(Refused, match="on each focus"):
        observe(session, first)
    rate(session, second)
    assert observe(session, first).level == 4


def test_a_supervisor_cannot_even_draft_a_level_before_the_worker_has_placed_one(session, focus):
    sam = session.partnership.supervisor
    Draft.put(session, by=sam, field="saw", text="You waited.", revision=0, focus=focus)
    with pytest.raises(Refused, match="once Wanda has placed theirs"):
        Draft.put(session, by=sam, field="level", text="4", revision=0, focus=focus)
    reflect(session)
    rate(session, focus)
    assert Draft.put(session, by=sam, field="level", text="4", revision=0, focus=focus).text == "4"


def test_a_supervisor_shares_in_the_meeting_and_not_before(session, focus):
    reflect(session)
    rate(session, focus)
    with pytest.raises(Refused, match="hasn’t begun"):
        observe(session, focus)
    assert not Observation.objects.exists()


def test_a_supervisor_cannot_do_the_workers_part(session, focus):
    sam = session.partnership.supervisor
    with pytest.raises(Refused):
        share_reflection(session, by=sam, went_well="All of it.", differently="")
    reflect(session)
    with pytest.raises(Refused):
        share_self_rating(session, focus, by=sam, level=2)
    rate(session, focus)
    session.open(by=sam)
    observe(session, focus)
    with pytest.raises(Refused, match="Wanda decides"):
        decide(session, focus, by=sam, choice="raise")
    assert not Decision.objects.exists()


def test_a_worker_cannot_write_the_supervisors_observation(session, focus):
    session.open(by=session.partnership.worker)
    reflect(session)
    rate(session, focus)
    with pytest.raises(Refused):
        share_observation(session, focus, by=session.partnership.worker, saw="I was great.")
    assert not Observation.objects.exists()


def test_nothing_is_decided_before_both_have_spoken(session, focus):
    session.open(by=session.partnership.supervisor)
    reflect(session)
    rate(session, focus)
    with pytest.raises(Refused, match="Sam hasn’t shared"):
        decide(session, focus, by=session.partnership.worker, choice="raise")
    assert focus.targets.count() == 1


def test_congratulation_comes_after_the_decision(session, focus):
    sam = session.partnership.supervisor
    session.open(by=sam)
    reflect(session)
    rate(session, focus)
    observe(session, focus)
    with pytest.raises(Refused, match="decides what comes next first"):
        Congratulation.give(session.partnership, by=sam, text="Well done.", session=session, focus=focus)
    decide(session, focus, by=session.partnership.worker, choice="carry_on")
    Congratulation.give(session.partnership, by=sam, text="You waited.", session=session, focus=focus)
    assert focus.congratulations.get().text == "You waited."


def test_a_target_that_is_reached_rises_by_one(session, focus):
    session.open(by=session.partnership.supervisor)
    steps.review(session, level=4, choice="raise")
    assert [target.level for target in focus.targets.order_by("set_at")] == [4, 5]
    assert focus.targets.order_by("set_at").last().set_by == session.partnership.worker


def test_a_target_that_is_not_reached_stays(session, focus):
    session.open(by=session.partnership.supervisor)
    with pytest.raises(Refused, match="Your target is 4, and you placed yourself at 3"):
        steps.review(session, level=3, glimpse=4, choice="raise")
    assert focus.targets.count() == 1
    decide(session, focus, by=session.partnership.worker, choice="carry_on")
    assert focus.targets.count() == 1


def test_a_target_never_rises_past_the_scale(cast, edition):
    partnership = steps.begin(cast.wanda, cast.sam)
    opening = steps.open_session(partnership)
    steps.agree(partnership)
    (focus,) = steps.focus_on(partnership, start=6, target=7)
    session = steps.close(opening)
    session.open(by=cast.sam)
    with pytest.raises(Refused, match="7 is the top of this ladder"):
        steps.review(session, level=7, glimpse=None, choice="raise")
    assert [target.level for target in focus.targets.all()] == [7]


def test_a_new_focus_lets_the_old_one_rest(session, focus):
    session.open(by=session.partnership.supervisor)
    steps.review(session, choice="new_focus")
    focus.refresh_from_db()
    assert not focus.is_active
    assert session.self_ratings.get().focus == focus


def test_what_is_shared_stays_as_it_is(session, focus):
    reflection = reflect(session)
    rating = rate(session, focus)
    with pytest.raises(Refused, match="stays as it is"):
        share_reflection(session, by=session.partnership.worker, went_well="Something else.", differently="")
    with pytest.raises(Refused, match="stays as it is"):
        rate(session, focus, level=6, glimpse=None)
    with pytest.raises(TypeError):
        SelfRating.objects.filter(pk=rating.pk).update(because="Changed.")
    reflection.went_well = "Changed."
    with pytest.raises(TypeError):
        reflection.save()
    target = focus.targets.get()
    with pytest.raises(TypeError):
        target.save()
    assert Reflection.objects.get().went_well == "I waited."
    assert Target.objects.get().level == 4


def test_a_glimpse_lies_above_the_level(session, focus):
    reflect(session)
    with pytest.raises(ValidationError, match="lies above"):
        rate(session, focus, level=4, glimpse=3)
    with pytest.raises(ValidationError, match="one of the levels"):
        rate(session, focus, level=9, glimpse=None)
    assert not SelfRating.objects.filter(session=session).exists()


def test_a_rating_cites_the_words_it_was_made_against(session, focus):
    reflect(session)
    rating = rate(session, focus)
    assert rating.descriptor.aspect == focus.aspect
    assert rating.descriptor.level.number == 4


def test_sharing_takes_the_drafts_away(session, focus):
    wanda = session.partnership.worker
    Draft.put(session, by=wanda, field="went_well", text="I waited", revision=0)
    Draft.put(session, by=wanda, field="level", text="4", revision=0, focus=focus)
    reflect(session)
    rate(session, focus)
    assert not Draft.objects.exists()


def test_a_draft_is_its_authors_alone(session, focus):
    wanda, sam = session.partnership.worker, session.partnership.supervisor
    Draft.put(session, by=wanda, field="went_well", text="I waited", revision=0)
    Draft.put(session, by=sam, field="saw", text="You waited", revision=0, focus=focus)
    assert [draft.field for draft in Draft.objects.visible_to(wanda)] == ["went_well"]
    assert [draft.field for draft in Draft.objects.visible_to(sam)] == ["saw"]


def test_a_focus_that_was_picked_in_the_session_comes_into_the_next_review(session, focus):
    session.open(by=session.partnership.supervisor)
    second = steps.Focus.choose(
        session.partnership, steps.aspects_of(session.partnership)[1:2], by=session.partnership.worker
    )[0]
    SelfRating.start(second, by=session.partnership.worker, level=2)
    Target.set(second, 3, by=session.partnership.worker)
    reflect(session)
    with pytest.raises(Refused, match="isn’t part of this session"):
        rate(session, second)
    steps_done = rate(session, focus)
    assert observe(session, focus).session == steps_done.session


def test_a_closed_session_takes_nothing_more(session, focus):
    session.open(by=session.partnership.supervisor)
    following = session.close(
        by=session.partnership.supervisor, next_starts_at=timezone.now() + timedelta(days=14), minutes=60
    )
    with pytest.raises(Refused, match="closed"):
        reflect(session)
    reflect(following)
    assert Reflection.objects.get().session == following
