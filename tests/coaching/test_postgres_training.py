"""The wall round placements, cohorts and levelling, as PostgreSQL itself holds it."""

import pytest
from django.utils import timezone

from coaching.models import CarriedItem, Placement, carry
from coaching.training.models import Cohort, Placed, Spread, Trainee, TrainingNote
from coaching.training.models.levelling import place, reveal
from coaching.training.vignettes import vignettes
from profiles.models import SkillAspect
from sopcoach.requests.actor import acting_as, acting_as_system
from tests.coaching import steps
from tests.coaching.walled import assert_refused, refused, refused_to, seen, update
from tests.factories import UserFactory
from tests.profiles.factories import shipped_edition
from tests.roles import before_the_wall


@pytest.fixture
def room(cast, db) -> Cohort:
    """Nia leads new supervisors: Sam, who has placed a story and kept a placement, and five others."""
    today = timezone.localdate()
    cohort = Cohort(
        title="New supervisors",
        audience=Cohort.Audience.SUPERVISORS,
        edition=shipped_edition(),
        facilitator=cast.nia,
        starts_on=today,
        ends_on=today,
    )
    with before_the_wall(), acting_as(cast.ada):
        cohort.keep(by=cast.ada)
        cohort.enrol([cast.sam, *UserFactory.create_batch(4)], by=cast.ada)
    with before_the_wall(), acting_as(cast.sam):
        place(cohort, vignettes()[0], by=cast.sam, level=3)
        Placement.place(SkillAspect.objects.first(), by=cast.sam, level=2, note="Mine.")
        TrainingNote.write(by=cast.sam, text="Mine, too.", revision=0)
    return cohort


def test_what_is_private_is_its_owners_alone(room, cast):
    for model in (Placement, TrainingNote, Placed):
        assert seen(model, cast.sam) == 1
        for user in (cast.nia, cast.olaf, cast.ada, cast.root, None):
            assert seen(model, user) == 0, (model, user)


def test_a_cohort_is_seen_by_those_in_it_and_by_administrators(room, cast):
    assert [seen(Cohort, user) for user in (cast.sam, cast.nia, cast.ada, cast.root)] == [1, 1, 1, 1]
    assert [seen(Trainee, user) for user in (cast.sam, cast.nia, cast.ada)] == [1, 5, 5]
    for user in (cast.olaf, cast.wanda, None):
        assert seen(Cohort, user) == seen(Trainee, user) == 0


def test_the_spread_is_seen_by_nobody_before_the_reveal_and_then_by_the_room(room, cast):
    everybody = [trainee.person for trainee in room.trainees.for_list()]
    for user in (*everybody, cast.nia, cast.ada):
        assert seen(Spread, user) == 0
    for person in everybody:
        if person != cast.sam:
            with before_the_wall(), acting_as(person):
                place(room, vignettes()[0], by=person, level=4)
    with before_the_wall(), acting_as(cast.nia):
        reveal(room, vignettes()[0], by=cast.nia)
    assert all(seen(Spread, user) == 1 for user in (*everybody, cast.nia))
    assert seen(Spread, cast.ada) == seen(Spread, cast.olaf) == 0
    assert not Placed.objects.exists()


def test_nobody_writes_in_anothers_name_or_counts_by_hand(room, cast):
    aspect = SkillAspect.objects.first()
    descriptor = aspect.descriptors.first()
    with before_the_wall(), acting_as(cast.nia), refused():
        Placement.objects.create(
            owner=cast.sam, aspect=aspect, aspect_slug=aspect.slug, descriptor=descriptor
        )
    with before_the_wall(), acting_as(cast.sam), refused():
        Spread.objects.create(cohort=room, vignette="x", counts={"3": 5})
    with before_the_wall(), acting_as(cast.olaf), refused():
        Trainee.objects.create(cohort=room, facilitator=cast.nia, person=cast.olaf)
    with before_the_wall(), acting_as(cast.nia):
        assert Trainee.objects.all().delete()[0] == 0
        assert Cohort.objects.filter(pk=room.pk).delete()[0] == 0


def test_a_code_lets_somebody_in_before_the_wall(room, cast):
    with before_the_wall(), acting_as(cast.olaf):
        assert Cohort.join(room.code, by=cast.olaf) == room
    assert seen(Cohort, cast.olaf) == 1


def test_the_training_actor_reads_nothing_private(room, cast):
    with before_the_wall(), acting_as_system("training"):
        for model in (Placement, TrainingNote):
            assert model._base_manager.count() == 0


def test_what_is_brought_along_is_seen_by_both_sides_and_written_by_the_worker(cast, edition):
    partnership = steps.begin(cast.wanda, cast.sam)
    steps.agree(partnership)
    with before_the_wall(), acting_as(cast.wanda):
        placement = Placement.place(SkillAspect.objects.first(), by=cast.wanda, level=2)
        (item,) = carry([placement], into=partnership, by=cast.wanda)
    assert seen(CarriedItem, cast.wanda) == seen(CarriedItem, cast.sam) == 1
    assert seen(CarriedItem, cast.olaf) == seen(CarriedItem, cast.ada) == 0
    with before_the_wall(), acting_as(cast.sam), refused():
        CarriedItem.objects.create(
            partnership=partnership,
            author=cast.sam,
            source=partnership.pk,
            aspect=item.aspect,
            aspect_slug=item.aspect_slug,
            descriptor=item.descriptor,
            noted_on=item.noted_on,
        )


def test_a_place_names_the_one_who_leads_its_cohort_and_nobody_else(room, cast):
    with refused_to(cast.ada):
        Trainee._base_manager.create(cohort=room, facilitator=cast.olaf, person=cast.wanda)
    assert_refused(cast.ada, update("coaching_trainee", f"facilitator_id = {cast.olaf.pk}"))
    assert_refused(cast.ada, update("coaching_trainee", f"person_id = {cast.olaf.pk}"))
    room.facilitator = cast.olaf
    with before_the_wall(), acting_as(cast.ada):
        room.keep(by=cast.ada)
    assert set(Trainee.objects.values_list("facilitator", flat=True)) == {cast.olaf.pk}
