"""The house has rooms, and nothing lies loose in its hall (CONTRIBUTING, "How the code is laid out")."""

from pathlib import Path
from statistics import median

import pytest
from django.conf import settings

PACKAGES = ("coaching", "profiles", "sopcoach")
HALL = {
    "coaching": {"__init__", "apps", "checks", "urls"},
    "sopcoach": {"__init__", "apps", "checks", "settings", "signals", "urls", "wsgi"},
}


@pytest.mark.parametrize("package", HALL)
def test_nothing_lies_loose(package):
    assert {path.stem for path in (settings.BASE_DIR / package).glob("*.py")} == HALL[package]


LONGEST = 300
STORIES = {"demo", "migrations"}
"""What a person or a release has lived through is told in one piece."""


def code() -> list[Path]:
    found = [path for package in PACKAGES for path in (settings.BASE_DIR / package).rglob("*.py")]
    return sorted(path for path in found if not STORIES & set(path.relative_to(settings.BASE_DIR).parts))


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_module_is_too_long_to_read_in_one_go():
    long = {str(path.relative_to(settings.BASE_DIR)): lines_of(path) for path in code()}
    assert {name: lines for name, lines in long.items() if lines > LONGEST} == {}


def test_most_modules_fit_on_two_screens():
    assert median(map(lines_of, code())) <= 80
