"""Days have a nearest and a furthest one, in every verb; and a row that has another one anyway never breaks a page."""

from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.groups.models import GroupSession
from coaching.models import Goal, PracticeEntry, PrivateEntry, Promise, ShadowNote
from coaching.rules import spans
from coaching.training.models import Cohort
from sopcoach.words import dates
from tests.coaching import gathering, steps
from tests.matrix.reading import pages_that_open
from tests.matrix.world import make_world
from tests.roles import before_the_wall

migration = import_module("coaching.migrations.0004_meetings_out_of_the_calendar")

FIRST_HOUR = datetime(1, 1, 1, 0, 30, tzinfo=UTC)
LAST_HOUR = datetime(9999, 12, 31, 23, 30, tzinfo=UTC)
READERS = ("worker", "supervisor", "former", "next", "peer", "admin")
WITHOUT_DAYS = ("accounts/", "profiles/", "manage/editions/", "manage/units/")
"""Addresses that show nothing of what somebody typed a day for."""

NO_DAYS = ["2126-12-08", "9999-12-31", "0026-11-20", "0001-01-01"]


def today() -> date:
    return timezone.localdate()


def in_a_year() -> date:
    return today() + timedelta(days=365)


def years_ago(count: int) -> date:
    return today() - timedelta(days=366 * count)


# ---------------------------------------------------------------- what the sentence says


@time_machine.travel(datetime(2026, 11, 24, 18, 0, tzinfo=UTC), tick=False)
def test_the_sentence_names_the_nearest_and_the_furthest_day():
    with pytest.raises(ValidationError) as refused:
        spans.ahead().require(date(2126, 12, 8), "day")

    assert refused.value.message_dict == {
        "day": ["Choose a day that is still to come. It may be from November 24 to November 24, 2027."]
    }


@pytest.mark.parametrize("away", [timedelta(), timedelta(days=365)])
def test_both_ends_are_included(away):
    assert spans.ahead().require(today() + away, "day") == today() + away


@pytest.mark.parametrize("away", [timedelta(days=-1), timedelta(days=366)])
def test_the_days_beside_them_are_not(away):
    with pytest.raises(ValidationError, match="It may be from"):
        spans.ahead().require(today() + away, "day")


def test_an_entry_is_of_a_day_since_its_goal_was_set(session, cast):
    goal = Goal.objects.get()
    note = {"by": cast.wanda, "client_key": "5d0f2e2e-8ba4-4d3c-a3c4-6a37a0a7b3f1"}

    for day in (
        dates.local_day(goal.set_at) - timedelta(days=1),
        today() + timedelta(days=1),
        date(26, 11, 20),
    ):
        with pytest.raises(ValidationError, match="since you set this goal"):
            PracticeEntry.note(goal, practised_on=day, **note)
    assert PracticeEntry.note(goal, practised_on=today(), **note).practised_on == today()


# ---------------------------------------------------------------- every form that takes a day


def put_in(client: Client, address: str, sent: dict, stored: models.QuerySet) -> str:
    before = list(stored.order_by("pk").values())
    response = client.post(address, sent)
    assert response.status_code == 200
    assert list(stored.order_by("pk").values()) == before
    return response.text


@pytest.mark.parametrize("day", NO_DAYS)
def test_a_goal_is_for_a_day_within_a_year(session, cast, client_for, day):
    goal = {
        "verb": "Use",
        "practice": "Three Questions",
        "with_whom": "caregivers",
        "joiner": "on",
        "count": "5",
    }
    sent = goal | {"unit": "cases", "focus": Goal.objects.get().focus_id, "by": "", "day": day}

    page = put_in(
        client_for(cast.wanda), reverse("goals", args=[session.partnership.slug]), sent, Goal.objects.all()
    )

    assert f"It may be from {dates.day(today())} to {dates.day(in_a_year())}." in page
    assert f'value="{day}"' in page
    assert "Three Questions" in page


@pytest.mark.parametrize("day", NO_DAYS)
def test_a_promise_is_for_a_day_within_a_year(session, cast, client_for, day):
    session.open(by=cast.sam)
    address = reverse("promise_make", args=[session.partnership.slug, session.number])

    page = put_in(
        client_for(cast.sam), address, {"promise": "Ask a teacher.", "due_on": day}, Promise.objects.all()
    )

    assert f"It may be from {dates.day(today())} to {dates.day(in_a_year())}." in page
    assert f'value="{day}"' in page
    assert "Ask a teacher." in page


@pytest.mark.parametrize("day", NO_DAYS)
def test_a_promise_is_taken_on_for_a_day_within_a_year(session, cast, client_for, day):
    session.open(by=cast.sam)
    promise = Promise.make(session, by=cast.sam, text="Ask a teacher.", due_on=today())
    following = steps.close(session)
    following.open(by=cast.sam)
    address = reverse("promise_settle", args=[following.partnership.slug, following.number, promise.pk])

    page = put_in(client_for(cast.sam), address, {"act": "take_on", "due_on": day}, Promise.objects.all())

    assert "It may be from" in page
    assert f'value="{day}"' in page


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Pacific/Kiritimati"])
@pytest.mark.parametrize(
    ("day", "at"),
    [("2126-12-08", "10:00"), ("9999-12-31", "23:30"), ("9999-12-31", "16:30"), ("0001-01-01", "00:30")],
)
def test_a_meeting_is_within_a_year_wherever_the_clock_stands(
    session, cast, client_for, settings, zone, day, at
):
    settings.TIME_ZONE = zone
    with timezone.override(ZoneInfo(zone)):
        here = [session.partnership.slug, session.number]
        client, sent = client_for(cast.wanda), {"day": day, "at": at}
        sessions = type(session).objects.all()

        moved = put_in(client, reverse("session_move", args=here), sent, sessions)
        session.open(by=cast.sam)
        closed = put_in(client, reverse("session_close", args=here), sent, sessions)

        for page in (moved, closed):
            assert f"It may be from {dates.day(today())} to {dates.day(in_a_year())}." in page
            assert f'value="{day}"' in page


def test_no_session_is_moved_out_of_the_calendar_by_any_other_door(session, cast):
    for moment in (LAST_HOUR, FIRST_HOUR, timezone.now() + timedelta(days=367)):
        with pytest.raises(ValidationError, match="It may be from"):
            session.move_to(moment, by=cast.wanda)
    session.open(by=cast.sam)
    with pytest.raises(ValidationError, match="It may be from"):
        session.close(by=cast.sam, next_starts_at=LAST_HOUR, minutes=60)


@pytest.mark.parametrize("day", NO_DAYS)
def test_a_group_meets_within_a_year(cast, edition, client_for, day):
    group = gathering.open_group(cast.sam, gathering.peers(cast))
    sent = {"about": "conversation", "day": day, "at": "10:00"}

    page = put_in(
        client_for(cast.sam), reverse("group_plan", args=[group.slug]), sent, GroupSession.objects.all()
    )

    assert f"It may be from {dates.day(today())} to {dates.day(in_a_year())}." in page
    assert f'value="{day}"' in page


@pytest.mark.parametrize("day", ["1926-11-20", "0026-11-20", "2126-12-08", "9999-12-31"])
def test_what_is_noted_for_oneself_goes_ten_years_back(cast, edition, client_for, day):
    client = client_for(cast.petra)
    aspect = edition.aspects.all()[0].slug

    entry = put_in(
        client,
        reverse("private_practice"),
        {"aspect": aspect, "line": "It came.", "practised_on": day},
        PrivateEntry.objects.all(),
    )
    note = put_in(
        client,
        reverse("shadow_note_new"),
        {"aspect": aspect, "stood_out": "A long pause.", "seen_on": day},
        ShadowNote.objects.all(),
    )

    for page in (entry, note):
        assert f"It may be from {dates.day(today() - spans.TEN_YEARS)} to {dates.day(today())}." in page
        assert f'value="{day}"' in page
    kept = PrivateEntry.write(
        by=cast.petra, aspect=edition.aspects.all()[0], line="It came.", practised_on=years_ago(9)
    )
    assert kept.practised_on == years_ago(9)


@pytest.mark.parametrize("name", ["starts_on", "ends_on"])
@pytest.mark.parametrize("day", [date(2126, 12, 8), date.max, date(26, 11, 20)])
def test_a_training_is_near_enough_to_plan_for(cast, edition, name, day):
    cohort = Cohort(title="Spring", audience="workers", edition=edition, facilitator=cast.nia)
    cohort.starts_on = cohort.ends_on = today()
    setattr(cohort, name, day)

    with pytest.raises(ValidationError):
        cohort.keep(by=cast.ada)


def test_a_training_of_long_ago_may_still_be_given_another_name(cast, edition):
    cohort = Cohort(title="Spring", audience="workers", edition=edition, facilitator=cast.nia)
    cohort.starts_on = cohort.ends_on = today()
    cohort.keep(by=cast.ada)
    Cohort.objects.update(starts_on=date(1999, 3, 1), ends_on=date(1999, 3, 5))
    cohort.refresh_from_db()

    cohort.title = "Spring of 1999"
    cohort.keep(by=cast.ada)

    assert Cohort.objects.get().title == "Spring of 1999"


# ---------------------------------------------------------------- rows that have such a day already


def put_out_of_bounds(day: date, moment: datetime) -> set[str]:
    """Every day that somebody typed, in every row there is."""
    columns = set()
    for model in apps.get_app_config("coaching").get_models():
        typed = {field.name: day for field in model._meta.fields if type(field) is models.DateField}
        if "starts_at" in {field.name for field in model._meta.fields}:
            typed["starts_at"] = moment
        if typed and model._base_manager.update(**typed):
            columns |= {f"{model._meta.model_name}.{name}" for name in typed}
    return columns


@pytest.mark.parametrize(
    ("day", "moment"), [(date.max, LAST_HOUR), (date(26, 11, 20), FIRST_HOUR)], ids=["far", "early"]
)
def test_a_row_out_of_bounds_breaks_no_page(db, day, moment):
    world = make_world()

    columns = put_out_of_bounds(day, moment)

    assert columns >= {
        "coachingsession.starts_at", "groupsession.starts_at", "goal.by_on", "promise.due_on", "cohort.ends_on",
        "practiceentry.practised_on", "privateentry.practised_on", "shadownote.seen_on", "partnership.until_on",
    }  # fmt: skip
    pages = [
        (name, address)
        for route, name, address in pages_that_open(world, READERS)
        if not route.address.startswith(WITHOUT_DAYS)
    ]
    assert len(pages) > 100
    browsers = {name: Client(raise_request_exception=False) for name in READERS}
    for name, client in browsers.items():
        client.force_login(world.people[name])
    broken = [f"{at}: {name}" for name, at in pages if browsers[name].get(at).status_code >= 500]
    assert broken == []


def test_a_meeting_that_no_clock_can_show_is_planned_for_no_day_by_the_migration(session, cast, client_for):
    group = gathering.open_group(cast.sam, gathering.peers(cast))
    planned = gathering.plan(group)
    for row in (session, planned):
        type(row)._base_manager.filter(pk=row.pk).update(starts_at=LAST_HOUR)

    with before_the_wall():
        migration.mend(apps, connection.schema_editor())

    for row in (session, planned):
        row.refresh_from_db()
        assert row.starts_at is None
    page = client_for(cast.wanda).get(reverse("session", args=[session.partnership.slug, session.number]))
    assert page.status_code == 200
    assert page.text.count("9999") == 0


def test_the_migration_leaves_every_other_meeting_where_it_is(session):
    planned = session.starts_at

    with before_the_wall():
        migration.mend(apps, connection.schema_editor())

    session.refresh_from_db()
    assert session.starts_at == planned
