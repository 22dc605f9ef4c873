"""How the descriptors of an edition read, level by level: nothing but the words should tell a level."""

from statistics import correlation, mean

from profiles.importing.reading_grade import grade, words_of
from profiles.importing.source import EditionSource


def table_of(source: EditionSource) -> str:
    """Grade and length by level, and how far each goes with the level over all descriptors (r, -1 to 1)."""
    lines = ["level  descriptors  grade: mean  highest  words: mean  fewest  most"]
    by_level: dict[int, list[str]] = {}
    for rungs in source.ladders.values():
        for number, text in rungs:
            by_level.setdefault(number, []).append(text)
    for number, texts in sorted(by_level.items()):
        grades, lengths = [grade(text) for text in texts], [len(words_of(text)) for text in texts]
        lines.append(
            f"{number:>5}  {len(texts):>11}  {mean(grades):>11.1f}  {max(grades):>7.1f}"
            f"  {mean(lengths):>11.1f}  {min(lengths):>6}  {max(lengths):>4}"
        )
    length_r, grade_r = with_level(source)
    lines.append(f"Length goes with level: r = {length_r:.2f}. Grade goes with level: r = {grade_r:.2f}.")
    return "\n".join(lines)


def with_level(source: EditionSource) -> tuple[float, float]:
    """How far the length, and the grade, of a descriptor tells its level: Pearson's r of each."""
    rungs = [rung for ladder in source.ladders.values() for rung in ladder]
    numbers = [number for number, _ in rungs]
    lengths = [len(words_of(text)) for _, text in rungs]
    grades = [grade(text) for _, text in rungs]
    return _r(numbers, lengths), _r(numbers, grades)


def _r(levels: list[int], values: list[int] | list[float]) -> float:
    return correlation(levels, values) if len(set(levels)) > 1 and len(set(values)) > 1 else 0.0
