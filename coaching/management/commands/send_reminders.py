from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from coaching.reminding.gathering import gather
from sopcoach.mailing.posting import take_up_what_was_left


class Command(BaseCommand):
    help = "Put the day's mails on their way for whom it is the hour. Run it every few minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        number = gather(timezone.now())
        take_up_what_was_left()
        self.stdout.write(f"{number} {'mail' if number == 1 else 'mails'} put on the way.")
