"""Migrations that mend rows which people have written, on a database with data in it."""

from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType

import pytest
from django.apps import apps
from django.db import connection

from coaching.models import CoachingSession, Focus, InterestMark, OrientationWish, ReviewedFocus, engagement
from coaching.models.reflection import share_reflection
from coaching.models.self_rating import share_self_rating
from tests.coaching import steps
from tests.roles import before_the_wall


@contextmanager
def as_migrate_runs() -> Generator[None]:
    """As the tables' owner, for whom the wall stands, and with an editor of the schema."""
    with before_the_wall():
        yield


def migration(name: str) -> ModuleType:
    return import_module(f"coaching.migrations.{name}")


def mend(name: str, function: str = "fill") -> None:
    with as_migrate_runs():
        getattr(migration(name), function)(apps, connection.schema_editor(atomic=False))


@pytest.fixture
def two_sessions(session, cast):
    """Session 2 held on one focus, a second one picked in it; session 3 planned, with one focus rated for it."""
    session.open(by=cast.sam)
    steps.review(session, choice="carry_on")
    steps.Focus.choose(session.partnership, steps.aspects_of(session.partnership)[1:2], by=cast.wanda)
    following = steps.close(session)
    share_reflection(following, by=cast.wanda, went_well="Again.", differently="")
    share_self_rating(following, session.partnership.focuses.first(), by=cast.wanda, level=4)
    return session, following


def reviewed(session) -> set[str]:
    return set(ReviewedFocus.objects.filter(session=session).values_list("focus__aspect_slug", flat=True))


def test_older_sessions_look_back_on_what_they_did(two_sessions):
    before = {session.pk: reviewed(session) for session in two_sessions}
    assert all(before.values())
    ReviewedFocus.objects.all().delete()
    mend("0006_what_older_sessions_looked_back_on")
    assert {session.pk: reviewed(session) for session in two_sessions} == before


def test_older_sessions_in_orientation_look_back_on_what_was_in_focus_then(agreed, cast):
    steps.open_session(agreed)
    steps.walk_through(agreed)
    for person in (cast.sam, cast.wanda):
        OrientationWish.propose(agreed, by=person)
    agreed.refresh_from_db()
    focus = Focus.choose(agreed, steps.aspects_of(agreed)[:1], by=cast.wanda)[0]
    session = steps.close(agreed.sessions.get(number=1))
    session.open(by=cast.sam)
    Focus.choose(agreed, steps.aspects_of(agreed)[1:2], by=cast.wanda)
    for person in (cast.sam, cast.wanda):
        OrientationWish.propose(agreed, by=person)
    ReviewedFocus.objects.all().delete()
    mend("0006_what_older_sessions_looked_back_on")
    assert reviewed(session) == {focus.aspect_slug}


def test_a_session_that_was_recorded_as_held_at_its_end_is_recorded_as_never_held(session, cast):
    partnership = session.partnership
    first = partnership.sessions.get(number=1)
    engagement.end(partnership, by=cast.sam)
    session.refresh_from_db()
    CoachingSession.objects.filter(pk=session.pk).update(opened_at=session.closed_at)
    mend("0007_what_was_never_held", "mend")
    for row in (session, first):
        row.refresh_from_db()
    assert session.opened_at is None
    assert session.is_closed
    assert first.was_held


def test_marks_of_before_are_known_by_the_slug_of_their_aspect(agreed):
    steps.walk_through(agreed)
    known = {mark.pk: mark.aspect_slug for mark in InterestMark.objects.all()}
    for n, mark in enumerate(InterestMark.objects.all()):
        InterestMark.objects.filter(pk=mark.pk).update(aspect_slug=f"unknown-{n}")
    mend("0008_marks_by_what_lasts")
    assert {mark.pk: mark.aspect_slug for mark in InterestMark.objects.all()} == known
