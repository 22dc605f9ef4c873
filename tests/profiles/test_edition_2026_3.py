"""The reading of the edition of 2026.3 by somebody who has written neither it nor the one before."""

import pytest

from profiles.importing.readers import read_file
from profiles.importing.source import AspectSource, EditionSource
from tests.profiles.factories import SHIPPED
from tests.profiles.readings import DOCS, aspects, assert_codes_are_whole, rows_under

NAME = "reading-of-2026.3.md"


@pytest.fixture(scope="module")
def edition() -> EditionSource:
    return read_file(SHIPPED.with_name("sop-practice-profiles-2026-3.yaml"))


@pytest.fixture(scope="module")
def before() -> EditionSource:
    return read_file(SHIPPED.with_name("sop-practice-profiles-2026-2.yaml"))


def changed(edition: EditionSource, before: EditionSource) -> dict[str, AspectSource]:
    old = aspects(before)
    return {
        slug: aspect
        for slug, aspect in aspects(edition).items()
        if aspect.descriptors != old[slug].descriptors
    }


def test_every_pair_of_a_changed_ladder_is_read_and_the_count_stands_for_the_whole_edition(
    edition: EditionSource, before: EditionSource
) -> None:
    ladders = changed(edition, before)
    assert len(ladders) == 25
    unclear = assert_codes_are_whole(NAME, ladders)
    text = " ".join((DOCS / NAME).read_text(encoding="utf-8").split())
    assert f"Of all {len(aspects(edition)) * 6} pairs: {unclear} not clear." in text
    assert "by construction and not by a second look" in text


def test_no_ladder_that_the_second_reader_found_unclear_is_as_it_was(
    edition: EditionSource, before: EditionSource
) -> None:
    unclear = {row[0] for row in rows_under("All pairs", "reading-of-2026.2.md") if row[2] != "C"}
    assert unclear == changed(edition, before).keys()


def test_what_was_written_anew_after_the_reading_is_named_and_said_to_be_unread(
    edition: EditionSource,
) -> None:
    rows = rows_under("What was changed after", NAME)
    ladders = aspects(edition)
    touched = set()
    for slug, level, read, published in rows:
        assert dict(ladders[slug].descriptors)[int(level)] == published != read
        touched |= {(slug, lower) for lower in (int(level) - 1, int(level)) if 1 <= lower <= 6}
    text = " ".join((DOCS / NAME).read_text(encoding="utf-8").split())
    assert f"The {len(touched)} pairs that they touch have been read by nobody but their writer" in text
    unclear = {(row[0], int(row[1][0])) for row in rows_under("All pairs", NAME) if row[2] != "C"}
    assert unclear <= touched
    assert edition.provenance is not None
    assert "nobody but their writer has read" in edition.provenance.method


def test_the_changelog_names_each_ladder_and_level_whose_words_are_new(
    edition: EditionSource, before: EditionSource
) -> None:
    assert edition.provenance is not None
    said = dict(edition.provenance.changelog)
    old = aspects(before)
    for slug, aspect in changed(edition, before).items():
        pairs = zip(aspect.descriptors, old[slug].descriptors, strict=True)
        levels = [str(number) for number, (now, then) in enumerate(pairs, 1) if now != then]
        heading = said[slug].partition(" written anew")[0]
        assert [word.strip(",") for word in heading.split() if word.strip(",").isdigit()] == levels
