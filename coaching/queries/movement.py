"""Movement: how practice has moved on each aspect over time (product.md, 4.8). Rows in, series out.

Each aspect is a story of its own; `rules.movement` tells it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby, zip_longest
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from coaching.models import Focus, LoggedLevel, Observation, Seat, SelfRating
from coaching.queries.focuses import focuses_of
from coaching.rules.movement import Aim, Movement, Occasion, story
from profiles.ladder import Mark, MarkKind
from profiles.models import SkillAspect
from sopcoach.models import User
from sopcoach.models.written import once


@dataclass(frozen=True)
class Series(Movement):
    """All that was shared on one aspect, oldest first, across the times that it was a focus, on one scale."""

    aspect: SkillAspect
    top: int
    """The top of the scale."""
    resting_since: datetime | None
    occasions: tuple[Occasion, ...]
    aims: tuple[Aim, ...]
    kept: tuple[Occasion, ...] = ()
    cited: int | None = None
    """The aspect, by key, whose words the latest self-rating was made against: perhaps an earlier edition's."""
    is_earlier: bool = False
    """Whether the aspect has been picked again since on another scale, which begins a story of its own."""

    @property
    def anchor(self) -> str:
        return f"{self.slug}-of-{self.top}" if self.is_earlier else self.slug

    @property
    def slug(self) -> str:
        return self.aspect.slug


class Rated(NamedTuple):
    """What movement takes of a self-rating."""

    focus_id: UUID
    session_id: UUID | None
    level: int
    glimpse_level: int | None
    aspect_id: int
    opened_at: datetime | None
    """When its session began."""
    shared_at: datetime


class Seen(NamedTuple):
    """What movement takes of an observation."""

    focus_id: UUID
    session_id: UUID
    level: int | None


class Logged(NamedTuple):
    """What movement takes of a level that was logged between the meetings."""

    focus_id: UUID
    level: int
    glimpse_level: int | None
    logged_on: date
    noted_at: datetime
    shared_at: datetime | None


def movement_for(seat: Seat) -> list[Series]:
    """All that moved in a partnership, as whoever sits there may know it. Five queries."""
    here = [seat.partnership.pk]
    return series_of(
        focuses_of(seat.person, seat.partnership, resting=True),
        map(Rated._make, once(_rated, seat.person, here)),
        map(Seen._make, once(_seen, seat.person, here)),
        map(Logged._make, once(_logged, seat.person, here)),
    )


def _rated(user: User, partnerships: Sequence[UUID]) -> QuerySet[SelfRating, tuple[Any, ...]]:
    rows = SelfRating.objects.visible_to(user).filter(partnership__in=partnerships).order_by("shared_at")
    levels = ("descriptor__level__number", "glimpse__level__number", "descriptor__aspect")
    return rows.values_list("focus", "session", *levels, "session__opened_at", "shared_at")


def _seen(user: User, partnerships: Sequence[UUID]) -> QuerySet[Observation, tuple[Any, ...]]:
    rows = Observation.objects.visible_to(user).filter(partnership__in=partnerships).order_by("shared_at")
    return rows.values_list("focus", "session", "descriptor__level__number")


def _logged(user: User, partnerships: Sequence[UUID]) -> QuerySet[LoggedLevel, tuple[Any, ...]]:
    rows = LoggedLevel.objects.visible_to(user).filter(partnership__in=partnerships).order_by("noted_at")
    levels = ("descriptor__level__number", "glimpse__level__number")
    return rows.values_list("focus", *levels, "logged_on", "noted_at", "shared_at")


def series_of(
    focuses: Iterable[Focus],
    self_ratings: Iterable[Rated],
    observations: Iterable[Seen],
    logged_levels: Iterable[Logged] = (),
) -> list[Series]:
    """One series for each aspect, those in focus now first, each group in the order in which it was first picked.

    Keyed by the aspect's slug, since a focus may rest and come back (product.md, 10), and by the length of its scale:
    level 4 of 7 and level 4 of 5 don't stand on one line. `focuses` come from `for_list()`.
    """
    by_aspect: dict[tuple[str, int], list[Focus]] = {}
    latest: dict[str, int] = {}
    for focus in sorted(focuses, key=lambda focus: focus.opened_at):
        by_aspect.setdefault((focus.aspect_slug, focus.top), []).append(focus)
        latest[focus.aspect_slug] = focus.top
    ratings, seen, logged = list(self_ratings), list(observations), list(logged_levels)
    found = []
    for (slug, top), spells in by_aspect.items():
        keys = {focus.pk for focus in spells}
        aims = _aims(spells)
        of_it = [row for row in logged if row.focus_id in keys]
        found.append(
            Series(
                aspect=spells[-1].aspect,
                top=top,
                resting_since=spells[-1].rested_at,
                occasions=_occasions(
                    [rating for rating in ratings if rating.focus_id in keys],
                    [observation for observation in seen if observation.focus_id in keys],
                    [row for row in of_it if row.shared_at],
                    aims,
                ),
                aims=aims,
                kept=_kept(row for row in of_it if row.shared_at is None),
                cited=_cited(rating for rating in ratings if rating.focus_id in keys),
                is_earlier=latest[slug] != top,
            )
        )
    return sorted(found, key=lambda series: series.is_resting)


def marks_of(series: Series, seat: Seat) -> list[Mark]:
    """Where both stand now, for the ladder that shows the words of those levels."""
    worker, supervisor = seat.partnership.worker, seat.partnership.supervisor
    yours = "Some of your work" if seat.is_worker else f"Some of {worker.short_name}’s work"
    placed = [
        (series.level, MarkKind.WORKER, _worker(seat), worker.initial),
        (series.glimpse, MarkKind.GLIMPSE, yours, worker.initial),
        (series.seen, MarkKind.SUPERVISOR, _supervisor(seat), supervisor.initial),
        (series.target, MarkKind.TARGET, "Target", ""),
    ]
    return [Mark(level, kind, label, initial) for level, kind, label, initial in placed if level is not None]


def story_of(series: Series, seat: Seat) -> str:
    """The chart in words, for the person in that seat."""
    return story(
        series,
        worker=_worker(seat),
        supervisor=_supervisor(seat),
        in_orientation=seat.partnership.orientation,
    )


def _cited(ratings: Iterable[Rated]) -> int | None:
    latest = max(ratings, key=lambda rating: rating.shared_at, default=None)
    return latest.aspect_id if latest else None


def _kept(logged: Iterable[Logged]) -> tuple[Occasion, ...]:
    said = [
        Occasion(_logged_at(row), row.level, glimpse=row.glimpse_level, is_private=True) for row in logged
    ]
    return tuple(sorted(said, key=lambda occasion: occasion.at))


def _logged_at(row: Logged) -> datetime:
    return LoggedLevel(logged_on=row.logged_on, noted_at=row.noted_at).at


def _occasions(
    ratings: list[Rated], observations: list[Seen], logged: list[Logged], aims: tuple[Aim, ...]
) -> tuple[Occasion, ...]:
    """One for each self-rating, beside which alone the supervisor places a level (product.md, 1.2), and one for each
    level that was logged and shared between the meetings."""
    seen: dict[tuple[UUID | None, UUID], int | None] = {
        (row.session_id, row.focus_id): row.level for row in observations
    }
    said = [
        Occasion(_held_at(row), row.level, row.glimpse_level, seen.get((row.session_id, row.focus_id)))
        for row in ratings
    ]
    said += [Occasion(_logged_at(row), row.level, row.glimpse_level) for row in logged]
    said.sort(key=lambda occasion: occasion.at)
    return tuple(
        replace(one, targets=_targets_of(one.at, following.at if following else None, aims))
        for one, following in zip_longest(said, said[1:])
    )


def _held_at(rating: Rated) -> datetime:
    """The session's day, also where the worker looked back some days before; without a session, when it was said."""
    return rating.opened_at or rating.shared_at


def _aims(spells: list[Focus]) -> tuple[Aim, ...]:
    aims = []
    for focus in spells:
        targets = sorted(focus.targets.all(), key=lambda target: target.set_at)
        for target, following in zip_longest(targets, targets[1:]):
            until = following.set_at if following else focus.rested_at
            aims.append(Aim(target.level, target.set_at, until))
    return tuple(aims)


def _targets_of(at: datetime, until: datetime | None, aims: tuple[Aim, ...]) -> tuple[int, ...]:
    stood = [aim.level for aim in aims if aim.since < at and (aim.until is None or aim.until >= at)]
    came = [aim.level for aim in aims if aim.since >= at and (until is None or aim.since < until)]
    return tuple(level for level, _ in groupby([*stood, *came]))


def _worker(seat: Seat) -> str:
    return "You" if seat.is_worker else seat.other.short_name


def _supervisor(seat: Seat) -> str:
    return "You" if seat.is_supervisor else seat.other.short_name
