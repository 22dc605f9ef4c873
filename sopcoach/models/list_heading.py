"""What the headings of an agency's own lists mean, as an administrator has said it."""

from collections.abc import Mapping
from datetime import datetime

from django.db import models
from django.utils import timezone

from sopcoach.models.unit import Administering


class ListHeadingQuerySet(models.QuerySet["ListHeading"]):
    def meanings(self) -> dict[str, str]:
        return dict(self.values_list("heading", "meaning"))

    def last_chosen_at(self) -> datetime | None:
        found: datetime | None = self.aggregate(last=models.Max("chosen_at"))["last"]
        return found

    def remember(self, meanings: Mapping[str, str], *, by: Administering) -> None:
        """Keep what was chosen for each heading, for the next list that has it. Nothing of what stood below is kept."""
        by.require_administrator()
        now = timezone.now()
        self.bulk_create(
            [
                self.model(heading=heading, meaning=meaning, chosen_at=now)
                for heading, meaning in meanings.items()
            ],
            update_conflicts=True,
            unique_fields=["heading"],
            update_fields=["meaning", "chosen_at"],
        )

    def forget(self, *, by: Administering) -> None:
        by.require_administrator()
        self.all().delete()


class ListHeading(models.Model):
    """A heading of a list of people, folded, and what is below it; empty where it is left out."""

    heading = models.CharField(max_length=300, unique=True)
    meaning = models.CharField(max_length=40, blank=True)
    chosen_at = models.DateTimeField()

    objects = ListHeadingQuerySet.as_manager()

    class Meta:
        ordering = ["heading"]

    def __str__(self) -> str:
        return self.heading
