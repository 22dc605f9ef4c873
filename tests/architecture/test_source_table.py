"""The table that traces the source to pages and tests names only what is there."""

import re

import pytest
from django.conf import settings

from tests.architecture.routes import all_routes

ROWS = [
    line
    for line in (settings.BASE_DIR / "docs" / "source.md").read_text().splitlines()
    if line.startswith("|") and "`" in line
]


def test_every_sentence_has_its_row():
    assert len(ROWS) >= 25


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:60])
def test_a_row_names_a_page_and_a_test_that_exist(row):
    page, test = re.findall(r"`([^`]+)`", row)[-2:]
    assert page in {route.name for route in all_routes()}
    path, name = test.split("::")
    assert f"def {name}(" in (settings.BASE_DIR / path).read_text()
