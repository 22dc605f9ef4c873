"""`manage.py lint_edition FILE`: what a good editor would ask about an edition's words, and how they read by level."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from profiles.importing import craft
from profiles.importing.plan import plan
from profiles.importing.readers import read_file
from profiles.importing.reading_table import table_of
from profiles.importing.source import EditionSource, UnreadableSourceError


class Command(BaseCommand):
    help = "Ask of each level descriptor what a good editor would ask. Nothing is written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--table", action="store_true", help="print reading grade and length by level")
        parser.add_argument(
            "--strict", action="store_true", help="fail if anything is asked, as our own editions must"
        )

    def handle(self, *args: Any, file: Path, table: bool, strict: bool, **options: Any) -> None:
        try:
            source = read_file(file)
        except UnreadableSourceError as error:
            raise CommandError(str(error)) from error
        asked = self._ask(source)
        if table:
            self.stdout.write(table_of(source))
        if asked and strict:
            raise CommandError(f"{asked} to look at.")
        self.stdout.write(f"{source}: {asked or 'nothing'} to look at.")

    def _ask(self, source: EditionSource) -> int:
        """Say each finding with its place and words; how many there were."""
        texts = {(slug, number): text for slug, rungs in source.ladders.items() for number, text in rungs}
        found = sorted(craft.of_edition(source.ladders), key=lambda each: each[0])
        for (slug, number), finding in found:
            self.stdout.write(f"{slug} {number}: {finding.sentence}\n    {texts[slug, number]}")
        planned = plan(source, None)
        others = [entry for entry in (*planned.problems, *planned.warnings) if not entry.rule]
        for entry in others:
            self.stdout.write(str(entry))
        return len(found) + len(others)
