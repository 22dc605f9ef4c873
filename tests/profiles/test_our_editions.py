"""The editions of this project since 2026.2: what their own rules say that they keep."""

from pathlib import Path

import pytest
from django.core.management import call_command

from profiles.importing import craft
from profiles.importing.plan import plan
from profiles.importing.readers import read_file
from profiles.importing.reading_table import with_level
from profiles.importing.source import EditionSource
from profiles.importing.writers import written
from profiles.importing.yaml_file import read_yaml
from tests.profiles.factories import SHIPPED
from tests.profiles.readings import aspects

FILES = [SHIPPED.with_name(f"sop-practice-profiles-{name}.yaml") for name in ("2026-2", "2026-3")]
SPLIT_OFF = {"trauma-responsive-engagement": "trauma-responsive-practice"}


@pytest.fixture(scope="module", params=FILES, ids=lambda file: file.stem)
def file(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture(scope="module")
def edition(file: Path) -> EditionSource:
    return read_file(file)


def test_it_is_whole_and_nothing_in_it_is_asked_about(edition: EditionSource, file: Path) -> None:
    planned = plan(edition, None)
    assert planned.problems == ()
    assert planned.warnings == ()
    assert list(craft.of_edition(edition.ladders)) == []
    call_command("lint_edition", file, "--strict")


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


def test_it_says_what_it_is_and_who_hasnt_read_it(edition: EditionSource, file: Path) -> None:
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
    assert "reliable" not in file.read_text(encoding="utf-8").casefold()


def test_no_level_is_called_as_a_way_of_taking_part(edition: EditionSource) -> None:
    assert [level.name for level in edition.levels][:3] == ["Discovering", "With a prompt", "Practicing"]


def test_its_file_goes_out_and_comes_in_as_it_was(edition: EditionSource) -> None:
    again = read_yaml(written("yaml", edition))
    assert again == edition
    assert plan(again, None).warnings == ()
