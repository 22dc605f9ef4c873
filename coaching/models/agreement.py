"""What both sign before anything else happens (FAQ, begin step 2)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from coaching.models.base import NarrativeField, Personal
from coaching.models.locking import in_turn
from coaching.models.partnership import Partnership, content_readers
from coaching.row_security.conditions import (
    BY_EITHER,
    BY_SUPERVISOR,
    BY_WORKER,
    IN_CONTENT,
    ME,
    both,
    either,
    exists,
    mine,
)
from coaching.row_security.policy import Wall, change, once
from coaching.rules.slot import WEEKDAYS, Slot, following, next_ahead, read_slot
from sopcoach.models import User, written
from sopcoach.vault.keyring import ErasureUnit
from sopcoach.words.refusal import Refused


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", "Every week"
    FORTNIGHTLY = "fortnightly", "Every other week"
    THREE_WEEKLY = "three_weekly", "Every three weeks"
    MONTHLY = "monthly", "Once a month"


MINUTES = {
    30: "half an hour",
    45: "three quarters of an hour",
    60: "one hour",
    90: "an hour and a half",
    120: "two hours",
}

LIMITS = "An agency’s records may still be reachable by law. We write here with that in mind."
CHANGING = (
    "Either of us may draft a change. It counts once both have signed. {worker} may pause or stop at any time, without "
    "giving a reason."
)


class Terms(Personal):
    """What an agreement says: the same in a draft and in what is signed."""

    rhythm = models.CharField("how often", max_length=20, choices=Rhythm, default=Rhythm.FORTNIGHTLY)
    minutes = models.PositiveSmallIntegerField("for how long", choices=list(MINUTES.items()), default=60)
    weekday = models.CharField(
        "on which day",
        max_length=1,
        blank=True,
        default="",
        choices=[(str(n), day) for n, day in enumerate(WEEKDAYS)],
    )
    at = models.CharField("at what time", max_length=5, blank=True, default="")
    """Weekday and hour, on the agency's clock, are the slot: both, or none where the two find a day each time."""
    place = NarrativeField("where and when")
    purpose = NarrativeField("what this is for")
    readers = NarrativeField("who sees what")
    concerns = NarrativeField("if there’s a worry")

    WORDS = ("place", "purpose", "readers", "concerns")
    FIELDS = ("rhythm", "minutes", "weekday", "at", *WORDS)

    class Meta:
        abstract = True

    @property
    def rhythm_text(self) -> str:
        """The rhythm as people say it: "Every other week for one hour, on Fridays at 10:00 AM"."""
        return rhythm_text(self.rhythm, self.minutes, self.slot)

    @property
    def slot(self) -> Slot | None:
        return read_slot(self.weekday, self.at)

    def next_after(self, moment: datetime) -> datetime:
        """The next meeting's time, in the rhythm agreed; see `following`."""
        return following(moment, self.rhythm, self.slot)

    def next_ahead(self, moment: datetime) -> datetime:
        """The first meeting in that rhythm that is still to come. A moment out of all bounds says nothing of a rhythm."""
        return next_ahead(moment, self.rhythm, self.slot)


def rhythm_text(rhythm: str, minutes: int, slot: Slot | None) -> str:
    text = f"{Rhythm(rhythm).label} for {MINUTES.get(minutes, f'{minutes} minutes')}"
    return f"{text}, {slot.text}" if slot else text


def _own_name(column: str) -> str:
    return exists("sopcoach_user me", f"me.id = {ME} AND me.name = {{t}}.{column}")


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, for ever: the supervisor keeps what was signed by both when the partnership has ended."""
        both = Q(worker_signed_at__isnull=False, supervisor_signed_at__isnull=False)
        return self.filter(content_readers(user) | Q(partnership__supervisor=user) & both)

    def signed(self) -> Self:
        return self.filter(worker_signed_at__isnull=False, supervisor_signed_at__isnull=False)

    def in_force(self, partnership: Partnership) -> "Agreement | None":
        return self.filter(partnership=partnership).signed().order_by("-number").first()


class Agreement(Terms):
    """A version that at least one side has signed. Its words never change; a change is a new version.

    The newest version that both have signed is in force; it stands until a newer one is signed by both.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    limits = NarrativeField("what nobody can promise")
    changing = NarrativeField("changing our minds")
    worker_signed_at = models.DateTimeField(null=True, blank=True)
    supervisor_signed_at = models.DateTimeField(null=True, blank=True)
    worker_signed_as = models.CharField(max_length=100, blank=True, default="")
    supervisor_signed_as = models.CharField(max_length=100, blank=True, default="")
    """The name with which somebody signed: it stays under what they signed, whatever they are called later."""

    objects = AgreementQuerySet.as_manager()

    wall = Wall(
        read=either(
            IN_CONTENT,
            both(BY_EITHER, "{t}.worker_signed_at IS NOT NULL AND {t}.supervisor_signed_at IS NOT NULL"),
        ),
        insert=both(
            mine("proposed_by_id"),
            either(
                both(BY_WORKER, "{t}.supervisor_signed_at IS NULL", _own_name("worker_signed_as")),
                both(BY_SUPERVISOR, "{t}.worker_signed_at IS NULL", _own_name("supervisor_signed_as")),
            ),
        ),
        update=IN_CONTENT,
        delete=both(BY_WORKER, "{t}.worker_signed_at IS NULL OR {t}.supervisor_signed_at IS NULL"),
        changes=(
            once("worker_signed_at", when=BY_WORKER),
            once("supervisor_signed_at", when=BY_SUPERVISOR),
            change(
                "worker_signed_as",
                when=both(BY_WORKER, "{old}.worker_signed_at IS NULL", _own_name("worker_signed_as")),
            ),
            change(
                "supervisor_signed_as",
                when=both(
                    BY_SUPERVISOR, "{old}.supervisor_signed_at IS NULL", _own_name("supervisor_signed_as")
                ),
            ),
        ),
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="agreement_number_once"),
            models.CheckConstraint(
                condition=Q(worker_signed_at__isnull=False) | Q(supervisor_signed_at__isnull=False),
                name="agreement_signed_by_its_proposer",
            ),
            models.CheckConstraint(
                condition=(Q(worker_signed_at__isnull=False) | Q(worker_signed_as=""))
                & (Q(supervisor_signed_at__isnull=False) | Q(supervisor_signed_as="")),
                name="agreement_name_of_who_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"Agreement {self.number} of {self.partnership_id}"

    def erasure_unit(self) -> ErasureUnit:
        """Its own: an agreement outlives the sessions that were held under it."""
        return ErasureUnit(self.partnership_id, self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding and set(kwargs.get("update_fields") or ["*"]) - SIGNATURES:
            raise TypeError("The words of a signed agreement never change; write a new version.")
        super().save(*args, **kwargs)

    @property
    def is_signed_by_both(self) -> bool:
        return self.worker_signed_at is not None and self.supervisor_signed_at is not None

    @property
    def signed_at(self) -> datetime | None:
        """When the second of the two signed."""
        if self.worker_signed_at and self.supervisor_signed_at:
            return max(self.worker_signed_at, self.supervisor_signed_at)
        return None

    def is_signed_by(self, user: User) -> bool:
        return (
            self.worker_signed_at if user.pk == self.partnership.worker_id else self.supervisor_signed_at
        ) is not None

    def put_signature(self, user: User) -> list[str]:
        """Set the signature of `user`'s side on this object, with the name of today; returns its fields."""
        side = "worker" if user.pk == self.partnership.worker_id else "supervisor"
        setattr(self, f"{side}_signed_at", timezone.now())
        setattr(self, f"{side}_signed_as", user.name)
        return [f"{side}_signed_at", f"{side}_signed_as"]

    @in_turn
    def sign(self, *, by: User) -> None:
        """Sign what the other side has proposed, which puts it in force.

        Raises Refused when `by` has signed it, or when a newer version has been proposed since.
        """
        partnership = self.partnership
        partnership.require_formal()
        partnership.require_side(by)
        if self.is_signed_by(by):
            raise Refused("You have signed this version already.")
        if partnership.agreements.filter(number__gt=self.number).exists():
            raise Refused("A newer version has been proposed since. Read that one first.")
        self.save(update_fields=self.put_signature(by))


SIGNATURES = {"worker_signed_at", "supervisor_signed_at", "worker_signed_as", "supervisor_signed_as"}


def _in_force(_: User, partnerships: Sequence[Any]) -> QuerySet[Agreement]:
    return Agreement.objects.filter(partnership__in=partnerships).signed().order_by("-number")[:1]


def require_agreement(partnership: Partnership) -> Agreement:
    """The agreement in force. Raises Refused where there is none: no focus, goal or rating before it (product.md, 4.3)."""
    partnership.require_formal()
    agreement = next(iter(written.once(_in_force, None, [partnership.pk])), None)
    if agreement is None:
        raise Refused("First agree on how you’ll work together: both sign the agreement, then this opens.")
    return agreement
