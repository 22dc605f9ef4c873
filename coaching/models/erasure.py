"""That both sides agreed to erase what was shared, and a line that it was done
(product.md, 2; ADR 6 on keys)."""

from datetime import timedelta
from typing import Self
from uuid import UUID

from django.db import models
from django.utils import timezone

from coaching.models.base import Frozen, FrozenQuerySet, Personal
from coaching.models.erasure_kinds import PRIVATE, SHARED, line_of, name_of
from coaching.models.partnership import Partnership, content_readers
from coaching.row_security.conditions import BY_WORKER, IN_CONTENT, both, either, mine, system
from coaching.row_security.policy import Wall
from sopcoach.models import User
from sopcoach.vault.keyring import ErasureUnit, erase

CONSENT_LASTS = timedelta(days=30)


class ErasureConsentQuerySet(models.QuerySet["ErasureConsent"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, as long as both can read what it is about."""
        return self.filter(content_readers(user))

    def standing(self) -> Self:
        return self.filter(given_at__gt=timezone.now() - CONSENT_LASTS)


class ErasureConsent(Personal):
    """That one side would have what was shared erased while the coaching goes on. The worker asks, and either may
    withdraw; after 30 days it lapses, since by then it would cover more than was meant."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="erasure_consents")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)

    objects = ErasureConsentQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, system("retention")),
        insert=both(IN_CONTENT, mine("person_id")),
        delete=either(both(IN_CONTENT, mine("person_id")), BY_WORKER, system("retention")),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "person"], name="erasure_consent_one_each")
        ]

    def __str__(self) -> str:
        return f"Consent of {self.person_id}"


class ErasureLogQuerySet(FrozenQuerySet["ErasureLog"]):
    def visible_to(self, user: User) -> Self:
        """The worker, who erased it."""
        return self.filter(partnership__in=Partnership.objects.filter(worker=user))


class ErasureLog(Frozen):
    """That something was erased: kinds and how many, never what it said."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="erasures")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField()
    """How many of each kind, by its name in PRIVATE and SHARED; a private line counts as "EntryLine.private"."""
    units = models.JSONField(default=list)
    """The units whose keys go, so that what a failing server left half done can be finished."""
    erased_at = models.DateTimeField(default=timezone.now)

    objects = ErasureLogQuerySet.as_manager()

    wall = Wall(
        read=either(BY_WORKER, system("retention")),
        insert=both(BY_WORKER, mine("by_id")),
        delete=system("retention"),
    )

    class Meta:
        ordering = ["-erased_at"]

    def __str__(self) -> str:
        return f"Erasure in {self.partnership_id}"

    def destroy_keys(self) -> int:
        """Destroy whatever is left of the keys, and say how many that was. Safe to run again."""
        return erase(ErasureUnit(self.partnership_id, UUID(unit)) for unit in self.units)

    @property
    def lines(self) -> list[str]:
        named = [(name_of(kind, private=True), kind) for kind in PRIVATE]
        named += [(name_of(kind, private=False), kind) for kind in SHARED]
        return [line_of(kind, self.counts.get(name, 0)) for name, kind in named if self.counts.get(name, 0)]
