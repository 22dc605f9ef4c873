"""What a good editor would ask about a text: words of frequency, levels that read alike, too few words.

Levels describe character, not frequency (product.md, 1.3).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations

FREQUENCY = re.compile(
    r"\b(always|never|often|usually|frequently|regularly|routinely|consistently|sometimes|occasionally|rarely|seldom"
    r"|constantly|typically|generally|mostly|most of the time|at all times|every (?:case|famil(?:y|ies)|time|visit)"
    r"|all (?:my|of my|their|the) (?:cases|families)|daily|weekly|monthly|per (?:day|week|month)"
    r"|\d+ ?(?:%|percent|times))(?!\w)",
    re.IGNORECASE,
)
FEWEST_WORDS = 6
NEARLY_THE_SAME = 0.85
"""Of the words of two levels, how large a part they share in the same order."""

NUMBER_WORDS = ("No words", "One word", "Two words", "Three words", "Four words", "Five words")


def of_ladder(descriptors: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """What to ask about each level of an aspect, with its number."""
    descriptors = list(descriptors)
    words = {number: text.casefold().split() for number, text in descriptors}
    alike = {
        higher: lower
        for lower, higher in combinations(sorted(words), 2)
        if _alike(words[lower], words[higher])
    }
    for number, text in descriptors:
        for sentence in of_descriptor(text):
            yield number, sentence
        if number in alike:
            sentence = (
                f"It has nearly the same words as level {alike[number]}. Would two readers tell them apart?"
            )
            yield number, sentence


def of_descriptor(text: str) -> Iterator[str]:
    for found in _frequencies(text):
        yield f"“{found}” tells how much; a level tells what the practice looks like."
    count = len(text.split())
    if 0 < count < FEWEST_WORDS:
        yield f"{NUMBER_WORDS[count]}. A reader needs a picture: who does what, and what can be seen?"


def of_goal(text: str) -> Iterator[str]:
    for found in _frequencies(text):
        yield f"“{found}” can’t be counted; a goal names how many and by when."


def _frequencies(text: str) -> Iterable[str]:
    return dict.fromkeys(word.group().lower() for word in FREQUENCY.finditer(text))


def _alike(words: list[str], others: list[str]) -> bool:
    total = len(words) + len(others)
    if not words or not others:
        return False
    # how many words they share bounds what any order could give, and costs little
    shared = (Counter(words) & Counter(others)).total()
    if 2 * shared / total < NEARLY_THE_SAME:
        return False
    return SequenceMatcher(a=words, b=others, autojunk=False).ratio() >= NEARLY_THE_SAME
