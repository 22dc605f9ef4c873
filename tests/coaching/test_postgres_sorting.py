"""The wall round blind sorts, as PostgreSQL itself holds it, and two who keep at the same instant."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coaching.sorting.models import BlindSort, Sorter, SortResult, SortTally
from coaching.sorting.models.result import close
from coaching.training.models import Cohort
from sopcoach.requests.actor import acting_as, acting_as_system
from tests.cast import make_cast
from tests.coaching.sorting import name_cards, open_sort, sort_cards
from tests.coaching.test_postgres_at_once import at_once
from tests.coaching.walled import refused, seen
from tests.factories import UserFactory
from tests.profiles.factories import small_edition
from tests.roles import before_the_wall


def did(person, act):
    with before_the_wall(), acting_as(person):
        return act()


@pytest.fixture
def sort(cast, edition) -> BlindSort:
    return did(cast.ada, lambda: open_sort(edition, by=cast.ada))


def test_what_somebody_has_begun_is_theirs_alone_and_a_tally_is_nobody_s(sort, cast):
    did(cast.wanda, lambda: sort_cards(sort, cast.wanda))
    did(cast.sam, lambda: name_cards(sort, cast.sam))
    assert [seen(Sorter, who) for who in (*cast.everybody, None)] == [1, 1, 0, 0, 0, 0, 0, 0]
    assert not any(seen(SortTally, who) for who in (*cast.everybody, None))
    assert SortTally.objects.get().counts["sorters"] == 1


def test_what_came_out_is_seen_by_those_who_sorted_and_by_administrators(sort, cast):
    people = [cast.wanda, cast.sam, *UserFactory.create_batch(3)]
    for person in people:
        did(person, lambda person=person: sort_cards(sort, person))
    assert not SortResult.objects.exists()
    did(cast.ada, lambda: close(sort, by=cast.ada))
    assert [seen(SortResult, who) for who in (*people, cast.ada)] == [1] * 6
    assert not any(seen(SortResult, who) for who in (cast.petra, cast.olaf, None))


def test_nobody_counts_by_hand_or_sorts_for_another(sort, cast):
    with before_the_wall(), acting_as(cast.ada), refused():
        SortTally.objects.create(sort=sort, aspect_slug="x", counts={})
    with before_the_wall(), acting_as(cast.ada), refused():
        SortResult.objects.create(
            sort=sort, aspect_slug="x", sorters=5, counts={}, closed_on=timezone.localdate()
        )
    for who in (cast.wanda, cast.ada):
        with before_the_wall(), acting_as(who), refused():
            Sorter.objects.create(sort=sort, person=cast.sam)
    with before_the_wall(), acting_as(cast.ada), refused():
        Sorter.objects.create(sort=sort, person=cast.ada)


def test_what_is_done_can_t_be_undone_past_the_verbs(sort, cast):
    did(cast.wanda, lambda: sort_cards(sort, cast.wanda))
    with before_the_wall(), acting_as(cast.wanda), refused():
        Sorter.objects.filter(person=cast.wanda).update(kept=[])


def test_the_sorting_actor_reads_no_coaching(cast):
    with before_the_wall(), acting_as_system("sorting"):
        assert not Cohort._base_manager.exists()


def test_a_training_that_nobody_is_in_takes_its_sort_along(cast, edition):
    today = timezone.localdate()
    cohort = Cohort(
        title="New",
        audience=Cohort.Audience.WORKERS,
        edition=edition,
        facilitator=cast.nia,
        starts_on=today,
        ends_on=today + timedelta(days=1),
    )
    did(cast.ada, lambda: cohort.keep(by=cast.ada))
    did(cast.ada, lambda: cohort.enrol([cast.wanda, cast.sam], by=cast.ada))
    theirs = did(cast.ada, lambda: open_sort(edition, by=cast.ada, cohort=cohort))
    did(cast.wanda, lambda: sort_cards(theirs, cast.wanda))
    did(cast.sam, lambda: name_cards(theirs, cast.sam))
    for trainee in list(cohort.trainees.select_related("person")):
        did(trainee.person, lambda trainee=trainee: trainee.leave(by=trainee.person))
    did(cast.ada, lambda: cohort.remove(by=cast.ada))
    assert not BlindSort.objects.exists()
    assert not SortTally.objects.exists()
    assert not Sorter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_keep_at_the_same_instant_are_both_counted(transactional_db):
    cast = make_cast()
    sort = open_sort(small_edition(), by=cast.ada)
    for person in (cast.wanda, cast.sam):
        name_cards(sort, person)
    found = at_once(
        *((person, lambda person=person: sort_cards(sort, person)) for person in (cast.wanda, cast.sam))
    )
    assert found == [None, None]
    assert SortTally.objects.get().counts["sorters"] == 2
