"""The store of wrapped data keys: a database of its own, never part of the content's dump (ADR 6)."""

from django.db import models
from django.utils import timezone


class DataKey(models.Model):
    """The key of one erasure unit, wrapped by a key that is in no database.

    Erasing empties it and leaves the row, so that the unit's words can be said to be erased rather than lost, and so
    that nobody makes a new key under which an old copy would look merely broken.
    """

    unit = models.UUIDField(primary_key=True)
    keeper = models.UUIDField(db_index=True)
    """What the unit belongs to, such as a partnership: the keys of one keeper are fetched together."""
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=16, blank=True)
    """The id of the wrapping key, see `wrapping.WrappingKey`."""
    made_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(wrapped=b""), name="data_key_erased_is_empty"
            )
        ]

    def __str__(self) -> str:
        return f"Key of {self.unit}"
