"""What a page says once something was shared; and keeping it without sharing, for whoever has no script."""

from collections.abc import Iterable

from django.contrib import messages
from django.utils import timezone

from coaching.views.autosave import Keep, WordsField
from sopcoach.models import User
from sopcoach.requests.typed import HttpRequest
from sopcoach.words import dates


def keep_all(request: HttpRequest, fields: Iterable[WordsField], keep: Keep) -> dict[str, str]:
    """Save what came of these fields, and say so. What is to be put right, by field, where it can't be kept as it is."""
    fields = list(fields)
    for words in fields:
        words.put(request, keep)
    problems = {words.field.key: words.error for words in fields if words.error}
    if not problems:
        messages.success(request, "Kept, for you only. Nothing was shared.")
    return problems


def tell_shared(request: HttpRequest, what: str, reader: User) -> None:
    """Say with whom something was shared, and when, where a screen reader says it aloud."""
    messages.success(request, f"Shared with {reader.short_name} at {dates.clock(timezone.now())}: {what}.")
