"""Quarters of the calendar, which is how counts are taken."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from sopcoach.words import dates

WRITTEN = re.compile(r"(\d{4})Q([1-4])", re.ASCII)


@dataclass(frozen=True, order=True)
class Quarter:
    year: int
    number: int
    """1 to 4."""

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def read(cls, text: str) -> "Quarter":
        """The quarter that somebody writes as 2026Q3. Raises ValueError with a sentence for anything else."""
        found = WRITTEN.fullmatch(text.strip().upper())
        if found is None or not date.min.year < int(found[1]) < date.max.year:
            raise ValueError(f"“{text}” is no quarter. Write the year and the quarter, as in 2026Q3.")
        return cls(int(found[1]), int(found[2]))

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def short_name(self) -> str:
        return f"Q{self.number} {self.year}"

    @property
    def name(self) -> str:
        return f"{dates.month(self.first_on, 'bare')} to {dates.month(self.last_on, 'dated')}"

    @property
    def following(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def first_on(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_on(self) -> date:
        return self.following.first_on - timedelta(days=1)

    @property
    def begins_at(self) -> datetime:
        """Its first instant on the agency's clock, whoever counts."""
        return timezone.make_aware(datetime.combine(self.first_on, time.min), timezone.get_default_timezone())

    @property
    def is_closed(self) -> bool:
        """Whether its last day is over."""
        return self.last_on < timezone.localdate()
