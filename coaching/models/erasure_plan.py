"""What of a partnership can be erased, and by whom: each kind of rows, counted, in the words that people have for it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.models.erasure import ErasureConsent
from coaching.models.erasure_kinds import PRIVATE, SHARED, TOGETHER, ErasureKind, line_of
from coaching.models.partnership import Partnership

LOGGED = ("EntryLine", "LoggedLevel")
"""What a worker logs for themselves first, and may share."""


def rows_of(kind: ErasureKind, partnership: Partnership, *, private: bool) -> models.QuerySet[Any]:
    rows = kind.rows.filter(partnership=partnership)
    if kind.model in LOGGED:
        return rows.filter(shared_at__isnull=private)
    if kind.model == "Agreement":
        return rows.filter(Q(worker_signed_at=None) | Q(supervisor_signed_at=None))
    return rows.filter(author=partnership.worker_id) if private else rows


@dataclass(frozen=True)
class Plan:
    """What erasing would do now, before anything has happened."""

    partnership: Partnership
    private: tuple[tuple[ErasureKind, int], ...]
    shared: tuple[tuple[ErasureKind, int], ...]
    consents: tuple[ErasureConsent, ...]
    has_open_session: bool

    @property
    def private_lines(self) -> list[str]:
        return [line_of(kind, count) for kind, count in self.private if count]

    @property
    def shared_lines(self) -> list[str]:
        said = {kind.model: line_of(kind, count) for kind, count in self.shared if count}
        breaths = (", ".join(said[model] for model in models if model in said) for models in TOGETHER)
        return [breath for breath in breaths if breath]

    @property
    def has_shared(self) -> bool:
        return any(count for _, count in self.shared)

    @property
    def is_empty(self) -> bool:
        return not (self.private_lines or self.has_shared)

    @property
    def fingerprint(self) -> str:
        """What the plan says, so that nothing goes that whoever confirms it hasn't seen."""
        return "-".join(str(count) for _, count in (*self.private, *self.shared))

    @property
    def kept_days(self) -> int:
        return settings.COACHING_MIN_RETENTION_DAYS

    @property
    def shared_from(self) -> datetime | None:
        """From when on what was shared may be erased by the worker alone; nothing while the coaching goes on."""
        ended_at = self.partnership.ended_at
        return ended_at + timedelta(days=self.kept_days) if ended_at else None

    @property
    def is_held(self) -> bool:
        """Whether the agency keeps what was shared for now (COACHING_MIN_RETENTION_DAYS)."""
        if self.shared_from is None:
            return self.kept_days > 0
        return self.shared_from > timezone.now()

    def consent_of(self, person_id: int) -> ErasureConsent | None:
        return next((consent for consent in self.consents if consent.person_id == person_id), None)

    @property
    def asked(self) -> ErasureConsent | None:
        return self.consent_of(self.partnership.worker_id)

    @property
    def agreed(self) -> ErasureConsent | None:
        return self.consent_of(self.partnership.supervisor_id)

    @property
    def needs_consent(self) -> bool:
        return not self.partnership.is_ended

    @property
    def can_go(self) -> bool:
        """Whether what was shared may go now."""
        if self.is_held or not self.has_shared:
            return False
        return bool(self.asked and self.agreed and not self.has_open_session) or not self.needs_consent


def plan(partnership: Partnership) -> Plan:
    """What erasing would do, counted as its worker sees it."""
    sessions = rows_of(SHARED[0], partnership, private=False)
    return Plan(
        partnership,
        private=tuple((kind, rows_of(kind, partnership, private=True).count()) for kind in PRIVATE),
        shared=tuple((kind, rows_of(kind, partnership, private=False).count()) for kind in SHARED),
        consents=tuple(ErasureConsent.objects.standing().filter(partnership=partnership)),
        has_open_session=sessions.filter(opened_at__isnull=False, closed_at=None).exists(),
    )
