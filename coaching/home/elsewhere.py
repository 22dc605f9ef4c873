"""What home says besides the partnerships: notes that colleagues have shown, trainings, and groups. One query for all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import Case, F, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from coaching.groups.models import GroupSession
from coaching.groups.models.session import title_with
from coaching.models import ShownNote
from coaching.models.shadowing import NEW_FOR
from coaching.training.models import Cohort
from sopcoach.models import User
from sopcoach.models.written import once

TOLD_FOR = timedelta(days=7)
"""How long after its last day a training stands on home."""


@dataclass(frozen=True)
class Training:
    slug: str
    title: str
    starts_on: date
    ends_on: date
    is_led: bool

    @property
    def asks(self) -> bool:
        """On its last day and for a week after: what becomes of one's placements?"""
        return not self.is_led and self.ends_on <= timezone.localdate()


@dataclass(frozen=True)
class GroupMeeting:
    group: str
    number: int
    title: str
    led_by: str
    """Whose account is open still; else nobody is named."""
    starts_at: datetime | None
    is_open: bool
    is_in: bool


@dataclass(frozen=True)
class Elsewhere:
    shown_by: list[str]
    """The names of those who have shown this person a note lately."""
    trainings: list[Training]
    meetings: list[GroupMeeting]


class _Row(NamedTuple):
    kind: str
    slug: Any = None
    number: Any = None
    title: Any = None
    person: Any = None
    name: Any = None
    sorted_as: Any = None
    starts_on: Any = None
    ends_on: Any = None
    at: Any = None
    began_at: Any = None
    holds: Any = None


_COLUMNS: dict[str, "models.Field[Any, Any]"] = {
    "slug": models.CharField(max_length=16),
    "number": models.IntegerField(),
    "title": models.CharField(max_length=200),
    "person": models.IntegerField(),
    "name": models.CharField(max_length=200),
    "sorted_as": models.CharField(max_length=200),
    "starts_on": models.DateField(),
    "ends_on": models.DateField(),
    "at": models.DateTimeField(),
    "began_at": models.DateTimeField(),
    "holds": models.BooleanField(),
}


def elsewhere_for(user: User) -> Elsewhere:
    found = [_Row._make(row) for row in once(_rows, user)]
    lately, today = timezone.now() - NEW_FOR, timezone.localdate()
    shown = {(row.sorted_as, row.name) for row in found if row.kind == "note" and row.at > lately}
    trainings = [row for row in found if row.kind == "training" and row.ends_on >= today - TOLD_FOR]
    trainings.sort(key=lambda row: row.title)
    trainings.sort(key=lambda row: row.starts_on, reverse=True)
    meetings = [row for row in found if row.kind == "group"]
    return Elsewhere(
        [name for _, name in sorted(shown)],
        [
            Training(row.slug, row.title, row.starts_on, row.ends_on, is_led=row.person == user.pk)
            for row in trainings
        ],
        [_meeting(row) for row in sorted(meetings, key=lambda row: row.number)],
    )


def _meeting(row: _Row) -> GroupMeeting:
    return GroupMeeting(
        row.slug,
        row.number,
        title_with(row.title),
        row.name or "",
        row.at,
        is_open=bool(row.began_at),
        is_in=bool(row.holds),
    )


def _rows(user: User, _: Sequence[UUID]) -> QuerySet[Any, tuple[Any, ...]]:
    def known(kind: str, rows: QuerySet[Any], **columns: Any) -> QuerySet[Any, Any]:
        told = {name: F(value) if isinstance(value, str) else value for name, value in columns.items()}
        nothing = {name: Cast(Value(None), column) for name, column in _COLUMNS.items()}
        return rows.order_by().values_list(Value(kind), *(nothing | told).values())

    notes = ShownNote.objects.visible_to(user).filter(reader=user)
    trainings = Cohort.objects.visible_to(user).attended_by(user)
    return (
        known(
            "training",
            trainings,
            slug="slug",
            title="title",
            person="facilitator",
            starts_on="starts_on",
            ends_on="ends_on",
        )
        .union(
            known("note", notes, name="author__name", sorted_as="author__name_folded", at="shown_at"),
            known(
                "group",
                GroupSession.objects.visible_to(user).ahead_of(user),
                slug="group__slug",
                number="number",
                title="profile__title",
                name=Case(When(facilitator__is_active=True, then="facilitator__name")),
                at="starts_at",
                began_at="opened_at",
                holds="is_in",
            ),
            all=True,
        )
        .order_by()
    )
