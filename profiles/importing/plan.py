"""What loading an edition would do, as a value: the dry run shows it, `apply` does it (house style, rule 16)."""

import difflib
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from profiles.importing import lint
from profiles.importing.source import AspectSource, EditionSource, ProfileSource
from profiles.models.edition import FEWEST_LEVELS, MOST_LEVELS


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
class Wording:
    """One text of an entry before and after; either can be nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    action: Action
    kind: Kind
    where: str
    sentence: str = ""
    place: str = ""
    """Where in the file, if it has rows."""
    profile: str = ""
    """The title of the practice profile that it belongs to, and the aspect's and the level, if any."""
    aspect: str = ""
    level: int | None = None
    key: tuple[str | int, ...] = ()
    wordings: tuple[Wording, ...] = ()

    def __str__(self) -> str:
        return f"{self.place}: {self.said}" if self.place else self.said

    @property
    def said(self) -> str:
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
        return self.having(Action.PROBLEM)

    @property
    def warnings(self) -> tuple[Entry, ...]:
        return self.having(Action.WARNING)

    @property
    def changes_something(self) -> bool:
        return bool(self.having(Action.ADD, Action.CHANGE, Action.REMOVE))

    @property
    def fingerprint(self) -> str:
        """The same as long as the plan means the same: its source, and what the catalogue holds."""
        said = repr((self.source, self.current))
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def having(self, *actions: Action) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.action in actions)

    def counts(self, action: Action) -> dict[Kind, int]:
        """How many of each kind the action touches; kinds it doesn't touch are left out."""
        counted = Counter(entry.kind for entry in self.having(action))
        return {kind: counted[kind] for kind in Kind if counted[kind]}


def plan(source: EditionSource, current: Current | None) -> Plan:
    """Compare what was read with what the catalogue holds. Pure: touches no database."""
    problems = list(_problems(source))
    changes = [] if problems else list(_changes(source, current))
    is_fixed = current is not None and current.is_fixed and current.source.slug == source.slug
    if current and is_fixed and any(change.action is not Action.UNCHANGED for change in changes):
        sentence = (
            f"{current.source} is published and never changes: give what you changed a new edition name, and leave "
            "its slug empty."
        )
        problems, changes = [Entry(Action.PROBLEM, Kind.EDITION, "", sentence)], []
    return Plan(source, current, (*problems, *_warnings(source), *changes))


# What would change


@dataclass(frozen=True)
class _Part:
    """A part of an edition: what it says, field by field, and how people call it."""

    where: str
    texts: "_Texts"
    profile: str = ""
    aspect: str = ""
    level: int | None = None


type _Key = tuple[Kind, tuple[str | int, ...]]
type _Texts = tuple[tuple[str, str], ...]
type _Parts = dict[_Key, _Part]


def _changes(source: EditionSource, current: Current | None) -> Iterator[Entry]:
    before = _parts(current.source) if current else {}
    after = _aligned(_parts(source), source, current.source if current else None)
    for key, part in after.items():
        was = before.get(key)
        if was is None:
            yield _entry(Action.ADD, key, part)
        elif was.texts != part.texts:
            yield _entry(Action.CHANGE, key, part, was)
        else:
            yield _entry(Action.UNCHANGED, key, part)
    for key, part in before.items():
        if key not in after and key[0] is not Kind.EDITION:
            yield _entry(Action.REMOVE, key, part)


def _entry(action: Action, key: _Key, part: _Part, was: _Part | None = None) -> Entry:
    wordings = tuple(
        Wording(label, text if action is Action.REMOVE else "", "" if action is Action.REMOVE else text)
        for label, text in part.texts
    )
    if was is not None:
        wordings = tuple(
            Wording(label, old, new)
            for (label, old), (_, new) in zip(was.texts, part.texts, strict=True)
            if old != new
        )
    return Entry(
        action,
        key[0],
        part.where,
        profile=part.profile,
        aspect=part.aspect,
        level=part.level,
        key=key[1],
        wordings=wordings,
    )


def _parts(source: EditionSource) -> _Parts:
    """Every part of an edition under a key that means the same part in another edition."""
    facts: _Texts = (("Title", source.title), ("Edition", source.name), ("Note", source.note))
    parts: _Parts = {(Kind.EDITION, (source.slug,)): _Part(str(source), facts)}
    for place, band in enumerate(source.bands, start=1):
        levels = ", ".join(map(str, band.levels))
        texts: _Texts = (("Name", band.title), ("Levels", levels), ("Place", str(place)))
        parts[Kind.BAND, (band.slug,)] = _Part(f"band “{band.title}”", texts)
    for level in source.levels:
        texts = (("Name", level.name), ("Gist", level.gist))
        parts[Kind.LEVEL, (level.number,)] = _Part(f"level {level.number}", texts, level=level.number)
    for profile in source.profiles:
        parts[Kind.PROFILE, (profile.slug,)] = _profile_part(profile)
        for place, aspect in enumerate(profile.aspects, start=1):
            named = _named(profile, aspect)
            texts = (("Title", aspect.title), ("Practice profile", profile.slug), ("Place", str(place)))
            parts[Kind.ASPECT, (aspect.slug,)] = _Part(named, texts, profile.title, aspect.title)
            for number, text in aspect.descriptors:
                where = f"{named}, level {number}"
                part = _Part(where, (("", text),), profile.title, aspect.title, number)
                parts[Kind.DESCRIPTOR, (aspect.slug, number)] = part
        for place, question in enumerate(profile.questions):
            where = f"{_named(profile)}, coaching question {place + 1}"
            parts[Kind.QUESTION, (profile.slug, place)] = _Part(where, (("", question),), profile.title)
        for place, goal in enumerate(profile.example_goals):
            where = f"{_named(profile)}, example goal {place + 1}"
            said = ("Verb", goal.verb), ("Practice", goal.practice), ("With whom", goal.with_whom)
            counted = ("Count", str(goal.count)), ("Unit", goal.unit), ("When", goal.when)
            texts = (("", goal.text), *said, *counted)
            parts[Kind.GOAL, (profile.slug, place)] = _Part(where, texts, profile.title)
    return parts


def _profile_part(profile: ProfileSource) -> _Part:
    texts = (
        ("Title", profile.title),
        ("Place", str(profile.order)),
        ("Purpose", profile.purpose),
        ("Runs through all the others", "yes" if profile.cross_cutting else "no"),
    )
    return _Part(_named(profile), texts, profile.title)


def _aligned(parts: _Parts, source: EditionSource, before: EditionSource | None) -> _Parts:
    """Give questions and goals, which have no slug, the keys of those before that they stand for.

    So that one put in at the top doesn't show as a change of every one below it.
    """
    if before is None:
        return parts
    was = {profile.slug: profile for profile in before.profiles}
    new_key: dict[_Key, _Key] = {}
    for profile in source.profiles:
        if profile.slug not in was:
            continue
        old = was[profile.slug]
        for kind, ours, theirs in (
            (Kind.QUESTION, profile.questions, old.questions),
            (Kind.GOAL, profile.example_goals, old.example_goals),
        ):
            for place, counterpart in enumerate(_counterparts(theirs, ours)):
                new_key[kind, (profile.slug, place)] = kind, (profile.slug, *counterpart)
    return {new_key.get(key, key): part for key, part in parts.items()}


def _counterparts(before: Sequence[object], after: Sequence[object]) -> list[tuple[str | int, ...]]:
    """For each of `after` the place in `before` that it stands for, or a place that nothing has."""
    found: list[tuple[str | int, ...]] = [("new", place) for place in range(len(after))]
    for _, a, a_end, b, b_end in difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        for offset in range(min(a_end - a, b_end - b)):
            found[b + offset] = (a + offset,)
    return found


# What is wrong


def _problems(source: EditionSource) -> Iterator[Entry]:
    for number in _doubled(level.number for level in source.levels):
        places = (level.place for level in source.levels if level.number == number)
        yield _problem(Kind.LEVEL, "The scale", f"level {number} stands more than once.", *places)
    for kind, where, sentence in _scale_problems(source):
        yield Entry(Action.PROBLEM, kind, where, sentence)
    yield from _profile_problems(source)


type _Complaint = tuple[Kind, str, str]


def _problem(kind: Kind, where: str, sentence: str, *places: str) -> Entry:
    return Entry(Action.PROBLEM, kind, where, sentence, " and ".join(filter(None, dict.fromkeys(places))))


def _scale_problems(source: EditionSource) -> Iterator[_Complaint]:
    scale = sorted({level.number for level in source.levels})
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


def _profile_problems(source: EditionSource) -> Iterator[Entry]:
    if not source.profiles:
        yield _problem(Kind.PROFILE, "", "The edition has no practice profile.")
    for name in ("slug", "title", "order"):
        for sharing in _sharing(source.profiles, name):
            value = getattr(sharing[0], name)
            where = " and ".join(_named(profile) for profile in sharing)
            sentence = f"they have the same {name}, “{value}”."
            yield _problem(Kind.PROFILE, where, sentence, *(profile.place for profile in sharing))
    everywhere = [(profile, aspect) for profile in source.profiles for aspect in profile.aspects]
    owners = {id(aspect): profile for profile, aspect in everywhere}
    for twins in _sharing([aspect for _, aspect in everywhere], "slug"):
        if len({(owners[id(aspect)].slug, aspect.title.casefold()) for aspect in twins}) == 1:
            continue  # the same title in one practice profile, which is what somebody sees in the file
        where = " and ".join(_named(owners[id(aspect)], aspect) for aspect in twins)
        sentence = f"they have the same slug, “{twins[0].slug}”."
        yield _problem(Kind.ASPECT, where, sentence, *(aspect.place for aspect in twins))
    scale = {level.number for level in source.levels}
    nowhere, strange = _levels_throughout([aspect for _, aspect in everywhere], scale)
    for number in nowhere:
        sentence = f"no skill aspect describes level {number}. Describe it in each, or take it off the scale."
        yield _problem(Kind.LEVEL, "The scale", sentence)
    for number in strange:
        sentence = f"it has no level {number}, which the skill aspects describe."
        yield _problem(Kind.LEVEL, "The scale", sentence)
    told = {*nowhere, *strange}
    for profile in source.profiles:
        if not profile.aspects:
            yield _problem(Kind.ASPECT, _named(profile), "it has no skill aspect.", profile.place)
        for twins in _sharing(profile.aspects, "title"):
            sentence = "two skill aspects of this practice profile have the same title."
            places = (aspect.place for aspect in twins)
            yield _problem(Kind.ASPECT, _named(profile, twins[0]), sentence, *places)
        for aspect in profile.aspects:
            yield from _descriptor_problems(profile, aspect, scale, told)


def _levels_throughout(aspects: list[AspectSource], scale: set[int]) -> tuple[list[int], list[int]]:
    """Levels of the scale that no aspect describes, and others that all describe: one mistake, told once."""
    described = [{number for number, _ in aspect.descriptors} for aspect in aspects]
    if not described:
        return [], []
    return sorted(scale.difference(*described)), sorted(set.intersection(*described) - scale)


def _sharing[T](things: Sequence[T], name: str) -> list[list[T]]:
    """Those that have the same value there; capitals make no difference."""
    by_value: dict[str, list[T]] = {}
    for thing in things:
        by_value.setdefault(str(getattr(thing, name)).casefold(), []).append(thing)
    return [sharing for sharing in by_value.values() if len(sharing) > 1]


def _descriptor_problems(
    profile: ProfileSource, aspect: AspectSource, scale: set[int], told: set[int]
) -> Iterator[Entry]:
    named = _named(profile, aspect)
    numbers = [number for number, _ in aspect.descriptors]
    missing, strange = scale - set(numbers) - told, set(numbers) - scale - told
    found = [(number, "its descriptor is missing.") for number in sorted(missing)]
    found += [(number, "the scale doesn’t have this level.") for number in sorted(strange)]
    found += [(number, "it is described more than once.") for number in _doubled(numbers)]
    found += [(n, "its descriptor is empty.") for n, text in aspect.descriptors if not text.strip()]
    for number, sentence in found:
        where = f"{named}, level {number}"
        yield _problem(Kind.DESCRIPTOR, where, sentence, aspect.place_of(number))


def _warnings(source: EditionSource) -> Iterator[Entry]:
    """What a good editor would ask about; it stops nothing."""
    for profile in source.profiles:
        for aspect in profile.aspects:
            named = _named(profile, aspect)
            for number, sentence in lint.of_ladder(aspect.descriptors):
                yield Entry(
                    Action.WARNING,
                    Kind.DESCRIPTOR,
                    f"{named}, level {number}",
                    sentence,
                    aspect.place_of(number),
                )
        for number, goal in enumerate(profile.example_goals, start=1):
            where = f"{_named(profile)}, example goal {number}"
            for sentence in lint.of_goal(goal.text):
                yield Entry(Action.WARNING, Kind.GOAL, where, sentence, goal.place)


def _named(profile: ProfileSource, aspect: AspectSource | None = None) -> str:
    return f"“{profile.title}”, “{aspect.title}”" if aspect else f"“{profile.title}”"


def _doubled[T: (str, int)](values: Iterable[T]) -> list[T]:
    return [value for value, count in Counter(values).items() if count > 1]
