"""What the database shows to the jobs that mail: days, people and addresses, and no row with words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import ProgrammingError, transaction
from django.utils import timezone

from coaching.groups.models import planning
from coaching.models import CoachingSession, Invitation, Partnership
from coaching.models.base import NarrativeField
from coaching.reminding.gathering import gather
from coaching.row_security.policy import walled_models
from sopcoach.mailing.models import Letter
from sopcoach.mailing.notices import MailChoice, Notice
from sopcoach.requests.actor import acting_as, acting_as_system
from tests.coaching import gathering, steps
from tests.coaching.full_world import full_world
from tests.roles import before_the_wall

SHOWN = {"Partnership", "CoachingSession", "GroupSession", "GroupSeat", "Notice", "MailChoice"}


@pytest.fixture
def full(db):
    world = full_world()
    Notice.objects.create(person=world.worker, occasion="shared")
    return world


def test_the_job_that_reminds_sees_days_and_people_and_no_row_that_has_words(full):
    with before_the_wall(), acting_as_system("reminding"):
        seen = {model for model in walled_models() if model._base_manager.exists()}
    assert {model.__name__ for model in seen} == SHOWN
    for model in seen:
        assert not [field for field in model._meta.concrete_fields if isinstance(field, NarrativeField)]


def test_the_job_that_sends_sees_what_is_on_its_way_and_nothing_of_coaching(full):
    with before_the_wall(), acting_as_system("mailing"):
        seen = {model.__name__ for model in walled_models() if model._base_manager.exists()}
    assert seen == {"Letter", "Notice", "MailChoice"}


def test_the_job_that_reminds_changes_nothing_of_coaching(full):
    for model, change in ((Partnership, {"orientation": True}), (CoachingSession, {"minutes": 5})):
        with before_the_wall(), acting_as_system("reminding"):
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                model._base_manager.update(**change)
            assert model._base_manager.all()._raw_delete("default") == 0


def test_nobody_lists_what_was_sent_to_whom(full):
    others = [full.running.supervisor, *type(full.worker).objects.filter(is_administrator=True)]
    for person in (*others, None):
        with before_the_wall(), acting_as(person):
            assert not Notice._base_manager.filter(person=full.worker).exists()
            assert not MailChoice._base_manager.filter(person=full.worker).exists()
            assert not Letter._base_manager.filter(given_up_at=None).exists()
    with before_the_wall(), acting_as(full.worker):
        assert Notice._base_manager.filter(person=full.worker).exists()


def test_a_person_tells_nobody_by_a_row_of_their_own(full):
    supervisor = full.running.supervisor
    for model, fields in (
        (Notice, {"person": full.worker, "occasion": "shared"}),
        (Letter, {"person": full.worker, "template": "notice/daily"}),
    ):
        refused = pytest.raises(ProgrammingError, match="row-level security")
        with before_the_wall(), acting_as(supervisor), refused, transaction.atomic():
            model._base_manager.create(**fields)


def test_before_the_wall_the_morning_finds_what_waits(cast, edition, time_machine):
    """A meeting of tomorrow, a check-in day, something shared, and a group, each seen by the job itself."""
    monday = datetime(2026, 11, 30, 18, tzinfo=UTC)
    time_machine.move_to(monday, tick=False)
    session = steps.ready_for_review(cast.wanda, cast.sam)
    session.move_to(monday + timedelta(days=2), by=cast.sam)
    asked = Invitation.ask(by=cast.petra, to=cast.nia, wish="trying_on")
    asked.reply(by=cast.nia, answer="trying_on", until=(monday + timedelta(days=1)).date())
    planning.plan(gathering.open_group(cast.olaf, []), by=cast.olaf, starts_at=monday + timedelta(days=2))
    Notice.objects.all().delete()
    Notice.objects.create(person=cast.nia, occasion="shared")
    mail.outbox.clear()
    time_machine.move_to(monday + timedelta(hours=21, minutes=40), tick=False)

    with before_the_wall():
        assert gather(timezone.now()) == 5
    everybody = [cast.wanda, cast.sam, cast.petra, cast.nia, cast.olaf]
    assert sorted(message.to[0] for message in mail.outbox) == sorted(one.email for one in everybody)
    with before_the_wall():
        assert gather(timezone.now()) == 0
