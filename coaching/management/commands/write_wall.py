"""`manage.py write_wall`: write the SQL that the models' walls make to where a diff shows what has changed in it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from coaching.row_security import building

FILE = Path(building.__file__).with_name("wall.sql")


class Command(BaseCommand):
    help = (
        "Write coaching/row_security/wall.sql anew from what the models declare. `migrate` builds the same."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        FILE.write_text(building.written())
        self.stdout.write(f"Written: {FILE.name}, {len(FILE.read_text().splitlines())} lines.")
