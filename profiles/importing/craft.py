"""What makes a ladder one that two readers would climb alike: rules of the craft, asked of each descriptor.

They follow what is known of behaviourally anchored scales: one act that can be seen or told, one line from the lowest level
to the highest, words that everybody reads. Each is a question to its author and proves nothing: no rule here knows
what a sentence means.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from statistics import median

from profiles.importing.reading_grade import grade, words_of
from profiles.importing.verbs import ALSO_THINGS, BASES, SAYS_AN_ACT


class Rule(StrEnum):
    TWO_ACTS = "two acts in one"
    INNER = "an act that nobody sees"
    OTHERS = "told by what others do"
    GRADE = "hard to read"
    LENGTH = "off the length of its ladder"
    NEIGHBORS = "neighbors that read alike"
    TWICE = "the same act on two ladders"


ASKS = {
    Rule.TWO_ACTS: "hold two acts in one, so that two people may each rate another",
    Rule.INNER: "begin with something that nobody can see or hear",
    Rule.OTHERS: "tell what others do, and a level is about the worker’s own practice",
    Rule.GRADE: "ask for more than nine years of school",
    Rule.LENGTH: "are much shorter or longer than the rest of their ladder, so that length tells the level",
    Rule.NEIGHBORS: "share most of their words with the level below",
    Rule.TWICE: "tell the same act as a level of another ladder",
}
"""What is asked of those that a rule found, after their number."""

HIGHEST_GRADE = 9.0
SHORTEST, LONGEST = 0.6, 1.5
"""Of the middle length of a ladder."""
ALIKE = 0.5
"""Of all words of two neighbors that mean something, how large a part stands in both."""
THE_SAME = 0.6
"""The same for levels of two ladders."""
RARE = 40
"""A word in more descriptors than that tells no two of them apart."""

INNER = {
    *(
        "understands",
        "knows",
        "recognizes",
        "recognises",
        "appreciates",
        "believes",
        "realizes",
        "realises",
        "feels",
    ),
    *(
        "values",
        "respects",
        "trusts",
        "thinks",
        "considers",
        "accepts",
        "senses",
        "wants",
        "hopes",
        "intends",
    ),
    *(
        "cares",
        "remembers",
        "reflects",
        "sees",
        "notices",
        "distinguishes",
        "anticipates",
        "balances",
        "weighs",
    ),
}
OTHERS = {
    *("influences", "inspires", "convinces", "persuades", "earns", "empowers", "motivates", "enables"),
    *("gains", "wins", "cultivates"),
}
PEOPLE = (
    r"(?:(?:the|a|an|each|other|some|both) )?(?:\w+ )?"
    r"(?:people|person|family|families|parents?|caregivers?|child|children|members?|relatives?|network|colleagues"
    r"|partners|participants|others|somebody|everybody|they|team)"
)
LEAVES_THEM = re.compile(rf"leaves {PEOPLE}\b", re.IGNORECASE)
UNTIL_OTHERS = re.compile(rf"\b(?:so that|until|so) {PEOPLE} \w+", re.IGNORECASE)
JOINS = re.compile(r"(?:, and|,| and| while|;| then)(?: then| also)? +([a-z]+)\b", re.IGNORECASE)
STOPS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "before",
        "but",
        "by",
        "can",
        "do",
        "does",
        "each",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "more",
        "no",
        "not",
        "of",
        "off",
        "on",
        "one",
        "or",
        "out",
        "own",
        "so",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "this",
        "those",
        "through",
        "to",
        "under",
        "until",
        "up",
        "was",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "without",
        "would",
    ]
)


@dataclass(frozen=True)
class Finding:
    rule: Rule
    sentence: str


def of_descriptor(text: str, verbs: Iterable[str] = ()) -> Iterator[Finding]:
    """What to ask about one description. `verbs` are more words that say an act, such as an edition's own beginnings."""
    words = [word.casefold() for word in words_of(text)]
    if not words:
        return
    first = words[0]
    if second := _second_act(text, first, {*SAYS_AN_ACT, *verbs}):
        sentence = f"Two acts in one: “{first}” and “{second}”. Which of them is the level?"
        yield Finding(Rule.TWO_ACTS, sentence)
    if first in INNER:
        yield Finding(Rule.INNER, f"Nobody can see that somebody “{first}”. What would be done or said?")
    if told := _told_by_others(text, first):
        yield Finding(Rule.OTHERS, f"“{told}” tells what others do. What does the worker do?")
    years = grade(text)
    if years > HIGHEST_GRADE:
        sentence = f"It reads at grade {years:.0f}. Shorter words and sentences would reach more people."
        yield Finding(Rule.GRADE, sentence)


def of_ladder(
    descriptors: Iterable[tuple[int, str]], verbs: Iterable[str] = ()
) -> Iterator[tuple[int, Finding]]:
    """What to ask about each level of an aspect, with its number; neighbors are told at the higher one."""
    in_order = sorted((number, text) for number, text in descriptors if text.strip())
    if not in_order:
        return
    middle = median(len(words_of(text)) for _, text in in_order)
    below: frozenset[str] = frozenset()
    for number, text in in_order:
        for finding in of_descriptor(text, verbs):
            yield number, finding
        length = len(words_of(text))
        if not SHORTEST * middle <= length <= LONGEST * middle:
            sentence = f"It has {length} words, and most of this ladder have about {middle:.0f}."
            yield number, Finding(Rule.LENGTH, sentence)
        means = meaning(text)
        if below and _shared(below, means) >= ALIKE:
            sentence = "It shares most of its words with the level below. What is the step?"
            yield number, Finding(Rule.NEIGHBORS, sentence)
        below = means


type Place = tuple[str, int]
"""The slug of an aspect, and the number of a level."""


def of_edition(ladders: Mapping[str, Sequence[tuple[int, str]]]) -> Iterator[tuple[Place, Finding]]:
    """The same for every ladder, by its slug, and acts that stand on two of them."""
    verbs = {
        words[0].casefold() for rungs in ladders.values() for _, text in rungs if (words := words_of(text))
    }
    verbs = {verb for verb in verbs if verb.endswith("s")} - ALSO_THINGS
    for slug, rungs in ladders.items():
        for number, finding in of_ladder(rungs, verbs):
            yield (slug, number), finding
    for here, there in _twice(ladders):
        sentence = f"“{there[0]}” has the same act at level {there[1]}. Tell them apart, or leave one out."
        yield here, Finding(Rule.TWICE, sentence)


def meaning(text: str) -> frozenset[str]:
    """The words that carry it, without their endings."""
    return frozenset(_stem(word.casefold()) for word in words_of(text) if word.casefold() not in STOPS)


def _second_act(text: str, first: str, verbs: set[str]) -> str:
    found = (match[1].casefold() for match in JOINS.finditer(text))
    if first == "can":
        return next((word for word in found if word in BASES), "")
    return next((word for word in found if word in verbs), "")


def _told_by_others(text: str, first: str) -> str:
    if first in OTHERS:
        return first
    until = LEAVES_THEM.match(text) or UNTIL_OTHERS.search(text)
    if until:
        return until.group()
    if first != "can" and not first.endswith("s"):
        return first
    return ""


def _twice(ladders: Mapping[str, Sequence[tuple[int, str]]]) -> Iterator[tuple[Place, Place]]:
    """Pairs of two ladders, each once. Only levels with two rare words in common are looked at."""
    means = {(slug, number): meaning(text) for slug, rungs in ladders.items() for number, text in rungs}
    having: dict[str, list[Place]] = defaultdict(list)
    for place, words in means.items():
        for word in words:
            having[word].append(place)
    for place, words in means.items():
        near = Counter(
            other
            for word in words
            if len(having[word]) <= RARE
            for other in having[word]
            if other[0] != place[0] and other > place
        )
        for other, count in near.items():
            if count > 1 and _shared(words, means[other]) >= THE_SAME:
                yield place, other


def _shared(words: frozenset[str], others: frozenset[str]) -> float:
    return len(words & others) / len(words | others) if words and others else 0.0


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
