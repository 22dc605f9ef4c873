"""Days and clocks come from `sopcoach.words`: a format elsewhere forgets the year, and stays English where others don't."""

import re
from pathlib import Path

import pytest
from django.conf import settings

IN_A_TEMPLATE = re.compile(r"\|\s*(?:date|time)\b|{%\s*now\b")
IN_CODE = re.compile(r"\b(?:date_format|time_format|dateformat|strftime)\b|[^{]{[^{}\"']*:%[-\w]")

FOR_MACHINES = {
    "coaching/record/views.py": "the name of a file, which sorts by its day",
    "coaching/demo/pair.py": "the day of the week in words that the demo’s people typed",
}
"""Formats that no reader sees as ours, each with its reason."""


def files(*patterns: str) -> list[Path]:
    root = Path(settings.BASE_DIR)
    return sorted(path for pattern in patterns for path in root.glob(pattern))


def named(paths: list[Path]) -> dict[str, str]:
    return {str(path.relative_to(settings.BASE_DIR)): path.read_text() for path in paths}


def test_no_template_formats_a_day_by_itself():
    templates = named(files("templates/**/*.html", "templates/**/*.txt"))

    assert templates
    assert [name for name, text in templates.items() if IN_A_TEMPLATE.search(text)] == []


def test_no_code_formats_a_day_by_itself():
    code = named(files("sopcoach/**/*.py", "profiles/**/*.py", "coaching/**/*.py"))
    found = {name for name, text in code.items() if IN_CODE.search(text)} - {"sopcoach/words/dates.py"}

    assert found == set(FOR_MACHINES)


@pytest.mark.parametrize(
    "line",
    [
        'date_format(day, "j F")',
        "moment.strftime('%d')",
        'f"{timezone.localdate():%Y-%m-%d}"',
        'f"on {day:%-d}"',
    ],
)
def test_a_format_in_code_is_found(line):
    assert IN_CODE.search(line)
