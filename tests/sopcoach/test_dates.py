"""How days and clocks are said."""

from datetime import UTC, date, datetime, time, timedelta
from datetime import timezone as fixed
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.template import Context, Template

from sopcoach.words import dates

CALIFORNIA = ZoneInfo("America/Los_Angeles")

pytestmark = pytest.mark.usefixtures("on_an_evening_in_november")


@pytest.fixture
def on_an_evening_in_november():
    with time_machine.travel(datetime(2026, 11, 24, 20, 0, tzinfo=CALIFORNIA), tick=False):
        yield


def shown(template: str, value: object) -> str:
    return Template(template).render(Context({"it": value}))


def test_a_day_of_this_year_stands_without_its_year():
    assert dates.day(date(2026, 12, 8)) == "December 8"
    assert dates.day(date(2026, 12, 8), "weekday") == "Tuesday, December 8"
    assert dates.day(date(2026, 12, 8), "short") == "Dec 8"


def test_a_day_of_another_year_stands_with_its_year():
    assert dates.day(date(2025, 12, 1)) == "December 1, 2025"
    assert dates.day(date(2126, 12, 8), "weekday") == "Sunday, December 8, 2126"
    assert dates.day(date(26, 11, 20), "short") == "Nov 20, 0026"


def test_what_is_dated_has_its_year_always():
    assert dates.day(date(2026, 11, 24), "dated") == "November 24, 2026"
    assert dates.moment(datetime(2026, 11, 24, 22, 5, tzinfo=UTC), "dated") == "November 24, 2026, 2:05 PM"


def test_a_month_is_told_from_the_same_month_of_another_year():
    assert dates.month(date(2026, 10, 3)) == "October"
    assert dates.month(date(2025, 10, 3)) == "October 2025"
    assert dates.month(date(2025, 10, 3), "mark") == "Oct ’25"


def test_a_moment_is_on_the_day_of_the_readers_clock():
    new_year = datetime(2027, 1, 1, 5, 0, tzinfo=UTC)

    assert dates.moment(new_year) == "December 31, 9:00 PM"
    assert dates.local_day(new_year) == date(2026, 12, 31)


def test_the_year_is_this_one_by_the_readers_clock():
    with time_machine.travel(datetime(2027, 1, 1, 5, 0, tzinfo=UTC), tick=False):
        assert dates.day(date(2026, 12, 31)) == "December 31"
        assert dates.day(date(2027, 1, 1)) == "January 1, 2027"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(1, 1, 1, 0, 30, tzinfo=UTC), "January 1, 0001, 12:30 AM"),
        (datetime(9999, 12, 31, 23, 30, tzinfo=UTC), "December 31, 9999, 3:30 PM"),
        (datetime(9999, 12, 31, 23, 30, tzinfo=fixed(timedelta(hours=-12))), "December 31, 9999, 11:30 PM"),
    ],
)
def test_the_ends_of_the_calendar_are_said_rather_than_broken_at(at, said):
    assert dates.moment(at) == said


def test_nothing_is_said_of_no_day():
    assert (dates.day(None), dates.month(None), dates.clock(None), dates.moment(None)) == ("", "", "", "")


def test_a_way_of_saying_that_nobody_knows_is_a_mistake():
    with pytest.raises(KeyError):
        dates.day(date(2026, 1, 1), "d.m.y")


def test_every_template_has_them():
    assert (
        shown("{{ it|day }} {{ it|day:'weekday' }}", date(2027, 1, 5))
        == "January 5, 2027 Tuesday, January 5, 2027"
    )
    assert shown(
        "{{ it|moment }} {{ it|clock }} {{ it|month }}", datetime(2026, 11, 24, 22, 5, tzinfo=UTC)
    ) == ("November 24, 2:05 PM 2:05 PM November")
    assert shown("{{ it|clock }}", time(9, 0)) == "9:00 AM"


def test_a_field_for_a_day_keeps_what_was_typed():
    assert shown("{{ it|iso }}", date(26, 11, 20)) == "0026-11-20"
    assert shown("{{ it|iso }}", "<tomorrow>") == "&lt;tomorrow&gt;"
    assert shown("{{ it|iso }}", None) == ""
