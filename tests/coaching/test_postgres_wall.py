"""The second depth of the wall, on PostgreSQL: the database itself keeps a row from those who may not read it."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from coaching.models import (
    AgreementDraft,
    Draft,
    EntryLine,
    InterestMark,
    Observation,
    Partnership,
    Promise,
    SelfRating,
    StageWords,
    engagement,
)
from coaching.models.walkthrough import finish_marking, mark_interests
from coaching.row_security.policy import walled_models
from sopcoach.requests.actor import acting_as, acting_as_system
from tests.coaching import steps
from tests.coaching.walled import refused, seen
from tests.roles import before_the_wall


@pytest.fixture
def full(cast, edition):
    """Wanda and Sam with something in every table."""
    session = steps.ready_for_review(cast.wanda, cast.sam)
    partnership = session.partnership
    session.open(by=cast.sam)
    session.say("purpose", by=cast.wanda, field="words", text="To learn.", revision=0)
    goal = partnership.goals.get()
    steps.practise(goal)[0].write_line(by=cast.wanda, text="It was quiet.", share=False)
    steps.practise(goal)[0].write_line(by=cast.wanda, text="It was loud.", share=True)
    draft = AgreementDraft.begin(partnership, by=cast.sam)
    draft.put(by=cast.sam, **{name: getattr(draft, name) for name in AgreementDraft.FIELDS})

    Promise.make(session, by=cast.sam, text="Listen.", due_on=timezone.localdate())
    steps.review(session)
    Draft.put(session, by=cast.wanda, field="promise", text="Try it.", revision=0)
    return partnership


def test_the_role_of_the_product_is_an_ordinary_one(db):
    with before_the_wall(), connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)


def test_every_table_of_coaching_has_its_part_of_the_wall():
    bare = [
        model.__name__
        for model in apps.get_app_config("coaching").get_models()
        if model not in walled_models()
    ]
    assert bare == []


def test_the_wall_stands_and_is_forced_on_the_owner_too(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity, count(p.polname) FROM pg_class c "
            "LEFT JOIN pg_policy p ON p.polrelid = c.oid WHERE c.relname = ANY(%s) GROUP BY 1, 2, 3",
            [[model._meta.db_table for model in walled_models()]],
        )
        found = cursor.fetchall()
    assert len(found) == len(walled_models())
    assert {row[1:] for row in found} == {(True, True, 4)}


def test_outsiders_administrators_and_nobody_see_no_row_at_all(full, cast):
    for user in (cast.olaf, cast.nia, cast.petra, cast.ada, cast.root, None):
        for model in walled_models():
            assert seen(model, user) == 0, (user, model)


def test_both_sides_see_what_is_theirs(full, cast):
    for user in (cast.wanda, cast.sam):
        assert seen(Partnership, user) == 1
        assert seen(StageWords, user) == 1
        assert seen(Observation, user) == 1
    assert (seen(EntryLine, cast.wanda), seen(EntryLine, cast.sam)) == (2, 1)
    assert (seen(Draft, cast.wanda), seen(Draft, cast.sam)) == (1, 0)
    assert (seen(AgreementDraft, cast.wanda), seen(AgreementDraft, cast.sam)) == (0, 1)


def test_marks_are_hidden_until_both_are_done(agreed, cast):
    first = steps.aspects_of(agreed)[0]
    mark_interests(agreed, by=cast.wanda, aspects={first})
    finish_marking(agreed, by=cast.wanda)
    assert (seen(InterestMark, cast.wanda), seen(InterestMark, cast.sam)) == (1, 0)
    finish_marking(agreed, by=cast.sam)
    assert seen(InterestMark, cast.sam) == 1


def test_a_supervisor_loses_the_content_when_it_ends_and_keeps_the_signed_agreement(full, cast):
    engagement.end(full, by=cast.sam)
    kept = {model.__name__ for model in walled_models() if seen(model, cast.sam)}
    assert kept - {"Notice"} == {
        "Partnership",
        "Agreement",
    }  # beside that something waits, which is Sam’s own
    assert seen(StageWords, cast.wanda) == 1


def test_nobody_can_write_in_anothers_name(full, cast):
    rating = SelfRating.objects.exclude(session=None).get()
    forged = {
        "partnership_id": full.pk,
        "focus_id": rating.focus_id,
        "descriptor_id": rating.descriptor_id,
        "session_id": None,
    }
    SelfRating._base_manager.filter(session=None).delete()
    for actor, author in (
        (cast.sam, cast.sam),
        (cast.sam, cast.wanda),
        (cast.olaf, cast.olaf),
        (None, cast.wanda),
    ):
        with before_the_wall(), acting_as(actor), refused():
            SelfRating._base_manager.create(author=author, **forged)


def test_nobody_can_change_or_take_away_anothers_words(full, cast):
    for user in (cast.sam, cast.olaf, cast.ada, None):
        with before_the_wall(), acting_as(user), transaction.atomic():
            assert EntryLine._base_manager.all().delete()[0] == 0
            assert Draft._base_manager.all().delete()[0] == 0
    with before_the_wall(), acting_as(cast.sam), refused():
        StageWords._base_manager.filter(author=cast.wanda).update(revision=9)
    assert StageWords.objects.get().revision == 1


def test_a_person_cannot_move_themselves_into_a_partnership(full, cast):
    with before_the_wall(), acting_as(cast.olaf):
        assert Partnership._base_manager.filter(pk=full.pk).update(supervisor=cast.olaf) == 0
    with before_the_wall(), acting_as(cast.sam), refused():
        Partnership._base_manager.create(worker=cast.petra, supervisor=cast.sam, edition=full.edition)


def test_acting_as_gives_back_what_was_before(full, cast):
    with before_the_wall(), acting_as(cast.wanda):
        with acting_as(cast.olaf):
            assert Partnership._base_manager.count() == 0
        assert Partnership._base_manager.count() == 1
        with pytest.raises(ZeroDivisionError), acting_as(cast.olaf):
            1 / 0  # noqa: B018
        assert Partnership._base_manager.count() == 1


def test_a_system_actor_sees_what_it_is_named_for_and_nothing_else(full, cast):
    with before_the_wall(), acting_as_system("ending"):
        assert Partnership._base_manager.count() == 1
        assert StageWords._base_manager.count() == 0
    with pytest.raises(ValueError, match="no system actor"), acting_as_system("everything"):
        pass
