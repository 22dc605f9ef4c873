from io import StringIO
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from sopcoach.management.fresh_tables import is_fresh, make_tables
from sopcoach.models import User
from sopcoach.sign_in import demo

FIRST_EDITION = "sop-practice-profiles-2026-1"
"""What the stories of the demo are told on."""
NEWER_EDITION = "sop-practice-profiles-2026-3"
"""Published once they have been told, so that its pairs are offered the move."""


class Command(BaseCommand):
    """One process for all that `bin/demo` needs of Django, since each start of one costs a second.

    The other apps are reached by name only: nothing in this package imports them.
    """

    help = (
        "Make the demo's database ready, with the edition and the demo unit in it, and say who can sign in."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--reset", action="store_true", help="Throw away whatever the database holds first."
        )
        parser.add_argument("--static", action="store_true", help="Collect the static files too.")

    def handle(self, *args, reset: bool, static: bool, **options) -> None:
        if not settings.SOPCOACH_DEMO:
            raise CommandError("This is for the demo only: SOPCOACH_DEMO is not set.")
        for database in settings.DATABASES:
            if is_fresh(database):
                make_tables(database)
                continue
            call_command("migrate", database=database, interactive=False, verbosity=0)
            if reset:
                call_command("flush", database=database, interactive=False, verbosity=0)
        if static:
            call_command("collectstatic", interactive=False, verbosity=0)
        self.publish(FIRST_EDITION)
        if not User.objects.exists():
            call_command("demo_unit", stdout=self.stdout)
            call_command("demo_county")
        self.publish(NEWER_EDITION)
        call_command("demo_ahead")
        call_command("take_snapshot", stdout=self.stdout)
        self.say_who_can_sign_in()

    def publish(self, edition: str) -> None:
        """Load an edition that ships, unless it is here already. What it may be asked about is for whoever edits it."""
        if apps.get_model("profiles", "Edition")._default_manager.filter(slug=edition).exists():
            return
        file = Path(settings.BASE_DIR, "profiles", "data", f"{edition}.yaml")
        said = StringIO()
        call_command("load_edition", str(file), publish=True, stdout=said)
        for line in said.getvalue().splitlines():
            if not line.startswith("Please look at"):
                self.stdout.write(line)

    def say_who_can_sign_in(self) -> None:
        people = demo.people()
        width = max((len(person.name) for person in people), default=0)
        self.stdout.write("Who can sign in, with “Enter as …” and no password:")
        for person in people:
            self.stdout.write(f"  {person.name:<{width}}  {person.email}  {demo.part_of(person)}")
        self.stdout.write(f"Mails are kept in {settings.MAIL_DIR.relative_to(settings.BASE_DIR)}/")
