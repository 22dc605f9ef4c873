"""An edition of 100 practice profiles with 10 aspects of 10 levels: 10,000 level descriptors."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from profiles.importing.writers import written
from tests.factories import UserFactory
from tests.profiles.counting import queries_of
from tests.profiles.factories import small_edition, small_source

MEASURED = """
import re, runpy, sys
from pathlib import Path
sys.argv = ["manage.py", "load_edition", sys.argv[1], "--publish"]
runpy.run_path("manage.py", run_name="__main__")
# not getrusage: its peak goes on counting the tests' own process, from which this one was started
print("peak", re.search("VmHWM:\\s+([0-9]+) kB", Path("/proc/self/status").read_text())[1])
"""
SECONDS = 20
MEGABYTES = 300


def load(file: Path, database: Path) -> tuple[subprocess.CompletedProcess[str], float, int]:
    """Load a file by command in a process of its own: what it said, seconds, and megabytes at the most."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )

    run("manage.py", "migrate", "-v0")
    began = time.monotonic()
    done = run("-c", MEASURED, str(file))
    peak = int(done.stdout.rpartition("peak ")[2])
    return done, time.monotonic() - began, peak // 1024


@pytest.mark.parametrize("kind", ["xlsx", "csv", "yaml"])
def test_ten_thousand_descriptors_are_loaded_within_20_seconds_and_300_megabytes(
    tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"large.{kind}"
    file.write_bytes(written(kind, small_source(profiles=100, aspects=10, top=10)))
    done, seconds, megabytes = load(file, tmp_path / "large.sqlite3")
    assert "Added: 100 practice profiles, 1000 skill aspects, 10000 level descriptors" in done.stdout
    assert "…" in done.stderr, "whoever waits is told nothing"
    assert seconds < SECONDS, f"{seconds:.1f} s"
    assert megabytes < MEGABYTES, f"{megabytes} MB"


@pytest.mark.django_db
def test_the_pages_of_a_large_catalogue_take_as_many_queries_as_those_of_a_small_one(
    client_for: Callable[..., Client],
) -> None:
    wanda = client_for(UserFactory(name="Wanda Reyes"))

    addresses = ("/profiles/", "/profiles/listening/", "/profiles/listening/print/")
    small_edition()
    few = queries_of(wanda, *addresses)
    small_edition(name="large", profiles=100, aspects=10, top=10)
    assert queries_of(wanda, *addresses) == few
