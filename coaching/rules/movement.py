"""Movement: how practice has moved on one aspect over time, and the sentences that say so (product.md, 4.8).

Each aspect is a story of its own. Nothing here adds up, averages or compares (product.md, 1.4).
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby, pairwise

from django.utils import timezone

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
    is_private: bool = False
    """Logged by its reader for nobody else; it is no part of what both know."""


@dataclass(frozen=True)
class Aim:
    """A target level for as long as it stood; `until` is None while it does."""

    level: int
    since: datetime
    until: datetime | None = None


class Movement:
    """What was shared on one aspect, oldest first, on one scale."""

    top: int
    resting_since: datetime | None
    occasions: tuple[Occasion, ...]
    aims: tuple[Aim, ...]
    kept: tuple[Occasion, ...]
    """What its reader has logged for themselves alone."""

    @property
    def facts(self) -> list[Occasion]:
        """All that its reader may know, in the order of the days."""
        return sorted([*self.occasions, *self.kept], key=lambda occasion: occasion.at)

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

    @cached_property
    def spans_years(self) -> bool:
        """Whether a day needs its year to be understood."""
        years = {timezone.localtime(occasion.at).year for occasion in self.facts}
        return bool(years - {timezone.localdate().year})


def story(movement: Movement, *, worker: str, supervisor: str, in_orientation: bool) -> str:
    """The movement in words; either side is "You" where they read it. A way back is told like a way forward."""
    sentences = [
        _moved(movement, worker),
        _kept(movement),
        _placed(movement, supervisor, in_orientation=in_orientation),
        _aimed(movement, in_orientation=in_orientation),
        f"It has rested since {_day(movement.resting_since, movement)}." if movement.resting_since else "",
    ]
    return " ".join(filter(None, sentences))


def _moved(movement: Movement, worker: str) -> str:
    said = [(occasion.level, _month(occasion.at, movement)) for occasion in movement.occasions]
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
    return f"{text}, with some work at {movement.glimpse}." if movement.glimpse else f"{text}."


def _kept(movement: Movement) -> str:
    """Of levels that only whoever reads this knows."""
    levels = [level for level, _ in groupby(occasion.level for occasion in movement.kept)]
    if not levels:
        return ""
    if len(levels) > MOST_TURNS:
        return (
            f"You logged levels from {min(levels)} to {max(levels)} for yourself, the last at {levels[-1]}."
        )
    return f"You logged {', then '.join(map(str, levels))} for yourself."


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


def _placed(movement: Movement, supervisor: str, *, in_orientation: bool) -> str:
    levels = [level for level, _ in groupby(o.seen for o in movement.occasions if o.seen is not None)]
    if not levels and in_orientation:
        return ""
    if not levels:
        haven_t = "haven’t" if supervisor == "You" else "hasn’t"
        return f"{supervisor} {haven_t} placed it{'' if movement.is_resting else ' yet'}."
    if len(levels) > MOST_TURNS:
        return f"{supervisor} placed it at {levels[0]} first and at {levels[-1]} last."
    return f"{supervisor} placed it at {', then '.join(map(str, levels))}."


def _aimed(movement: Movement, *, in_orientation: bool) -> str:
    if not movement.aims:
        return "" if movement.is_resting or in_orientation else "There’s no target yet."
    changes = [(a, b) for a, b in pairwise(movement.aims) if a.level != b.level]
    if not changes:
        return f"The target {'was' if movement.is_resting else 'is'} {movement.aims[0].level}."
    verb = "rose" if all(a.level < b.level for a, b in changes) else "moved"
    start, end = changes[0][0].level, changes[-1][1]
    if len(changes) > MOST_TURNS:
        return f"The target {verb} from {start} to {end.level}, the last time on {_day(end.since, movement)}."
    steps = [f"to {b.level} on {_day(b.since, movement)}" for _, b in changes]
    return f"The target {verb} from {start} {', then '.join(steps)}."


def _month(at: datetime, movement: Movement) -> str:
    return dates.month(at, "dated" if movement.spans_years else "")


def _day(at: datetime, movement: Movement) -> str:
    return dates.day(at, "dated" if movement.spans_years else "")
