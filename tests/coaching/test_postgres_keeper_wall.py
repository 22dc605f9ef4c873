"""A row and what it names have one keeper: nothing opens by a row of one's own that points into somebody else's."""

import pytest
from django.utils import timezone

from coaching.groups.models import GroupSeat, GroupWords
from coaching.models import (
    CoachingSession,
    Congratulation,
    Decision,
    Draft,
    EntryLine,
    PracticeEntry,
    Promise,
    Reflection,
    Release,
    SelfRating,
    StageWords,
    Target,
)
from coaching.models.release import release
from coaching.row_security.policy import walled_models
from coaching.row_security.triggers import named_rows
from sopcoach.requests.actor import acting_as
from tests.coaching import steps
from tests.coaching.walled import refused_to, seen
from tests.roles import before_the_wall


@pytest.fixture
def theirs(cast, edition) -> CoachingSession:
    """A session of Petra and Olaf that goes on, with words of both and a review begun."""
    session = steps.ready_for_review(cast.petra, cast.olaf)
    session.open(by=cast.olaf)
    for person in (cast.petra, cast.olaf):
        session.say("purpose", by=person, field="words", text="To learn.", revision=0)
    steps.practise(session.partnership.goals.get())
    steps.review(session)
    return session


@pytest.fixture
def own(theirs, cast) -> CoachingSession:
    """One of Wanda and Sam that goes on."""
    session = steps.ready_for_review(cast.wanda, cast.sam)
    session.open(by=cast.sam)
    return session


def test_nobody_releases_a_session_of_another_pair(theirs, own, cast):
    row = {"worker": cast.wanda, "reader": cast.sam, "into": own.partnership, "session": theirs}
    for partnership in (own.partnership, theirs.partnership):
        with refused_to(cast.wanda):
            Release._base_manager.create(partnership=partnership, **row)
    assert seen(StageWords, cast.sam) == 0


def test_a_release_of_another_pairs_session_that_was_there_before_opens_nothing(theirs, own, cast):
    Release._base_manager.create(
        partnership=own.partnership,
        into=own.partnership,
        worker=cast.wanda,
        reader=cast.sam,
        session=theirs,
    )
    assert seen(CoachingSession, cast.sam) == own.partnership.sessions.count()
    for model in (StageWords, Promise):
        assert seen(model, cast.sam) == 0
    assert seen(Reflection, cast.sam) == 0


def test_what_is_released_is_read_by_whom_it_was_released_to(theirs, cast):
    steps.close(theirs)
    following = steps.begin(cast.petra, cast.nia)
    with before_the_wall(), acting_as(cast.petra):
        release(theirs.partnership, by=cast.petra, into=following, sessions=[theirs.number])
    assert (seen(StageWords, cast.nia), seen(Reflection, cast.nia)) == (2, 1)


def test_nothing_of_ones_own_names_a_session_a_focus_or_a_goal_of_another_pair(theirs, own, cast):
    pair, focus, goal = own.partnership, own.partnership.focuses.get(), own.partnership.goals.get()
    their_focus, their_goal = theirs.partnership.focuses.get(), theirs.partnership.goals.get()
    descriptor, today = focus.descriptor_at(4), timezone.localdate()
    rows = (
        (StageWords, {"author": cast.wanda, "session": theirs, "stage": "context", "field": "words"}),
        (Draft, {"author": cast.wanda, "session": theirs, "field": "promise"}),
        (Draft, {"author": cast.wanda, "session": own, "focus": their_focus, "field": "because"}),
        (Promise, {"keeper": cast.wanda, "session": theirs, "due_on": today}),
        (Reflection, {"author": cast.wanda, "session": theirs}),
        (SelfRating, {"author": cast.wanda, "session": theirs, "focus": focus, "descriptor": descriptor}),
        (SelfRating, {"author": cast.wanda, "session": own, "focus": their_focus, "descriptor": descriptor}),
        (Decision, {"author": cast.wanda, "session": theirs, "focus": their_focus, "choice": "raise"}),
        (Target, {"set_by": cast.wanda, "focus": their_focus, "descriptor": descriptor}),
        (PracticeEntry, {"worker": cast.wanda, "goal": their_goal, "practised_on": today}),
        (EntryLine, {"author": cast.wanda, "entry": their_goal.entries.get()}),
        (Congratulation, {"author": cast.wanda, "session": own, "focus": their_focus}),
        (Congratulation, {"author": cast.wanda, "focus": their_focus}),
    )
    for model, row in rows:
        for partnership in (pair, theirs.partnership):
            with refused_to(cast.wanda):
                model._base_manager.create(partnership=partnership, **row)
    with before_the_wall(), acting_as(cast.wanda):
        PracticeEntry._base_manager.create(partnership=pair, worker=cast.wanda, goal=goal, practised_on=today)


def test_no_promise_is_taken_on_from_another_pair(theirs, own, cast):
    theirs_promise = Promise.make(theirs, by=cast.olaf, text="Listen.", due_on=timezone.localdate())
    mine = Promise.make(own, by=cast.sam, text="Listen.", due_on=timezone.localdate())
    with refused_to(cast.sam):
        Promise._base_manager.filter(pk=mine.pk).update(taken_on_from=theirs_promise)


def test_every_row_that_names_another_of_its_keeper_is_held_to_it():
    """So that a table that comes later is, too: this is what the database is told, from the models alone."""
    found = {(model, column) for model in walled_models() for column, _, _ in named_rows(model)}
    assert found >= {
        (Release, "session_id"),
        (GroupSeat, "session_id"),
        (GroupWords, "session_id"),
        (GroupWords, "seat_id"),
        (EntryLine, "entry_id"),
        (Promise, "taken_on_from_id"),
    }
    for model in walled_models():
        names = {field.name for field in model._meta.concrete_fields}
        for keeper, named in (
            ("partnership", ("session", "focus", "goal", "entry")),
            ("group", ("session", "seat")),
        ):
            if keeper in names:
                assert {(model, f"{one}_id") for one in named if one in names} <= found
