from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet

from profiles.importing.apply import apply, current_for
from profiles.importing.plan import plan
from profiles.management.commands import load_edition
from profiles.models import (
    Edition,
    EditionStatus,
    LevelDescriptor,
    PracticeProfile,
    Provenance,
    PublishedEditionError,
)
from tests.profiles.factories import SHIPPED, small_edition, small_source
from tests.profiles.files import sheet, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine an import may be slow enough to say how far it is, between the lines that are asked for here."""
    monkeypatch.setattr(load_edition, "PATIENCE", 3600)


def load(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    call_command("load_edition", *(str(argument) for argument in arguments))
    return capsys.readouterr().out


def changed(tmp_path: Path, old: str, new: str) -> Path:
    text = SHIPPED.read_text()
    assert old in text
    path = tmp_path / "edition.yaml"
    path.write_text(text.replace(old, new, 1))
    return path


def test_a_dry_run_says_what_would_be_added_and_writes_nothing(capsys) -> None:
    said = load(capsys, SHIPPED, "--dry-run")
    assert "Would add: 10 practice profiles, 30 skill aspects, 210 level descriptors" in said
    assert not Edition.objects.exists()


def test_a_dry_run_works_on_a_database_without_tables(capsys, monkeypatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", lambda *a, **k: [])
    assert "Would add: 10 practice profiles" in load(capsys, SHIPPED, "--dry-run")
    with pytest.raises(CommandError):
        load(capsys, SHIPPED)
    assert "run “python manage.py migrate” first" in capsys.readouterr().err


def test_loading_makes_a_draft_and_says_how_to_publish_it(capsys) -> None:
    said = load(capsys, SHIPPED)
    assert "Added: 10 practice profiles, 30 skill aspects, 210 level descriptors" in said
    assert "Load it again with --publish" in said
    assert Edition.objects.get().status is EditionStatus.DRAFT
    assert LevelDescriptor.objects.count() == 210


def test_a_second_load_says_that_nothing_changes_and_publishes_if_asked(capsys) -> None:
    load(capsys, SHIPPED)
    before = list(LevelDescriptor.objects.values())
    said = load(capsys, SHIPPED, "--publish")
    assert "Nothing changes" in said
    assert "Published" in said
    assert Edition.objects.current().slug == "sop-practice-profiles-2026-1"
    said = load(capsys, SHIPPED, "--publish")
    assert "Nothing changes" in said
    assert "Published" not in said
    assert list(LevelDescriptor.objects.values()) == before


def test_an_edition_from_before_its_origin_was_kept_loads_as_it_did(capsys) -> None:
    load(capsys, SHIPPED, "--publish")
    QuerySet(Provenance).delete()
    assert "Nothing changes" in load(capsys, SHIPPED, "--publish")
    assert not Provenance.objects.exists()


def test_what_the_file_says_is_what_the_catalogue_holds(capsys) -> None:
    load(capsys, SHIPPED, "--publish")
    profile = PracticeProfile.objects.get(slug="cultural-humility-trauma")
    assert (profile.order, profile.cross_cutting) == (10, True)
    goal = PracticeProfile.objects.get(slug="three-questions").example_goals.first()
    assert (goal.verb, goal.practice, goal.with_whom) == ("Use", "the Three Questions", "caregivers")
    assert (goal.count, goal.unit, goal.when) == (4, "first home visits", "in the next 30 days")
    assert (
        f"{goal.verb} {goal.practice} with {goal.with_whom} on {goal.count} {goal.unit} {goal.when}."
        == goal.text
    )
    level = Edition.objects.get().levels.get(number=6)
    assert (level.name, level.band.title) == ("Integrating", "Deepening")


def test_a_changed_draft_is_written_anew_under_the_same_key(capsys, tmp_path) -> None:
    load(capsys, SHIPPED)
    draft = Edition.objects.get()
    said = load(capsys, changed(tmp_path, "Can name the three questions", "Knows the three questions"))
    assert "Changed: 1 level descriptor." in said
    assert Edition.objects.get() == draft
    assert LevelDescriptor.objects.filter(text__startswith="Knows the three questions").count() == 1
    assert LevelDescriptor.objects.count() == 210


def test_a_changed_file_over_a_published_edition_is_refused(capsys, tmp_path) -> None:
    load(capsys, SHIPPED, "--publish")
    before = list(LevelDescriptor.objects.values())
    with pytest.raises(CommandError):
        load(capsys, changed(tmp_path, "Can name the three questions", "Knows the three questions"))
    assert (
        "is published and never changes: give what you changed a new edition name" in capsys.readouterr().err
    )
    assert list(LevelDescriptor.objects.values()) == before


def test_a_new_edition_stands_beside_the_old_one(capsys, tmp_path) -> None:
    load(capsys, SHIPPED, "--publish")
    load(capsys, changed(tmp_path, '"2026.1"', '"2026.2"'), "--publish")
    assert Edition.objects.current().name == "2026.2"
    assert Edition.objects.published().count() == 2
    assert LevelDescriptor.objects.count() == 420


def test_a_frequency_word_is_pointed_out(capsys, tmp_path) -> None:
    said = load(capsys, changed(tmp_path, "Can name the three", "Can always name the three"))
    assert "Please look at “Three Questions”, “Balanced inquiry”, level 1: “always” tells how much" in said


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("broken.yaml", b"meta: ["),
        ("binary.yaml", bytes(range(256))),
        ("empty.yaml", b""),
        ("large.yaml", b"#" * 2_000_001),
        ("words.docx", b"PK"),
    ],
)
def test_a_file_that_can_not_be_read_is_refused(capsys, tmp_path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError) as refusal:
        load(capsys, tmp_path / name)
    assert refusal.value.returncode == 1
    assert capsys.readouterr().err.strip()
    assert not Edition.objects.exists()


def test_a_missing_file_or_a_folder_is_refused(capsys, tmp_path) -> None:
    (tmp_path / "folder.yaml").mkdir()
    for path in (tmp_path / "nowhere.yaml", tmp_path / "folder.yaml"):
        with pytest.raises(CommandError):
            load(capsys, path)
        assert "can’t be opened" in capsys.readouterr().err


def test_every_problem_is_said_and_nothing_is_written(capsys, tmp_path) -> None:
    path = changed(tmp_path, "    order: 2\n", "    order: 1\n")
    path.write_text(path.read_text().replace('          3: "Opens', '          9: "Opens', 1))
    with pytest.raises(CommandError, match="Nothing was written"):
        load(capsys, path, "--publish")
    said = capsys.readouterr().err.strip().splitlines()
    assert said == [
        "“Three Questions” and “Solution-Focused Questions”: they have the same order, “1”.",
        "“Three Questions”, “Balanced inquiry”, level 3: its descriptor is missing.",
        "“Three Questions”, “Balanced inquiry”, level 9: the scale doesn’t have this level.",
    ]
    assert not Edition.objects.exists()


def test_an_edition_published_since_the_plan_was_made_is_left_as_it_is() -> None:
    small_edition(published=False)
    source = small_source(top=5)
    planned = plan(source, current_for(source))
    Edition.objects.get().publish(by=None)
    with pytest.raises(PublishedEditionError):
        apply(planned)
    assert Edition.objects.get().levels.count() == 7


def test_a_plan_with_problems_is_never_applied() -> None:
    with pytest.raises(ValueError, match="problems"):
        apply(plan(small_source(top=2), None))
    assert not Edition.objects.exists()


@pytest.mark.parametrize("kind", ["xlsx", "csv", "yaml"])
def test_what_is_exported_loads_again_unchanged(capsys, tmp_path, kind: str) -> None:
    load(capsys, SHIPPED, "--publish")
    file = tmp_path / f"edition.{kind}"
    edition = "sop-practice-profiles-2026-1"
    call_command("edition_template", format=kind, edition=edition, output=file)
    assert "Nothing changes: the catalogue holds all of it already." in load(capsys, file)
    Edition.objects.get().retire(by=None)
    assert "Nothing changes" in load(capsys, file)


@pytest.mark.parametrize("kind", ["csv", "yaml"])
def test_an_empty_template_goes_to_standard_output(capfdbinary, kind: str) -> None:
    call_command("edition_template", format=kind)
    assert b"level" in capfdbinary.readouterr().out


def test_a_template_of_an_unknown_edition_names_those_there_are() -> None:
    small_edition()
    with pytest.raises(CommandError, match="There is no edition “x”"):
        call_command("edition_template", format="csv", edition="x")


def test_a_template_that_can_not_be_written_is_told(tmp_path) -> None:
    with pytest.raises(CommandError, match="can’t be written"):
        call_command("edition_template", format="csv", output=tmp_path)


def test_a_problem_of_a_workbook_is_said_with_its_place(capsys, tmp_path) -> None:
    file = tmp_path / "edition.xlsx"
    file.write_bytes(workbook(lambda book: sheet(book, "aspects").__setitem__("F2", "=1")))
    with pytest.raises(CommandError):
        load(capsys, file)
    assert "Sheet “aspects”, row 2, column F: This is a formula." in capsys.readouterr().err
    assert not Edition.objects.exists()
