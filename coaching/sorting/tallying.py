"""What is counted of one sorter's cards, and what the counts say of the words. Plain values: no row, and nobody.

Counts are what may be kept without a name (ADR 40): of each card how many gave it which place and which aspect, and of
neighbours how many turned them round. From these the spread of places and a
coefficient of agreement can be worked out; who gave which places together can't.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Self

NONE = "none"
UNSURE = "unsure"
"""Answers of somebody who names no aspect. No aspect's slug looks like it, since `Counts` keeps slugs with a mark."""
WORTH_A_LOOK = 0.3
"""From which part of the sorters on a card gets a sentence: two of five, three of ten."""
STEADY = 0.7
"""Which part of the sorters have to give a card its own place, for it to be called steady."""

type _Numbers = dict[str, int]


@dataclass(frozen=True)
class Answer:
    """One sorter's cards of one aspect, by their levels: the order, which aspect each was taken for, which two read alike."""

    order: Sequence[int]
    """Levels, first step first."""
    named: Mapping[int, str]
    """By level an aspect's slug, NONE or UNSURE."""
    alike: frozenset[int] = frozenset()
    """None, or two levels."""


@dataclass
class Counts:
    """How many have sorted the cards of one aspect, and how. Levels and places are numbers from 1."""

    sorters: int = 0
    places: dict[int, Counter[int]] = field(default_factory=dict)
    """How many put a level at a place."""
    named: dict[int, Counter[str]] = field(default_factory=dict)
    turned: Counter[int] = field(default_factory=Counter)
    """How many put a level after the one above it."""
    alike: Counter[tuple[int, int]] = field(default_factory=Counter)

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        """From JSON, which has no numbers for keys."""
        alike = {_pair(key): number for key, number in stored.get("alike", {}).items()}
        return cls(
            sorters=stored.get("sorters", 0),
            places={int(level): _by_number(given) for level, given in stored.get("places", {}).items()},
            named={int(level): Counter(given) for level, given in stored.get("named", {}).items()},
            turned=_by_number(stored.get("turned", {})),
            alike=Counter(alike),
        )

    @property
    def stored(self) -> dict[str, Any]:
        """As JSON, in an order that says nothing of the order in which it came."""
        return {
            "sorters": self.sorters,
            "places": {str(level): _texts(self.places[level]) for level in sorted(self.places)},
            "named": {str(level): _texts(self.named[level]) for level in sorted(self.named)},
            "turned": _texts(self.turned),
            "alike": _texts({f"{low}-{high}": number for (low, high), number in self.alike.items()}),
        }

    def add(self, answer: Answer) -> None:
        """Count one more sorter in. Nothing takes one out again."""
        self.sorters += 1
        place_of = {level: place for place, level in enumerate(answer.order, start=1)}
        ladder = sorted(place_of)
        for level, place in place_of.items():
            self.places.setdefault(level, Counter())[place] += 1
            self.named.setdefault(level, Counter())[answer.named[level]] += 1
        for lower, upper in pairwise(ladder):
            self.turned[lower] += place_of[lower] > place_of[upper]
        if answer.alike:
            low, high = sorted(answer.alike)
            self.alike[low, high] += 1


def _by_number(given: Mapping[str, int]) -> Counter[int]:
    return Counter({int(key): number for key, number in given.items()})


def _pair(key: str) -> tuple[int, int]:
    low, high = key.split("-")
    return int(low), int(high)


def _texts(given: Mapping[Any, int]) -> _Numbers:
    return {str(key): given[key] for key in sorted(given) if given[key]}


def is_steady(counts: Counts, level: int, place: int) -> bool:
    """Whether nearly all put a card where it stands on the ladder."""
    return counts.places[level][place] >= STEADY * counts.sorters


def is_worth_a_look(number: int, counts: Counts) -> bool:
    return number >= WORTH_A_LOOK * counts.sorters


def others_named(counts: Counts, level: int, aspect: str) -> Counter[str]:
    """Which other aspects a card was taken for."""
    named = counts.named[level]
    return Counter({slug: named[slug] for slug in named if slug not in {aspect, NONE, UNSURE}})


def none_named(counts: Counts, level: int) -> int:
    return counts.named[level][NONE] + counts.named[level][UNSURE]


def moved(order: Iterable[int], card: int, to: int) -> list[int]:
    """The order with one card at another place, the first being 1."""
    rest = [level for level in order if level != card]
    rest.insert(max(to, 1) - 1, card)
    return rest
