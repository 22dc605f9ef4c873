"""The access record before the wall: who may write a line, and that no person changes or removes one."""

import pytest
from django.db import ProgrammingError, transaction

from coaching.models import AccessRecord, engagement
from coaching.models.access import Thing, note
from coaching.models.release import release
from sopcoach.requests.actor import acting_as, acting_as_system
from tests.cast import make_cast
from tests.coaching import steps
from tests.coaching.test_postgres_at_once import at_once
from tests.profiles.factories import small_edition
from tests.roles import before_the_wall


def write(user, partnership, *, by=None, thing=Thing.GOALS) -> bool:
    """Whether the database lets `user` write a line under the name of `by`."""
    try:
        with before_the_wall(), acting_as(user), transaction.atomic():
            note([partnership.pk], by=by or user, thing=thing, about=[1])
    except ProgrammingError:
        return False
    return True


def test_only_a_reader_writes_and_only_under_their_own_name(agreed, cast):
    assert write(cast.sam, agreed)
    assert not write(cast.sam, agreed, by=cast.nia)
    for user in (cast.nia, cast.petra, cast.olaf, cast.ada, cast.root):
        assert not write(user, agreed)


def test_after_the_end_a_supervisor_is_noted_at_the_agreement_and_at_nothing_else(agreed, cast):
    engagement.end(agreed, by=cast.sam)
    assert not write(cast.sam, agreed)
    assert write(cast.sam, agreed, thing=Thing.AGREEMENT)
    assert write(cast.wanda, agreed, thing=Thing.EXPORT)


def test_a_next_supervisor_is_noted_once_something_is_released(session, cast):
    old = session.partnership
    new = steps.begin(cast.wanda, cast.nia)
    assert not write(cast.nia, old, thing=Thing.RELEASED)
    (one,) = release(old, by=cast.wanda, into=new, aspects=[old.focuses.get().aspect_slug])
    assert write(cast.nia, old, thing=Thing.RELEASED)
    one.take_back(by=cast.wanda)
    assert not write(cast.nia, old, thing=Thing.RELEASED)


def test_lines_show_to_the_worker_and_to_whoever_opened(agreed, cast):
    write(cast.sam, agreed)
    seen = []
    for user in cast.everybody:
        with before_the_wall(), acting_as(user):
            if AccessRecord._base_manager.exists():
                seen.append(user)
    assert seen == [cast.wanda, cast.sam]


def test_no_person_changes_or_removes_a_line_and_retention_removes_it(agreed, cast):
    write(cast.sam, agreed)
    for user in cast.everybody:
        with before_the_wall(), acting_as(user):
            AccessRecord._base_manager.all().delete()
            if user in (cast.wanda, cast.sam):
                with pytest.raises(ProgrammingError), transaction.atomic():
                    AccessRecord._base_manager.update(label="Nothing")
    assert AccessRecord.objects.get().label == Thing.GOALS.label
    with before_the_wall(), acting_as_system("retention"):
        AccessRecord._base_manager.all().delete()
    assert not AccessRecord.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_the_same_instant_write_one_line(transactional_db):
    cast = make_cast()
    small_edition()
    partnership = steps.begin(cast.wanda, cast.sam)
    look = (cast.sam, lambda: note([partnership.pk], by=cast.sam, thing=Thing.GOALS))
    assert at_once(look, look, look) == [None, None, None]
    assert AccessRecord.objects.count() == 1
