"""What a result says of the words, card by card: numbers and sentences for a page, and lines for a file (ADR 40).

It never says "reliable": a sort tells how these people read these cards on this day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from coaching.sorting.models import SortResult
from coaching.sorting.tallying import (
    NONE,
    UNSURE,
    is_steady,
    is_worth_a_look,
    none_named,
    others_named,
)
from profiles.ladder import disc
from profiles.models import SkillAspect
from sopcoach.words import dates
from sopcoach.words.wording import spelled

SLOT = 25
"""How wide a place is drawn."""
GROUND, HIGHEST = 58, 14.5
DISC = 3.4


@dataclass(frozen=True)
class Disc:
    x: float
    y: float
    r: float


@dataclass(frozen=True)
class Spread:
    """Over which places a card was put: a slot a place, a disc a sorter."""

    numbers: tuple[int, ...]
    """How many put it at each place, from the first on."""
    home: int
    most: int
    """The most discs of any card of this page, which all are drawn on one scale with."""

    @property
    def width(self) -> int:
        return SLOT * len(self.numbers) + 9

    @property
    def line_end(self) -> int:
        return self.width - 2

    @property
    def home_x(self) -> float:
        return SLOT * (self.home - 1) + 4.5

    @property
    def slots(self) -> list[tuple[int, int]]:
        return [(place, self._x(place)) for place in range(1, len(self.numbers) + 1)]

    @property
    def discs(self) -> Iterator[Disc]:
        step = min(7.6, (GROUND - 5.5 - HIGHEST) / max(self.most - 1, 1))
        for place, number in enumerate(self.numbers, start=1):
            for one in range(number):
                yield Disc(
                    self._x(place), round(GROUND - 5.5 - step * one, 1), round(min(DISC, step / 2.2), 1)
                )

    @property
    def told(self) -> str:
        given = [f"place {place}: {number}" for place, number in enumerate(self.numbers, start=1) if number]
        return f"Places given: {', '.join(given)}."

    def _x(self, place: int) -> int:
        return SLOT * (place - 1) + 17


@dataclass(frozen=True)
class CardRead:
    """What came of one card."""

    level: int
    name: str
    text: str
    own: int
    """How many named its aspect."""
    others: int
    none: int
    unsure: int
    lowest: int
    highest: int
    spread: Spread
    is_steady: bool
    notes: tuple[str, ...]

    @property
    def disc(self) -> int:
        return disc(self.level, top=len(self.spread.numbers))


@dataclass(frozen=True)
class ResultRead:
    """A result with the ladder that its cards stand on."""

    result: SortResult
    aspect: SkillAspect
    titles: dict[str, str]
    """Of the profile's aspects, by slug."""

    @property
    def sorters(self) -> int:
        return self.result.sorters

    @property
    def who(self) -> str:
        return f"{spelled(self.sorters)} people"

    @cached_property
    def cards(self) -> list[CardRead]:
        counts = self.result.tally
        ladder = [(row.level.number, row) for row in self.aspect.descriptors.all()]
        most = max(max(places.values()) for places in counts.places.values())
        names = {level: row.level.name for level, row in ladder}
        read = []
        for place, (level, row) in enumerate(ladder, start=1):
            given = counts.places[level]
            named = counts.named[level]
            read.append(
                CardRead(
                    level=level,
                    name=row.level.name,
                    text=row.text,
                    own=named[self.aspect.slug],
                    others=others_named(counts, level, self.aspect.slug).total(),
                    none=named[NONE],
                    unsure=named[UNSURE],
                    lowest=min(given),
                    highest=max(given),
                    spread=Spread(tuple(given[at] for at in range(1, len(ladder) + 1)), place, most),
                    is_steady=is_steady(counts, level, place),
                    notes=tuple(self._notes(level, names)),
                )
            )
        return read

    def _notes(self, level: int, names: dict[int, str]) -> Iterator[str]:
        """A sentence only where something is to be done."""
        counts, of = self.result.tally, f"of {self.sorters}"
        above = level + 1
        if above in names and is_worth_a_look(counts.turned[level], counts):
            yield (
                f"{counts.turned[level]} {of} put this card after {names[above]}. "
                "Is it a step, or the same act told twice?"
            )
        if above in names and is_worth_a_look(counts.alike[level, above], counts):
            yield f"{counts.alike[level, above]} {of} said that it reads like {names[above]}."
        others = others_named(counts, level, self.aspect.slug)
        if is_worth_a_look(others.total(), counts):
            (slug, number), *_ = others.most_common()
            title = self.titles.get(slug, slug)
            share = (
                "all" if number == others.total() else "most" if number > others.total() / 2 else f"{number}"
            )
            yield f"{others.total()} {of} named another aspect, {share} of them “{title}”."
        if is_worth_a_look(none_named(counts, level), counts):
            yield f"{none_named(counts, level)} {of} couldn’t say which aspect it belongs to, or named none."

    @property
    def summary(self) -> str:
        """What can be said of it, in two sentences."""
        steady = sum(card.is_steady for card in self.cards)
        all_of_them = len(self.cards)
        how_many = "all" if steady == all_of_them else spelled(steady)
        first = (
            f"In this sort, nearly all of {self.who} put {how_many} of the {spelled(all_of_them)} cards where "
            f"{'they stand' if steady != 1 else 'it stands'} on the ladder."
        )
        return f"{first} {self._to_look_at}"

    @property
    def _to_look_at(self) -> str:
        numbers = [str(card.level) for card in self.cards if not card.is_steady or card.notes]
        if not numbers:
            return "No card stood out."
        if len(numbers) == 1:
            return f"Level {numbers[0]} needs another look."
        return f"Levels {', '.join(numbers[:-1])} and {numbers[-1]} need another look."

    @property
    def citation(self) -> str:
        edition = self.aspect.edition
        content = f" Content {edition.content_mark}." if edition.content_mark else ""
        return (
            f"Blind sort of the {spelled(len(self.cards))} cards of “{self.aspect.title}” by {self.sorters} sorters, "
            f"edition {edition.name}, {dates.day(self.result.closed_on, 'dated')}.{content}"
        )


def lines(read: Sequence[ResultRead]) -> Iterator[list[object]]:
    """The same as a table for other programs, a line a card. It holds no people."""
    places = max((len(result.cards) for result in read), default=0)
    yield [
        *("edition", "content", "aspect", "level", "name", "words", "sorters", "closed on"),
        *(f"place {place}" for place in range(1, places + 1)),
        *("lowest place", "highest place", "named its aspect", "named another", "named none"),
        *("couldn’t tell", "put after the next", "read like the next"),
    ]
    for result in read:
        counts, edition = result.result.tally, result.aspect.edition
        for card in result.cards:
            empty = [""] * (places - len(card.spread.numbers))
            yield [
                *(edition.name, edition.content_hash, result.aspect.title, card.level, card.name, card.text),
                *(result.sorters, result.result.closed_on.isoformat(), *card.spread.numbers, *empty),
                *(card.lowest, card.highest, card.own, card.others, card.none, card.unsure),
                *(counts.turned[card.level], counts.alike[card.level, card.level + 1]),
            ]
