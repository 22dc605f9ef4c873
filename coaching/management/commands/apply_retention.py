from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from coaching.record.retention import ScheduleError, apply, finish, problems, read_schedule


class Command(BaseCommand):
    help = "Delete what is over its period in docs/data_retention.yaml. Run it once a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would go.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        try:
            schedule = read_schedule()
        except ScheduleError as error:
            raise CommandError(str(error)) from error
        if found := list(problems(schedule)):
            raise CommandError("docs/data_retention.yaml doesn’t fit: " + " ".join(found))
        total = 0
        for due in apply(schedule, timezone.now(), dry_run=dry_run):
            total += due.count
            if due.count:
                name = due.model._meta.verbose_name_plural if due.count != 1 else due.model._meta.verbose_name
                self.stdout.write(f"{due.count} {name}, {due.deletion.days} days after {due.deletion.since}")
        if not dry_run and (late := finish()):
            self.stdout.write(f"{late} keys that outlived their words were destroyed")
        self.stdout.write(f"{total} {'would go' if dry_run else 'gone'}.")
