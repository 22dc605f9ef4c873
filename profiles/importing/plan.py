"""What loading an edition would do, as a value: the dry run shows it, `apply` does it (house style, rule 16)."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from profiles.importing.source import AspectSource, EditionSource, ProfileSource
from profiles.models.edition import FEWEST_LEVELS, MOST_LEVELS

FREQUENCY = re.compile(
    r"\b(always|never|often|usually|frequently|regularly|routinely|consistently|sometimes|occasionally|rarely|seldom"
    r"|constantly|typically|generally|mostly|most of the time|at all times|every (?:case|famil(?:y|ies)|time|visit)"
    r"|all (?:my|of my|their|the) (?:cases|families)|daily|weekly|monthly|per (?:day|week|month)"
    r"|\d+ ?(?:%|percent|times))(?!\w)",
    re.IGNORECASE,
)


class Action(StrEnum):
    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    UNCHANGED = "unchanged"
    WARNING = "warning"
    PROBLEM = "problem"


class Kind(StrEnum):
    """What an entry is about, in the order in which people ask for it."""

    PROFILE = "practice profile"
    ASPECT = "skill aspect"
    DESCRIPTOR = "level descriptor"
    QUESTION = "coaching question"
    GOAL = "example goal"
    LEVEL = "level"
    BAND = "band"
    EDITION = "edition"


@dataclass(frozen=True)
class Entry:
    action: Action
    kind: Kind
    where: str
    sentence: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}" if self.where else self.sentence


@dataclass(frozen=True)
class Current:
    """What the catalogue holds: the edition of the same slug, or else the one in use."""

    source: EditionSource
    is_fixed: bool
    """Published, so that it can't take any change."""


@dataclass(frozen=True)
class Plan:
    source: EditionSource
    current: Current | None
    entries: tuple[Entry, ...]

    @property
    def problems(self) -> tuple[Entry, ...]:
        return self._having(Action.PROBLEM)

    @property
    def warnings(self) -> tuple[Entry, ...]:
        return self._having(Action.WARNING)

    @property
    def changes_something(self) -> bool:
        return bool(self._having(Action.ADD, Action.CHANGE, Action.REMOVE))

    def counts(self, action: Action) -> dict[Kind, int]:
        """How many of each kind the action touches; kinds it doesn't touch are left out."""
        counted = Counter(entry.kind for entry in self._having(action))
        return {kind: counted[kind] for kind in Kind if counted[kind]}

    def _having(self, *actions: Action) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.action in actions)


def plan(source: EditionSource, current: Current | None) -> Plan:
    """Compare what was read with what the catalogue holds. Pure: touches no database."""
    problems = list(_problems(source))
    changes = [] if problems else list(_changes(source, current))
    is_fixed = current is not None and current.is_fixed and current.source.slug == source.slug
    if is_fixed and any(change.action is not Action.UNCHANGED for change in changes):
        sentence = f"{source} is published and never changes: give what you changed a new edition name."
        problems, changes = [Entry(Action.PROBLEM, Kind.EDITION, "", sentence)], []
    return Plan(source, current, (*problems, *_warnings(source), *changes))


# What would change

type _Items = dict[tuple[Kind, tuple[str | int, ...]], tuple[str, object]]


def _changes(source: EditionSource, current: Current | None) -> Iterator[Entry]:
    before = _items(current.source) if current else {}
    after = _items(source)
    for key, (where, content) in after.items():
        if key not in before:
            yield Entry(Action.ADD, key[0], where)
        elif before[key][1] != content:
            yield Entry(Action.CHANGE, key[0], where)
        else:
            yield Entry(Action.UNCHANGED, key[0], where)
    for key, (where, _) in before.items():
        if key not in after and key[0] is not Kind.EDITION:
            yield Entry(Action.REMOVE, key[0], where)


def _items(source: EditionSource) -> _Items:
    """Every part of an edition under a key that means the same part in another edition."""
    items: _Items = {
        (Kind.EDITION, (source.slug,)): (str(source), (source.title, source.name, source.note)),
    }
    for place, band in enumerate(source.bands):
        items[Kind.BAND, (band.slug,)] = (f"band “{band.title}”", (place, band.title, band.levels))
    for level in source.levels:
        items[Kind.LEVEL, (level.number,)] = (f"level {level.number}", (level.name, level.gist))
    for profile in source.profiles:
        own = (profile.title, profile.order, profile.purpose, profile.cross_cutting)
        items[Kind.PROFILE, (profile.slug,)] = (_named(profile), own)
        for place, aspect in enumerate(profile.aspects):
            items[Kind.ASPECT, (aspect.slug,)] = (
                _named(profile, aspect),
                (profile.slug, place, aspect.title),
            )
            for number, text in aspect.descriptors:
                where = f"{_named(profile, aspect)}, level {number}"
                items[Kind.DESCRIPTOR, (aspect.slug, number)] = (where, text)
        for place, question in enumerate(profile.questions, start=1):
            where = f"{_named(profile)}, coaching question {place}"
            items[Kind.QUESTION, (profile.slug, place)] = (where, question)
        for place, goal in enumerate(profile.example_goals, start=1):
            items[Kind.GOAL, (profile.slug, place)] = (f"{_named(profile)}, example goal {place}", goal)
    return items


# What is wrong


def _problems(source: EditionSource) -> Iterator[Entry]:
    for kind, where, sentence in (*_scale_problems(source), *_profile_problems(source)):
        yield Entry(Action.PROBLEM, kind, where, sentence)


type _Complaint = tuple[Kind, str, str]


def _scale_problems(source: EditionSource) -> Iterator[_Complaint]:
    numbers = [level.number for level in source.levels]
    yield from (
        (Kind.LEVEL, "The scale", f"level {number} stands more than once.") for number in _doubled(numbers)
    )
    scale = sorted(set(numbers))
    missing = sorted(set(range(1, max(scale, default=0) + 1)) - set(scale))
    yield from ((Kind.LEVEL, "The scale", f"level {number} is missing.") for number in missing)
    if not FEWEST_LEVELS <= len(scale) + len(missing) <= MOST_LEVELS:
        sentence = f"it has {len(scale)} levels; an edition needs {FEWEST_LEVELS} to {MOST_LEVELS}."
        yield Kind.LEVEL, "The scale", sentence
    yield from (
        (Kind.BAND, "The scale", f"the band “{slug}” stands more than once.")
        for slug in _doubled(band.slug for band in source.bands)
    )
    in_bands = [number for band in source.bands for number in band.levels]
    for number in sorted(set(in_bands) - set(scale)):
        yield Kind.BAND, "The scale", f"a band holds level {number}, which the scale doesn’t have."
    for number in sorted(set(scale) - set(in_bands)):
        yield Kind.BAND, "The scale", f"level {number} is in no band."
    for number in _doubled(in_bands):
        yield Kind.BAND, "The scale", f"level {number} is in more than one band."
    if in_bands != sorted(in_bands):
        yield Kind.BAND, "The scale", "put the bands, and the levels in them, in the order of the levels."


def _profile_problems(source: EditionSource) -> Iterator[_Complaint]:
    if not source.profiles:
        yield Kind.PROFILE, "", "The edition has no practice profile."
    for name in ("slug", "title", "order"):
        by_value: dict[object, list[str]] = {}
        for profile in source.profiles:
            by_value.setdefault(getattr(profile, name), []).append(_named(profile))
        for value, sharing in by_value.items():
            if len(sharing) > 1:
                yield Kind.PROFILE, " and ".join(sharing), f"they have the same {name}, “{value}”."
    everywhere = [(profile, aspect) for profile in source.profiles for aspect in profile.aspects]
    for slug in _doubled(aspect.slug for _, aspect in everywhere):
        sharing = [_named(profile, aspect) for profile, aspect in everywhere if aspect.slug == slug]
        yield Kind.ASPECT, " and ".join(sharing), f"they have the same slug, “{slug}”."
    scale = {level.number for level in source.levels}
    for profile in source.profiles:
        if not profile.aspects:
            yield Kind.ASPECT, _named(profile), "it has no skill aspect."
        for aspect in profile.aspects:
            yield from _descriptor_problems(profile, aspect, scale)


def _descriptor_problems(
    profile: ProfileSource, aspect: AspectSource, scale: set[int]
) -> Iterator[_Complaint]:
    where = _named(profile, aspect)
    numbers = [number for number, _ in aspect.descriptors]
    for number in sorted(scale - set(numbers)):
        yield Kind.DESCRIPTOR, f"{where}, level {number}", "its descriptor is missing."
    for number in sorted(set(numbers) - scale):
        yield Kind.DESCRIPTOR, f"{where}, level {number}", "the scale doesn’t have this level."
    for number in _doubled(numbers):
        yield Kind.DESCRIPTOR, f"{where}, level {number}", "it is described more than once."
    for number, text in aspect.descriptors:
        if not text.strip():
            yield Kind.DESCRIPTOR, f"{where}, level {number}", "its descriptor is empty."


def _warnings(source: EditionSource) -> Iterator[Entry]:
    """Levels describe character, not frequency (product.md, principle 3)."""
    for profile in source.profiles:
        for aspect in profile.aspects:
            for number, text in aspect.descriptors:
                for found in dict.fromkeys(word.group().lower() for word in FREQUENCY.finditer(text)):
                    yield Entry(
                        Action.WARNING,
                        Kind.DESCRIPTOR,
                        f"{_named(profile, aspect)}, level {number}",
                        f"“{found}” tells how much; a level tells what the practice looks like.",
                    )
        for place, goal in enumerate(profile.example_goals, start=1):
            for found in dict.fromkeys(word.group().lower() for word in FREQUENCY.finditer(goal.text)):
                yield Entry(
                    Action.WARNING,
                    Kind.GOAL,
                    f"{_named(profile)}, example goal {place}",
                    f"“{found}” can’t be counted; a goal names how many and by when.",
                )


def _named(profile: ProfileSource, aspect: AspectSource | None = None) -> str:
    return f"“{profile.title}”, “{aspect.title}”" if aspect else f"“{profile.title}”"


def _doubled[T: (str, int)](values: Iterable[T]) -> list[T]:
    return [value for value, count in Counter(values).items() if count > 1]
