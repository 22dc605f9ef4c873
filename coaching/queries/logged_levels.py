"""Levels that a worker logs between the meetings: on the page of practice, beside a goal, and in a review."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects
from django.utils import timezone

from coaching.models import Focus, LoggedLevel, SelfRating
from coaching.models.partnership import Engagement
from coaching.queries.corrections import lay_beside
from profiles.ladder import Ladder, Mode, ladder_for
from profiles.models import Level, SkillAspect
from sopcoach.models import User
from sopcoach.words import dates


@dataclass(frozen=True)
class Today:
    """One focus on the page of practice: its ladder, and what was said of it last."""

    focus: Focus
    ladder: Ladder
    last: str
    """The level that stands, and of which day; nothing where none was ever said."""
    logged: LoggedLevel | None = None
    """What was logged today and can still be said anew."""

    @property
    def key(self) -> str:
        return self.focus.pk.hex


def todays_of(user: User, *, focus: UUID | None = None) -> list[Today]:
    """The focuses on which somebody works now as a worker, or one of them. Four queries, one where there is none."""
    going_on = {"partnership__worker": user, "partnership__engagement": Engagement.FORMAL}
    rows = Focus.objects.visible_to(user).active().filter(**going_on)
    rows = rows.select_related("aspect__profile", "aspect__edition__provenance").order_by("opened_at", "slot")
    focuses = list(rows.filter(pk=focus) if focus else rows)
    if not focuses:
        return []
    logged: dict[UUID, list[LoggedLevel]] = {}
    for row in own_levels(user).filter(focus__in=focuses):
        logged.setdefault(row.focus_id, []).append(row)
    rated = {
        row.focus_id: row for row in SelfRating.objects.visible_to(user).filter(focus__in=focuses).for_list()
    }
    prefetch_related_objects([one.aspect for one in focuses], SkillAspect.ladder_prefetch())
    return [_today(one, logged.get(one.pk, []), rated.get(one.pk)) for one in focuses]


def _today(focus: Focus, logged: list[LoggedLevel], rated: SelfRating | None) -> Today:
    today = timezone.localdate()
    said = next((row for row in logged if row.logged_on == today and row.is_open), None)
    latest = _latest(logged, rated)
    return Today(
        focus,
        ladder_for(
            focus.aspect,
            mode=Mode.CHOOSE,
            prefix=f"today-{focus.pk.hex}",
            is_slim=True,
            with_glimpses=True,
            chosen=said.level if said else None,
            glimpse=said.glimpse_level if said else None,
            near=latest[0].number if latest else None,
        ),
        f"{latest[0].number}, {latest[0].name}, {dates.day(latest[1])}" if latest else "",
        said,
    )


def _latest(logged: list[LoggedLevel], rated: SelfRating | None) -> tuple[Level, datetime] | None:
    said = [(row.at, row.descriptor.level) for row in logged[:1]]
    said += [(rated.shared_at, rated.descriptor.level)] if rated else []
    latest = max(said, key=lambda pair: pair[0], default=None)
    return (latest[1], latest[0]) if latest else None


def own_levels(user: User) -> QuerySet[LoggedLevel]:
    """All that somebody has logged, the latest first."""
    return LoggedLevel.objects.visible_to(user).filter(author=user).for_list().with_looked_at()


def logged_since(
    user: User, focuses: Iterable[Focus], since: datetime | None, *, until: datetime | None = None
) -> dict[UUID, list[LoggedLevel]]:
    """What `user` may read of the levels logged on these between two moments, by focus, the latest first.

    One query, none for no focus.
    """
    found: dict[UUID, list[LoggedLevel]] = {focus.pk: [] for focus in focuses}
    if found:
        rows = LoggedLevel.objects.visible_to(user).filter(focus__in=found).for_list()
        rows = rows.filter(noted_at__gt=since) if since else rows
        for row in rows.filter(noted_at__lte=until) if until else rows:
            found[row.focus_id].append(row)
    return found


def shared_levels(user: User, focuses: Iterable[Focus]) -> list[tuple[Focus, list[LoggedLevel]]]:
    """The focuses on which levels were logged and shared, with these, and with what was put right in them. Two queries at the most."""
    focuses = list(focuses)
    found = logged_since(user, focuses, None)
    shared = {key: [row for row in rows if row.shared_at] for key, rows in found.items()}
    lay_beside(user, (row for rows in shared.values() for row in rows))
    return [(focus, shared[focus.pk]) for focus in focuses if shared[focus.pk]]
