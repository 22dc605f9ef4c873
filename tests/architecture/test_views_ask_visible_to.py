"""Outside of the models, personal rows are reached through `visible_to` and in no other way.

Every module of coaching is read, whichever it is. What may go round is named by its function, with the reason.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from coaching.row_security.policy import walled_models

COACHING = settings.BASE_DIR / "coaching"
BELOW = {"models", "migrations", "demo"}
"""The rules themselves; the database's history; and the demo's story, which is arranged for nobody in particular."""
MANAGERS = {"objects", "_default_manager", "_base_manager"}

COUNTS = "the job that counts a closed quarter, as the system actor “counting”, which reads no word"
REMINDS = "the job that gathers what waits, as the system actor “reminding”, which reads days and no word"
EXEMPT = {
    "statistics/counting.py:closed_quarters": (COUNTS, {"Partnership", "GroupSession"}),
    "statistics/counting.py:_partnerships": (COUNTS, {"Partnership"}),
    "statistics/counting.py:_sessions": (COUNTS, {"CoachingSession"}),
    "statistics/counting.py:_groups": (COUNTS, {"GroupSession", "GroupSeat"}),
    "statistics/counting.py:_in_focus": (COUNTS, {"Focus"}),
    "reminding/gathering.py:gather": (REMINDS, {"MailChoice"}),
    "reminding/gathering.py:_notices": (REMINDS, {"Partnership", "Notice"}),
    "reminding/gathering.py:_meetings": (REMINDS, {"CoachingSession"}),
    "reminding/gathering.py:_check_ins": (REMINDS, {"Partnership"}),
    "reminding/gathering.py:_groups": (REMINDS, {"GroupSeat"}),
    "reminding/gathering.py:_is_due": (REMINDS, {"Notice"}),
    "record/retention.py:_rows": (
        "the job that deletes what is over its period, as the system actor “retention”",
        {"model"},
    ),
}
"""Function → why, and which models it may ask without `visible_to`."""


def modules() -> list[Path]:
    return [
        path
        for path in sorted(COACHING.rglob("*.py"))
        if not BELOW & set(path.relative_to(COACHING).with_suffix("").parts)
    ]


def open_to_all() -> set[str]:
    """The names of models without personal rows, which anybody signed in may read."""
    return {model.__name__ for model in apps.get_models()} - {model.__name__ for model in walled_models()}


def functions(node: ast.AST, inside: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Each node, with the outermost function or method that it stands in."""
    for child in ast.iter_child_nodes(node):
        here = inside
        if not inside and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            here = child.name
        yield here, child
        yield from functions(child, here)


def raw_managers(text: str, name: str) -> list[tuple[str, str]]:
    """(function, what it says) for each manager that isn't asked for `visible_to` at once, whatever it is a manager of."""
    tree = ast.parse(text)
    harmless = open_to_all()
    asked = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "visible_to"
    }
    return [
        (f"{name}:{function}", ast.unparse(node.value))
        for function, node in functions(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in MANAGERS
        and not (isinstance(node.value, ast.Name) and node.value.id in harmless)
        and id(node) not in asked
    ]


def not_exempt(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(function, model) for function, model in found if model not in EXEMPT.get(function, ("", ()))[1]]


def name_of(path: Path) -> str:
    return str(path.relative_to(COACHING))


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_no_module_has_another_way_to_a_personal_row(path):
    assert not_exempt(raw_managers(path.read_text(), name_of(path))) == []


def test_no_exemption_is_stale():
    used = {found for path in modules() for found in raw_managers(path.read_text(), name_of(path))}
    assert {(function, model) for function, (_, models) in EXEMPT.items() for model in models} <= used


ASKING = [path for path in modules() if ".visible_to(" in path.read_text()]


@pytest.mark.parametrize("path", ASKING, ids=name_of)
def test_a_visible_to_that_is_taken_away_is_noticed(path):
    """Each one in each module, in turn: `Goal.objects.visible_to(user)` becomes `Goal.objects.all()`."""
    text, name = path.read_text(), name_of(path)
    calls = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "visible_to"
    ]
    for call in calls:
        source = ast.get_source_segment(text, call)
        without = text.replace(source, f"{ast.unparse(call.func.value)}.all()")
        assert not_exempt(raw_managers(without, name)), source


def test_the_test_sees_a_raw_manager():
    bad = "def page(user, model):\n    Goal.objects.all()\n    Goal.objects.visible_to(user)\n    model._base_manager.get()\n    User.objects.get()\n"
    assert raw_managers(bad, "bad.py") == [
        ("bad.py:page", "Goal"),
        ("bad.py:page", "model"),
    ]
