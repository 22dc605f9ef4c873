"""Movement: how practice has moved on each aspect over time (product.md, 4.8). Pure: rows in, series out.

Each aspect is a story of its own. Nothing here adds up, averages or compares (product.md, 1.4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise, zip_longest
from uuid import UUID

from django.utils import timezone

from coaching.models import Focus, Observation, Seat, SelfRating
from profiles.ladder import Mark, MarkKind
from profiles.models import SkillAspect
from sopcoach.words import dates

MOST_TURNS = 5
"""How many changes of direction a sentence tells one by one; a longer story is told by its ends and its range."""


@dataclass(frozen=True)
class Occasion:
    """One moment at which levels were placed: where a focus started, or a session. Levels are level numbers."""

    at: datetime
    level: int
    glimpse: int | None = None
    seen: int | None = None
    targets: tuple[int, ...] = ()
    """The target that stood then, followed by those set before the next occasion."""


@dataclass(frozen=True)
class Aim:
    """A target level for as long as it stood; `until` is None while it does."""

    level: int
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Series:
    """All that was shared on one aspect, oldest first, across the times that it was a focus, on one scale."""

    aspect: SkillAspect
    top: int
    """The top of the scale."""
    resting_since: datetime | None
    occasions: tuple[Occasion, ...]
    aims: tuple[Aim, ...]
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

    @property
    def is_resting(self) -> bool:
        return self.resting_since is not None

    @property
    def level(self) -> int | None:
        return self.occasions[-1].level if self.occasions else None

    @property
    def glimpse(self) -> int | None:
        return self.occasions[-1].glimpse if self.occasions else None

    @property
    def seen(self) -> int | None:
        seen = [occasion.seen for occasion in self.occasions if occasion.seen is not None]
        return seen[-1] if seen else None

    @property
    def target(self) -> int | None:
        return self.aims[-1].level if self.aims else None

    @property
    def spans_years(self) -> bool:
        """Whether a day needs its year to be understood."""
        years = {timezone.localtime(occasion.at).year for occasion in self.occasions}
        return bool(years - {timezone.localdate().year})


def series_of(
    focuses: Iterable[Focus], self_ratings: Iterable[SelfRating], observations: Iterable[Observation]
) -> list[Series]:
    """One series for each aspect, those in focus now first, each group in the order in which it was first picked.

    Keyed by the aspect's slug, since a focus may rest and come back (product.md, 10), and by the length of its scale:
    level 4 of 7 and level 4 of 5 don't stand on one line. `focuses` come from `for_list()`, the other rows with
    their session and their levels.
    """
    by_aspect: dict[tuple[str, int], list[Focus]] = {}
    latest: dict[str, int] = {}
    for focus in sorted(focuses, key=lambda focus: focus.opened_at):
        by_aspect.setdefault((focus.aspect_slug, focus.top), []).append(focus)
        latest[focus.aspect_slug] = focus.top
    ratings, seen = list(self_ratings), list(observations)
    found = []
    for (slug, top), spells in by_aspect.items():
        keys = {focus.pk for focus in spells}
        aims = _aims(spells)
        found.append(
            Series(
                aspect=spells[-1].aspect,
                top=top,
                resting_since=spells[-1].rested_at,
                occasions=_occasions(
                    [rating for rating in ratings if rating.focus_id in keys],
                    [observation for observation in seen if observation.focus_id in keys],
                    aims,
                ),
                aims=aims,
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
    """The chart in words, for the person in that seat. A way back is told like a way forward."""
    sentences = [
        _moved(series, _worker(seat)),
        _placed(series, seat),
        _aimed(series, seat),
        f"It has rested since {_day(series.resting_since, series)}." if series.resting_since else "",
    ]
    return " ".join(filter(None, sentences))


def _cited(ratings: Iterable[SelfRating]) -> int | None:
    latest = max(ratings, key=lambda rating: rating.shared_at, default=None)
    return latest.descriptor.aspect_id if latest else None


def _occasions(
    ratings: list[SelfRating], observations: list[Observation], aims: tuple[Aim, ...]
) -> tuple[Occasion, ...]:
    """One for each self-rating: the supervisor places a level only beside one (product.md, 1.2)."""
    seen: dict[tuple[UUID | None, UUID], int | None] = {
        (row.session_id, row.focus_id): row.level for row in observations
    }
    moments = sorted(((_held_at(rating), rating) for rating in ratings), key=lambda moment: moment[0])
    days = [at for at, _ in moments]
    return tuple(
        Occasion(
            at=at,
            level=rating.level,
            glimpse=rating.glimpse_level,
            seen=seen.get((rating.session_id, rating.focus_id)),
            targets=_targets_of(at, until, aims),
        )
        for (at, rating), until in zip_longest(moments, days[1:])
    )


def _held_at(rating: SelfRating) -> datetime:
    """The session's day, also where the worker looked back some days before; without a session, when it was said."""
    return (rating.session and rating.session.opened_at) or rating.shared_at


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


def _moved(series: Series, worker: str) -> str:
    said = [(occasion.level, _month(occasion.at, series)) for occasion in series.occasions]
    if not said:
        return ""
    turns = _turns(said)
    (first, began), (_, latest) = said[0], said[-1]
    if len(said) == 1:
        text = f"{worker} started at {first} in {began}"
    elif len(turns) == 1 and began == latest:
        text = f"{worker} stayed at {first} in {began}"
    elif len(turns) == 1:
        text = f"{worker} stayed at {first} from {began} to {latest}"
    elif len(turns) > MOST_TURNS:
        levels = [level for level, _ in said]
        ends = _with_months([turns[0], turns[-1]])
        text = (
            f"{worker} moved from {ends[0]} to {ends[1]}, between {min(levels)} and {max(levels)} on the way"
        )
    else:
        start, *others = _with_months(turns)
        text = f"{worker} moved from {start} to {', then '.join(others)}"
    return f"{text}, with some work at {series.glimpse}." if series.glimpse else f"{text}."


def _turns(said: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """The first level, each at which the direction changed, and the last, with the month it was first said in."""
    changes = [next(group) for _, group in groupby(said, key=lambda pair: pair[0])]
    inner = [
        here
        for before, here, after in zip(changes, changes[1:], changes[2:], strict=False)
        if (here[0] > before[0]) != (after[0] > here[0])
    ]
    return [changes[0], *inner, changes[-1]] if len(changes) > 1 else changes


def _with_months(turns: list[tuple[int, str]]) -> list[str]:
    """ "3 in September", "5 in November": a month is named once, after the last of its levels."""
    following = [month for _, month in turns[1:]] + [""]
    return [
        f"{level}" if month == after else f"{level} in {month}"
        for (level, month), after in zip(turns, following, strict=True)
    ]


def _placed(series: Series, seat: Seat) -> str:
    supervisor = _supervisor(seat)
    levels = [level for level, _ in groupby(o.seen for o in series.occasions if o.seen is not None)]
    if not levels and seat.partnership.orientation:
        return ""
    if not levels:
        haven_t = "haven’t" if supervisor == "You" else "hasn’t"
        return f"{supervisor} {haven_t} placed it{'' if series.is_resting else ' yet'}."
    if len(levels) > MOST_TURNS:
        return f"{supervisor} placed it at {levels[0]} first and at {levels[-1]} last."
    return f"{supervisor} placed it at {', then '.join(map(str, levels))}."


def _aimed(series: Series, seat: Seat) -> str:
    if not series.aims:
        return "" if series.is_resting or seat.partnership.orientation else "There’s no target yet."
    changes = [(a, b) for a, b in pairwise(series.aims) if a.level != b.level]
    if not changes:
        return f"The target {'was' if series.is_resting else 'is'} {series.aims[0].level}."
    verb = "rose" if all(a.level < b.level for a, b in changes) else "moved"
    start, end = changes[0][0].level, changes[-1][1]
    if len(changes) > MOST_TURNS:
        return f"The target {verb} from {start} to {end.level}, the last time on {_day(end.since, series)}."
    steps = [f"to {b.level} on {_day(b.since, series)}" for _, b in changes]
    return f"The target {verb} from {start} {', then '.join(steps)}."


def _worker(seat: Seat) -> str:
    return "You" if seat.is_worker else seat.other.short_name


def _supervisor(seat: Seat) -> str:
    return "You" if seat.is_supervisor else seat.other.short_name


def _month(at: datetime, series: Series) -> str:
    return dates.month(at, "dated" if series.spans_years else "")


def _day(at: datetime, series: Series) -> str:
    return dates.day(at, "dated" if series.spans_years else "")
