"""Three days in which the product reaches people: a mail that leads in, a calendar that follows, a switch that ends it."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from coaching.models import AgreementDraft, CoachingSession, Partnership
from coaching.reminding.gathering import gather
from tests.browser.person import Person
from tests.cast import Cast
from tests.coaching import steps
from tests.coaching.khal import client_in

PACIFIC = ZoneInfo("America/Los_Angeles")
MONDAY = datetime(2026, 12, 7, 9, 0, tzinfo=PACIFIC)


@pytest.fixture
def clock() -> Iterator[Callable[[datetime], None]]:
    with time_machine.travel(MONDAY.astimezone(UTC), tick=True) as traveller:
        yield lambda moment: traveller.move_to(moment.astimezone(UTC), tick=True)


def mails_to(person: str) -> list[str]:
    """The bodies of what has come since, to somebody by the first part of their address."""
    found = [one.body for one in mail.outbox if one.to[0].startswith(f"{person}.")]
    mail.outbox.clear()
    return found


def test_three_days_between_invitation_and_meeting(
    cast: Cast,
    clock: Callable[[datetime], None],
    sits_down: Callable[..., Person],
    tmp_path: Path,
) -> None:
    # Monday: Sam invites Petra, her mail leads her in, she says yes
    sam = sits_down(cast.sam)
    sam.follows("Invite a worker")
    sam.ticks("Petra Lindqvist")
    sam.presses("Send it")
    sam.is_told("Your invitation is with")
    [body] = mails_to("petra")
    link = re.search(r"http://testserver(/\S*)", body)
    assert link
    petra = sits_down(cast.petra, 390)
    petra.page.goto(link[1])
    petra.follows("Read Sam’s invitation")
    petra.chooses("Formal coaching")
    petra.presses("Answer")
    partnership = Partnership.objects.get()
    session = _planned_by_the_slot(partnership)
    holds = client_in(tmp_path)

    def calendar() -> list[str]:
        return holds(petra.page.request.get(feed).body(), "2026-12-08")

    petra.page.goto("/me/")
    petra.presses("Make the address")
    shown = petra.page.get_by_label("Address of my calendar").input_value()
    found = re.search(r"/calendar/[\w-]+\.ics", shown)
    assert found
    feed = found[0]
    assert calendar() == ["2026-12-11 10:00 Meeting CONFIRMED"]

    # Tuesday: Sam moves it to Thursday, which is within 48 hours
    clock(MONDAY + timedelta(days=1))
    mail.outbox.clear()
    sam, petra = sits_down(cast.sam), sits_down(cast.petra, 390)
    sam.page.goto(f"/coaching/{partnership.slug}/sessions/2/")
    sam.page.get_by_text("Choose another day, or call it off").click()
    sam.writes("2026-12-10", into="Day")
    sam.writes("08:30", into="From")
    sam.presses("Move the session")
    sam.sees("moved it from Friday, December 11, 10:00 AM to Thursday, December 10, 8:30 AM")
    assert len(mails_to("petra")) == 1
    assert calendar() == ["2026-12-10 08:30 Meeting CONFIRMED"]
    petra.page.goto("/")
    petra.sees("Sam moved it from Friday, December 11")

    sam.page.goto(
        "about:blank"
    )  # home for the night: an open page would ask as somebody who is signed out by then

    # Wednesday: the day before, both hear in the morning; Petra ends her mails by one press
    clock(MONDAY.replace(hour=7, minute=31) + timedelta(days=2))
    gather(timezone.now())
    assert {message.to[0].partition(".")[0] for message in mail.outbox} == {"petra", "sam"}
    mail.outbox.clear()
    sam, petra = sits_down(cast.sam), sits_down(cast.petra, 390)
    petra.page.goto("/me/")
    petra.presses("Send me none of these")
    sam.page.goto(f"/coaching/{partnership.slug}/sessions/2/")
    sam.page.get_by_text("Choose another day, or call it off").click()
    sam.presses("Call it off")
    sam.is_told("Session 2 is called off.")
    assert mails_to("petra") == []
    assert calendar() == ["2026-12-10 08:30 Meeting CANCELLED"]
    petra.page.goto("/")
    expect(petra.page.get_by_text("No day is planned with Sam at the moment").first).to_be_visible()
    assert CoachingSession.objects.get(pk=session.pk).starts_at is None


def _planned_by_the_slot(partnership: Partnership) -> CoachingSession:
    """The opening session is held, and both have agreed on every other Friday at ten."""
    opening = steps.open_session(partnership)
    draft = AgreementDraft.begin(partnership, by=partnership.supervisor)
    terms = {name: getattr(draft, name) for name in draft.FIELDS}
    draft.put(by=partnership.supervisor, **terms | {"rhythm": "weekly", "weekday": "4", "at": "10:00"})
    agreement = draft.sign(by=partnership.supervisor)
    agreement.sign(by=partnership.worker)
    steps.walk_through(partnership)
    for focus in steps.focus_on(partnership, 1):
        steps.set_goal(focus)
    following = agreement.next_ahead(timezone.now() - timedelta(weeks=1))
    return steps.close(opening, next_starts_at=following)
