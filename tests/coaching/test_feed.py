"""A private calendar of one's meetings, read back by a library that didn't write it (product.md, 11)."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from coaching.groups.models import planning
from coaching.models.engagement import end
from profiles.models import PracticeProfile
from sopcoach.mailing.feed import CalendarFeed
from sopcoach.models import User
from tests.coaching import gathering, steps
from tests.coaching.dumping import dump
from tests.coaching.khal import client_in

pytestmark = pytest.mark.both_databases

ME = reverse("me_calendar")


def made(client: Client, title: str = "Meeting") -> str:
    """Make an address as its person does, and read it off the page."""
    page = client.post(ME, {"act": "make", "title": title}, follow=True).text
    return re.search(r"http://testserver(/calendar/[\w-]+\.ics)", page)[1]


def read(address: str) -> Calendar:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return IcsCalendarStream.calendar_from_ics(answer.content.decode())


def last(address: str) -> Event:
    """The meeting ahead: the opening session, which was held, stands before it."""
    return sorted(read(address).events, key=lambda event: event.dtstart)[-1]


@pytest.fixture
def planned(session, cast):
    session.move_to(datetime(2027, 3, 12, 22, tzinfo=UTC), by=cast.sam)  # two days before clocks change
    return session


@pytest.fixture(autouse=True)
def _in_november(time_machine) -> None:
    time_machine.move_to(datetime(2026, 11, 30, 18, tzinfo=UTC))


def test_a_meeting_is_looked_up_by_both_sides_and_says_when_it_is_and_no_more(planned, cast, client_for):
    for person in (cast.wanda, cast.sam):
        event = last(made(client_for(person)))
        assert event.dtstart == datetime(2027, 3, 12, 14, tzinfo=ZoneInfo("America/Los_Angeles"))
        assert event.dtend - event.dtstart == timedelta(hours=1)
        assert (event.summary, event.classification, event.status) == ("Meeting", "PRIVATE", "CONFIRMED")
        assert (event.description, event.location, event.organizer, event.attendees) == (None, None, None, [])


def test_nothing_in_the_file_says_what_it_is_or_with_whom(planned, cast, client_for):
    text = re.sub(r"UID:.*", "", Client().get(made(client_for(cast.wanda))).text)  # letters by chance
    names = [part for user in cast.everybody for part in (*user.name.split(), user.email)]
    for word in (*names, "coach", "session", "supervis", planned.partnership.slug, str(planned.pk)):
        assert word.lower() not in text.lower(), word
    assert "BEGIN:VTIMEZONE" in text
    assert "TZID:America/Los_Angeles" in text


def test_it_keeps_its_name_and_counts_its_changes_over_a_move_and_a_call_off(planned, cast, client_for):
    address = made(client_for(cast.wanda))
    first = last(address)
    planned.move_to(planned.starts_at + timedelta(days=4), by=cast.wanda)
    second = last(address)
    planned.call_off(by=cast.sam)
    third = last(address)
    planned.move_to(timezone.now() + timedelta(days=30), by=cast.sam)
    fourth = last(address)

    assert {first.uid, second.uid, third.uid, fourth.uid} == {first.uid}
    assert [one.status for one in (first, second, third, fourth)] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
        "CONFIRMED",
    ]
    changes = [one.sequence for one in (first, second, third, fourth)]
    assert changes[:3] == [first.sequence, first.sequence + 1, first.sequence + 2]
    assert changes[3] > changes[2]
    assert second.dtstart.hour == 15, "the same moment, after clocks have changed"
    assert third.dtstart == second.dtstart


def test_it_is_on_its_readers_own_clock(planned, cast, client_for):
    cast.wanda.read_clock("America/New_York", by=cast.wanda)
    event = last(made(client_for(cast.wanda)))
    assert event.dtstart == datetime(2027, 3, 12, 17, tzinfo=ZoneInfo("America/New_York"))


def test_a_group_that_one_is_in_stands_in_it_as_well(cast, edition, client_for):
    group = gathering.open_group(cast.sam, [cast.wanda])
    profile = PracticeProfile.objects.first()
    planning.plan(group, by=cast.sam, profile=profile, starts_at=timezone.now() + timedelta(days=3))
    assert last(made(client_for(cast.sam))).summary == "Meeting"
    assert not read(made(client_for(cast.wanda))).events, "Wanda hasn’t said yes"


def test_once_coaching_has_ended_its_meetings_are_gone(planned, cast, client_for):
    address = made(client_for(cast.sam))
    end(planned.partnership, by=cast.wanda)
    assert not read(address).events


def test_somebody_elses_meetings_are_in_nobodys_calendar(planned, cast, client_for):
    assert not read(made(client_for(cast.petra))).events
    assert not read(made(client_for(cast.ada))).events


def test_it_has_the_title_that_its_person_chose(planned, cast, client_for):
    client = client_for(cast.wanda)
    address = made(client, "Busy; very, <b>busy</b>")
    assert last(address).summary == "Busy; very, <b>busy</b>"
    client.post(ME, {"act": "call", "title": ""})
    assert last(address).summary == "Meeting"


def test_it_is_shown_once_and_kept_as_a_hash(planned, cast, client_for):
    client = client_for(cast.wanda)
    address = made(client)
    token = address.removeprefix("/calendar/").removesuffix(".ics")
    page = client.get("/me/").text
    assert token not in page
    assert "Not looked up yet." in page
    read(address)
    assert "Last looked up on November 30" in client.get("/me/").text


@pytest.mark.django_db(transaction=True)
def test_a_stolen_copy_opens_no_calendar(cast, client_for):
    token = made(client_for(cast.wanda)).removeprefix("/calendar/").removesuffix(".ics")
    assert token not in dump()


def test_revoked_it_answers_nothing_and_a_new_one_takes_the_place_of_the_old(planned, cast, client_for):
    client = client_for(cast.wanda)
    first, second = made(client), made(client)
    assert Client().get(first).status_code == 404
    assert last(second)
    client.post(reverse("me_calendar_revoke"), {"act": "revoke"})
    assert Client().get(second).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_a_closed_accounts_address_answers_nothing(planned, cast, client_for):
    address = made(client_for(cast.wanda))
    User.objects.filter(pk=cast.wanda.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_whoever_tries_addresses_has_to_wait_and_a_calendar_does_not(planned, cast, client_for):
    cache.clear()
    address = made(client_for(cast.wanda))
    answers = [Client().get(reverse("calendar_feed", args=[f"guess-{n}"])).status_code for n in range(22)]
    assert answers == [404] * 20 + [429] * 2
    assert last(address)


@pytest.mark.parametrize("title", ["x" * 61, "Meet\x00ing", "a" * 5000])
def test_a_title_that_cannot_be_is_refused_in_a_sentence(cast, client_for, title):
    answer = client_for(cast.wanda).post(ME, {"act": "make", "title": title})
    assert answer.status_code == 200
    assert "wrong" in answer.text
    assert not CalendarFeed.objects.exists()


def test_without_its_button_nothing_is_made(cast, client_for):
    assert client_for(cast.wanda).post(ME, {"title": "Meeting"}).status_code == 403
    assert not CalendarFeed.objects.exists()


def test_what_was_held_stays_in_it(planned, cast, client_for, time_machine):
    address = made(client_for(cast.wanda))
    uid = last(address).uid
    time_machine.move_to(planned.starts_at)
    planned.open(by=cast.sam)
    following = steps.close(planned)
    assert uid in [event.uid for event in read(address).events]
    assert last(address).uid != uid
    assert last(address).dtstart == following.starts_at.replace(microsecond=0)


# ------------------------------------------------------------ a real client


@pytest.fixture
def khal(tmp_path: Path) -> Callable[[str], list[str]]:
    holds = client_in(tmp_path)
    return lambda address: holds(Client().get(address).content, "2027-03-01")


def test_a_real_client_reads_it_and_follows_a_move_and_a_call_off(planned, cast, client_for, khal):
    address = made(client_for(cast.wanda))
    assert khal(address) == ["2027-03-12 14:00 Meeting CONFIRMED"]
    planned.move_to(datetime(2027, 3, 16, 21, 30, tzinfo=UTC), by=cast.sam)  # the clocks have gone forward
    assert khal(address) == ["2027-03-16 14:30 Meeting CONFIRMED"]
    planned.call_off(by=cast.wanda)
    assert khal(address) == ["2027-03-16 14:30 Meeting CANCELLED"]


def test_the_address_stands_once_in_a_field_that_is_taken_whole(cast, client_for):
    client = client_for(cast.wanda)
    page = client.post(ME, {"act": "make", "title": "Meeting"}, follow=True).text
    field = re.search(r'<input [^>]*aria-label="Address of my calendar"[^>]*>', page)[0]
    address = re.search(r'value="http://testserver(/calendar/[\w-]+\.ics)"', field)[1]
    assert "readonly" in field
    assert "name=" not in field  # goes nowhere with a form
    assert Client().get(address).status_code == 200
    assert "Address of my calendar" not in client.get(reverse("me")).text
