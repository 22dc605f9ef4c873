"""`manage.py edition_template --format xlsx`: a file to write an edition into, empty or filled with one."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from profiles.importing.as_source import source_of
from profiles.importing.writers import WRITERS, written
from profiles.models import Edition


class Command(BaseCommand):
    help = "Write a file to fill in for load_edition: empty, or filled with an edition of the catalogue."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=WRITERS, default="xlsx", dest="kind")
        parser.add_argument("--edition", metavar="SLUG", help="fill it with this edition")
        parser.add_argument("--output", type=Path, metavar="FILE", help="where to write, instead of stdout")

    def handle(self, *args: Any, kind: str, edition: str | None, output: Path | None, **options: Any) -> None:
        content = written(kind, source_of(self._edition(edition)) if edition else None)
        if output is None:
            self._refuse_terminal(kind)
            sys.stdout.buffer.write(content)
            return
        try:
            output.write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output} can’t be written: {error.strerror or error}.") from error

    def _edition(self, slug: str) -> Edition:
        edition = Edition.objects.filter(slug=slug).first()
        if edition is None:
            slugs = ", ".join(Edition.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no edition “{slug}”. The catalogue has: {slugs}.")
        return edition

    def _refuse_terminal(self, kind: str) -> None:
        if kind == "xlsx" and sys.stdout.isatty():
            raise CommandError("A workbook is not for the terminal: add “--output edition.xlsx”.")
