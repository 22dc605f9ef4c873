"""`manage.py demo_unit`: fill an empty database with the demo's people and their coaching."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from coaching.demo.people import EVERYBODY, SIGN_IN_PHRASE
from coaching.demo.unit import CannotBuildError, build, is_here


class Command(BaseCommand):
    help = "Fill an empty database with the demo's made-up people and their coaching, relative to today."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.SOPCOACH_DEMO:
            raise CommandError("This is for the demo only: SOPCOACH_DEMO is not set.")
        if is_here():
            self.stdout.write("The demo unit is here already.")
            return
        try:
            build()
        except CannotBuildError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The demo unit is ready. Everybody’s password is “{SIGN_IN_PHRASE}”:")
        for person in EVERYBODY:
            self.stdout.write(f"  {person.name}, {person.email}")
