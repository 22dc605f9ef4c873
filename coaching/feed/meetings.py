"""Somebody's meetings as a calendar file: when they are, and nothing else (product.md, 11)."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone
from icalendar import Calendar, Event

from coaching.groups.models import GroupSession
from coaching.models import CoachingSession, Engagement
from sopcoach.models import User
from sopcoach.words.zones import zone_of

SINCE = timedelta(days=90)
"""How far back meetings stand in it."""
GROUP_LENGTH = timedelta(hours=1)
_YEAR = timedelta(days=366)
_NAMES = uuid.UUID("5f0c8a0e-9d0b-4d3e-8a55-6f1f0b1c7d21")


def calendar_of(user: User, title: str) -> bytes:
    """What a calendar reads: each meeting under the same name for ever, also when it moves or is called off."""
    zone = zone_of(user.time_zone)
    calendar = Calendar()
    calendar.add("prodid", "-//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    for event in (*_sessions(user, zone), *_groups(user, zone)):
        event.add("summary", title)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    today = timezone.localdate()
    calendar.add_missing_timezones(first_date=date(today.year - 1, 1, 1), last_date=today + 2 * _YEAR)
    return bytes(calendar.to_ical())


def _event(key: uuid.UUID, begins: datetime, length: timedelta, changed: datetime, zone: ZoneInfo) -> Event:
    begins = begins.astimezone(zone)
    event = Event()
    event.add("uid", str(uuid.uuid5(_NAMES, str(key))))  # the key itself stands in addresses of the product
    event.add("dtstamp", changed)
    event.add("dtstart", begins)
    event.add("dtend", begins + length)
    return event


def _sessions(user: User, zone: ZoneInfo) -> Iterator[Event]:
    since = timezone.now() - SINCE
    rows = CoachingSession.objects.visible_to(user).filter(
        Q(partnership__worker=user) | Q(partnership__supervisor=user),
        Q(starts_at__gte=since) | Q(starts_at=None, moved_from__gte=since),
        partnership__engagement__in=(Engagement.FORMAL, Engagement.PAUSED),
    )
    for session in rows.exclude(kind=CoachingSession.Kind.CONVERSATION).select_related("partnership"):
        begins = session.starts_at or (session.moved_from if session.is_called_off else None)
        if begins is None:
            continue
        changed = session.moved_at or session.partnership.begun_at
        event = _event(session.pk, begins, timedelta(minutes=session.minutes), changed, zone)
        event.add("sequence", session.sequence)
        event.add("status", "CANCELLED" if session.is_called_off else "CONFIRMED")
        yield event


def _groups(user: User, zone: ZoneInfo) -> Iterator[Event]:
    rows = GroupSession.objects.visible_to(user).filter(
        seats__person=user, starts_at__gt=timezone.now() - SINCE
    )
    for session in rows.distinct():
        if session.starts_at:
            event = _event(session.pk, session.starts_at, GROUP_LENGTH, session.starts_at, zone)
            event.add("status", "CONFIRMED")
            yield event
