"""Editions for tests: a small one that is quick to make, and the one that ships."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from profiles.importing.apply import apply, current_for
from profiles.importing.plan import plan
from profiles.importing.readers import read_file
from profiles.importing.source import (
    AspectSource,
    BandSource,
    EditionSource,
    GoalSource,
    LevelSource,
    ProfileSource,
    ProvenanceSource,
    edition_slug,
)
from profiles.models import Edition

SHIPPED = Path(__file__).parents[2] / "profiles" / "data" / "sop-practice-profiles-2026-1.yaml"
NAMES = ["Discovering", "Trying on", "Practicing", "Purposeful", "Partnering", "Integrating", "Leading"]
PRACTICES = ["Listening", "Mapping", "Planning"]
ASPECTS = ["Opening", "Following"]


def small_edition(
    *, published: bool = True, profiles: int = 3, aspects: int = 2, top: int = 7, name: str = "1"
) -> Edition:
    """Slugs: profiles `listening`, `mapping`, `planning`, aspects `listening-opening`, `listening-following` …"""
    source = small_source(profiles=profiles, aspects=aspects, top=top, name=name)
    return apply(plan(source, current_for(source)), publish=published)


def shipped_edition(*, published: bool = True, name: str = "2026-1") -> Edition:
    source = read_file(SHIPPED.with_name(f"sop-practice-profiles-{name}.yaml"))
    return apply(plan(source, current_for(source)), publish=published)


def small_source(*, profiles: int = 3, aspects: int = 2, top: int = 7, name: str = "1") -> EditionSource:
    half = top // 2
    return EditionSource(
        slug=edition_slug("Small profiles", name),
        title="Small profiles",
        name=name,
        note="For coaching conversations.",
        bands=(
            BandSource("building", "Building", tuple(range(1, half + 1))),
            BandSource("deepening", "Deepening", tuple(range(half + 1, top + 1))),
        ),
        levels=tuple(
            LevelSource(number, _name(NAMES, number), f"The gist of level {number}.")
            for number in range(1, top + 1)
        ),
        profiles=tuple(
            _profile_source(_name(PRACTICES, order), order, aspects=aspects, top=top)
            for order in range(1, profiles + 1)
        ),
        scale_name="Seven steps",
        provenance=PROVENANCE,
    )


PROVENANCE = ProvenanceSource(
    status="Draft for tests, not validated",
    authors=("Ada Bello", "Cedar County"),
    written_on=date(2026, 11, 27),
    sources=("A guide that was read for facts.",),
    originators=("Mapping: somebody who thought of it.",),
    method="Written, read and written again.",
    reviewers=("Petra Novak",),
    wording="original",
    changelog=(("listening", "It has become a practice profile."),),
    glossary=(("network", "The people around a child."), ("bottom line", "What can’t be left out.")),
    not_written=(("Working with Tribes", "Those whose it is write it."),),
)


def full_source() -> EditionSource:
    """The small edition with all that can be said of a practice profile and an aspect."""
    source = small_source()
    return replace(source, profiles=tuple(_said_in_full(profile) for profile in source.profiles))


def full_edition(*, published: bool = True) -> Edition:
    source = full_source()
    return apply(plan(source, current_for(source)), publish=published)


def _said_in_full(profile: ProfileSource) -> ProfileSource:
    practice = profile.slug
    return replace(
        profile,
        aliases=(f"The art of {practice}", f"{profile.title} well"),
        at_every_level=(f"Nobody is made to take part in {practice}.", "The child hears what was decided."),
        aspects=tuple(
            replace(
                aspect,
                definition=f"How far one goes in {aspect.title.lower()}.",
                evidence=("a visit", "a map"),
                applies="In every talk.",
                lookalike=f"Being good at {practice}.",
                occasions=((7, "Needs a dispute."),),
                questions=(f"What did you notice about {aspect.title.lower()}?",),
                example_goals=(
                    GoalSource(
                        f"Watch {practice} with a colleague on 1 visit by Friday.",
                        *("Watch", practice, "a colleague", 1, "visit", "by Friday"),
                        level=1,
                    ),
                ),
            )
            for aspect in profile.aspects
        ),
    )


def _profile_source(title: str, order: int, *, aspects: int, top: int) -> ProfileSource:
    practice = title.lower()
    slug = practice.replace(" ", "-")
    goal = f"Use {practice} with caregivers on 2 visits in the next 30 days."
    return ProfileSource(
        slug=slug,
        title=title,
        order=order,
        purpose=f"What {practice} is for.",
        cross_cutting=False,
        aspects=tuple(
            _aspect_source(slug, practice, _name(ASPECTS, place), top) for place in range(1, aspects + 1)
        ),
        questions=(f"When did {practice} go well?", f"What would you like to try in {practice}?"),
        example_goals=(GoalSource(goal, "Use", practice, "caregivers", 2, "visits", "in the next 30 days"),),
    )


def _aspect_source(profile_slug: str, practice: str, title: str, top: int) -> AspectSource:
    slug = f"{profile_slug}-{title.lower().replace(' ', '-')}"
    descriptors = tuple(
        (number, f"{title} in {practice}, as it looks at level {number}.") for number in range(1, top + 1)
    )
    return AspectSource(slug, f"{title} in {practice}", descriptors)


def _name(names: list[str], number: int) -> str:
    return names[number - 1] if number <= len(names) else f"{names[0]} {number}"
