"""Somebody's private calendar: an address that only they know, of which the database keeps a hash (product.md, 11)."""

import hashlib
import secrets
import uuid
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from sopcoach.models import User
from sopcoach.words.names import clean_line
from sopcoach.words.refusal import Refused

ACTOR = "calendar"
"""Finds whose feed an address is. What is in it is then read as that person."""
TITLE = "Meeting"
TITLE_LIMIT = 60


def _hash(token: str) -> str:
    # no salt: the token is as long and random as a key, and has to be looked up
    return hashlib.sha256(token.encode(errors="backslashreplace")).hexdigest()


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def visible_to(self, user: User) -> Self:
        """Each person's own."""
        return self.filter(person=user)


class CalendarFeed(models.Model):
    """That somebody's meetings can be looked up at a private address. Without a row they can't."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=64, unique=True)
    title = models.CharField("title in my calendar", max_length=TITLE_LIMIT, default=TITLE)
    """What each meeting is called there, where others may see it."""
    made_at = models.DateTimeField(default=timezone.now)
    looked_up_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        app_label = "sopcoach"

    def __str__(self) -> str:
        return "A calendar's private address"

    @classmethod
    def of(cls, person: User) -> Self | None:
        return cls.objects.visible_to(person).first()

    @classmethod
    @transaction.atomic
    def make(cls, *, by: User, title: str) -> str:
        """Make a new address and return what it ends with, which can't be read again. One of before answers no more.

        Raises ValidationError for a title that can't be shown.
        """
        title = clean_title(title)
        cls.revoke(by=by)
        token = secrets.token_urlsafe(24)
        cls.objects.create(person=by, mark=_hash(token), title=title)
        return token

    @classmethod
    def revoke(cls, *, by: User) -> None:
        """From now on the address answers nothing."""
        cls.objects.visible_to(by).delete()

    def call(self, title: str, *, by: User) -> None:
        """Give the meetings another title. Raises Refused for anybody but oneself, ValidationError as `make`."""
        if by.pk != self.person_id:
            raise Refused("What meetings are called in somebody’s calendar is theirs to say.")
        self.title = clean_title(title)
        self.save(update_fields=["title"])

    @classmethod
    def by_token(cls, token: str) -> Self | None:
        """The feed of this address, noting that it was looked up. Call as the system actor "calendar"."""
        feed = cls.objects.filter(mark=_hash(token), person__is_active=True).select_related("person").first()
        if feed:
            feed.looked_up_at = timezone.now()
            feed.save(update_fields=["looked_up_at"])
        return feed


def clean_title(title: str) -> str:
    title = clean_line(title) or TITLE
    if len(title) > TITLE_LIMIT:
        raise ValidationError({"title": f"Keep it within {TITLE_LIMIT} characters."})
    return title
