"""An edition of 100 practice profiles with 10 aspects of 10 levels: 10,000 level descriptors."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from profiles.importing.writers import written
from tests.factories import UserFactory
from tests.migrated import migrated
from tests.profiles.counting import queries_of
from tests.profiles.factories import small_edition, small_source

MEASURED = r"""
import re, runpy, sys, time
from pathlib import Path
sys.argv = ["manage.py", "load_edition", sys.argv[1], "--publish"]
runpy.run_path("manage.py", run_name="__main__")
# not getrusage: its peak goes on counting the tests' own process, from which this one was started
peak = re.search("VmHWM:\s+([0-9]+) kB", Path("/proc/self/status").read_text())[1]
print("measured", peak, time.process_time())
"""
SECONDS = 20
MEGABYTES = 300


def run(database: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own."""
    environment = {"DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": "tests.settings"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )


@pytest.fixture(scope="module")
def empty(migrated_databases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `migrate` leaves it: what the tests' own are copied from, where that is of the same kind."""
    if connection.vendor == "sqlite":
        return Path(migrated(connection, migrated_databases))
    database = tmp_path_factory.mktemp("large") / "empty.sqlite3"
    run(database, "manage.py", "migrate", "-v0")
    return database


def load(file: Path, database: Path) -> tuple[subprocess.CompletedProcess[str], float, int]:
    """Load a file by command: what it said, its seconds of work, and megabytes at the most."""
    done = run(database, "-c", MEASURED, str(file))
    peak, seconds = done.stdout.rpartition("measured ")[2].split()
    return done, float(seconds), int(peak) // 1024


@pytest.mark.parametrize("kind", ["xlsx", "csv", "yaml"])
def test_ten_thousand_descriptors_are_loaded_within_20_seconds_and_300_megabytes(
    tmp_path: Path, empty: Path, kind: str
) -> None:
    file = tmp_path / f"large.{kind}"
    file.write_bytes(written(kind, small_source(profiles=100, aspects=10, top=10)))
    done, seconds, megabytes = load(file, shutil.copy(empty, tmp_path / "large.sqlite3"))
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
