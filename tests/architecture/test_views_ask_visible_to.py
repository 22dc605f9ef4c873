"""Views reach personal rows through `visible_to` and in no other way (house rule 6)."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from coaching.wall import walled_models

PLACES = [
    *sorted((settings.BASE_DIR / "coaching" / "views").glob("*.py")),
    *sorted((settings.BASE_DIR / "coaching" / "forms").glob("*.py")),
    *(
        settings.BASE_DIR / "coaching" / name
        for name in ("cycle.py", "review.py", "progress.py", "celebrations.py")
    ),
]
MANAGERS = {"objects", "_default_manager", "_base_manager"}
SUBQUERIES = {"cycle.py"}
"""Facts about a pair that has been let through by `visible_to`: that there is a goal, never a word of one."""


def raw_managers(path: Path) -> list[str]:
    names = {model.__name__ for model in walled_models()}
    tree = ast.parse(path.read_text())
    opened = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "visible_to"
    }
    return [
        f"{path.name}:{node.lineno} {ast.unparse(node)}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in MANAGERS
        and isinstance(node.value, ast.Name)
        and node.value.id in names
        and id(node) not in opened
    ]


@pytest.mark.parametrize("path", [p for p in PLACES if p.name not in SUBQUERIES], ids=lambda path: path.name)
def test_no_view_or_form_has_another_way_to_a_personal_row(path):
    assert raw_managers(path) == []


def test_the_test_sees_a_raw_manager(tmp_path):
    bad = tmp_path / "bad.py"
    bad.write_text("Goal.objects.all()\nGoal.objects.visible_to(user)\nGoal._base_manager.get()\n")
    assert raw_managers(bad) == ["bad.py:1 Goal.objects", "bad.py:3 Goal._base_manager"]
