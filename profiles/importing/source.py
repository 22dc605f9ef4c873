"""What every reader turns its format into: an edition as plain data.

It can hold what is wrong (a level doubled, a descriptor missing), so that `plan` finds it whatever the format was.
"""

import re
from dataclasses import dataclass, field, replace

from django.utils.text import slugify

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


@dataclass(frozen=True)
class AspectSource:
    slug: str
    title: str
    descriptors: tuple[tuple[int, str], ...]
    """Level number and text."""
    place: str = field(default="", compare=False)
    level_places: tuple[str, ...] = field(default=(), compare=False)
    """One for each descriptor."""

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


@dataclass(frozen=True)
class EditionSource:
    slug: str
    title: str
    name: str
    note: str
    bands: tuple[BandSource, ...]
    levels: tuple[LevelSource, ...]
    profiles: tuple[ProfileSource, ...]

    def __str__(self) -> str:
        return f"{self.title}, edition {self.name}"


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
