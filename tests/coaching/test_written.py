from collections.abc import Sequence
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from coaching.models import Goal, Partnership
from coaching.queries.facts import known_of
from sopcoach.models import User
from sopcoach.models.written import once
from tests.coaching import steps

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("edition")]


def goals_in(user: User, partnerships: Sequence[UUID]) -> QuerySet[Goal]:
    return Goal.objects.visible_to(user).filter(partnership__in=partnerships).for_list()


def until_now(user: User, _: Sequence[UUID]) -> QuerySet[Goal]:
    return Goal.objects.visible_to(user).filter(set_at__lte=timezone.now())


def of_ones_unit(user: User, _: Sequence[UUID]) -> QuerySet[Partnership]:
    return Partnership.objects.visible_to(user).filter(worker__unit=user.unit)


def test_it_says_to_each_what_it_says_written_out_anew(cast):
    first, second = (
        steps.ready_for_review(cast.wanda, other, focuses=1).partnership for other in (cast.sam, cast.nia)
    )
    goals = [steps.set_goal(partnership.focuses.all()[0]) for partnership in (first, second)]
    for person in (cast.wanda, cast.sam, cast.nia, cast.olaf, cast.ada):
        for keys in ([first.pk], [second.pk], [first.pk, second.pk], []):
            anew = goals_in(person, keys)
            assert list(once(goals_in, person, keys)) == list(anew)
    assert {goal.what for goal in once(goals_in, cast.wanda, [first.pk, second.pk])} == {
        goal.what for goal in goals
    }


def test_a_moment_is_never_kept(cast):
    with pytest.raises(TypeError, match="moment"):
        once(until_now, cast.wanda)


def test_nothing_else_of_its_reader_is_kept(cast):
    with pytest.raises(User.DoesNotExist):
        once(of_ones_unit, cast.wanda)


def test_facts_of_many_pairs_take_as_many_queries_as_those_of_one(cast):
    pairs = [
        steps.ready_for_review(cast.wanda, other, focuses=1).partnership for other in (cast.sam, cast.nia)
    ]

    def asked(partnerships) -> int:
        with CaptureQueriesContext(connection) as queries:
            known_of(cast.wanda, partnerships)
        return len(queries)

    assert asked(pairs) == asked(pairs[:1]) == 2
