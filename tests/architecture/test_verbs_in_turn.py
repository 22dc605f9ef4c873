"""Who changes something takes hold of it first, in the one order of the domain (ADR 16)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import models

from coaching.models.base import Personal
from coaching.models.locking import ORDER
from coaching.row_security.policy import walled_models

MODELS = sorted(
    path
    for path in (settings.BASE_DIR / "coaching").rglob("*.py")
    if "models" in path.with_suffix("").relative_to(settings.BASE_DIR).parts
)
WRITES = {
    "save",
    "create",
    "bulk_create",
    "get_or_create",
    "update_or_create",
    "update",
    "delete",
    "_raw_delete",
}
PERSONAL = [model for model in walled_models() if issubclass(model, Personal)]
HOLDS = {"in_turn", "in_turn_unheard"}
BY_HAND = {"hold"}
DECIDES_ON_NOTHING = {"access.py:note"}
"""Only adds a row, whatever else there is."""


def _is_called(function: ast.FunctionDef, names: set[str]) -> bool:
    called = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return any(getattr(one, "attr", getattr(one, "id", "")) in names for one in called)


def _is_written(function: ast.FunctionDef) -> bool:
    """Whether it writes rows: `update` of a dict and the like is called on a plain name or a literal."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            return True
    return False


def verbs_that_do_not_wait(path: Path) -> Iterator[str]:
    """Its public functions with an actor that write, and hold nothing."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        has_actor = "by" in {one.arg for one in node.args.kwonlyargs}
        decorated = {ast.unparse(one) for one in node.decorator_list}
        if has_actor and _is_written(node) and not (decorated & HOLDS or _is_called(node, BY_HAND)):
            yield f"{path.name}:{node.name}"


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.name)
def test_a_verb_that_writes_waits_for_its_turn(path):
    assert set(verbs_that_do_not_wait(path)) - DECIDES_ON_NOTHING == set()


def test_whoever_is_let_off_is_still_there():
    assert {one for path in MODELS for one in verbs_that_do_not_wait(path)} >= DECIDES_ON_NOTHING


@pytest.mark.parametrize(
    "path", [path for path in MODELS if path.name != "locking.py"], ids=lambda path: path.name
)
def test_rows_are_held_in_one_place(path):
    assert "select_for_update" not in path.read_text()


def test_the_test_sees_a_verb_that_does_not_wait(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text(
        "def put_down(self, *, by):\n    self.save()\n\n"
        "@in_turn\ndef rest(self, *, by):\n    self.save()\n\n"
        "def keep(self, *, by):\n    hold(self)\n    self.save()\n\n"
        "def read(self, *, by):\n    return self.rows.all()\n"
    )
    assert list(verbs_that_do_not_wait(bad)) == ["bad.py:put_down"]


@pytest.mark.parametrize("model", PERSONAL, ids=lambda model: model.__name__)
def test_a_row_is_kept_by_what_is_held_before_it(model: type[models.Model]):
    for name in model.kept_by:
        assert model._meta.get_field(name).related_model.__name__ in ORDER
    if not model.kept_by:
        assert model.__name__ in ORDER or model.__name__ == "Snapshot"  # counts, which are about nobody
