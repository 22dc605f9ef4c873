"""What the database shows to the job that counts, and of its counts."""

import pytest
from django.db import ProgrammingError, transaction

from coaching.models import CoachingSession, Focus, Partnership
from coaching.row_security.policy import walled_models
from coaching.statistics.models import Snapshot
from coaching.statistics.quarters import Quarter
from sopcoach.requests.actor import acting_as, acting_as_system
from tests.coaching import steps
from tests.roles import before_the_wall

SHOWN = {"Partnership", "CoachingSession", "Focus", "GroupSession", "GroupSeat", "Snapshot"}
LONG_AGO = Quarter(2020, 1)


@pytest.fixture
def full(cast, edition):
    session = steps.ready_for_review(cast.wanda, cast.sam)
    session.open(by=cast.sam)
    session.say("purpose", by=cast.wanda, field="words", text="To learn.", revision=0)
    steps.review(session)
    return session.partnership


def test_the_job_that_counts_sees_when_coaching_was_and_no_word_of_it(full):
    with before_the_wall(), acting_as_system("counting"):
        seen = {model.__name__ for model in walled_models() if model._base_manager.exists()}
    assert seen <= SHOWN
    assert {"Partnership", "CoachingSession", "Focus"} <= seen


def test_the_job_that_counts_changes_nothing(full):
    for model, change in (
        (Partnership, {"orientation": True}),
        (CoachingSession, {"minutes": 5}),
        (Focus, {"slot": 2}),
    ):
        with before_the_wall(), acting_as_system("counting"):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                model._base_manager.update(**change)
            assert model._base_manager.all()._raw_delete("default") == 0


def test_a_snapshot_is_written_by_the_count_alone_and_read_by_administrators(cast):
    with before_the_wall():
        assert Snapshot.take(LONG_AGO)
    for person in (cast.ada, cast.root, cast.sam, cast.wanda, None):
        may_read = person in (cast.ada, cast.root)
        with before_the_wall(), acting_as(person):
            assert Snapshot._base_manager.count() == (1 if may_read else 0)
            assert Snapshot._base_manager.all()._raw_delete("default") == 0
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                Snapshot._base_manager.create(year=2020, quarter_number=2, counted={})
