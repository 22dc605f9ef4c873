"""What is signed, shared, closed or ended stays as it is, whatever SQL somebody sends as the product's role."""

from datetime import datetime, timedelta

import pytest
from django.db import connection, models
from django.utils import timezone

from coaching.groups.models import Group
from coaching.models import (
    Agreement,
    AgreementDraft,
    CoachingSession,
    Congratulation,
    Correction,
    Decision,
    Draft,
    EditionMove,
    EntryLine,
    InterestMark,
    Observation,
    OrientationWish,
    Placement,
    Promise,
    ReviewedFocus,
    SelfRating,
    ShadowNote,
    ShadowOffer,
    StageWords,
    carry,
    engagement,
)
from coaching.models.access import Thing, note
from coaching.models.base import Frozen
from coaching.models.decision import decide
from coaching.models.erasing import agree_to_erase, ask_to_erase, erase_private
from coaching.models.meeting import LAST_WORDS
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.reply import reply
from coaching.models.self_rating import share_self_rating
from coaching.models.walkthrough import finish_marking, mark_interests
from coaching.row_security.policy import wall_of, walled_models
from coaching.training.models import TrainingNote
from sopcoach.mailing.models import Letter
from sopcoach.mailing.notices import MailChoice, Notice
from sopcoach.mailing.occasions import Occasion
from sopcoach.models import AccountChange
from sopcoach.requests.actor import acting_as
from sopcoach.sending.models import SentForm
from sopcoach.words.refusal import Refused
from tests.coaching import gathering, steps
from tests.coaching.walled import A_WHILE, REFUSED, assert_refused, attempt, held, refused_to, update
from tests.matrix.world import RUNNING, make_world
from tests.profiles.factories import small_edition
from tests.roles import before_the_wall

SOMETHING_ELSE = {
    "uuid": "gen_random_uuid()",
    "bigint": "coalesce({c}, 0) + 1",
    "integer": "{c} + 1",
    "smallint": "{c} + 1",
    "boolean": "NOT {c}",
    "varchar": "'x'",
    "text": "'x'",
    "date": "coalesce({c}, current_date) + 1",
    "timestamp": "coalesce({c}, now()) + interval '1 hour'",
    "jsonb": "'[\"x\"]'",
}
BY_A_JOB_ALONE = {"Snapshot", "Spread", "Placed", "SortTally"}
"""Tables that no person writes into: test_postgres_counts.py, test_postgres_training.py and test_postgres_sorting.py."""


def something_else(field: models.Field) -> str:
    """SQL that is never what the column holds."""
    kind = str(field.db_type(connection)).split("(")[0].split()[0]
    return SOMETHING_ELSE[kind].format(c=field.column)


@pytest.fixture
def world(db):
    """The world of the matrix, with a row in every table that people write into."""
    world = make_world()
    worker, supervisor, peer = (world.people[name] for name in ("worker", "supervisor", "peer"))
    pair = worker.coached_in.get(slug=world.places[RUNNING]["slug"])
    session, focus = pair.sessions.get(number=2), pair.focuses.get()
    session.say("purpose", by=worker, field="words", text="To learn.", revision=0)
    Draft.put(session, by=worker, field="promise", text="Try it.", revision=0)
    share_observation(session, focus, by=supervisor, saw="You waited.")
    reply(session, focus, by=worker, text="I saw it otherwise.")
    decide(session, focus, by=worker, choice="carry_on")
    said = Congratulation.give(pair, by=supervisor, text="You waited.")
    Correction.put(said, by=supervisor, text="You waited twice.")
    draft = AgreementDraft.begin(pair, by=supervisor)
    draft.put(by=supervisor, **{name: getattr(draft, name) for name in AgreementDraft.FIELDS})
    ShadowNote.objects.get(owner=worker).show(by=worker)
    ShadowOffer.offer(by=peer, profiles=[focus.aspect.profile])
    carry(Placement.objects.filter(owner=worker)[:1], into=pair, by=worker)
    TrainingNote.write(by=worker, text="Mine.", revision=0)
    ask_to_erase(pair, by=worker)
    erase_private(worker.coached_in.get(engagement="ended"), by=worker)
    note([pair.pk], by=supervisor, thing=Thing.OVERVIEW)
    OrientationWish.objects.create(partnership=pair, proposed_by=supervisor, is_over=False)
    EditionMove.objects.create(partnership=pair, proposed_by=supervisor, edition=pair.edition)
    group = Group.objects.get(slug=world.places["group"]["slug"])
    gathering.say(group.sessions.get(), "purpose", worker, "To think.")
    SentForm.objects.create(person=worker, mark="0" * 64, sent_at=timezone.now())
    Letter.objects.create(person=worker, given_up_at=timezone.now())
    Notice.objects.create(person=worker, occasion=Occasion.SHARED)
    MailChoice.of(worker).save()
    AccountChange.objects.create(person=worker, by=peer, what="supervises", at=timezone.now())
    return world


def test_no_column_changes_that_the_wall_does_not_name(world):
    """Frozen rows: none at all. Anywhere: neither whose a row is, nor what it belongs to, nor when it began."""
    before = held()
    kept_by: dict[str, int] = {}
    for model in walled_models():
        may_change = {column for one in wall_of(model).changes for column in one.columns}
        for field in model._meta.concrete_fields:
            if field.column in may_change:
                continue
            for name in (
                "worker",
                "supervisor",
                "former",
                "next",
                "peer",
                "outsider",
                "admin",
                "superuser",
                None,
            ):
                statement = update(model._meta.db_table, f"{field.column} = {something_else(field)}")
                result = attempt(world.user(name), statement)
                assert result in (REFUSED, 0), (name, statement)
                kept_by[model.__name__] = kept_by.get(model.__name__, 0) + (result == REFUSED)
    assert {name for name, count in kept_by.items() if not count} == BY_A_JOB_ALONE
    assert held() == before


def test_what_is_frozen_lets_no_column_change():
    frozen = [model for model in walled_models() if issubclass(model, Frozen)]
    assert len(frozen) > 8
    assert [model for model in frozen if wall_of(model).changes] == []


def test_no_table_lets_change_whose_a_row_is():
    owners = {
        "partnership_id",
        "group_id",
        "session_id",
        "focus_id",
        "author_id",
        "owner_id",
        "person_id",
        "keeper_id",
    }
    named = {column for model in walled_models() for one in wall_of(model).changes for column in one.columns}
    assert named & (owners | {"id", "slug", "worker_id", "supervisor_id", "reader_id"}) == set()


# ------------------------------------------------------------------ signed


@pytest.fixture
def proposed(partnership, cast) -> Agreement:
    """Sam has signed, Wanda hasn't."""
    draft = AgreementDraft.begin(partnership, by=cast.sam)
    draft.put(by=cast.sam, **{name: getattr(draft, name) for name in AgreementDraft.FIELDS})
    return draft.sign(by=cast.sam)


def test_nobody_signs_for_the_other_side(proposed, cast):
    assert_refused(cast.sam, "UPDATE coaching_agreement SET worker_signed_at = now()")
    assert_refused(
        cast.wanda, "UPDATE coaching_agreement SET worker_signed_at = now(), supervisor_signed_at = now()"
    )
    now = timezone.now()
    for user, signed in (
        (cast.sam, {"worker_signed_at": now}),
        (cast.wanda, {"supervisor_signed_at": now}),
        (cast.wanda, {"worker_signed_at": now, "supervisor_signed_at": now}),
    ):
        with refused_to(user):
            Agreement._base_manager.create(
                partnership=proposed.partnership, number=2, proposed_by=user, **signed
            )
    with before_the_wall(), acting_as(cast.wanda):
        proposed.sign(by=cast.wanda)
    assert Agreement.objects.get().is_signed_by_both


def test_a_signature_is_not_taken_back_nor_dated_anew(agreed, cast):
    for user in (cast.wanda, cast.sam):
        for column in ("worker_signed_at", "supervisor_signed_at"):
            for value in ("NULL", "now()"):
                assert_refused(user, update("coaching_agreement", f"{column} = {value}"))
        for column in ("worker_signed_as", "supervisor_signed_as"):
            for value in ("''", "'Somebody Else'"):
                assert_refused(user, update("coaching_agreement", f"{column} = {value}"))


def test_nobody_signs_with_a_name_that_is_not_theirs(proposed, cast):
    signed = "worker_signed_at = now(), worker_signed_as = 'Sam Ortiz'"
    assert_refused(cast.wanda, update("coaching_agreement", signed))
    with refused_to(cast.wanda):
        Agreement._base_manager.create(
            partnership=proposed.partnership,
            number=2,
            proposed_by=cast.wanda,
            worker_signed_at=timezone.now(),
            worker_signed_as="Sam Ortiz",
        )


def test_signed_words_are_rewritten_by_nobody(agreed, cast):
    for user in (cast.wanda, cast.sam):
        for change in ("purpose = 'Appraisal.'", "minutes = 120", "limits = ''"):
            assert_refused(user, update("coaching_agreement", change))


# ------------------------------------------------------------------ closed

MY_WORDS = "UPDATE coaching_stagewords SET text = '' WHERE author_id = app_me()"


def closed_at(session: CoachingSession, moment: datetime) -> None:
    """Let it have begun an hour earlier."""
    CoachingSession.objects.filter(pk=session.pk).update(
        opened_at=moment - timedelta(hours=1), closed_at=moment
    )


@pytest.fixture
def closed(session, cast) -> CoachingSession:
    """Session 2 of Wanda and Sam, closed a while ago. Both have said something in it, and both have promised."""
    session.open(by=cast.sam)
    for person in (cast.wanda, cast.sam):
        session.say("purpose", by=person, field="words", text="To learn.", revision=0)
        Promise.make(session, by=person, text="Listen.", due_on=timezone.localdate())
    steps.close(session)
    closed_at(session, timezone.now() - LAST_WORDS - A_WHILE)
    return session


def test_words_are_rewritten_as_long_as_their_session_goes_on_and_a_moment_longer(session, cast):
    session.open(by=cast.sam)
    session.say("purpose", by=cast.wanda, field="words", text="To learn.", revision=0)
    assert attempt(cast.wanda, MY_WORDS) == 1
    steps.close(session)
    assert attempt(cast.wanda, MY_WORDS) == 1


def test_words_are_not_rewritten_once_it_has_been_closed(closed, cast):
    assert_refused(cast.wanda, MY_WORDS)
    assert_refused(cast.sam, MY_WORDS)


def test_a_closing_that_is_said_to_lie_far_ahead_lets_nobody_write(closed, cast):
    closed_at(closed, timezone.now() + timedelta(days=365))
    assert_refused(cast.sam, MY_WORDS)


def test_nothing_is_added_to_a_session_that_is_closed_or_has_not_begun(closed, cast):
    following = closed.partnership.sessions.get(closed_at=None)
    for session in (closed, following):
        row = {"session": session, "partnership": session.partnership}
        for user in (cast.wanda, cast.sam):
            with refused_to(user):
                StageWords._base_manager.create(author=user, stage="context", field="words", **row)
            with refused_to(user):
                Promise._base_manager.create(keeper=user, due_on=timezone.localdate(), **row)
            with refused_to(user):
                Congratulation._base_manager.create(author=user, **row)
    for user in (cast.wanda, cast.sam):
        with refused_to(user):
            Draft._base_manager.create(
                author=user, field="promise", session=closed, partnership=closed.partnership
            )


def test_a_closed_session_is_not_opened_again_nor_dated_anew(closed, cast):
    for user in (cast.wanda, cast.sam):
        for change in ("closed_at = NULL", "closed_at = now()", "opened_at = now()", "starts_at = now()"):
            assert_refused(user, update("coaching_coachingsession", change, "number = 2"))


def test_a_session_that_has_not_begun_is_closed_by_no_person_and_never_opened_after_the_end(session, cast):
    for user in (cast.wanda, cast.sam):
        assert_refused(user, update("coaching_coachingsession", "closed_at = now()", "number = 2"))
    engagement.end(session.partnership, by=cast.sam)
    assert_refused(cast.wanda, update("coaching_coachingsession", "opened_at = now()", "number = 2"))


def test_what_a_session_looks_back_on_is_fixed_once_it_is_closed(closed, cast):
    focus = closed.partnership.focuses.get()
    assert_refused(cast.wanda, update("coaching_reviewedfocus", "fixed_at = now()"))
    ReviewedFocus.objects.all().delete()
    with refused_to(cast.wanda):
        ReviewedFocus._base_manager.create(session=closed, focus=focus, partnership=closed.partnership)


def test_a_level_is_rated_only_where_the_session_looks_back_on_its_focus(session, cast):
    focus = session.partnership.focuses.get()
    with refused_to(cast.wanda):
        SelfRating._base_manager.create(
            session=session,
            focus=focus,
            partnership=session.partnership,
            author=cast.wanda,
            descriptor=focus.descriptor_at(4),
        )


def test_a_promise_stands_in_a_closed_session_and_is_reworded_by_nobody(closed, cast):
    before = held()
    assert attempt(cast.sam, "DELETE FROM coaching_promise") == 0
    assert held() == before
    for user in (cast.wanda, cast.sam):
        for change in ("text = ''", "due_on = due_on + 30"):
            assert_refused(user, update("coaching_promise", change, "keeper_id = app_me()"))
    kept = "UPDATE coaching_promise SET kept_at = now() WHERE keeper_id = app_me()"
    assert attempt(cast.sam, kept) == 1
    assert_refused(cast.sam, "UPDATE coaching_promise SET kept_at = NULL WHERE keeper_id = app_me()")


# ------------------------------------------------------------------ shared


def test_a_line_once_shared_is_neither_taken_back_nor_rewritten(session, cast):
    entry = steps.practise(session.partnership.goals.get())[0]
    line = entry.write_line(by=cast.wanda, text="It was quiet.", share=False)
    assert attempt(cast.wanda, "UPDATE coaching_entryline SET text = ''") == 1
    with before_the_wall(), acting_as(cast.wanda):
        line = entry.write_line(by=cast.wanda, text="It was quiet.", share=True)
    for change in ("text = ''", "shared_at = NULL", "shared_at = NULL, text = ''", "shared_at = now()"):
        assert_refused(cast.wanda, update("coaching_entryline", change))
    assert EntryLine.objects.get().text == line.text == "It was quiet."


def test_an_entry_that_a_review_has_looked_at_is_not_dated_and_gets_no_line(session, cast):
    goal = session.partnership.goals.get()
    entry, other = steps.practise(goal, 2)
    other.write_line(by=cast.wanda, text="It was quiet.", share=False)
    earlier = "UPDATE coaching_practiceentry SET practised_on = practised_on - 1"
    assert attempt(cast.wanda, earlier) == 2
    assert_refused(cast.sam, earlier)
    session.open(by=cast.sam)
    steps.close(session)
    assert_refused(cast.wanda, earlier)
    with pytest.raises(Refused):
        entry.write_line(by=cast.wanda, text="It came.", share=False)
    with refused_to(cast.wanda):
        EntryLine.objects.create(
            partnership=goal.partnership, entry=entry, author=cast.wanda, text="It came.", shared_at=None
        )
    before = held()
    assert attempt(cast.wanda, "UPDATE coaching_entryline SET text = 'x'") in (REFUSED, 0)
    assert held() == before


def test_an_observation_comes_after_the_workers_own_rating_of_that_focus(cast, edition):
    session = steps.ready_for_review(cast.wanda, cast.sam, focuses=2)
    session.open(by=cast.sam)
    first, second = session.partnership.focuses.all()
    share_reflection(session, by=cast.wanda, went_well="I waited.", differently="")
    share_self_rating(session, first, by=cast.wanda, level=4)
    row = {"session": session, "partnership": session.partnership, "descriptor": first.descriptor_at(2)}
    with refused_to(cast.sam):
        Observation._base_manager.create(author=cast.sam, focus=second, **row)
    with before_the_wall(), acting_as(cast.sam):
        Observation._base_manager.create(author=cast.sam, focus=first, **row)


def test_a_decision_comes_after_the_observation(session, cast):
    session.open(by=cast.sam)
    focus = session.partnership.focuses.get()
    share_reflection(session, by=cast.wanda, went_well="I waited.", differently="")
    share_self_rating(session, focus, by=cast.wanda, level=4)
    with refused_to(cast.wanda):
        Decision._base_manager.create(
            author=cast.wanda, session=session, partnership=session.partnership, focus=focus, choice="raise"
        )


def test_only_the_worker_lets_a_focus_rest_and_nobody_wakes_it(session, cast):
    rest = "UPDATE coaching_focus SET rested_at = now()"
    assert_refused(cast.sam, rest)
    assert attempt(cast.wanda, rest) == 1
    for user in (cast.wanda, cast.sam):
        assert_refused(user, "UPDATE coaching_focus SET rested_at = NULL")


def test_a_goal_is_let_go_by_its_worker_and_never_reworded(session, cast):
    for change in ("practice = ''", "count = 1", "by_on = by_on + 30"):
        assert_refused(cast.wanda, update("coaching_goal", change))
    assert_refused(cast.sam, "UPDATE coaching_goal SET put_down_at = now()")
    assert attempt(cast.wanda, "UPDATE coaching_goal SET put_down_at = now()") == 1


def test_marks_stay_as_they_were_when_their_owner_was_done(agreed, cast):
    first, second, *_ = steps.aspects_of(agreed)
    mark_interests(agreed, by=cast.sam, aspects={first})
    finish_marking(agreed, by=cast.sam)
    with refused_to(cast.sam):
        InterestMark._base_manager.create(partnership=agreed, person=cast.sam, aspect=second)
    assert attempt(cast.sam, "DELETE FROM coaching_interestmark") == 0


def test_a_note_stays_as_it_was_shown(cast, edition):
    note = ShadowNote.write(
        by=cast.wanda, aspect=edition.aspects.all()[0], stood_out="You waited.", colleague=cast.petra
    )
    assert attempt(cast.wanda, "UPDATE coaching_shadownote SET seen_on = seen_on - 1") == 1
    note.show(by=cast.wanda)
    assert_refused(cast.wanda, "UPDATE coaching_shadownote SET stood_out = 'y'")
    assert_refused(cast.wanda, "UPDATE coaching_shownnote SET stood_out = 'y'")


def test_what_takes_both_is_not_agreed_to_by_who_wishes_for_it(agreed, cast):
    OrientationWish.propose(agreed, by=cast.sam)
    assert_refused(cast.sam, "UPDATE coaching_orientationwish SET agreed_at = now()")
    assert_refused(cast.sam, "UPDATE coaching_partnership SET orientation = true")
    assert attempt(cast.wanda, "UPDATE coaching_partnership SET orientation = true") == 1


def test_nobody_moves_the_pair_to_another_edition_alone(agreed, cast):
    newer = small_edition(name="2")
    move = update("coaching_partnership", f"edition_id = {newer.pk}")
    focus = "UPDATE coaching_focus SET aspect_id = aspect_id + 1"
    steps.walk_through(agreed)
    steps.focus_on(agreed)
    for user in (cast.wanda, cast.sam):
        assert_refused(user, move)
        assert_refused(user, focus)
    EditionMove.propose(agreed, by=cast.sam)
    assert_refused(cast.sam, move)
    assert_refused(cast.wanda, focus)
    assert attempt(cast.wanda, move) == 1


def test_what_was_released_is_taken_back_once(world):
    worker = world.user("worker")
    assert attempt(worker, "UPDATE coaching_release SET taken_back_at = now() - interval '1 day'") == 1
    for change in ("taken_back_at = NULL", "taken_back_at = now()"):
        assert_refused(worker, update("coaching_release", change))


def test_a_consent_to_erase_is_withdrawn_by_whose_it_is_and_by_the_worker(agreed, cast):
    ask_to_erase(agreed, by=cast.wanda)
    agree_to_erase(agreed, by=cast.sam)
    assert attempt(cast.sam, "DELETE FROM coaching_erasureconsent") == 1
    agree_to_erase(agreed, by=cast.sam)
    assert attempt(cast.wanda, "DELETE FROM coaching_erasureconsent") == 2
