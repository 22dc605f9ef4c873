"""`manage.py demo_county`: give the demo two more units and a year of their coaching, for the counts."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from coaching.demo import county
from profiles.models import Edition


class Command(BaseCommand):
    help = "Give the demo two more units that have coached for a year. Nobody can enter as their people."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SOPCOACH_DEMO:
            raise CommandError("This is for the demo only: SOPCOACH_DEMO is not set.")
        if Edition.objects.current() is None:
            raise CommandError("No practice profiles are published yet: load an edition first.")
        if not county.is_here():
            county.build()
