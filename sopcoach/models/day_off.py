"""Days on which the agency is closed, so that a page can say that a meeting falls on one."""

from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from sopcoach.models.unit import Administering
from sopcoach.words import dates
from sopcoach.words.names import clean_line

FURTHEST = timedelta(days=3 * 365)
OUTSIDE = "Choose a day from today to {}."


class DayOffQuerySet(models.QuerySet["DayOff"]):
    def ahead(self) -> Self:
        """From today on, on the agency's clock, in their order."""
        return self.filter(day__gte=timezone.localdate(timezone=ZoneInfo(settings.TIME_ZONE)))


class DayOff(models.Model):
    """A day for everybody, with its name. It keeps nobody from meeting; it is only said."""

    day = models.DateField(unique=True, error_messages={"unique": "That day is on the list already."})
    name = models.CharField(max_length=60)

    objects = DayOffQuerySet.as_manager()

    class Meta:
        ordering = ["day"]
        verbose_name_plural = "days off"

    def __str__(self) -> str:
        return self.name

    def keep(self, *, by: Administering) -> None:
        """Put it on the list. Raises ValidationError for a day that is there, that has gone by, or that is far away."""
        by.require_administrator()
        self.name = clean_line(self.name or "")
        today = timezone.localdate(timezone=ZoneInfo(settings.TIME_ZONE))
        if not today <= self.day <= today + FURTHEST:
            raise ValidationError({"day": OUTSIDE.format(dates.day(today + FURTHEST, "dated"))})
        self.full_clean()
        self.save()

    def remove(self, *, by: Administering) -> None:
        by.require_administrator()
        self.delete()


def day_off_text(moment: datetime | date | None) -> str:
    """What a page says of a meeting that falls on a day off, on the agency's clock; else nothing. One query."""
    if moment is None:
        return ""
    day = moment.astimezone(ZoneInfo(settings.TIME_ZONE)).date() if isinstance(moment, datetime) else moment
    found = DayOff.objects.filter(day=day).first()
    return f"{dates.day(day, 'weekday')} is a day off at your agency: {found.name}." if found else ""
