"""What a year of coaching puts into two mailboxes: the demo's story, and on from there (product.md, 11)."""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from coaching.demo import wanda
from coaching.demo.clock import FIRST_START, Clock, at, meeting_ahead
from coaching.demo.pair import Pair
from coaching.demo.people import SAM, WANDA, make_people
from coaching.models import CoachingSession, Partnership
from coaching.reminding.gathering import gather
from tests.coaching import steps
from tests.profiles.factories import shipped_edition

YEAR = timedelta(days=365)


class Mornings(Clock):
    """A clock on whose way each morning's mails are gathered, with a list of what went out, to whom and when."""

    def __init__(self, traveller: time_machine.Traveller, present: datetime) -> None:
        super().__init__(traveller, present)
        self.sent: list[tuple[datetime, str, str]] = []

    def go(self, moment: datetime) -> None:
        self.note("at once")
        for morning in self._mornings_until(moment):
            self._traveller.move_to(morning.astimezone(UTC))
            gather(morning)
            self.note("gathered")
        super().go(moment)

    def note(self, how: str) -> None:
        self.sent += [(timezone.now(), message.to[0].partition("@")[0], how) for message in mail.outbox]
        mail.outbox.clear()

    def _mornings_until(self, moment: datetime) -> Iterator[datetime]:
        if self._moment is None:
            return
        day: date = timezone.localdate(self._moment)
        while (morning := at(day, 7, 31)) < moment:
            if morning > self._moment:
                yield morning
            day += timedelta(days=1)


@pytest.fixture
def year(db) -> list[tuple[datetime, str, str]]:
    shipped_edition()
    now = at(date(2026, 11, 24), 9)
    with time_machine.travel(now.astimezone(UTC), tick=False) as traveller:
        ahead = meeting_ahead(now)
        begun_on = ahead.date() - timedelta(weeks=2) * (len(wanda.STORY.meetings) + 1)
        clock = Mornings(traveller, now + YEAR)
        clock.go(at(begun_on - timedelta(weeks=3), FIRST_START))
        people = make_people()
        mail.outbox.clear()
        begun = timezone.now()
        pair = Pair(people[WANDA], people[SAM], clock=clock, first_on=begun_on, hour=FIRST_START)
        pair.tell(wanda.STORY, ahead=ahead)
        _go_on(clock, until=begun + YEAR)
        clock.note("at once")
        return clock.sent


def _go_on(clock: Mornings, *, until: datetime) -> None:
    """Another review every other week, as they have done: what the worker shares comes the day before."""
    partnership = Partnership.objects.get()
    while True:
        session = CoachingSession.objects.get(partnership=partnership, closed_at=None)
        assert session.starts_at
        if session.starts_at > until:
            return
        clock.go(session.starts_at)
        session.open(by=partnership.supervisor)
        steps.review(session, choice="carry_on")
        for goal in partnership.goals.filter(put_down_at=None, focus__rested_at=None)[:1]:
            if goal.entries.count() < goal.count:
                steps.practise(goal)[0].write_line(
                    by=partnership.worker, text="It came by itself.", share=True
                )
        clock.later(3000)
        steps.close(session, next_starts_at=session.starts_at + timedelta(weeks=2))


def test_a_year_puts_at_most_one_gathered_mail_a_day_into_a_mailbox(year, record_property):
    for moment, person, how in year:
        sys.stdout.write(f"{timezone.localtime(moment):%a %b %d %Y %H:%M}  {person:6} {how}\n")
    gathered = Counter((person, timezone.localdate(at)) for at, person, how in year if how == "gathered")
    assert gathered
    assert set(gathered.values()) == {1}
    assert not [at for at, _, how in year if how == "gathered" and timezone.localtime(at).weekday() >= 5]
    assert {person for _, person, _ in year} == {"wanda", "sam"}
    by_person = Counter(person for _, person, _ in year)
    at_once = sum(how == "at once" for _, _, how in year)
    record_property(
        "mails_of_a_year",
        f"{by_person['wanda']} to Wanda, {by_person['sam']} to Sam, {at_once} of them at once; never two gathered on one day",
    )
