"""Mails on their way (ADR 25)."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from sopcoach.models import User

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 480, 519))
"""How long a mail waits after each try that failed: a day altogether."""
CLAIM = timedelta(minutes=10)
"""How long a worker has a letter to itself. Where it dies over it, another takes it up after that."""
INVITATION = "manage/people/mail/invitation"


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: User) -> Self:
        """An administrator: what was not delivered, without what it was, and invitations to accounts on their way."""
        if not (user.is_active and user.is_administrator):
            return self.none()
        return self.filter(Q(given_up_at__isnull=False) | Q(template=INVITATION))

    def waiting(self) -> Self:
        return self.filter(given_up_at=None)

    def given_up_on(self, person: User) -> datetime | None:
        """When it was last that a mail to this person could not be delivered, if so."""
        return self.filter(person=person).aggregate(last=models.Max("given_up_at"))["last"]


class Letter(models.Model):
    """A mail that is to go out, from the moment of its page until it has: then the row is deleted.

    It holds what the mail is written from when it goes, never the mail. Given up, it keeps only for whom it was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    """Nobody where an address without an account asked for a link: that takes as long, and sends nothing."""
    template = models.CharField(max_length=60, blank=True)
    """Which of our mails it is, as the folder and first word of its templates."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    """The administrator of whose act it tells."""
    old_address = models.EmailField(max_length=254, blank=True)
    """The address that an administrator has replaced, where it tells of that."""
    to_old = models.BooleanField(default=False)
    ip = models.GenericIPAddressField(null=True, blank=True)
    """From where the account was changed, where it tells of that."""
    until_on = models.DateField(null=True, blank=True)
    """Until when what it tells of can be answered."""
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    given_up_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        app_label = "sopcoach"
        indexes = [models.Index(fields=["due_at"], name="letter_by_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_up_at=None)
                | Q(template="", by=None, old_address="", ip=None, until_on=None),
                name="letter_given_up_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return "A mail on its way"

    def failed(self) -> datetime | None:
        """Wait for the next try, and say when that is; None once a day of tries is over."""
        now = timezone.now()
        if self.tries < len(PAUSES):
            self.due_at, self.tries = now + PAUSES[self.tries], self.tries + 1
            self.save(update_fields=["due_at", "tries"])
            return self.due_at
        self.given_up_at = now
        self.template, self.by, self.old_address, self.ip, self.until_on = "", None, "", None, None
        self.save()
        return None


def undelivered_at(user: User) -> Subquery:
    """Of each person in a list, when it was last that a mail to them could not be delivered, as `user` may know."""
    given_up = Letter.objects.visible_to(user).filter(person=OuterRef("pk"), given_up_at__isnull=False)
    return Subquery(given_up.order_by("-given_up_at").values("given_up_at")[:1])


def unsent_invitations(user: User) -> tuple[int, int]:
    """How many invitations to accounts are on their way, and how many have gone out since the first of these was made."""
    waiting = Letter.objects.visible_to(user).waiting()
    made: Iterable[datetime] = waiting.values_list("made_at", flat=True).order_by("made_at")
    times = list(made)
    if not times:
        return 0, 0
    return len(times), User.objects.filter(invited_at__gte=times[0]).count()
