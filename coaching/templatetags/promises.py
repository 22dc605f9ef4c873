"""By when something was promised, as a page says it to its reader."""

from django import template

from coaching.models import Promise
from sopcoach.models import User

register = template.Library()


@register.filter
def by_when(promise: Promise, reader: User) -> str:
    """By when it was promised, or that the day is over; a template can't say to whom by itself."""
    return promise.by_when(reader)
