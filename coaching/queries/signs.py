"""What is known of partnerships, as signs: each let in by `visible_to`, all of them in one query that is written once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import F, Max, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat

from coaching.models import (
    Agreement,
    AgreementDraft,
    CoachingSession,
    ErasureConsent,
    Focus,
    Goal,
    OrientationWish,
    Partnership,
    Reflection,
    Release,
    ReviewedFocus,
    SelfRating,
    Target,
    WalkthroughDone,
)
from coaching.models.edition_move import EditionMove
from profiles.models import Edition
from sopcoach.models import User


class Sign(NamedTuple):
    """One thing that is known of a partnership, and never a word of it. What doesn't apply to its kind is None."""

    kind: str
    partnership: UUID
    person: int | None
    focus: UUID | None
    session: UUID | None
    number: int | None
    minutes: int | None
    slug: str | None
    title: str | None
    at: datetime | None
    also_at: datetime | None


_COLUMNS: dict[str, "models.Field[Any, Any]"] = {
    "partnership": models.UUIDField(),
    "person": models.IntegerField(),
    "focus": models.UUIDField(),
    "session": models.UUIDField(),
    "number": models.IntegerField(),
    "minutes": models.IntegerField(),
    "slug": models.CharField(max_length=60),
    "title": models.CharField(max_length=200),
    "at": models.DateTimeField(),
    "also_at": models.DateTimeField(),
}


def signs(user: User, partnerships: Sequence[UUID]) -> QuerySet[Any, tuple[Any, ...]]:
    def known(kind: str, rows: QuerySet[Any], by: str = "partnership", **columns: Any) -> QuerySet[Any, Any]:
        told = {"partnership": F(by)} | {
            name: F(value) if isinstance(value, str) else value for name, value in columns.items()
        }
        nothing = {name: Cast(Value(None), column) for name, column in _COLUMNS.items()}
        here = rows.filter(**{f"{by}__in": partnerships}).order_by()
        return here.values_list(Value(kind), *(nothing | told).values())

    ahead = Q(session__isnull=False, session__closed_at=None)
    held = (
        CoachingSession.objects.visible_to(user)
        .filter(closed_at__isnull=False, opened_at__isnull=False)
        .exclude(kind=CoachingSession.Kind.CONVERSATION)
    )
    moved = CoachingSession.objects.visible_to(user).move_shown()
    left = CoachingSession.objects.visible_to(user).filter(closed_at=None, went_on_at__isnull=False)
    first, *others = (
        known(
            "agreement",
            Agreement.objects.visible_to(user),
            person="proposed_by",
            number="number",
            minutes="minutes",
            slug="rhythm",
            title=Concat("weekday", Value(" "), "at"),
            at="worker_signed_at",
            also_at="supervisor_signed_at",
        ),
        known(
            "session",
            CoachingSession.objects.visible_to(user).filter(closed_at=None),
            session="pk",
            number="number",
            minutes="minutes",
            slug="kind",
            at="starts_at",
            also_at="opened_at",
        ),
        known("moved", moved, session="pk", person="moved_by", at="moved_from", also_at="moved_at"),
        known("went_on", left, session="pk", at="went_on_at"),
        known("draft", AgreementDraft.objects.visible_to(user), person="author"),
        known("marked", WalkthroughDone.objects.visible_to(user), person="person"),
        known("wish", OrientationWish.objects.visible_to(user).open(), person="proposed_by"),
        known("consent", ErasureConsent.objects.visible_to(user), person="person", at="given_at"),
        known("shown", Release.objects.visible_to(user).standing(), by="into"),
        known(
            "focus",
            Focus.objects.visible_to(user).active(),
            focus="pk",
            number="slot",
            slug="aspect_slug",
            title="aspect__title",
            at="opened_at",
        ),
        known("target", Target.objects.visible_to(user).filter(focus__rested_at=None), focus="focus"),
        known(
            "rating",
            SelfRating.objects.visible_to(user).filter(Q(session=None, focus__rested_at=None) | ahead),
            focus="focus",
            session="session",
        ),
        known("reviewed", ReviewedFocus.objects.visible_to(user).filter(ahead), focus="focus", session="session"),
        known("reflection", Reflection.objects.visible_to(user).filter(ahead), session="session"),
        known("goal", _once_each(Goal.objects.visible_to(user), "set_at"), at="latest"),
        known(
            "edition",
            Partnership.objects.visible_to(user),
            by="pk",
            number=Subquery(Edition.objects.in_use().values("pk")[:1]),
            slug=Subquery(Edition.objects.in_use().values("name")[:1]),
            title=Subquery(Edition.objects.in_use().values("title")[:1]),
        ),
        known("move", EditionMove.objects.visible_to(user).open(), person="proposed_by"),
        known(
            "reader",
            Release.objects.visible_to(user).standing(),
            slug="reader__name_folded",
            title="reader__name",
        ),
        known("held", _once_each(held, "closed_at"), at="latest"),
    )  # fmt: skip
    return first.union(*others, all=True).order_by()


def _once_each(rows: QuerySet[Any], moment: str) -> QuerySet[Any, Any]:
    """One row for each partnership, with the `latest` moment."""
    found: QuerySet[Any, Any] = rows.order_by().values("partnership").annotate(latest=Max(moment))
    return found
