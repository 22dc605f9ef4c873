"""`manage.py take_snapshot`: count the quarters that are over, for the administrators' page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from coaching.statistics.counting import closed_quarters
from coaching.statistics.models import Snapshot
from coaching.statistics.quarters import Quarter


class Command(BaseCommand):
    help = "Count each closed quarter that hasn't been counted, once and for good. Run it once a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quarter", help="Only this one, as in 2026Q3.")

    def handle(self, *args: Any, quarter: str | None, **options: Any) -> None:
        try:
            quarters = [Quarter.read(quarter)] if quarter else closed_quarters()
            taken = [one for one in quarters if Snapshot.take(one)]
        except ValidationError as error:
            raise CommandError(error.messages[0]) from error
        except ValueError as error:
            raise CommandError(str(error)) from error
        for one in taken:
            self.stdout.write(f"{one.name} is counted.")
        if not taken:
            self.stdout.write("Nothing to count: every closed quarter has been counted.")
