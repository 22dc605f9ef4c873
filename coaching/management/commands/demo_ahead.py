"""`manage.py demo_ahead`: let the demo's meetings lie ahead again, when it is opened after their hour."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from coaching.demo.unit import look_ahead


class Command(BaseCommand):
    help = "Move the meetings of the demo that nobody has begun to where they lie ahead."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SOPCOACH_DEMO:
            raise CommandError("This is for the demo only: SOPCOACH_DEMO is not set.")
        look_ahead()
