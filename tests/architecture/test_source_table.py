"""The table that traces the source to pages, code and tests names only what is there."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.conf import settings

from tests.architecture.routes import all_routes

ROWS = [
    line
    for line in (settings.BASE_DIR / "docs" / "source.md").read_text().splitlines()
    if line.startswith("|") and "`" in line
]


@cache
def names_in(path: str) -> frozenset[str]:
    """What a module holds at its outermost, and in its classes as `Goal.set`."""
    return frozenset(_names(ast.parse((settings.BASE_DIR / path).read_text()).body))


def _names(body: list[ast.stmt], of: str = "") -> Iterator[str]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield f"{of}{node.name}"
        if isinstance(node, ast.ClassDef):
            yield from _names(node.body, f"{of}{node.name}.")
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        yield from (f"{of}{target.id}" for target in targets if isinstance(target, ast.Name))


def test_every_sentence_has_its_row():
    assert len(ROWS) >= 25


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:60])
def test_a_row_names_a_page_code_and_a_test_that_exist(row):
    cells = [re.fullmatch(r" *`([^`]+)` *", cell) for cell in row.split("|")[2:-1]]
    assert all(cells), "docs/source.md: | the source says | `page` | `path::name` | `path::test` |"
    page, code, test = (cell[1] for cell in cells)
    assert page in {route.name for route in all_routes()}, "docs/source.md: there is no page of this name"
    for path, name in (code.split("::"), test.split("::")):
        assert name in names_in(path), f"docs/source.md: {path} holds no {name}; say where the rule lives now"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("coaching/models/target.py", "Target.set"),
        ("profiles/models/level.py", "CUMULATIVE"),
        ("coaching/urls.py", "urlpatterns"),
    ],
)
def test_what_a_module_holds_is_found_by_its_name(path, name):
    assert name in names_in(path)
    assert f"{name}_or_else" not in names_in(path)
