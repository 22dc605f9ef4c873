"""When a mail comes, and at which hour: what each person chooses at /me/ (product.md, 11)."""

from datetime import time

from django.db import models


class Occasion(models.TextChoices):
    """What may wait for somebody, in the reader's words. No mail says which of them it is."""

    ASKED = "asked", "I’m asked or invited"
    TO_SIGN = "to_sign", "There’s something to sign"
    SHARED = "shared", "Something was shared with me"
    MEETING = "meeting", "A meeting is planned, moved or called off"
    BEFORE = "before", "The day before a meeting"
    PROMISE = "promise", "A promise of mine has its day"
    CHECK_IN = "check_in", "A check-in day has come"
    GROUP = "group", "My group has a list or a session"


HINTS = {
    Occasion.ASKED: "Within a minute",
    Occasion.TO_SIGN: "A proposal waits for my name",
    Occasion.SHARED: "Never what, or by whom",
    Occasion.MEETING: "Within a minute if it’s in the next 48 hours",
    Occasion.BEFORE: "With the daily mail, on Friday for a Monday",
    Occasion.PROMISE: "On that day, once",
    Occasion.CHECK_IN: "While I’m trying it on",
    Occasion.GROUP: "When I’m put on a list, and before a session",
}

HOURS = {
    "06:00": "6:00 AM",
    "07:00": "7:00 AM",
    "07:30": "7:30 AM",
    "08:00": "8:00 AM",
    "09:00": "9:00 AM",
    "12:00": "Noon",
}
"""When the day's one mail may come, on the clock of its reader."""
USUAL_HOUR = "07:30"


def as_time(hour: str) -> time:
    return time.fromisoformat(hour)
