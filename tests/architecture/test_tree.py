"""The house has rooms, and nothing lies loose in its hall (CONTRIBUTING, "How the code is laid out")."""

import pytest
from django.conf import settings

HALL = {
    "coaching": {"__init__", "apps", "checks", "urls"},
    "sopcoach": {"__init__", "apps", "checks", "models", "settings", "signals", "urls", "wsgi"},
}


@pytest.mark.parametrize("package", HALL)
def test_nothing_lies_loose(package):
    assert {path.stem for path in (settings.BASE_DIR / package).glob("*.py")} == HALL[package]
