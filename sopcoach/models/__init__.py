"""Who people are: users and the units they work in. Nothing here says who is coached by whom."""

from sopcoach.models.finding import FoldedField, UserQuerySet
from sopcoach.models.last_change import LastChange
from sopcoach.models.list_heading import ListHeading
from sopcoach.models.unit import Unit
from sopcoach.models.user import (
    IN_COACHING,
    LAST_ADMINISTRATOR,
    User,
    display_name,
    kept_from_the_mark,
)

__all__ = [
    "IN_COACHING",
    "LAST_ADMINISTRATOR",
    "FoldedField",
    "LastChange",
    "ListHeading",
    "Unit",
    "User",
    "UserQuerySet",
    "display_name",
    "kept_from_the_mark",
]
