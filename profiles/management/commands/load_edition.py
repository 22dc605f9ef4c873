"""`manage.py load_edition FILE`: an edition of the practice profiles from a file into the catalogue."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from profiles.importing.apply import apply, base_source, current_for
from profiles.importing.plan import Action, EntryKind, Plan, plan
from profiles.importing.readers import read_file
from profiles.importing.source import UnreadableSourceError
from profiles.models import Edition, EditionError
from sopcoach.words.amounts import counted

SAYINGS = {
    Action.ADD: ("Would add", "Added"),
    Action.CHANGE: ("Would change", "Changed"),
    Action.REMOVE: ("Would leave out", "Left out"),
    Action.UNCHANGED: ("Unchanged", "Unchanged"),
}


PATIENCE = 0.5
"""Seconds between two lines of progress; a quick import says nothing."""


class Command(BaseCommand):
    help = (
        "Load an edition of the practice profiles from an Excel workbook, a CSV file or a YAML file. "
        "Writes nothing if anything is wrong."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="for example profiles/data/sop-practice-profiles-2026-3.yaml"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )
        parser.add_argument(
            "--publish", action="store_true", help="make it the edition of all new coaching, for good"
        )

    def handle(self, *args: Any, file: Path, dry_run: bool, publish: bool, **options: Any) -> None:
        self.last_said = time.monotonic()
        try:
            planned = self._plan(file, may_lack_tables=dry_run)
            self.stdout.write(f"{planned.source}:")
            for warning in planned.warnings:
                self.stdout.write(f"Please look at {warning}")
            if dry_run:
                self._say(planned, is_done=False)
            else:
                self._load(planned, publish=publish)
        except UnreadableSourceError as error:
            raise self._refusal(error.problems) from error
        except EditionError as error:
            raise self._refusal([str(error)]) from error
        except DatabaseError as error:
            raise self._refusal([f"The database doesn’t take it: {error}"]) from error

    def _plan(self, file: Path, *, may_lack_tables: bool) -> Plan:
        has_tables = Edition._meta.db_table in connection.introspection.table_names()
        if not (has_tables or may_lack_tables):
            raise UnreadableSourceError(
                "The database has no tables yet: run “python manage.py migrate” first."
            )
        source = read_file(file, base_source() if has_tables else None)
        self._progress("Read")
        planned = plan(source, current_for(source) if has_tables else None)
        self._progress("Compared with the catalogue")
        if planned.problems:
            raise UnreadableSourceError(*(str(problem) for problem in planned.problems))
        return planned

    def _progress(self, doing: str) -> None:
        """One line on stderr now and then, for whoever waits for a long import."""
        now = time.monotonic()
        if now - self.last_said >= PATIENCE:
            self.last_said = now
            self.stderr.write(f"{doing}…", self.style.NOTICE)

    def _load(self, planned: Plan, *, publish: bool) -> None:
        was_current = Edition.objects.current()
        edition = apply(planned, publish=publish, progress=self._progress)
        self._say(planned, is_done=True)
        if publish and edition != was_current and edition == Edition.objects.current():
            self.stdout.write("Published: new coaching uses it from now on.")
        elif edition.published_at is None:
            self.stdout.write("It is a draft. Load it again with --publish when you want it in use.")

    def _say(self, planned: Plan, *, is_done: bool) -> None:
        if not planned.changes_something:
            self.stdout.write("Nothing changes: the catalogue holds all of it already.")
            return
        for action, sayings in SAYINGS.items():
            counts = planned.counts(action)
            if counts:
                self.stdout.write(f"{sayings[is_done]}: {_listed(counts)}.")

    def _refusal(self, problems: list[str] | tuple[str, ...]) -> CommandError:
        for problem in problems:
            self.stderr.write(problem)
        return CommandError("Nothing was written. Put this right and load the file again.")


def _listed(counts: dict[EntryKind, int]) -> str:
    return ", ".join(counted(count, kind) for kind, count in counts.items())
