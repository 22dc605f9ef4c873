"""The two readings of the edition of 2026.2: its author's and that of somebody who hasn't written it."""

import pytest

from profiles.importing.readers import read_file
from profiles.importing.source import EditionSource
from tests.profiles.factories import SHIPPED
from tests.profiles.readings import DOCS, aspects, assert_codes_are_whole, rows_under


@pytest.fixture(scope="module")
def edition() -> EditionSource:
    return read_file(SHIPPED.with_name("sop-practice-profiles-2026-2.yaml"))


def test_its_authors_own_reading_has_every_pair_and_at_most_ten_that_arent_clear(
    edition: EditionSource,
) -> None:
    text = (DOCS / "2026.2-reading.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in text.splitlines()
        if line.startswith("| ")
    ]
    codes = {row[1]: row[2:] for row in rows if row[0] != "profile"}
    assert codes.keys() == aspects(edition).keys()
    assert {len(steps) for steps in codes.values()} == {6}
    unclear = [code for steps in codes.values() for code in steps if code != "C"]
    assert len(unclear) <= 10
    assert "by the hand that had written them" in " ".join(text.split())


def test_the_second_reading_has_each_pair_of_neighbors_once_and_counts_its_own_codes(
    edition: EditionSource,
) -> None:
    name = "reading-of-2026.2.md"
    assert_codes_are_whole(name, aspects(edition))
    waiting = {(row[0], row[1]) for row in rows_under("All pairs", name) if row[3]}
    assert waiting == {
        (slug, f"{level - 1}-{level}")
        for slug, aspect in aspects(edition).items()
        for level, _ in aspect.occasions
    }
