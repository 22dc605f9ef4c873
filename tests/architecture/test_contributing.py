"""The guide for whoever changes the code names only what is there."""

import re

import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.architecture.test_source_table import names_in

GUIDE = (settings.BASE_DIR / "CONTRIBUTING.md").read_text()
ROOTS = ("bin", "coaching", "docs", "profiles", "sopcoach", "static", "styles", "templates", "tests")


def paths() -> set[str]:
    found = re.findall(rf"`((?:{'|'.join(ROOTS)})/[\w./-]*)(?:::[\w.]+)?`", GUIDE)
    return set(found)


def test_every_path_in_the_guide_exists():
    assert len(paths()) > 40
    assert {path for path in paths() if not (settings.BASE_DIR / path).exists()} == set()


@pytest.mark.parametrize("cited", sorted(set(re.findall(r"`([\w./-]+\.py::[\w.]+)`", GUIDE))))
def test_what_the_guide_names_in_a_module_is_there(cited):
    path, name = cited.split("::")
    assert name in names_in(path), f"CONTRIBUTING.md: {path} holds no {name}"


def test_every_command_in_the_guide_can_be_given():
    named = set(re.findall(r"manage\.py (\w+)", GUIDE))
    assert named <= get_commands().keys()
    assert {"write_wall", "write_export_schema"} <= named
