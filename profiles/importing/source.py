"""What every reader turns its format into: an edition as plain data.

It can hold what is wrong (a level doubled, a descriptor missing), so that `plan` finds it whatever the format was.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.text import slugify

from profiles.models.content_hash import digest_of
from sopcoach.files.encoding import UnreadableTextError, decoded

PLACE = re.compile(r"(?:(?P<sheet>Sheet .*?), )?[Rr]ow (?P<row>\d+)(?:, column (?P<column>[A-Z]+))?")


@dataclass(frozen=True)
class Problem:
    """A sentence that says what to do, and where in the file: “Sheet “goals”, row 4, column B”."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}" if self.place else self.sentence

    @property
    def in_file_order(self) -> tuple[str, int, str]:
        """To sort by: as somebody comes across them who goes through the file from the top."""
        found = PLACE.match(self.place)
        return (
            (found["sheet"] or "", int(found["row"]), (found["column"] or "").rjust(3))
            if found
            else ("", 0, "")
        )


class UnreadableSourceError(Exception):
    """A file can't be understood. It holds one problem or more."""

    def __init__(self, *found: str | Problem) -> None:
        self.found = tuple(Problem("", each) if isinstance(each, str) else each for each in found)
        super().__init__(" ".join(self.problems))

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(str(problem) for problem in self.found)


def text_of(content: bytes) -> str:
    """The text of a file, whatever it was saved as. Raises `UnreadableSourceError`."""
    try:
        return decoded(content)
    except UnreadableTextError as error:
        raise UnreadableSourceError(str(error)) from error


@dataclass(frozen=True)
class BandSource:
    slug: str
    title: str
    levels: tuple[int, ...]


@dataclass(frozen=True)
class LevelSource:
    number: int
    name: str
    gist: str
    place: str = field(default="", compare=False)
    """Where it stands in the file, if the file has rows; not part of what it says. So below."""
    stands_alone: bool = False
    """Whether it doesn't hold the levels before it."""


@dataclass(frozen=True)
class AspectSource:
    slug: str
    title: str
    descriptors: tuple[tuple[int, str], ...]
    """Level number and text."""
    place: str = field(default="", compare=False)
    level_places: tuple[str, ...] = field(default=(), compare=False)
    """One for each descriptor."""
    definition: str = ""
    """One sentence: what varies from the lowest level to the highest, and nothing else."""
    evidence: tuple[str, ...] = ()
    """What may be looked at to see it."""
    applies: str = ""
    lookalike: str = ""
    """What looks like it and isn't."""
    occasions: tuple[tuple[int, str], ...] = ()
    """Levels that wait for an occasion, and for which."""
    questions: tuple[str, ...] = ()
    example_goals: tuple["GoalSource", ...] = ()

    def place_of(self, number: int) -> str:
        places = zip(self.descriptors, self.level_places, strict=False)
        return next((place for (level, _), place in places if level == number), self.place)


@dataclass(frozen=True)
class GoalSource:
    text: str
    verb: str
    practice: str
    with_whom: str
    count: int
    unit: str
    when: str
    place: str = field(default="", compare=False)
    level: int | None = None
    """The level that it practises."""


@dataclass(frozen=True)
class ProfileSource:
    slug: str
    title: str
    order: int
    purpose: str
    cross_cutting: bool
    aspects: tuple[AspectSource, ...]
    questions: tuple[str, ...]
    example_goals: tuple[GoalSource, ...]
    place: str = field(default="", compare=False)
    aliases: tuple[str, ...] = ()
    """What else the field calls it."""
    at_every_level: tuple[str, ...] = ()
    """What every family is owed, so that it is no level."""

    @property
    def all_questions(self) -> tuple[tuple[str, str], ...]:
        """With the slug of the aspect that each is about, or nothing: the whole profile's first."""
        own = (("", question) for question in self.questions)
        theirs = ((aspect.slug, question) for aspect in self.aspects for question in aspect.questions)
        return (*own, *theirs)

    @property
    def all_goals(self) -> tuple[tuple[str, GoalSource], ...]:
        own = (("", goal) for goal in self.example_goals)
        theirs = ((aspect.slug, goal) for aspect in self.aspects for goal in aspect.example_goals)
        return (*own, *theirs)


type Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ProvenanceSource:
    """Where the words come from, and how far they can be relied on."""

    status: str = ""
    authors: tuple[str, ...] = ()
    written_on: date | None = None
    citation: str = ""
    """Left empty, it is made from the rest."""
    sources: tuple[str, ...] = ()
    originators: tuple[str, ...] = ()
    method: str = ""
    reviewers: tuple[str, ...] = ()
    wording: str = ""
    anchor_rule: str = ""
    character_rule: str = ""
    scale_rationale: str = ""
    changelog: Pairs = ()
    """The slug of a profile or an aspect, and what has changed there since the edition before."""
    glossary: Pairs = ()
    """A word, and what it means in this edition."""
    not_written: Pairs = ()
    """A practice whose place is named only, and who has to write it."""


@dataclass(frozen=True)
class EditionSource:
    slug: str
    title: str
    name: str
    note: str
    bands: tuple[BandSource, ...]
    levels: tuple[LevelSource, ...]
    profiles: tuple[ProfileSource, ...]
    scale_name: str = ""
    provenance: ProvenanceSource | None = None
    aside: tuple[Problem, ...] = field(default=(), compare=False)
    """What stands beside the edition in its file and was not read."""
    claimed_hash: str = field(default="", compare=False)
    """What the file says that `content_hash` is."""

    def __str__(self) -> str:
        return f"{self.title}, edition {self.name}"

    @property
    def ladders(self) -> dict[str, tuple[tuple[int, str], ...]]:
        """Each aspect's descriptors, by its slug."""
        return {aspect.slug: aspect.descriptors for profile in self.profiles for aspect in profile.aspects}


def edition_slug(title: str, name: str) -> str:
    return slugify(f"{title} {name.replace('.', '-')}")


def extended(draft: EditionSource, addition: EditionSource) -> EditionSource:
    """The draft with the addition's practice profiles in place of its own of the same slug, or after them."""
    new = {profile.slug: profile for profile in addition.profiles}
    kept = [
        replace(new.pop(profile.slug), order=profile.order) if profile.slug in new else profile
        for profile in draft.profiles
    ]
    last = max((profile.order for profile in draft.profiles), default=0)
    added = [replace(profile, order=last + place) for place, profile in enumerate(new.values(), start=1)]
    return replace(draft, profiles=(*kept, *added))


def content_hash(source: EditionSource) -> str:
    """Tells whether two files hold the same scale, descriptors and what stands beside them, whoever names them.

    `profiles.models.content_hash` makes the same of what the catalogue holds.
    """
    scale = [[level.number, level.name, level.gist] for level in source.levels]
    profiles = [
        [
            profile.slug,
            profile.title,
            profile.purpose,
            list(profile.aliases),
            list(profile.at_every_level),
            [
                [
                    aspect.slug,
                    aspect.title,
                    aspect.definition,
                    list(aspect.evidence),
                    aspect.applies,
                    aspect.lookalike,
                    [[n, text, dict(aspect.occasions).get(n, "")] for n, text in sorted(aspect.descriptors)],
                ]
                for aspect in profile.aspects
            ],
            [text for _, text in profile.all_questions],
            [goal.text for _, goal in profile.all_goals],
        ]
        for profile in sorted(source.profiles, key=lambda profile: profile.order)
    ]
    return digest_of([source.scale_name, sorted(scale), profiles])
