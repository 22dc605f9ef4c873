"""`load_people FILE --by E-MAIL`: a list of people by the same reader as the page, for a nightly file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sopcoach.models import ListHeading, Unit, User
from sopcoach.people.importing.apply import apply, current
from sopcoach.people.importing.columns import NO_EMAIL, columns_of
from sopcoach.people.importing.meanings import Meaning
from sopcoach.people.importing.people import Plan
from sopcoach.people.importing.plan import plan
from sopcoach.people.importing.reader import PeopleList, people_in
from sopcoach.people.importing.table import UnreadableListError, table_of


class Command(BaseCommand):
    help = (
        "Adds and changes accounts by a list of people. Headings mean what was chosen for them on the page. Whatever is a "
        "question there (the same person? no longer in the list?) stays as it is and is printed; nobody is invited."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV, .xlsx, .xls or .ods")
        parser.add_argument(
            "--by", required=True, help="the e-mail of the administrator who answers for the list"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")

    def handle(self, *args: Any, file: Path, by: str, dry_run: bool, **options: Any) -> None:
        administrator = User.objects.administering().filter(email=by.lower()).first()
        if administrator is None:
            raise CommandError(f"No administrator has the e-mail {by}.")
        people = _people(file)
        planned = plan(people, current())
        if planned.problems:
            raise CommandError("\n".join(f"{one.where}: {one.sentence}" for one in planned.problems))
        for line in _open(planned):
            self.stdout.write(line)
        if dry_run:
            self.stdout.write(f"Would add {len(planned.added)}, change {len(planned.changed)}.")
            return
        done = apply(people, seen=planned.fingerprint, by=administrator)
        self.stdout.write(f"Added {len(done.added)}, changed {done.changed}.")


def _people(file: Path) -> PeopleList:
    try:
        table = table_of(file.read_bytes())
        columns = columns_of(
            table,
            units=Unit.objects.values_list("name", flat=True),
            chosen=ListHeading.objects.meanings(),
            remembered=True,
        )
        if Meaning.EMAIL not in columns.places:
            raise CommandError(NO_EMAIL)
        return people_in(table, columns)
    except OSError as error:
        raise CommandError(f"{file} can’t be read: {error.strerror}.") from error
    except UnreadableListError as error:
        raise CommandError(str(error)) from error


def _open(planned: Plan) -> list[str]:
    """What somebody has to look at on the page."""
    same = [
        f"{one.here.name} ({one.here.email}) may be {one.listed.email} now. Row {one.row} is left as it is."
        for one in planned.same
    ]
    leavers = [
        f"{one.person.name} ({one.person.email}) "
        + (f"is “{one.said}” in the list." if one.said else "is no longer in the list.")
        for one in planned.leavers
    ]
    unread = [f"{one.where} is not read. {one.sentence}" for one in planned.unread]
    left_out = [f"Not read: {', '.join(planned.left_out)}."] if planned.left_out else []
    return [*same, *leavers, *unread, *left_out]
