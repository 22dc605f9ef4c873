"""Both walls say the same: of each table, to each person, `visible_to` shows the rows that the database lets through."""

from collections.abc import Iterator

import pytest
from django.db import models
from django.utils import timezone

from coaching.models import Goal, Invitation
from coaching.models.invitation import LAPSES_AFTER
from coaching.row_security.policy import walled_models
from sopcoach.models import User
from sopcoach.requests.actor import acting_as
from tests.cast import make_cast
from tests.coaching.acts_at_once import WORLDS
from tests.coaching.full_world import full_world
from tests.profiles.factories import small_edition
from tests.roles import before_the_wall

POINTS = {build.__name__: build for build in WORLDS}
"""Points of the cycle, each with Wanda and Sam there."""


def shown(model: type[models.Model], user: User) -> set[object]:
    return set(model._default_manager.visible_to(user).values_list("pk", flat=True))


def let_through(model: type[models.Model], user: User) -> set[object]:
    """The rows that the database lets through; the days of an invitation are counted by `visible_to` alone."""
    with before_the_wall(), acting_as(user):
        rows = model._base_manager.all()
        if model is Invitation:
            since = timezone.now() - LAPSES_AFTER
            rows = rows.filter(models.Q(answer="", sent_at__gt=since) | models.Q(answered_at__gt=since))
        return set(rows.values_list("pk", flat=True))


def differences(people: list[User]) -> Iterator[str]:
    for model in walled_models():
        for user in people:
            by_code, by_database = shown(model, user), let_through(model, user)
            if by_code - by_database:
                yield f"{model.__name__}: the database keeps {len(by_code - by_database)} of its rows from {user.name}"
            if by_database - by_code:
                yield f"{model.__name__}: visible_to keeps {len(by_database - by_code)} of its rows from {user.name}"


def test_every_table_holds_a_row_and_both_walls_let_the_same_through(db, record_property):
    full_world()
    empty = [model.__name__ for model in walled_models() if not model._base_manager.exists()]
    assert empty == [], "tests/coaching/full_world.py: put a row into each of them"
    people = list(User.objects.all())
    assert list(differences(people)) == []
    size = (
        f"{len(walled_models())} tables × {len(people)} people, and × 7 at {len(POINTS)} points of the cycle"
    )
    record_property("both_walls", size)


@pytest.mark.parametrize("point", POINTS)
def test_both_walls_agree_at_each_point_of_the_cycle(db, point):
    cast = make_cast()
    small_edition()
    POINTS[point](cast)
    people = list(User.objects.all())
    assert len(people) == 7
    assert list(differences(people)) == []


def test_a_wall_that_forgets_somebody_is_noticed(db, monkeypatch):
    cast = make_cast()
    small_edition()
    POINTS["in_session"](cast)
    monkeypatch.setattr(type(Goal.objects.all()), "visible_to", lambda rows, user: rows.none())
    assert list(differences([cast.sam])) == ["Goal: visible_to keeps 1 of its rows from Sam Ortiz"]
