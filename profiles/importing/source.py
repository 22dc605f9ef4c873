"""What every reader turns its format into: an edition as plain data.

It can hold what is wrong (a level doubled, a descriptor missing), so that `plan` finds it whatever the format was.
"""

from dataclasses import dataclass

from django.utils.text import slugify


class UnreadableSourceError(Exception):
    """A file can't be understood. `problems` are sentences, each saying where and what to do."""

    def __init__(self, *problems: str) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


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


@dataclass(frozen=True)
class AspectSource:
    slug: str
    title: str
    descriptors: tuple[tuple[int, str], ...]
    """Level number and text."""


@dataclass(frozen=True)
class GoalSource:
    text: str
    verb: str
    practice: str
    with_whom: str
    count: int
    unit: str
    when: str


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
