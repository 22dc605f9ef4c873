"""The inner loop runs what a change touches, and both walls where who may read is decided."""

import pytest

from tests.touched import BOTH_WALLS, belonging_to, chosen


@pytest.mark.parametrize(
    ("path", "test"),
    [
        ("coaching/models/goal.py", "tests/coaching/test_goal.py"),
        ("coaching/views/goal.py", "tests/coaching/test_goal.py"),
        ("templates/coaching/goal/goals.html", "tests/coaching/test_goal.py"),
        ("coaching/queries/celebrations.py", "tests/coaching/test_celebration.py"),
        ("coaching/groups/models/group.py", "tests/coaching/test_group_session.py"),
        ("coaching/groups/models/group.py", "tests/coaching/test_postgres_group_wall.py"),
        ("coaching/rules/client_identifiers.py", "tests/coaching/test_guard.py"),
        ("profiles/importing/lint.py", "tests/profiles/test_lint.py"),
        ("tests/coaching/test_path.py", "tests/coaching/test_path.py"),
    ],
)
def test_a_file_touches_the_tests_of_its_word_and_those_that_name_it(path, test):
    assert test in belonging_to([path])


def test_a_file_touches_nothing_else():
    assert "tests/coaching/test_group.py" not in belonging_to(["coaching/models/goal.py"])
    assert belonging_to(["docs/security.md", "static/css/sopcoach.css"]) == set()


@pytest.mark.parametrize(
    "path",
    ["coaching/models/goal.py", "coaching/training/models/cohort.py", "coaching/row_security/conditions.py"],
)
def test_both_walls_are_asked_where_who_may_read_is_decided(path):
    assert BOTH_WALLS in chosen([path], [], on_postgres=True)
    assert BOTH_WALLS not in chosen([path], [], on_postgres=False)


def test_what_failed_last_is_run_again_and_what_is_gone_is_not():
    failed = ["tests/coaching/test_path.py::test_nothing_is_locked", "tests/coaching/test_gone.py::test_x"]
    found = chosen([], failed, on_postgres=False)
    assert failed[0] in found
    assert failed[1] not in found
    assert "tests/architecture/test_new_word.py" in found
    assert chosen([], failed, on_postgres=True) == []


def test_what_takes_long_is_left_out_unless_it_has_changed_itself():
    slow = "tests/profiles/test_large.py"
    assert slow not in chosen(["tests/settings.py"], [], on_postgres=False)
    assert slow in chosen([slow], [], on_postgres=False)
