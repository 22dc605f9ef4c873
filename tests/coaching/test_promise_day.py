"""A promise begins with the day on which the two meet again, and is kindly spoken of once that day is over."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from coaching.models import CoachingSession, Draft, Promise
from tests.coaching import steps

pytestmark = pytest.mark.django_db
THEN = datetime(2026, 11, 6, 18, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 27, 18, 0, tzinfo=UTC)
MEET_AGAIN = 'name="due_on" data-field="due_on" data-revision="0" value="2026-11-20"'


@pytest.fixture
def meeting(partnership) -> CoachingSession:
    with time_machine.travel(THEN, tick=True):
        session = steps.open_session(partnership)
        steps.agree(partnership)
    return session


def stage(session: CoachingSession) -> str:
    return reverse("stage", args=[session.partnership.slug, session.number, "next_steps"])


def test_it_begins_with_the_day_of_the_next_meeting(meeting, client_for):
    with time_machine.travel(THEN, tick=True):
        assert MEET_AGAIN in client_for(meeting.partnership.worker).get(stage(meeting)).text


def test_what_somebody_has_chosen_or_emptied_stays(meeting, client_for):
    wanda = meeting.partnership.worker
    with time_machine.travel(THEN, tick=True):
        Draft.put(meeting, by=wanda, field="due_on", text="2026-11-12", revision=0)
        assert 'value="2026-11-12"' in client_for(wanda).get(stage(meeting)).text
        Draft.put(meeting, by=wanda, field="due_on", text="", revision=1)
        page = client_for(wanda).get(stage(meeting)).text
    assert 'data-field="due_on" data-revision="2" value=""' in page


def test_nothing_is_offered_where_no_rhythm_is_agreed(partnership, client_for):
    session = steps.open_session(partnership)
    page = client_for(partnership.worker).get(stage(session)).text
    assert 'data-field="due_on" data-revision="0" value=""' in page


def test_after_a_conversation_it_is_the_day_that_is_planned(meeting, client_for):
    wanda = meeting.partnership.worker
    with time_machine.travel(THEN, tick=True):
        steps.close(meeting, next_starts_at=timezone.now() + timedelta(days=9))
        said = CoachingSession.converse(meeting.partnership, by=wanda)
        page = client_for(wanda).get(stage(said)).text
    assert 'value="2026-11-15"' in page


@pytest.fixture
def following(meeting) -> CoachingSession:
    with time_machine.travel(THEN, tick=True):
        for by in (meeting.partnership.worker, meeting.partnership.supervisor):
            Promise.make(
                meeting, by=by, text="Ask a teacher", due_on=datetime(2026, 11, 20, tzinfo=UTC).date()
            )
        return steps.close(meeting, next_starts_at=LATER + timedelta(hours=2))


def pages(session: CoachingSession) -> list[str]:
    pair = session.partnership
    return [
        reverse("home"),
        reverse("partnership", args=[pair.slug]),
        reverse("session", args=[pair.slug, session.number]),
    ]


def test_once_the_day_is_over_its_keeper_is_asked_and_the_other_is_told(following, client_for):
    with time_machine.travel(LATER, tick=True):
        client = client_for(following.partnership.worker)
        for address in pages(following):
            page = client.get(address).text
            assert page.count("It was for November 20.") == 2, address
            assert page.count("It was for November 20. Done meanwhile?") == 1, address


def test_whoever_coaches_is_asked_on_the_first_page_too(following, client_for):
    with time_machine.travel(LATER, tick=True):
        page = client_for(following.partnership.supervisor).get(reverse("home")).text
    assert "Ask a teacher. It was for November 20. Done meanwhile?" in page


def test_on_the_day_itself_and_once_it_is_done_nobody_is_asked(following, client_for):
    client = client_for(following.partnership.worker)
    with time_machine.travel(datetime(2026, 11, 20, 20, 0, tzinfo=UTC), tick=True):
        assert not any("It was for" in client.get(address).text for address in pages(following))
        for promise in Promise.objects.select_related("keeper", "partnership"):
            promise.keep(by=promise.keeper)
    with time_machine.travel(LATER, tick=True):
        client = client_for(following.partnership.worker)
        assert not any("It was for" in client.get(address).text for address in pages(following))


def test_a_closed_session_stays_as_it_was(following, client_for):
    with time_machine.travel(LATER, tick=True):
        following.open(by=following.partnership.worker)
        steps.close(following)
        page = client_for(following.partnership.worker).get(pages(following)[2]).text
    assert "by Friday, November 20" in page
    assert "It was for" not in page
