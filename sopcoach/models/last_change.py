"""That something has changed where several people look: open pages ask for it before anything else (ADR 34)."""

import secrets
from collections.abc import Iterable

from django.conf import settings
from django.db import connection, models
from django.utils.crypto import salted_hmac

_SALT = "sopcoach.last_change"
_CHANGED = (
    "INSERT INTO sopcoach_lastchange (place, number) VALUES {rows} "
    "ON CONFLICT (place) DO UPDATE SET number = excluded.number"
)


class LastChange(models.Model):
    """A number for each place, drawn anew with each change there, so that it says neither when nor how often.

    Nobody's wall stands before it, and nothing can be read from it: a place is a hash under the server's secret.
    """

    place = models.CharField(max_length=32, primary_key=True)
    number = models.BigIntegerField()

    class Meta:
        app_label = "sopcoach"

    def __str__(self) -> str:
        return self.place


def place_of(kind: str, slug: str) -> str:
    """`kind` is the label of a model, such as "coaching.Partnership", and `slug` the address of one of its rows."""
    return salted_hmac(_SALT, f"{kind} {slug}", secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()[
        :32
    ]


def note_changes(places: Iterable[str]) -> None:
    """Tell whoever asks about these places that it is worth looking again, once this transaction has ended."""
    drawn = [part for place in places for part in (place, secrets.randbits(62))]
    if drawn:
        with connection.cursor() as cursor:
            cursor.execute(_CHANGED.format(rows=", ".join(["(%s, %s)"] * (len(drawn) // 2))), drawn)


def last_change(place: str) -> int:
    """0 where nothing has changed yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM sopcoach_lastchange WHERE place = %s", [place])
        row = cursor.fetchone()
    return row[0] if row else 0
