"""How things are put: changed words of a text, and small numbers as people say them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

WORD = re.compile(r"\s*(?:[^\W_][\w’'-]*|\S)")

MOST_PAIRS = 20_000
"""How many pairs of equal words two texts may have. Two plain texts of 5,000 characters have fewer than 10,000; a
word typed a thousand times would keep the comparison busy for minutes."""


A_SENTENCE = 60
"""Words and marks of the longest text that is read at one glance."""
ANOTHER_SENTENCE = 0.5
"""What part of their words two of these share at least, to be read as one that was changed."""


class RunKind(StrEnum):
    SAME = "same"
    OUT = "out"
    IN = "in"


@dataclass(frozen=True)
class Run:
    """Words that stand together: in both versions, only in the old one, or only in the new one.

    `before` is the space that stands in front of them; a mark on changed words leaves it out.
    """

    kind: RunKind
    text: str
    before: str = ""


def spelled(number: int) -> str:
    """A small number as a word, the way a sentence of ours has it."""
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return words[number] if number < len(words) else str(number)


def unchanged(text: str) -> list[Run]:
    return [Run(RunKind.SAME, text)] if text else []


def compare(old: str, new: str) -> list[Run]:
    """The runs of both texts in reading order, what is taken out before what is put in its place.

    Spaces and line breaks don't count as changes. A single word that stands still between two changes goes with
    them: "Mondays at ten" for "Tuesdays at two" reads better whole than in splinters. A sentence that shares less than
    half of its words with the other is another sentence, so the whole of it is taken out and put in; and so is a text
    that would take too long to compare.
    """
    if old == new:
        return unchanged(new)
    olds, news = WORD.findall(old), WORD.findall(new)
    if _pairs(olds, news) > MOST_PAIRS:
        return _change(olds, news)
    matcher = SequenceMatcher(None, [w.strip() for w in olds], [w.strip() for w in news], autojunk=False)
    if max(len(olds), len(news)) <= A_SENTENCE and matcher.ratio() < ANOTHER_SENTENCE:
        return _change(olds, news)
    runs: list[Run] = []
    for is_same, old_start, old_end, new_start, new_end in _joined(matcher.get_opcodes()):
        if is_same:
            runs += _run(RunKind.SAME, news[new_start:new_end])
        else:
            runs += _change(olds[old_start:old_end], news[new_start:new_end])
    return runs


def is_changed(runs: Iterable[Run]) -> bool:
    return any(run.kind is not RunKind.SAME for run in runs)


def _pairs(olds: list[str], news: list[str]) -> int:
    in_new = Counter(word.strip() for word in news)
    return sum(count * in_new[word] for word, count in Counter(word.strip() for word in olds).items())


def _joined(
    opcodes: Sequence[tuple[str, int, int, int, int]],
) -> list[tuple[bool, int, int, int, int]]:
    """Stretches as (is_same, old start, old end, new start, new end), with lone words between changes swallowed."""
    last = len(opcodes) - 1
    stretches: list[tuple[bool, int, int, int, int]] = []
    for place, (tag, old_start, old_end, new_start, new_end) in enumerate(opcodes):
        is_same = tag == "equal" and not (0 < place < last and old_end - old_start == 1)
        if stretches and stretches[-1][0] is is_same:
            _, old_start, _, new_start, _ = stretches.pop()
        stretches.append((is_same, old_start, old_end, new_start, new_end))
    return stretches


def _change(olds: list[str], news: list[str]) -> list[Run]:
    taken_out, put_in = _run(RunKind.OUT, olds), _run(RunKind.IN, news)
    if taken_out and put_in and not put_in[0].before:
        put_in = [replace(put_in[0], before=" ")]  # side by side they need a space, alone they wouldn't
    return [*taken_out, *put_in]


def _run(kind: RunKind, words: list[str]) -> list[Run]:
    text = "".join(words)
    stripped = text.lstrip()
    if not stripped:
        return []
    return [Run(kind, stripped.rstrip() if kind is not RunKind.SAME else stripped, text[: -len(stripped)])]
