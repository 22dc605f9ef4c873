"""Each morning: what waits for somebody becomes one mail, which says that something does (product.md, 11; ADR 26).

The job reads days and people, and no row that has words: PostgreSQL shows it none. Mails come on working days, in the
hours after the one that their reader chose; what a weekend holds is told on Friday.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coaching.groups.models import GroupSeat
from coaching.models import CoachingSession, Engagement, Partnership
from sopcoach.mailing.models import Letter
from sopcoach.mailing.notices import MailChoice, Notice
from sopcoach.mailing.occasions import Occasion, as_time
from sopcoach.mailing.posting import post
from sopcoach.mailing.writing import DAILY
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system
from sopcoach.words.zones import zone_of

ACTOR = "reminding"
"""Reads when meetings and check-in days are, for whom something waits, and who wants which mail. No words."""
WINDOW = timedelta(hours=3)
"""How long after the chosen hour the mail may come: whoever starts late in the day waits for tomorrow."""
SATURDAY = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Morning:
    """A working day as one reader has it."""

    today: date
    since: datetime
    """The hour that they chose. What came up after it waits for the next morning."""

    @property
    def next_workday(self) -> date:
        day = self.today + _DAY
        while day.weekday() >= SATURDAY:
            day += _DAY
        return day

    def is_told_today(self, day: date) -> bool:
        """Whether something of this day itself is told today: it is today, or the weekend before the next working day."""
        return self.today <= day < self.next_workday

    def is_day_before(self, day: date) -> bool:
        return self.today < day <= self.next_workday


def gather(now: datetime) -> int:
    """Put on its way whatever is due at this moment, and say how many mails that are. May be called at any time."""
    with acting_as_system(ACTOR):
        waiting = _what_waits(now)
        people = User.objects.filter(pk__in=waiting, is_active=True).in_bulk()
        chosen = {choice.person_id: choice for choice in MailChoice.objects.filter(person__in=people)}
        due = [
            choice
            for key, person in people.items()
            if _is_due(person, choice := chosen.get(key) or MailChoice(person=person), waiting[key], now)
        ]
        for choice in due:
            choice.gathered_on = _local(choice.person, now).date()
            choice.save(update_fields=None if choice._state.adding else ["gathered_on"])
        post([Letter(person=choice.person, template=DAILY) for choice in due])
    return len(due)


@dataclass(frozen=True)
class _Thing:
    occasion: str
    moment: datetime | None = None
    """When a meeting is."""
    day: date | None = None
    """For which day it is."""
    notice: Notice | None = None

    def is_for(self, morning: Morning, person: User) -> bool:
        if self.moment:
            return morning.is_day_before(_local(person, self.moment).date())
        if self.notice and self.notice.made_at > morning.since:
            return False
        return self.day is None or morning.is_told_today(self.day)


def _what_waits(now: datetime) -> dict[int, list[_Thing]]:
    waiting: defaultdict[int, list[_Thing]] = defaultdict(list)
    for key, thing in (*_notices(), *_meetings(now), *_check_ins(now), *_groups(now)):
        waiting[key].append(thing)
    return waiting


def _notices() -> Iterator[tuple[int, _Thing]]:
    going_on = set(Partnership.objects.filter(engagement=Engagement.FORMAL).values_list("pk", flat=True))
    for notice in Notice.objects.all():
        if notice.within and notice.within not in going_on:
            continue
        yield notice.person_id, _Thing(notice.occasion, day=notice.for_day, notice=notice)


def _meetings(now: datetime) -> Iterator[tuple[int, _Thing]]:
    ahead = CoachingSession.objects.filter(
        partnership__engagement=Engagement.FORMAL,
        opened_at=None,
        closed_at=None,
        starts_at__gt=now,
        starts_at__lt=now + 5 * _DAY,
    )
    rows = ahead.values_list("starts_at", "partnership__worker", "partnership__supervisor")
    for starts_at, *sides in rows:
        for side in sides:
            yield side, _Thing(Occasion.BEFORE, moment=starts_at)


def _check_ins(now: datetime) -> Iterator[tuple[int, _Thing]]:
    near = (now - 2 * _DAY).date(), (now + 5 * _DAY).date()
    trying = Partnership.objects.filter(engagement=Engagement.TRYING_ON, until_on__range=near)
    for worker, day in trying.values_list("worker", "until_on"):
        yield worker, _Thing(Occasion.CHECK_IN, day=day)


def _groups(now: datetime) -> Iterator[tuple[int, _Thing]]:
    ahead = GroupSeat.objects.filter(
        session__opened_at=None,
        session__closed_at=None,
        session__starts_at__gt=now,
        session__starts_at__lt=now + 5 * _DAY,
    )
    for person, starts_at in ahead.values_list("person", "session__starts_at"):
        yield person, _Thing(Occasion.GROUP, moment=starts_at)


def _is_due(person: User, choice: MailChoice, things: list[_Thing], now: datetime) -> bool:
    """Whether a mail goes to this person now. What it gathers is forgotten, and what they don't want to hear of."""
    local = _local(person, now)
    since = local.replace(
        hour=as_time(choice.hour).hour, minute=as_time(choice.hour).minute, second=0, microsecond=0
    )
    if local.weekday() >= SATURDAY or not since <= local <= since + WINDOW:
        return False
    if choice.gathered_on and choice.gathered_on >= local.date():
        return False
    morning = Morning(local.date(), since)
    told = [thing for thing in things if thing.is_for(morning, person)]
    gathered = [thing.notice.pk for thing in told if thing.notice]
    Notice.objects.filter(pk__in=gathered).delete()
    return any(choice.wants(thing.occasion) for thing in told)


def _local(person: User, moment: datetime) -> datetime:
    return moment.astimezone(zone_of(person.time_zone))
