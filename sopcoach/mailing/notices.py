"""What waits for somebody, until it is gathered into a mail, and what each has chosen about mails."""

import uuid
from collections.abc import Collection
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone

from sopcoach.mailing.occasions import HOURS, USUAL_HOUR, Occasion
from sopcoach.models import User
from sopcoach.words.refusal import Refused

_OFF = Signer(salt="sopcoach.mailing.off")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> Self:
        """Each person's own."""
        return self.filter(person=user)


class Notice(models.Model):
    """That something waits for somebody: of which kind, and since when. Neither what it is, nor of whom.

    A job that may read no row with words gathers these (ADR 26), and they go with that, or once their person comes by.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    occasion = models.CharField(max_length=10, choices=Occasion)
    for_day = models.DateField(null=True, blank=True)
    """The day that it is for. Without one it waits from the next morning on."""
    about = models.UUIDField(null=True, blank=True)
    """What has that day, so that it is forgotten with it."""
    within = models.UUIDField(null=True, blank=True)
    """What that belongs to: once it doesn't go on any more, nobody is told."""
    made_at = models.DateTimeField(default=timezone.now)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        app_label = "sopcoach"
        indexes = [models.Index(fields=["person"], name="notice_by_person")]

    def __str__(self) -> str:
        return "Something waits"


class MailChoiceQuerySet(models.QuerySet["MailChoice"]):
    def visible_to(self, user: User) -> Self:
        """Each person's own."""
        return self.filter(person=user)


class MailChoice(models.Model):
    """Which mails somebody wants, and at which hour. Who has never chosen has none, and gets them all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    hour = models.CharField(max_length=5, choices=list(HOURS.items()), default=USUAL_HOUR)
    refused = models.JSONField(default=list, blank=True)
    gathered_on = models.DateField(null=True, blank=True)
    """The last day on which a gathered mail went out, so that there is one a day at most."""

    objects = MailChoiceQuerySet.as_manager()

    class Meta:
        app_label = "sopcoach"

    def __str__(self) -> str:
        return f"Mails at {self.hour}"

    @classmethod
    def of(cls, person: User) -> "MailChoice":
        """What somebody has chosen, or what holds for those who haven't, not saved yet."""
        return cls.objects.visible_to(person).first() or cls(person=person)

    def wants(self, occasion: str) -> bool:
        return occasion not in self.refused

    @property
    def is_off(self) -> bool:
        return set(self.refused) >= set(Occasion.values)

    @property
    def wanted(self) -> list[str]:
        return [one for one in Occasion.values if self.wants(one)]

    def choose(self, *, by: User, hour: str, wanted: Collection[str]) -> None:
        """Choose hour and occasions. Raises Refused for anybody but oneself, ValidationError for an hour that isn't offered."""
        if by.pk != self.person_id:
            raise Refused("Which mails somebody gets is theirs to say.")
        if hour not in HOURS:
            raise ValidationError({"hour": "Choose one of these hours."})
        self.hour = hour
        self.refused = [one for one in Occasion.values if one not in wanted]
        self.save()

    def refuse_all(self) -> None:
        """No more mails of any occasion; account mails come still. Asked by whoever holds the link of one's mail."""
        self.refused = list(Occasion.values)
        self.save()

    @property
    def token(self) -> str:
        """What the link holds that ends these mails: a number that nobody can count, signed."""
        return _OFF.sign(self.pk.hex)

    @classmethod
    def by_token(cls, token: str) -> "MailChoice | None":
        try:
            key = uuid.UUID(_OFF.unsign(token))
        except (BadSignature, ValueError):
            return None
        return cls.objects.filter(pk=key).select_related("person").first()
