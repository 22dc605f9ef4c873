"""An edition taken apart: every part of it, under a key that means the same part in another edition."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from profiles.importing.entries import EntryKind
from profiles.importing.source import AspectSource, EditionSource, ProfileSource, ProvenanceSource


@dataclass(frozen=True)
class Part:
    """A part of an edition: what it says, field by field, and how people call it."""

    where: str
    texts: "Texts"
    profile: str = ""
    aspect: str = ""
    level: int | None = None


type Key = tuple[EntryKind, tuple[str | int, ...]]
type Texts = tuple[tuple[str, str], ...]
type Parts = dict[Key, Part]


PROVENANCE: Key = (EntryKind.PROVENANCE, ())


def parts_of(source: EditionSource) -> Parts:
    """Every part of an edition under a key that means the same part in another edition."""
    facts: Texts = (
        ("Title", source.title),
        ("Edition", source.name),
        ("Note", source.note),
        ("Name of the scale", source.scale_name),
    )
    parts: Parts = {(EntryKind.EDITION, (source.slug,)): Part(str(source), facts)}
    if source.provenance:
        parts[PROVENANCE] = Part("where the words come from", _origin_texts(source.provenance))
    for place, band in enumerate(source.bands, start=1):
        levels = ", ".join(map(str, band.levels))
        texts: Texts = (("Name", band.title), ("Levels", levels), ("Place", str(place)))
        parts[EntryKind.BAND, (band.slug,)] = Part(f"band “{band.title}”", texts)
    for level in source.levels:
        holds = "no" if level.stands_alone else "yes"
        texts = (("Name", level.name), ("Gist", level.gist), ("Holds the ones before it", holds))
        parts[EntryKind.LEVEL, (level.number,)] = Part(f"level {level.number}", texts, level=level.number)
    for profile in source.profiles:
        parts |= _parts_of_profile(profile)
    return parts


def _origin_texts(provenance: ProvenanceSource) -> Texts:
    def paired(pairs: tuple[tuple[str, str], ...]) -> str:
        return " ".join(f"{first}: {second}" for first, second in pairs)

    return (
        ("Status", provenance.status),
        ("Authors", ", ".join(provenance.authors)),
        ("Written on", provenance.written_on.isoformat() if provenance.written_on else ""),
        ("Citation", provenance.citation),
        ("Sources", " ".join(provenance.sources)),
        ("Originators", " ".join(provenance.originators)),
        ("Method", provenance.method),
        ("Reviewers", ", ".join(provenance.reviewers)),
        ("Wording", provenance.wording),
        ("Rule of the anchor", provenance.anchor_rule),
        ("Rule of character", provenance.character_rule),
        ("Why this scale", provenance.scale_rationale),
        ("Changes", paired(provenance.changelog)),
        ("Glossary", paired(provenance.glossary)),
        ("Not written", paired(provenance.not_written)),
    )


def _parts_of_profile(profile: ProfileSource) -> Parts:
    parts: Parts = {(EntryKind.PROFILE, (profile.slug,)): _profile_part(profile)}
    for place, aspect in enumerate(profile.aspects, start=1):
        where = named(profile, aspect)
        texts: Texts = (
            ("Title", aspect.title),
            ("Practice profile", profile.slug),
            ("Place", str(place)),
            ("Definition", aspect.definition),
            ("What may be looked at", "; ".join(aspect.evidence)),
            ("Where it applies", aspect.applies),
            ("Looks like it, isn’t", aspect.lookalike),
        )
        parts[EntryKind.ASPECT, (aspect.slug,)] = Part(where, texts, profile.title, aspect.title)
        occasions = dict(aspect.occasions)
        for number, text in aspect.descriptors:
            texts = (("", text), ("Waits for an occasion", occasions.get(number, "")))
            part = Part(f"{where}, level {number}", texts, profile.title, aspect.title, number)
            parts[EntryKind.DESCRIPTOR, (aspect.slug, number)] = part
    for place, (about, question) in enumerate(profile.all_questions):
        where = f"{named(profile)}, coaching question {place + 1}"
        texts = (("", question), ("Skill aspect", about))
        parts[EntryKind.QUESTION, (profile.slug, place)] = Part(where, texts, profile.title)
    for place, (about, goal) in enumerate(profile.all_goals):
        where = f"{named(profile)}, example goal {place + 1}"
        said = ("Verb", goal.verb), ("Practice", goal.practice), ("With whom", goal.with_whom)
        counted = ("Count", str(goal.count)), ("Unit", goal.unit), ("When", goal.when)
        level = "" if goal.level is None else str(goal.level)
        texts = (("", goal.text), *said, *counted, ("Skill aspect", about), ("Level", level))
        parts[EntryKind.GOAL, (profile.slug, place)] = Part(where, texts, profile.title)
    return parts


def _profile_part(profile: ProfileSource) -> Part:
    texts = (
        ("Title", profile.title),
        ("Place", str(profile.order)),
        ("Purpose", profile.purpose),
        ("Runs through all the others", "yes" if profile.cross_cutting else "no"),
        ("Also called", "; ".join(profile.aliases)),
        ("Holds at every level", " ".join(profile.at_every_level)),
    )
    return Part(named(profile), texts, profile.title)


def aligned(parts: Parts, source: EditionSource, before: EditionSource | None) -> Parts:
    """Give questions and goals, which have no slug, the keys of those before that they stand for.

    So that one put in at the top doesn't show as a change of every one below it.
    """
    if before is None:
        return parts
    was = {profile.slug: profile for profile in before.profiles}
    new_key: dict[Key, Key] = {}
    for profile in source.profiles:
        if profile.slug not in was:
            continue
        old = was[profile.slug]
        for kind, ours, theirs in (
            (EntryKind.QUESTION, profile.all_questions, old.all_questions),
            (EntryKind.GOAL, profile.all_goals, old.all_goals),
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


def named(profile: ProfileSource, aspect: AspectSource | None = None) -> str:
    return f"“{profile.title}”, “{aspect.title}”" if aspect else f"“{profile.title}”"
