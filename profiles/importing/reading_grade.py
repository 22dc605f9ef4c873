"""How many years of school an English text asks for: the Flesch-Kincaid grade (Kincaid and others, 1975).

Own, since the packages that count syllables fetch a dictionary when they run or carry one under another license. A text
as short as a descriptor is measured roughly: a grade off by one says little, off by four it says something.
"""

import re
from functools import lru_cache

WORD = re.compile(r"[A-Za-z]+(?:[’'][A-Za-z]+)*")
SENTENCE = re.compile(r"[.!?]+(?=\s|$)")
VOWELS = re.compile(r"[aeiouy]+")
APART = re.compile(
    r"(?:[^tscgx]ia|ciat|[^tscg]io|eo(?!u)|[aeo]ing|(?<!g)ua[^r]|uou|iu|ism$|[^aeiou]ier$|[^aeiou]iet)"
)
"""Vowels that stand together and are said apart: reli-able, cre-ate, do-ing."""
SILENT = re.compile(
    r"(?:[^aeioul]|[aeiou]l|gu)e$|(?:[^aeiousxzcghl]|[aeiou]l|gu)es$|[^aeioutd]ed$|[^aeioul]ements?$|^behavio"
)
INSIDE = re.compile(
    r"(?:care|safe|home|some|there|here|where|like|life|place|side|time|fore|more|use|hope|name)"
    r"(?=[bcdfghjklmnpqrstvwxz]+[aeiouy])"
)
"""Words that begin longer ones and keep their last “e” silent there: care-giver, safe-ty."""
KNOWN = {
    "being": 2,
    "people": 2,
    "every": 2,
    "everybody": 4,
    "everyday": 3,
    "something": 2,
    "sometimes": 2,
    "someone": 2,
    "somebody": 3,
    "area": 3,
    "idea": 3,
    "ideas": 3,
    "real": 1,
    "really": 2,
    "create": 2,
    "creates": 2,
    "business": 2,
    "different": 3,
    "family": 3,
    "families": 3,
    "other": 2,
    "another": 3,
    "evening": 2,
    "does": 1,
    "goes": 1,
    "doesn": 2,
    "isn": 2,
    "wasn": 2,
    "didn": 2,
    "hasn": 2,
    "wouldn": 2,
    "couldn": 2,
    "shouldn": 2,
    "seen": 1,
    "agreed": 2,
    "freed": 1,
    "need": 1,
    "needs": 1,
    "maybe": 2,
    "recipe": 3,
    "theory": 3,
    "prior": 2,
    "science": 2,
    "quiet": 2,
    "trial": 2,
    "diary": 3,
    "react": 2,
    "reacts": 2,
    "hierarchy": 4,
    "element": 3,
    "elements": 3,
    "cooperate": 4,
    "bias": 2,
    "biases": 3,
    "naive": 2,
}


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """A good guess: right for the words of this field (tests/profiles/test_reading_grade.py), near for others."""
    stem = word.casefold().replace("’", "'").partition("'")[0]
    if stem in KNOWN:
        return KNOWN[stem]
    if len(stem) <= 3:
        return max(len(VOWELS.findall(stem)), 1)
    count = len(VOWELS.findall(stem)) + len(APART.findall(stem))
    if SILENT.search(stem):
        count -= 1
    if INSIDE.match(stem):
        count -= 1
    return max(count, 1)


def words_of(text: str) -> list[str]:
    return WORD.findall(text)


def grade(text: str) -> float:
    """Years of school in the United States; nothing of a text without words."""
    words = words_of(text)
    if not words:
        return 0.0
    sentences = max(len(SENTENCE.findall(text)), 1)
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59
