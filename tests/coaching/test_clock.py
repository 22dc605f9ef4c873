"""Days and hours on the clock of whoever reads."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from coaching.models import CoachingSession
from coaching.statistics.quarters import Quarter
from sopcoach.words import zones
from sopcoach.words.refusal import Refused
from tests.coaching import steps

NOON = datetime(2026, 12, 4, 20, 0, tzinfo=UTC)
"""At noon in Los Angeles."""


@pytest.fixture
def meeting(cast, edition) -> CoachingSession:
    session = steps.ready_for_review(cast.wanda, cast.sam)
    CoachingSession.objects.filter(pk=session.pk).update(starts_at=NOON)
    return session


@pytest.fixture(autouse=True)
def on_the_day_before():
    with time_machine.travel(datetime(2026, 12, 3, 18, 0, tzinfo=UTC)):
        yield


def page_of(client_for, person, session) -> str:
    return client_for(person).get(reverse("session", args=[session.partnership.slug, session.number])).text


def test_each_side_reads_the_same_meeting_on_their_own_clock(client_for, cast, meeting):
    answer = client_for(cast.wanda).post(reverse("me_clock"), {"time_zone": "America/New_York"}, follow=True)

    assert "Your pages are in Eastern time." in answer.text
    assert "Friday, December 4, 3:00 PM to 4:00 PM" in page_of(client_for, cast.wanda, meeting)
    assert "Friday, December 4, 12:00 PM to 1:00 PM" in page_of(client_for, cast.sam, meeting)


def test_what_is_typed_on_ones_own_clock_is_read_so(client_for, cast, meeting):
    cast.wanda.read_clock("America/New_York", by=cast.wanda)
    address = reverse("session_move", args=[meeting.partnership.slug, meeting.number])

    client_for(cast.wanda).post(address, {"day": "2026-12-05", "at": "09:30"})

    meeting.refresh_from_db()
    assert meeting.starts_at == datetime(2026, 12, 5, 14, 30, tzinfo=UTC)
    assert "Saturday, December 5, 6:30 AM" in page_of(client_for, cast.sam, meeting)


def test_whoever_goes_back_to_the_agencys_clock_reads_it(client_for, cast, meeting):
    cast.wanda.read_clock("Europe/Berlin", by=cast.wanda)
    client_for(cast.wanda).post(reverse("me_clock"), {"time_zone": ""})

    assert "12:00 PM to 1:00 PM" in page_of(client_for, cast.wanda, meeting)
    assert "Days and hours in Pacific time." in client_for(cast.wanda).get(reverse("me")).text


def test_a_rhythm_keeps_its_hour_on_the_agencys_clock_whoever_closes_the_session(cast, edition):
    partnership = steps.begin(cast.wanda, cast.sam)
    agreement = steps.agree(partnership)
    before_the_change = datetime(2026, 10, 27, 17, 0, tzinfo=UTC)  # at ten in Los Angeles, and in Phoenix
    with timezone.override("America/Phoenix"):
        following = agreement.next_after(before_the_change)
    assert following == datetime(
        2026, 11, 10, 18, 0, tzinfo=UTC
    )  # at ten again, though Phoenix changed no clock


def test_a_quarter_begins_at_midnight_on_the_agencys_clock(db):
    with timezone.override("Pacific/Guam"):
        assert Quarter(2026, 4).begins_at == datetime(2026, 10, 1, 7, 0, tzinfo=UTC)


def test_a_clock_that_is_nowhere_is_refused_with_a_sentence(client_for, cast):
    answer = client_for(cast.wanda).post(reverse("me_clock"), {"time_zone": "Mars/Olympus"})
    cast.wanda.refresh_from_db()

    assert "Choose one of these time zones." in answer.text
    assert cast.wanda.time_zone == ""
    with pytest.raises(ValidationError, match="Choose one"):
        cast.wanda.read_clock("../etc/passwd", by=cast.wanda)


def test_nobody_chooses_anothers_clock(cast):
    with pytest.raises(Refused):
        cast.wanda.read_clock("America/New_York", by=cast.ada)


def test_a_zone_that_the_server_has_forgotten_is_the_agencys():
    assert zones.zone_of("Atlantis/Old_Town").key == "America/Los_Angeles"
