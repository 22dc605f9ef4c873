"""Whatever happens to a valid file, it ends in a plan or in sentences, and the catalogue stays as it is.

The first part runs without a database at all: reading and planning can't touch one.
"""

import csv
import io
import zipfile
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from profiles.importing.plan import Plan, plan
from profiles.importing.readers import read
from profiles.importing.source import UnreadableSourceError
from profiles.importing.workbook import write_workbook
from profiles.importing.writers import rows_of, written
from profiles.models import Edition, EditionUpload, LevelDescriptor
from tests.factories import UserFactory
from tests.profiles.factories import small_edition, small_source
from tests.profiles.files import with_parts

KINDS = ["xlsx", "csv", "yaml"]
DAMAGES = 700
"""Of each kind of file: 2,100 in all."""
DAMAGES_BY_WEB = 50

SOURCE = small_source(profiles=2, aspects=1, top=3)
WHOLE = {kind: written(kind, SOURCE) for kind in KINDS}
PARTS = zipfile.ZipFile(io.BytesIO(WHOLE["xlsx"])).namelist()
NASTY = [
    "",
    " ",
    "=1+1",
    "x" * 700,
    "0",
    "-1",
    "99",
    "1e400",
    "١",
    "\x00",
    "\x1b",
    "\ufffd",
    "yes",
    "level 2",
    "mapping",
    "null",
    "2026-01-01",
]

texts = st.sampled_from(NASTY) | st.text(max_size=12)


@st.composite
def damaged_bytes(draw: st.DrawFn, whole: bytes) -> bytes:
    """Something cut out, put in, doubled or overwritten, once or a few times."""
    content = whole
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 60)))
        put_in = draw(
            st.just(b"") | st.binary(max_size=20) | texts.map(lambda text: text.encode("utf-8", "replace"))
        )
        match draw(st.sampled_from(["overwrite", "cut off", "double", "move"])):
            case "overwrite":
                content = content[:start] + put_in + content[end:]
            case "cut off":
                content = content[:start] + put_in
            case "double":
                content = content[:end] + put_in + content[start:]
            case _:
                content = content[end:] + put_in + content[:start]
    return content


@st.composite
def damaged_cells(draw: st.DrawFn) -> dict[str, list[list[str]]]:
    """Tables in which somebody was busy: cells, rows and columns changed, doubled, moved or gone."""
    tables = {name: [list(row) for row in rows] for name, rows in rows_of(SOURCE).items()}
    for _ in range(draw(st.integers(1, 4))):
        name = draw(st.sampled_from(sorted(tables)))
        rows = tables[name]
        if not rows:
            continue
        row = draw(st.integers(0, len(rows) - 1))
        column = draw(st.integers(0, max(len(rows[row]) - 1, 0)))
        match draw(
            st.sampled_from(
                ["cell", "cell", "cell", "no row", "row twice", "column twice", "no column", "no table"]
            )
        ):
            case "cell" if rows[row]:
                rows[row][column] = draw(texts)
            case "no row":
                del rows[row]
            case "row twice":
                rows.append(list(rows[row]))
            case "column twice":
                for each in rows:
                    each.append(each[column] if column < len(each) else "")
            case "no column":
                for each in rows:
                    del each[column : column + 1]
            case "no table":
                del tables[name]
    tables.setdefault("aspects", [])
    return tables


def csv_of(tables: dict[str, list[list[str]]]) -> bytes:
    """Without any of the care that the product takes in writing one."""
    saved = io.StringIO()
    writer = csv.writer(saved)
    for name in ("aspects", *(name for name in tables if name != "aspects")):
        writer.writerow([name])
        writer.writerows(tables[name])
    return saved.getvalue().encode("utf-8", "replace")


def workbook_of(tables: dict[str, list[list[str]]]) -> bytes:
    shown = {
        name: [["".join(c for c in cell if c.isprintable()) for cell in row] for row in rows]
        for name, rows in tables.items()
    }
    return write_workbook({name: rows for name, rows in shown.items() if rows} or {"aspects": [["x"]]})


@st.composite
def damaged_parts(draw: st.DrawFn) -> bytes:
    """A workbook that unpacks well and holds something amiss."""
    name = draw(st.sampled_from(PARTS))

    def change(parts: dict[str, bytes]) -> None:
        if draw(st.integers(0, 9)) == 0:
            del parts[name]
        else:
            parts[name] = draw(damaged_bytes(parts[name]))

    return with_parts(WHOLE["xlsx"], change)


DAMAGED: dict[str, st.SearchStrategy[bytes]] = {
    "xlsx": damaged_bytes(WHOLE["xlsx"]) | damaged_parts() | damaged_cells().map(workbook_of),
    "csv": damaged_bytes(WHOLE["csv"]) | damaged_cells().map(csv_of),
    "yaml": damaged_bytes(WHOLE["yaml"]),
}


def outcome(content: bytes, kind: str) -> Plan | tuple[str, ...]:
    try:
        return plan(read(content, f"edition.{kind}", SOURCE), None)
    except UnreadableSourceError as error:
        return error.problems


def are_sentences(problems: tuple[str, ...]) -> bool:
    return bool(problems) and all(
        problem.endswith((".", "?")) and "\x1b" not in problem for problem in problems
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_ends_in_a_plan_or_in_sentences(kind: str) -> None:
    tried = 0

    @settings(max_examples=DAMAGES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(content=DAMAGED[kind])
    def damage(content: bytes) -> None:
        nonlocal tried
        tried += 1
        found = outcome(content, kind)
        if isinstance(found, Plan):
            assert found.problems == () or are_sentences(tuple(map(str, found.problems)))
        else:
            assert are_sentences(found)

    damage()
    assert tried >= DAMAGES


@pytest.mark.django_db(transaction=False)
def test_a_damaged_file_on_the_page_changes_nothing_and_is_answered(
    client_for: Callable[..., Client],
) -> None:
    small_edition()
    ada = client_for(UserFactory(name="Ada Bello", is_administrator=True))
    before = (list(Edition.objects.values()), list(LevelDescriptor.objects.values()))
    tried = plans = 0

    @settings(max_examples=DAMAGES_BY_WEB, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data(), kind=st.sampled_from(KINDS))
    def damage(data: st.DataObject, kind: str) -> None:
        nonlocal tried, plans
        tried += 1
        content = data.draw(DAMAGED[kind])
        response = ada.post(
            "/manage/editions/", {"file": SimpleUploadedFile(f"e.{kind}", content)}, follow=True
        )
        page = response.content.decode()
        assert response.status_code == 200
        if response.redirect_chain:
            plans += 1
            assert "What this file would change" in page
        else:
            assert 'class="wrong' in page
        assert (list(Edition.objects.values()), list(LevelDescriptor.objects.values())) == before

    damage()
    assert tried >= DAMAGES_BY_WEB
    assert EditionUpload.objects.count() == plans
