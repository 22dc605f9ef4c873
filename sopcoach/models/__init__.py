"""Who people are: users and the units they work in. Nothing here says who is coached by whom."""

from sopcoach.models.account_change import AccountChange
from sopcoach.models.day_off import DayOff, day_off_text
from sopcoach.models.finding import FoldedField, UserQuerySet
from sopcoach.models.identity import AnothersAccount, Identity, Unknown
from sopcoach.models.last_change import LastChange
from sopcoach.models.list_heading import ListHeading
from sopcoach.models.unit import Unit
from sopcoach.models.user import (
    IN_COACHING,
    LAST_ADMINISTRATOR,
    User,
    kept_from_the_mark,
)

__all__ = [
    "IN_COACHING",
    "LAST_ADMINISTRATOR",
    "AccountChange",
    "AnothersAccount",
    "DayOff",
    "FoldedField",
    "Identity",
    "LastChange",
    "ListHeading",
    "Unit",
    "Unknown",
    "User",
    "UserQuerySet",
    "day_off_text",
    "kept_from_the_mark",
]
