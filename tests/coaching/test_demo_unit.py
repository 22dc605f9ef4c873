import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from coaching.demo.clock import Clock, first_workday_from, meeting_ahead, workdays_from
from coaching.demo.people import EVERYBODY, SIGN_IN_PHRASE
from coaching.models import (
    Agreement,
    CoachingSession,
    Congratulation,
    EntryLine,
    Focus,
    Goal,
    Invitation,
    Partnership,
    PracticeEntry,
    Promise,
    Reflection,
    SelfRating,
)
from coaching.models.base import NarrativeField
from coaching.rules.client_identifiers import find_identifiers
from sopcoach.models import User
from tests.coaching import steps
from tests.factories import UserFactory
from tests.profiles.factories import shipped_edition, small_edition
from tests.roles import past_the_wall

ZONE = ZoneInfo("America/Los_Angeles")
WORKDAYS = range(1, 6)
TODAY = datetime(2026, 11, 24, 8, 15, tzinfo=ZONE).astimezone(UTC)


def build() -> str:
    printed = StringIO()
    call_command("demo_unit", stdout=printed)
    return printed.getvalue()


def partnership_of(name: str) -> Partnership:
    return Partnership.objects.get(worker__name__startswith=name)


def instants() -> dict[str, set[datetime]]:
    """Everything that is said to have happened, by field; when a session is planned, or was, may lie ahead."""
    ahead = {"starts_at", "moved_from", "last_login"}
    found: dict[str, set[datetime]] = {}
    for model in [*apps.get_app_config("coaching").get_models(), User]:
        for field in model._meta.get_fields():
            if isinstance(field, models.DateTimeField) and field.name not in ahead:
                values = model._default_manager.exclude(**{field.name: None}).values_list(
                    field.name, flat=True
                )
                found[f"{model.__name__}.{field.name}"] = set(values)
    return found


def texts() -> list[str]:
    """Every word that anybody has written in the demo."""
    return [
        getattr(row, field.name)
        for model in apps.get_app_config("coaching").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, NarrativeField)
        for row in model._default_manager.exclude(**{field.name: ""})
    ]


@override_settings(SOPCOACH_DEMO=True)
class TestOnATuesdayMorning(TestCase):
    """One build for all of these: each test looks at the same unit."""

    databases = "__all__"

    @classmethod
    @override_settings(SOPCOACH_DEMO=True)
    def setUpTestData(cls) -> None:
        with time_machine.travel(TODAY, tick=False):
            shipped_edition()
            cls.printed = build()
        with past_the_wall():
            cls.wanda = partnership_of("Wanda")
            cls.linh = partnership_of("Linh")

    def setUp(self) -> None:
        traveller = time_machine.travel(TODAY, tick=False)
        traveller.start()
        self.addCleanup(traveller.stop)

    def test_it_prints_who_can_sign_in_and_how(self) -> None:
        for name in ("Sam Ortiz", "Wanda Reyes", "Linh Tran", "Dele Adeyemi", "Ada Bello", "Olaf Berg"):
            assert f"{name}, {name.split()[0].lower()}@demo.example" in self.printed
        assert f"“{SIGN_IN_PHRASE}”" in self.printed
        assert all(user.check_password(SIGN_IN_PHRASE) for user in User.objects.all())

    def test_once_a_newer_edition_is_published_its_pairs_are_offered_the_move(self) -> None:
        newer = shipped_edition(name="2026-3")
        assert self.wanda.edition.name == "2026.1"
        self.client.force_login(self.wanda.worker)
        offered = self.client.get(reverse("edition_move", args=[self.wanda.slug])).content.decode()
        assert "There is a newer edition of the profiles" in offered
        assert "What varies from level to level" in offered
        pair = self.client.get(reverse("partnership", args=[self.wanda.slug])).content.decode()
        assert reverse("edition_move", args=[self.wanda.slug]) in pair
        assert newer.status == "published"

    def test_everybody_sits_where_the_story_needs_them(self) -> None:
        people = {user.short_name: user for user in User.objects.select_related("unit")}

        assert len(people) == 9
        assert {name for name, user in people.items() if user.may_supervise} == {"Sam", "Nia", "Olaf"}
        assert {name for name, user in people.items() if user.is_administrator} == {"Ada"}
        assert not any(user.is_superuser for user in people.values())
        assert {people[name].unit for name in ("Wanda", "Linh", "Dele", "Tomas", "Petra")} == {
            people["Sam"].unit
        }
        assert len({people[name].unit for name in ("Sam", "Nia", "Olaf")}) == 3

    def test_sam_coaches_two_while_tomas_tries_on_and_waits_for_deles_answer(self) -> None:
        sam = User.objects.get(email="sam@demo.example")

        assert set(Partnership.objects.values_list("worker__name", "supervisor", "engagement")) == {
            ("Wanda Reyes", sam.pk, "formal"),
            ("Linh Tran", sam.pk, "formal"),
            ("Tomas Vega", sam.pk, "trying_on"),
        }
        invitation = Invitation.objects.open().get()
        assert (invitation.worker.name, invitation.supervisor) == ("Dele Adeyemi", sam)

    def test_wandas_eighth_session_is_today_and_nothing_of_it_is_written_yet(self) -> None:
        session = self.wanda.sessions.get(closed_at=None)

        assert (session.number, session.status) == (8, CoachingSession.Status.PLANNED)
        assert timezone.localtime(session.starts_at) == datetime(2026, 11, 24, 10, tzinfo=ZONE)
        assert not Reflection.objects.filter(session=session).exists()
        assert not session.drafts.exists()

    def test_seven_sessions_were_held_on_the_same_weekday_in_the_rhythm_agreed(self) -> None:
        held = list(self.wanda.sessions.exclude(closed_at=None))

        assert [session.number for session in held] == [1, 2, 3, 4, 5, 6, 7]
        assert {session.held_on.isoweekday() for session in held} == {2}
        days = [session.held_on for session in held]
        assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(weeks=2)}
        assert all(session.minutes - 10 <= session.minutes_in <= session.minutes for session in held)

    def test_in_each_of_wandas_reviews_both_spoke_on_three_focuses_and_something_was_celebrated(self) -> None:
        for session in self.wanda.sessions.filter(number__range=(2, 7)):
            assert session.reflection.went_well
            assert session.self_ratings.count() == session.observations.count() == 3
            assert session.decisions.count() == 3
            assert session.congratulations.exists()
            assert {promise.keeper_id for promise in session.promises.all()} == {
                self.wanda.worker_id,
                self.wanda.supervisor_id,
            }

    def test_wandas_levels_move_and_the_target_was_raised_by_one(self) -> None:
        focus = Focus.objects.for_list().get(partnership=self.wanda, aspect_slug="detail-and-impact")
        levels = [rating.level for rating in focus.self_ratings.order_by("shared_at")]

        assert levels == sorted(levels)
        assert (levels[0], levels[-1]) == (3, 5)
        assert 4 in levels
        assert [target.level for target in focus.targets.all()] == [4, 5]

    def test_one_step_back_is_part_of_the_story(self) -> None:
        focus = Focus.objects.get(partnership=self.wanda, aspect_slug="working-alongside-the-child")
        levels = [rating.level for rating in focus.self_ratings.order_by("shared_at")]

        assert any(later < earlier for earlier, later in pairwise(levels))
        assert levels[0] < levels[-1]

    def test_somewhere_the_two_saw_different_levels_and_somewhere_a_glimpse_lies_above(self) -> None:
        ratings = SelfRating.objects.filter(partnership=self.wanda).exclude(session=None)
        pairs = [
            (rating.level, observation.level)
            for rating in ratings
            for observation in rating.session.observations.filter(focus=rating.focus)
            if observation.level
        ]

        assert any(own > seen for own, seen in pairs)
        assert any(own < seen for own, seen in pairs)
        assert ratings.exclude(glimpse=None).exists()

    def test_one_focus_rests_and_another_was_picked_in_its_place(self) -> None:
        rested = self.wanda.focuses.get(rested_at__isnull=False)
        newest = self.wanda.focuses.order_by("opened_at").last()

        assert newest.aspect_slug == "finding-people"
        assert newest.opened_at > rested.rested_at
        assert newest.slot == rested.slot
        assert self.wanda.focuses.active().count() == 3

    def test_goals_stand_at_different_points(self) -> None:
        goals = Goal.objects.filter(partnership=self.wanda).for_list()
        now = [goal for goal in goals if goal.by_on >= timezone.localdate() and not goal.put_down_at]

        assert {(goal.what, goal.done) for goal in now} == {
            ("Use Three Questions with caregivers on 5 cases", 4),
            ("Do the Three Houses with 2 children or sibling groups", 2),
            ("Do Safety Circles activity to expand the network with one family", 0),
        }
        assert any(goal.put_down_at for goal in goals)
        assert sum(goal.is_reached for goal in goals) > 3

    def test_practice_lines_are_shared_private_or_left_out(self) -> None:
        entries = PracticeEntry.objects.filter(partnership=self.wanda)
        lines = EntryLine.objects.filter(partnership=self.wanda)

        assert lines.filter(shared_at=None).exists()
        assert lines.exclude(shared_at=None).exists()
        assert lines.count() < entries.count()

    def test_promises_were_kept_taken_on_and_are_still_open(self) -> None:
        promises = Promise.objects.filter(partnership=self.wanda)
        ahead = self.wanda.sessions.get(closed_at=None)
        first_looked_at = promises.looked_at_in(ahead)

        assert promises.exclude(taken_on_from=None).exists()
        assert {promise.kept_at is None for promise in first_looked_at} == {True, False}
        assert {promise.keeper_id for promise in first_looked_at if promise.is_open} == {
            self.wanda.worker_id,
            self.wanda.supervisor_id,
        }

    def test_the_agreement_was_changed_once_and_both_signed_both(self) -> None:
        agreements = list(Agreement.objects.filter(partnership=self.wanda))

        assert [agreement.number for agreement in agreements] == [1, 2]
        assert all(agreement.is_signed_by_both for agreement in agreements)
        assert agreements[0].rhythm_text == "Every other week for an hour and a half"
        assert agreements[1].rhythm_text == "Every other week for one hour"

    def test_both_celebrate_in_their_own_words(self) -> None:
        authors = set(Congratulation.objects.filter(partnership=self.wanda).values_list("author", flat=True))

        assert authors == {self.wanda.worker_id, self.wanda.supervisor_id}

    def test_linh_has_an_agreement_first_goals_and_a_session_in_two_days(self) -> None:
        session = self.linh.sessions.get(closed_at=None)

        assert session.number == 2
        assert session.held_on == date(2026, 11, 26)
        assert Agreement.objects.in_force(self.linh).rhythm_text == "Once a month for two hours"
        assert self.linh.focuses.active().count() == 2
        goals = list(Goal.objects.filter(partnership=self.linh).going_on().for_list())
        assert len(goals) == 2
        assert not any(goal.is_reached or goal.is_past for goal in goals)
        assert not SelfRating.objects.filter(partnership=self.linh).exclude(session=None).exists()

    def test_a_visitor_can_take_todays_review_from_beginning_to_end(self) -> None:
        session = self.wanda.sessions.get(closed_at=None)
        session.open(by=self.wanda.supervisor)

        steps.review(session, level=5, glimpse=6, choice="raise")

        focus = Focus.objects.for_list().get(partnership=self.wanda, aspect_slug="detail-and-impact")
        assert focus.target.level == 6
        assert steps.close(session).number == 9

    def test_petra_nia_olaf_and_ada_have_no_part_in_any_coaching(self) -> None:
        for name in ("petra", "nia", "olaf", "ada"):
            user = User.objects.get(email=f"{name}@demo.example")
            assert not Partnership.objects.visible_to(user).exists()
            assert not Invitation.objects.visible_to(user).exists()

    def test_nothing_that_anybody_wrote_points_to_a_client(self) -> None:
        assert len(texts()) > 200
        assert [text for text in texts() if find_identifiers(text)] == []

    def test_people_are_called_by_their_names_and_never_he_or_she(self) -> None:
        gendered = re.compile(r"\b(he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)

        assert [text for text in texts() if gendered.search(text)] == []

    def test_all_of_it_has_happened_by_now_and_on_weekdays(self) -> None:
        for field, moments in instants().items():
            assert all(moment <= timezone.now() for moment in moments), field
            assert all(timezone.localtime(moment).isoweekday() in WORKDAYS for moment in moments), field

    def test_everybody_can_open_home_and_whom_they_coach_with(self) -> None:
        for user in User.objects.all():
            self.client.force_login(user)
            assert self.client.get("/").status_code == 200

    def test_a_second_time_says_so_and_changes_nothing(self) -> None:
        before = [model._default_manager.count() for model in apps.get_models()]

        assert build() == "The demo unit is here already.\n"
        assert [model._default_manager.count() for model in apps.get_models()] == before


@pytest.fixture
def in_the_demo(settings) -> None:
    settings.SOPCOACH_DEMO = True


@pytest.mark.parametrize(
    ("now", "wanda", "linh"),
    [
        # a Sunday night, in the hour that summer time skips
        (datetime(2026, 3, 8, 10, 30, tzinfo=UTC), "2026-03-09 10:00", "2026-03-10 14:00"),
        # 29 February, in the afternoon: after the pair's usual hour
        (datetime(2028, 2, 29, 14, 20, tzinfo=ZONE), "2028-02-29 15:00", "2028-03-02 14:00"),
        # New Year’s Eve, a minute before midnight
        (datetime(2026, 12, 31, 23, 59, tzinfo=ZONE), "2027-01-01 10:00", "2027-01-04 14:00"),
        # a Friday evening
        (datetime(2027, 10, 29, 18, 0, tzinfo=ZONE), "2027-11-01 10:00", "2027-11-01 14:00"),
        # before the clocks go back, and after
        (datetime(2026, 10, 31, 12, 0, tzinfo=ZONE), "2026-11-02 10:00", "2026-11-02 14:00"),
        # the 30th, where four weeks earlier is the same month, so that “once a month” alone would skip it
        (datetime(2026, 1, 28, 3, 0, tzinfo=ZONE), "2026-01-28 10:00", "2026-01-30 14:00"),
    ],
)
def test_it_can_be_built_on_any_day_at_any_hour(
    db, in_the_demo: None, now: datetime, wanda: str, linh: str
) -> None:
    with time_machine.travel(now.astimezone(UTC), tick=False):
        shipped_edition()
        build()
        ahead = {
            name: timezone.localtime(partnership_of(name).sessions.get(closed_at=None).starts_at)
            for name in ("Wanda", "Linh")
        }

        assert f"{ahead['Wanda']:%Y-%m-%d %H:%M}" == wanda
        assert f"{ahead['Linh']:%Y-%m-%d %H:%M}" == linh
        for field, moments in instants().items():
            assert all(moment <= timezone.now() for moment in moments), field
            assert all(timezone.localtime(moment).isoweekday() in WORKDAYS for moment in moments), field
        held = CoachingSession.objects.exclude(closed_at=None)
        assert {timezone.localtime(session.opened_at).hour for session in held} == {10, 14}
        assert all(session.minutes_in <= session.minutes for session in held)
        assert Goal.objects.filter(put_down_at=None, by_on__gte=timezone.localdate()).count() == 5


@pytest.mark.parametrize(
    ("now", "meeting"),
    [
        ("2026-11-24 00:00", "2026-11-24 10:00"),
        ("2026-11-24 09:45", "2026-11-24 10:00"),
        ("2026-11-24 09:59", "2026-11-24 10:30"),
        ("2026-11-24 10:00", "2026-11-24 10:30"),
        ("2026-11-24 12:16", "2026-11-24 13:00"),
        ("2026-11-24 16:59", "2026-11-24 17:30"),
        ("2026-11-24 17:15", "2026-11-24 17:30"),
        ("2026-11-24 17:16", "2026-11-25 10:00"),
        ("2026-11-27 20:00", "2026-11-30 10:00"),
        ("2026-11-28 12:00", "2026-11-30 10:00"),
        ("2026-11-29 23:30", "2026-11-30 10:00"),
        ("2026-12-31 22:00", "2027-01-01 10:00"),
        ("2028-02-28 18:00", "2028-02-29 10:00"),
        ("2026-11-01 01:30", "2026-11-02 10:00"),
        ("2026-03-08 03:30", "2026-03-09 10:00"),
    ],
)
def test_the_next_meeting_is_today_where_the_working_day_has_an_hour_left(now: str, meeting: str) -> None:
    ahead = meeting_ahead(datetime.fromisoformat(now).replace(tzinfo=ZONE))

    assert f"{timezone.localtime(ahead):%Y-%m-%d %H:%M}" == meeting


def test_whoever_opens_the_demo_on_a_later_day_still_finds_its_meetings_ahead(db, in_the_demo: None) -> None:
    with time_machine.travel(TODAY, tick=False):
        shipped_edition()
        build()
    later = TODAY + timedelta(days=8, hours=4)
    with time_machine.travel(later, tick=False):
        call_command("demo_ahead")
        with past_the_wall():
            starts = {
                session.partnership.worker.short_name: f"{timezone.localtime(session.starts_at):%Y-%m-%d %H:%M}"
                for session in CoachingSession.objects.filter(opened_at=None)
            }
    assert starts == {"Wanda": "2026-12-02 12:30", "Linh": "2026-12-04 14:00"}


def test_a_meeting_of_the_demo_that_lies_ahead_stays_where_it_is(db, in_the_demo: None) -> None:
    with time_machine.travel(TODAY, tick=False):
        shipped_edition()
        build()
        with past_the_wall():
            before = set(CoachingSession.objects.values_list("pk", "starts_at"))
        call_command("demo_ahead")
        with past_the_wall():
            assert set(CoachingSession.objects.values_list("pk", "starts_at")) == before


def test_workdays_leave_out_the_weekend() -> None:
    friday = date(2026, 11, 27)

    assert workdays_from(friday, 1) == date(2026, 11, 30)
    assert workdays_from(friday, -5) == date(2026, 11, 20)
    assert workdays_from(friday, 0) == friday
    assert first_workday_from(friday) == friday
    assert first_workday_from(date(2026, 11, 28)) == date(2026, 11, 30)


def test_a_story_never_goes_back_or_past_the_present() -> None:
    with time_machine.travel(TODAY, tick=False) as traveller:
        clock = Clock(traveller, TODAY)
        clock.go(TODAY - timedelta(days=2))

        with pytest.raises(ValueError, match="goes forward"):
            clock.go(TODAY - timedelta(days=3))
        with pytest.raises(ValueError, match="ends today"):
            clock.go(TODAY + timedelta(minutes=1))


def test_outside_of_the_demo_it_refuses(db, settings) -> None:
    settings.SOPCOACH_DEMO = False

    with pytest.raises(CommandError, match="SOPCOACH_DEMO is not set"):
        build()
    assert not User.objects.exists()


def test_it_refuses_where_there_are_other_people(db, in_the_demo: None) -> None:
    UserFactory(name="Somebody Else")

    with pytest.raises(CommandError, match="nobody in it"):
        build()
    assert User.objects.count() == 1


def test_it_asks_for_an_edition_first(db, in_the_demo: None) -> None:
    with pytest.raises(CommandError, match="load an edition"):
        build()
    assert not User.objects.exists()


def test_it_refuses_an_edition_that_lacks_what_the_stories_speak_of(db, in_the_demo: None) -> None:
    small_edition()

    with pytest.raises(CommandError, match="facilitating-the-map"):
        build()
    assert not User.objects.exists()


def test_addresses_are_first_names_at_a_domain_that_takes_no_mail() -> None:
    emails = [person.email for person in EVERYBODY]

    assert len(set(emails)) == len(emails)
    assert all(email.endswith("@demo.example") for email in emails)
