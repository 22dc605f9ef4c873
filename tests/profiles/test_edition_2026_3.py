"""The reading of the edition of 2026.3 by somebody who has written neither it nor the one before."""

import pytest

from profiles.importing.readers import read_file
from profiles.importing.source import AspectSource, EditionSource
from tests.profiles.factories import SHIPPED
from tests.profiles.readings import DOCS, STEPS, aspects, assert_codes_are_whole, coded, rows_under

NAME = "reading-of-2026.3.md"
ANEW = "The pairs that were written anew"


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


def touched_pairs(edition: EditionSource) -> list[tuple[str, str]]:
    """The neighbors of each level that was written anew after the reading, in the order of the ladders."""
    levels = {(slug, int(level)) for slug, level, *_ in rows_under("What was changed after", NAME)}
    return [
        (slug, step)
        for slug in aspects(edition)
        for lower, step in enumerate(STEPS, 1)
        if levels & {(slug, lower), (slug, lower + 1)}
    ]


def unclear_of(heading: str) -> set[tuple[str, str]]:
    return {(row[0], row[1]) for row in rows_under(heading, NAME) if row[2] != "C"}


def test_what_was_written_anew_after_the_reading_is_named_as_it_is_published(edition: EditionSource) -> None:
    ladders = aspects(edition)
    for slug, level, read, published in rows_under("What was changed after", NAME):
        assert dict(ladders[slug].descriptors)[int(level)] == published != read
    assert unclear_of("All pairs") <= set(touched_pairs(edition))


def test_every_pair_that_was_written_anew_is_read_once_more_and_counted_for_the_whole_edition(
    edition: EditionSource,
) -> None:
    touched = touched_pairs(edition)
    rows = rows_under(ANEW, NAME)
    codes = coded(rows, touched)
    unclear = len(rows) - codes["C"]
    left = unclear_of("All pairs") - set(touched)
    waiting = [row for row in rows if row[3] == "waits"]
    text = " ".join((DOCS / NAME).read_text(encoding="utf-8").split())
    assert f"They touch {len(touched)} pairs" in text
    assert f"Not clear: {unclear} of {len(touched)}." in text
    assert (
        f"Of the {codes['C']} clear ones, {sum(row[2] == 'C' for row in waiting)} wait for a named occasion"
        in text
    )
    whole = len(aspects(edition)) * 6
    assert f"Of all {whole} pairs as they are published: {unclear + len(left)} not clear." in text
    assert edition.provenance is not None
    assert (
        f"read the {len(touched)} pairs that these touch and found {unclear} not clear"
        in edition.provenance.method
    )


def test_a_pair_waits_exactly_where_its_upper_level_names_an_occasion(edition: EditionSource) -> None:
    ladders = aspects(edition)
    for slug, step, _, waits, _ in rows_under(ANEW, NAME):
        named = int(step[-1]) in {level for level, _ in ladders[slug].occasions}
        assert (waits == "waits") == named, (slug, step)


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
