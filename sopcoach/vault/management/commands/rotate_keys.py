from django.core.management.base import BaseCommand

from sopcoach.vault.keyring import rotate
from sopcoach.vault.wrapping import wrapping_keys


class Command(BaseCommand):
    help = (
        "Wrap every data key anew by the first key of SOPCOACH_KEYS. Put the new key first, keep the old one after it, "
        "run this, then take the old one away."
    )

    def handle(self, *args, **options) -> None:
        newest = wrapping_keys()[0]
        done = rotate()
        self.stdout.write(f"{done} data keys are wrapped by the key {newest.id} now.")
