"""What a session of two and a session of a group have in common: it is planned, goes on, and is closed."""

from django.db import models
from django.utils import timezone


class Meeting(models.Model):
    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        OPEN = "open", "Going on"
        CLOSED = "closed", "Closed"

    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def status(self) -> Status:
        if self.closed_at:
            return self.Status.CLOSED
        return self.Status.OPEN if self.opened_at else self.Status.PLANNED

    @property
    def is_open(self) -> bool:
        return self.status is self.Status.OPEN

    @property
    def is_closed(self) -> bool:
        return self.status is self.Status.CLOSED

    @property
    def minutes_in(self) -> int:
        """Whole minutes gone by since it was opened. Time gone by, never a countdown (product.md, 10)."""
        if not self.opened_at:
            return 0
        return int(((self.closed_at or timezone.now()) - self.opened_at).total_seconds() // 60)

    @property
    def clock_minutes(self) -> int:
        """How much of the clock's hour is filled."""
        return min(self.minutes_in, 60)
