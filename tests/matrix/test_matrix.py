"""The wall as one table: every address × every method × everybody → what they get (product.md, 6)."""

import pytest

from styles.bundle import BOOTSTRAP, MADE, classes
from tests.architecture.routes import Route
from tests.matrix.reading import KEPT, Everybody, Row, answers, cells, written
from tests.matrix.world import PEOPLE, SIDES, TRYING, World, make_world

pytestmark = pytest.mark.both_databases

OPEN_BEFORE_FORMAL = {"partnership", "end", "invitation_answer"}
"""What a supervisor reaches while the worker tries on: that it goes on, the way out, and the pair's page from an old
invitation."""
NO_ADMINISTRATORS = {"group", "invite", "ask", "invitation_answer"}
"""Beside every address of a group: where coaching begins (product.md, 2)."""


@pytest.fixture
def world(db):
    return make_world()


PARTS = range(6)
"""The table is asked in parts, which as many processes share."""


def differences(world: World, part: int) -> list[str]:
    everybody = Everybody.of(world)
    found = _differences(world, part, everybody)
    bare = everybody.classes & classes(BOOTSTRAP.read_text()) - classes(MADE.read_text())
    return [*found, *(f"static/css/sopcoach.css lacks “{name}”: run bin/styles" for name in sorted(bare))]


def _differences(world: World, part: int, everybody: Everybody) -> list[str]:
    found = []
    expected = written()
    for route, place, method in of_part(part):
        row = answers(route, place, method, world, everybody)
        stands = expected.get(row.key)
        if stands is None:
            found.append(f"new      {row}")
        elif stands != row:
            found += [f"written  {stands}", f"answers  {row}"]
    return found


def of_part(part: int) -> list[tuple[Route, str, str]]:
    return cells()[part :: len(PARTS)]


def test_no_row_is_stale():
    there = {(route.name, place, method) for route, place, method in cells()}
    assert [str(row) for key, row in written().items() if key not in there] == []


@pytest.mark.parametrize("part", PARTS)
def test_everybody_gets_what_the_table_says(world, part, record_property):
    found = differences(world, part)
    if found:
        pytest.fail("tests/matrix/table.txt says otherwise:\n" + "\n".join(found))
    record_property("matrix", of_all_parts())


def of_all_parts() -> str:
    """What each part says of the whole; it holds when as many have said it."""
    return f"{size()}, in {len(PARTS)} parts"


def size() -> str:
    rows = written()
    routes = len({row.route for row in rows.values()})
    return f"{routes} routes × {len(PEOPLE)} people, {len(rows) * len(PEOPLE)} answers"


def test_the_table_keeps_to_the_policy():
    """What product.md says of everybody who is no side of a pair, whatever the product answers."""
    for row in written().values():
        if row.place:
            assert_private(row)
        elif row.route.startswith("group_") or row.route in NO_ADMINISTRATORS:
            assert_closed_to_administrators(row)


def assert_closed_to_administrators(row: Row) -> None:
    answers = dict(zip(PEOPLE, row.statuses, strict=True))
    assert {answers["admin"], answers["superuser"]} <= {"403", "404", "405"}, f"{row.route} {row.method}"


def assert_private(row: Row) -> None:
    answers = dict(zip(PEOPLE, row.statuses, strict=True))
    sides = SIDES[row.place]
    readers = set(sides[:1] if row.route in KEPT else sides)
    for person in set(PEOPLE) - readers - {"nobody"}:
        assert answers[person] in {"404", "405"}, (
            f"{row.route}@{row.place} {row.method}: {person} gets {answers[person]}"
        )
    assert answers["nobody"] in {"in", "405"}
    assert not any(status.startswith("5") for status in row.statuses)
    if row.place == TRYING and row.route not in OPEN_BEFORE_FORMAL:
        assert answers[sides[1]] in {"403", "404", "405"}, f"{row.route} {row.method}: the supervisor gets in"
