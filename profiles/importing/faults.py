"""What is wrong with an edition, and what a good editor would ask about: entries of its plan."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from profiles.importing import craft, lint
from profiles.importing.entries import Action, Entry, EntryKind
from profiles.importing.parts import named
from profiles.importing.source import AspectSource, EditionSource, ProfileSource, content_hash
from profiles.models.edition import FEWEST_LEVELS, MOST_LEVELS
from sopcoach.words.amounts import counted


def problems_of(source: EditionSource) -> Iterator[Entry]:
    for number in _doubled(level.number for level in source.levels):
        places = (level.place for level in source.levels if level.number == number)
        yield _problem(EntryKind.LEVEL, "The scale", f"level {number} stands more than once.", *places)
    for kind, where, sentence in _scale_problems(source):
        yield Entry(Action.PROBLEM, kind, where, sentence)
    yield from _profile_problems(source)


type _Complaint = tuple[EntryKind, str, str]


def _problem(kind: EntryKind, where: str, sentence: str, *places: str) -> Entry:
    return Entry(Action.PROBLEM, kind, where, sentence, " and ".join(filter(None, dict.fromkeys(places))))


def _scale_problems(source: EditionSource) -> Iterator[_Complaint]:
    scale = sorted({level.number for level in source.levels})
    missing = sorted(set(range(1, max(scale, default=0) + 1)) - set(scale))
    yield from ((EntryKind.LEVEL, "The scale", f"level {number} is missing.") for number in missing)
    if not FEWEST_LEVELS <= len(scale) + len(missing) <= MOST_LEVELS:
        sentence = f"it has {len(scale)} levels; an edition needs {FEWEST_LEVELS} to {MOST_LEVELS}."
        yield EntryKind.LEVEL, "The scale", sentence
    yield from (
        (EntryKind.BAND, "The scale", f"the band “{slug}” stands more than once.")
        for slug in _doubled(band.slug for band in source.bands)
    )
    in_bands = [number for band in source.bands for number in band.levels]
    for number in sorted(set(in_bands) - set(scale)):
        yield EntryKind.BAND, "The scale", f"a band holds level {number}, which the scale doesn’t have."
    for number in sorted(set(scale) - set(in_bands)):
        yield EntryKind.BAND, "The scale", f"level {number} is in no band."
    for number in _doubled(in_bands):
        yield EntryKind.BAND, "The scale", f"level {number} is in more than one band."
    if in_bands != sorted(in_bands):
        yield (
            EntryKind.BAND,
            "The scale",
            "put the bands, and the levels in them, in the order of the levels.",
        )


def _profile_problems(source: EditionSource) -> Iterator[Entry]:
    if not source.profiles:
        yield _problem(EntryKind.PROFILE, "", "The edition has no practice profile.")
    yield from _shared_names(source.profiles)
    yield from _shared_slugs(source.profiles)
    aspects = [aspect for profile in source.profiles for aspect in profile.aspects]
    scale = {level.number for level in source.levels}
    nowhere, strange = _levels_throughout(aspects, scale)
    for number in nowhere:
        sentence = f"no skill aspect describes level {number}. Describe it in each, or take it off the scale."
        yield _problem(EntryKind.LEVEL, "The scale", sentence)
    for number in strange:
        sentence = f"it has no level {number}, which the skill aspects describe."
        yield _problem(EntryKind.LEVEL, "The scale", sentence)
    for profile in source.profiles:
        yield from _aspect_problems(profile, scale, told={*nowhere, *strange})
        yield from _goal_problems(profile, scale)


def _shared_names(profiles: Sequence[ProfileSource]) -> Iterator[Entry]:
    for name in ("slug", "title", "order"):
        for sharing in _sharing(profiles, name):
            value = getattr(sharing[0], name)
            where = " and ".join(named(profile) for profile in sharing)
            sentence = f"they have the same {name}, “{value}”."
            yield _problem(EntryKind.PROFILE, where, sentence, *(profile.place for profile in sharing))


def _shared_slugs(profiles: Sequence[ProfileSource]) -> Iterator[Entry]:
    """Skill aspects of one slug, in whichever practice profiles they are."""
    owners = {id(aspect): profile for profile in profiles for aspect in profile.aspects}
    for twins in _sharing([aspect for profile in profiles for aspect in profile.aspects], "slug"):
        if len({(owners[id(aspect)].slug, aspect.title.casefold()) for aspect in twins}) == 1:
            continue  # the same title in one practice profile, which is what somebody sees in the file
        where = " and ".join(named(owners[id(aspect)], aspect) for aspect in twins)
        sentence = f"they have the same slug, “{twins[0].slug}”."
        yield _problem(EntryKind.ASPECT, where, sentence, *(aspect.place for aspect in twins))


def _aspect_problems(profile: ProfileSource, scale: set[int], *, told: set[int]) -> Iterator[Entry]:
    if not profile.aspects:
        yield _problem(EntryKind.ASPECT, named(profile), "it has no skill aspect.", profile.place)
    for twins in _sharing(profile.aspects, "title"):
        sentence = "two skill aspects of this practice profile have the same title."
        places = (aspect.place for aspect in twins)
        yield _problem(EntryKind.ASPECT, named(profile, twins[0]), sentence, *places)
    for aspect in profile.aspects:
        yield from _descriptor_problems(profile, aspect, scale, told)
        for number in sorted({level for level, _ in aspect.occasions} - scale):
            where = f"{named(profile, aspect)}, level {number}"
            yield _problem(
                EntryKind.DESCRIPTOR, where, "the scale doesn’t have this level, which waits for an occasion."
            )


def _goal_problems(profile: ProfileSource, scale: set[int]) -> Iterator[Entry]:
    for number, (_, goal) in enumerate(profile.all_goals, start=1):
        if goal.level is not None and goal.level not in scale:
            where = f"{named(profile)}, example goal {number}"
            yield _problem(EntryKind.GOAL, where, f"the scale doesn’t have level {goal.level}.", goal.place)


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
    title = named(profile, aspect)
    numbers = [number for number, _ in aspect.descriptors]
    missing, strange = scale - set(numbers) - told, set(numbers) - scale - told
    found = [(number, "its descriptor is missing.") for number in sorted(missing)]
    found += [(number, "the scale doesn’t have this level.") for number in sorted(strange)]
    found += [(number, "it is described more than once.") for number in _doubled(numbers)]
    found += [(n, "its descriptor is empty.") for n, text in aspect.descriptors if not text.strip()]
    for number, sentence in found:
        where = f"{title}, level {number}"
        yield _problem(EntryKind.DESCRIPTOR, where, sentence, aspect.place_of(number))


def warnings_of(source: EditionSource) -> Iterator[Entry]:
    """What a good editor would ask about; it stops nothing."""
    for one in source.aside:
        yield Entry(Action.WARNING, EntryKind.EDITION, one.place or "The file", one.sentence, one.place)
    for profile in source.profiles:
        for aspect in profile.aspects:
            for number, sentence in lint.of_ladder(aspect.descriptors):
                where = f"{named(profile, aspect)}, level {number}"
                place = aspect.place_of(number)
                yield Entry(Action.WARNING, EntryKind.DESCRIPTOR, where, sentence, place)
        for number, (_, goal) in enumerate(profile.all_goals, start=1):
            where = f"{named(profile)}, example goal {number}"
            for sentence in lint.of_goal(goal.text):
                yield Entry(Action.WARNING, EntryKind.GOAL, where, sentence, goal.place)
    yield from _craft(source)
    if source.claimed_hash and source.claimed_hash != content_hash(source):
        sentence = "its words are not those that it was written with: somebody has changed them since."
        yield Entry(Action.WARNING, EntryKind.EDITION, "The file", sentence)


def _craft(source: EditionSource) -> Iterator[Entry]:
    """One entry a rule, with all its places: an edition that nobody has read so far has hundreds."""
    titles = {
        aspect.slug: named(profile, aspect) for profile in source.profiles for aspect in profile.aspects
    }
    found: dict[craft.Rule, dict[str, list[int]]] = {}
    for (slug, number), finding in craft.of_edition(source.ladders):
        levels = found.setdefault(finding.rule, {}).setdefault(slug, [])
        if number not in levels:
            levels.append(number)
    for rule in craft.Rule:
        places = found.get(rule, {})
        if not places:
            continue
        count = sum(map(len, places.values()))
        listed = "; ".join(f"{titles[slug]} {_levels(numbers)}" for slug, numbers in places.items())
        where = counted(count, "description")
        yield Entry(Action.WARNING, EntryKind.DESCRIPTOR, where, f"{craft.ASKS[rule]}: {listed}.", rule=rule)


def _levels(numbers: list[int]) -> str:
    return f"level{'' if len(numbers) == 1 else 's'} {', '.join(map(str, sorted(numbers)))}"


def _doubled[T: (str, int)](values: Iterable[T]) -> list[T]:
    return [value for value, count in Counter(values).items() if count > 1]
