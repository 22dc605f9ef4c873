"""The edition of 2026.2: what its own rules say that it keeps."""

from collections import Counter

import pytest
from django.core.management import call_command

from profiles.importing import craft
from profiles.importing.plan import plan
from profiles.importing.readers import read_file
from profiles.importing.reading_table import with_level
from profiles.importing.source import AspectSource, EditionSource
from profiles.importing.writers import written
from profiles.importing.yaml_file import read_yaml
from tests.profiles.factories import SHIPPED

FILE = SHIPPED.with_name("sop-practice-profiles-2026-2.yaml")
SPLIT_OFF = {"trauma-responsive-engagement": "trauma-responsive-practice"}


@pytest.fixture(scope="module")
def edition() -> EditionSource:
    return read_file(FILE)


def aspects(source: EditionSource) -> dict[str, AspectSource]:
    return {aspect.slug: aspect for profile in source.profiles for aspect in profile.aspects}


def test_it_is_whole_and_nothing_in_it_is_asked_about(edition: EditionSource) -> None:
    planned = plan(edition, None)
    assert planned.problems == ()
    assert planned.warnings == ()
    assert list(craft.of_edition(edition.ladders)) == []
    call_command("lint_edition", FILE, "--strict")


def test_neither_length_nor_grade_tells_the_level(edition: EditionSource) -> None:
    length, grade = with_level(edition)
    assert abs(length) < 0.2
    assert abs(grade) < 0.25


def test_every_aspect_says_what_varies_and_where_to_look(edition: EditionSource) -> None:
    for slug, aspect in aspects(edition).items():
        assert aspect.definition.startswith("How "), slug
        assert aspect.definition.count(".") == 1, slug
        assert aspect.evidence, slug
        assert aspect.applies, slug
        assert aspect.lookalike, slug


def test_every_aspect_has_questions_and_goals_at_several_levels(edition: EditionSource) -> None:
    for slug, aspect in aspects(edition).items():
        assert 1 <= len(aspect.questions) <= 3, slug
        assert len({goal.level for goal in aspect.example_goals}) >= 2, slug
    for profile in edition.profiles:
        assert 1 in {goal.level for _, goal in profile.all_goals}, profile.slug


def test_what_every_family_is_owed_stands_over_each_profile(edition: EditionSource) -> None:
    for profile in edition.profiles:
        assert profile.at_every_level, profile.slug
        assert profile.aliases, profile.slug
    lines = {profile.slug: " ".join(profile.at_every_level) for profile in edition.profiles}
    assert "never rests on the person who caused the harm" in lines["safety-planning"]
    assert "hears what was decided" in lines["three-houses-safety-house"]
    assert "never lead" in lines["three-houses-safety-house"]
    assert "can’t be kept secret" in lines["safety-circles-networks"]
    assert "tell a painful story again" in lines["trauma-responsive-practice"]


def test_only_what_may_have_to_wait_for_it_names_an_occasion(edition: EditionSource) -> None:
    for slug, aspect in aspects(edition).items():
        assert {level for level, _ in aspect.occasions} <= {6}, slug


def test_every_slug_of_2026_1_is_kept_where_it_was_or_where_it_was_split_off(edition: EditionSource) -> None:
    before = read_file(SHIPPED)
    now = {aspect.slug: profile.slug for profile in edition.profiles for aspect in profile.aspects}
    for profile in before.profiles:
        for aspect in profile.aspects:
            assert now[aspect.slug] == SPLIT_OFF.get(aspect.slug, profile.slug)
    assert {profile.slug for profile in before.profiles} < {profile.slug for profile in edition.profiles}


def test_it_says_what_it_is_and_who_hasnt_read_it(edition: EditionSource) -> None:
    provenance = edition.provenance
    assert provenance is not None
    assert provenance.status == (
        "Draft wording of this project, not validated, not the official SOP Practice Profiles"
    )
    assert provenance.reviewers == ()
    assert "No panel, no blind sort and no practitioner has looked at it yet" in provenance.method
    assert [title for title, _ in provenance.not_written] == ["Working with Tribes"]
    assert "act of protection" in dict(provenance.glossary)
    slugs = aspects(edition).keys() | {profile.slug for profile in edition.profiles}
    assert {slug for slug, _ in provenance.changelog} <= slugs
    assert "reliable" not in FILE.read_text(encoding="utf-8").casefold()


def test_no_level_is_called_as_a_way_of_taking_part(edition: EditionSource) -> None:
    assert [level.name for level in edition.levels][:3] == ["Discovering", "With a prompt", "Practicing"]


def test_its_file_goes_out_and_comes_in_as_it_was(edition: EditionSource) -> None:
    again = read_yaml(written("yaml", edition))
    assert again == edition
    assert plan(again, None).warnings == ()


def test_its_authors_own_reading_has_every_pair_and_at_most_ten_that_arent_clear(
    edition: EditionSource,
) -> None:
    text = (FILE.parents[2] / "docs/editions/2026.2-reading.md").read_text(encoding="utf-8")
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
    text = (FILE.parents[2] / "docs/editions/reading-of-2026.2.md").read_text(encoding="utf-8")
    table = text.partition("## All pairs")[2]
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in table.splitlines()
        if line.startswith("| ") and not line.startswith("| aspect ")
    ]
    steps = [f"{level}-{level + 1}" for level in range(1, 7)]
    ladders = aspects(edition)
    assert [(row[0], row[1]) for row in rows] == [(slug, step) for slug in ladders for step in steps]
    assert all(len(row[4].split()) >= 3 for row in rows)

    waiting = {(row[0], row[1]) for row in rows if row[3]}
    assert waiting == {
        (slug, f"{level - 1}-{level}") for slug, aspect in ladders.items() for level, _ in aspect.occasions
    }

    codes = Counter(row[2] for row in rows)
    assert codes.keys() <= set("CWDOR")
    for code in "CWDOR":
        assert f"| {code} | {codes[code]} |" in text
    unclear = len(rows) - codes["C"]
    assert f"Not clear: {unclear} of {len(rows)}." in text
