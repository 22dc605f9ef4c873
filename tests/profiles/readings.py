"""The tables in docs/editions/ in which somebody has read an edition's neighboring levels, as tests read them."""

from collections import Counter
from pathlib import Path

from profiles.importing.source import AspectSource, EditionSource
from tests.profiles.factories import SHIPPED

DOCS = SHIPPED.parents[2] / "docs" / "editions"
STEPS = [f"{level}-{level + 1}" for level in range(1, 7)]


def aspects(source: EditionSource) -> dict[str, AspectSource]:
    return {aspect.slug: aspect for profile in source.profiles for aspect in profile.aspects}


def rows_under(heading: str, name: str) -> list[list[str]]:
    """The rows of the first table under this heading, without the row of its own headings."""
    section = (DOCS / name).read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[1:]]


def coded(rows: list[list[str]], pairs: list[tuple[str, str]]) -> Counter[str]:
    """How often each code stands in the rows of a table that has each of these pairs once, with a code and a reason."""
    assert [(row[0], row[1]) for row in rows] == pairs
    assert all(len(row[4].split()) >= 3 for row in rows)
    codes = Counter(row[2] for row in rows)
    assert codes.keys() <= set("CWDOR")
    return codes


def assert_codes_are_whole(name: str, ladders: dict[str, AspectSource]) -> int:
    """Each pair of these ladders once, with a code and a reason, counted as the head says; how many aren't clear."""
    text = Path(DOCS / name).read_text(encoding="utf-8")
    rows = rows_under("All pairs", name)
    codes = coded(rows, [(slug, step) for slug in ladders for step in STEPS])
    for code in "CWDOR":
        assert f"| {code} | {codes[code]} |" in text
    unclear = len(rows) - codes["C"]
    assert f"Not clear: {unclear} of {len(rows)}." in text
    return unclear
