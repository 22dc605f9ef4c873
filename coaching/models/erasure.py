"""Erasing what was shared, for every backup as well: a plan, both sides' consent where it takes it, and a line that it
was done (product.md, 2; ADR 6 on keys)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from coaching.models.base import Frozen, FrozenQuerySet, Personal, private_keeper
from coaching.models.locking import in_turn
from coaching.models.partnership import Partnership, content_readers
from coaching.row_security.conditions import BY_WORKER, IN_CONTENT, both, either, mine, system
from coaching.row_security.policy import Wall
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system
from sopcoach.vault.keyring import Unit, erase, units_of
from sopcoach.words.refusal import Refused

CONSENT_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class Kind:
    """One kind of rows that belong to a partnership, and what people call them."""

    model: str
    one: str
    many: str

    @property
    def rows(self) -> models.QuerySet[Any]:
        return apps.get_model("coaching", self.model)._base_manager.all()


PRIVATE = (
    Kind("Draft", "draft in a session", "drafts in sessions"),
    Kind("AgreementDraft", "draft of an agreement", "drafts of an agreement"),
    Kind("EntryLine", "private line in your practice log", "private lines in your practice log"),
)
"""The worker's alone: goes whenever the worker likes."""

SHARED = (
    Kind("CoachingSession", "session", "sessions"),
    Kind("Correction", "correction", "corrections"),  # before what it corrects, by which the wall knows it
    Kind("StageWords", "text in a session", "texts in sessions"),
    Kind("Reflection", "reflection", "reflections"),
    Kind("Promise", "promise", "promises"),
    Kind("SelfRating", "self-rating", "self-ratings"),
    Kind("Observation", "observation", "observations"),
    Kind("Decision", "decision on a focus", "decisions on a focus"),
    Kind("ReviewedFocus", "focus looked back on in a session", "focuses looked back on in sessions"),
    Kind("Focus", "focus", "focuses"),
    Kind("Target", "target", "targets"),
    Kind("Goal", "goal", "goals"),
    Kind("PracticeEntry", "practice entry", "practice entries"),
    Kind("EntryLine", "shared line of an entry", "shared lines of entries"),
    Kind("Congratulation", "word of congratulation", "words of congratulation"),
    Kind("CarriedItem", "thing you brought along", "things you brought along"),
    Kind("InterestMark", "mark in the walk-through", "marks in the walk-through"),
    Kind("WalkthroughDone", "end of the walk-through", "ends of the walk-through"),
    Kind("Agreement", "proposal that was not signed by both", "proposals that were not signed by both"),
    Kind("Release", "release to a next supervisor", "releases to a next supervisor"),
)
"""Both sides': goes when the coaching has ended, or before that with the consent of both."""

STAYS = frozenset({"ErasureConsent", "ErasureLog", "AccessRecord", "EditionMove", "OrientationWish"})
"""What belongs to a partnership and outlives its content; besides these, the agreements that both have signed."""

TOGETHER = (
    ("CoachingSession", "Reflection", "Promise"),
    ("SelfRating", "Observation"),
    ("Focus", "Target", "Goal", "PracticeEntry", "EntryLine"),
    ("Congratulation", "Correction", "CarriedItem"),
    ("InterestMark",),
    ("Agreement",),
)
"""What the plan says in one breath. The rest goes with something that is named, and would only make it longer."""


def _rows(kind: Kind, partnership: Partnership, *, private: bool) -> models.QuerySet[Any]:
    rows = kind.rows.filter(partnership=partnership)
    if kind.model == "EntryLine":
        return rows.filter(shared_at__isnull=private)
    if kind.model == "Agreement":
        return rows.filter(Q(worker_signed_at=None) | Q(supervisor_signed_at=None))
    return rows.filter(author=partnership.worker_id) if private else rows


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
        return erase(Unit(self.partnership_id, UUID(unit)) for unit in self.units)

    @property
    def lines(self) -> list[str]:
        named = [(_name(kind, private=True), kind) for kind in PRIVATE]
        named += [(_name(kind, private=False), kind) for kind in SHARED]
        return [_line(kind, self.counts.get(name, 0)) for name, kind in named if self.counts.get(name, 0)]


def _name(kind: Kind, *, private: bool) -> str:
    return f"{kind.model}.private" if private else kind.model


def _line(kind: Kind, count: int) -> str:
    return f"{count} {kind.one if count == 1 else kind.many}"


@dataclass(frozen=True)
class Plan:
    """What erasing would do now, before anything has happened."""

    partnership: Partnership
    private: tuple[tuple[Kind, int], ...]
    shared: tuple[tuple[Kind, int], ...]
    consents: tuple[ErasureConsent, ...]
    has_open_session: bool

    @property
    def private_lines(self) -> list[str]:
        return [_line(kind, count) for kind, count in self.private if count]

    @property
    def shared_lines(self) -> list[str]:
        said = {kind.model: _line(kind, count) for kind, count in self.shared if count}
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
    sessions = _rows(SHARED[0], partnership, private=False)
    return Plan(
        partnership,
        private=tuple((kind, _rows(kind, partnership, private=True).count()) for kind in PRIVATE),
        shared=tuple((kind, _rows(kind, partnership, private=False).count()) for kind in SHARED),
        consents=tuple(ErasureConsent.objects.standing().filter(partnership=partnership)),
        has_open_session=sessions.filter(opened_at__isnull=False, closed_at=None).exists(),
    )


WORKERS_ALONE = "What was shared is erased by {worker}, or by nobody."


@in_turn
def ask_to_erase(partnership: Partnership, *, by: User) -> None:
    """The worker asks whether both agree to erase what they shared so far. Asking again begins the 30 days anew."""
    partnership.require_worker(by, WORKERS_ALONE.format(worker=partnership.worker.short_name))
    if partnership.is_ended:
        raise Refused("This coaching has ended, so it takes nobody’s consent but yours.")
    if settings.COACHING_MIN_RETENTION_DAYS:
        raise Refused(
            "Your agency keeps what was shared until some time after the end, so it can’t go before."
        )
    ErasureConsent.objects.filter(partnership=partnership).delete()
    ErasureConsent.objects.create(partnership=partnership, person=by)


@in_turn
def agree_to_erase(partnership: Partnership, *, by: User) -> None:
    """The supervisor agrees to what the worker has asked. Raises Refused where nobody has asked, or not lately."""
    partnership.require_supervisor(by, "You have asked. Now it is the other side’s turn.")
    standing = ErasureConsent.objects.standing().filter(partnership=partnership)
    if partnership.is_ended or not standing.filter(person=partnership.worker_id).exists():
        raise Refused(f"{partnership.worker.short_name} hasn’t asked for this, or has withdrawn it.")
    if not standing.filter(person=by).exists():
        ErasureConsent.objects.create(partnership=partnership, person=by)


@in_turn
def withdraw_from_erasing(partnership: Partnership, *, by: User) -> None:
    """Either side takes back their consent; when the worker does, nothing is asked any more."""
    partnership.seat_of(by)
    consents = ErasureConsent.objects.filter(partnership=partnership)
    if by.pk != partnership.worker_id:
        consents = consents.filter(person=by)
    consents.delete()


@in_turn
def erase_private(partnership: Partnership, *, by: User) -> ErasureLog:
    """Erase the worker's drafts and private lines, with their keys."""
    partnership.require_worker(by, WORKERS_ALONE.format(worker=partnership.worker.short_name))
    counts: dict[str, int] = {}
    units: list[Unit] = []
    for kind in PRIVATE:
        rows = _rows(kind, partnership, private=True)
        found = [row.erasable_unit() for row in rows]
        counts[_name(kind, private=True)] = len(found)
        units += found
        rows._raw_delete(rows.db)
    return _log(partnership, by, counts, units)


@in_turn
def erase_all(partnership: Partnership, *, by: User) -> ErasureLog:
    """Erase everything of a partnership but the agreements that both have signed, and destroy the keys.

    Where the coaching goes on, the pair begins again with the walk-through, and the meeting ahead keeps its time.
    Raises Refused while the agency keeps it, without the consent of both before the end, or during a session.
    """
    partnership.require_worker(by, WORKERS_ALONE.format(worker=partnership.worker.short_name))
    sessions = SHARED[0].rows.filter(partnership=partnership)
    ahead = list(sessions.filter(closed_at=None))
    intended = plan(partnership)
    if intended.is_held:
        raise Refused("Your agency keeps what was shared for now, so it can’t be erased yet.")
    if intended.needs_consent and not (intended.asked and intended.agreed):
        raise Refused("Before the end it takes you both: ask first, and wait for a yes.")
    if intended.has_open_session and not partnership.is_ended:
        raise Refused("A session is going on. Close it first.")
    with acting_as_system("erasure"):  # the other side's drafts, which nobody but their author sees
        apps.get_model("coaching", "Draft")._default_manager.filter(partnership=partnership).delete()
        # what the two wrote when they began, which goes by itself after 30 days
        apps.get_model("coaching", "Invitation")._default_manager.filter(slug=partnership.slug).delete()
    keepers = {partnership.pk, private_keeper(partnership.pk, partnership.worker_id)}
    if partnership.is_ended:
        keepers.add(private_keeper(partnership.pk, partnership.supervisor_id))
    signed = apps.get_model("coaching", "Agreement").objects.signed().filter(partnership=partnership)
    kept = set(signed.values_list("pk", flat=True))
    for private, kinds in ((True, PRIVATE), (False, SHARED)):
        for kind in kinds:
            rows = _rows(kind, partnership, private=private)
            rows._raw_delete(rows.db)  # all that belongs together goes, so there is nothing to cascade to
    ErasureConsent.objects.filter(partnership=partnership).delete()
    if not partnership.is_ended:
        for old in ahead:
            old.pk, old._state.adding = type(old)._meta.pk.get_default(), True
            old.save(force_insert=True)
    partnership.erased_at = timezone.now()
    partnership.save(update_fields=["erased_at"])
    units = [unit for unit in units_of(keepers) if unit.id not in kept]
    counts = {_name(kind, private=True): count for kind, count in intended.private}
    counts |= {_name(kind, private=False): count for kind, count in intended.shared}
    return _log(partnership, by, counts, units)


def _log(partnership: Partnership, by: User, counts: dict[str, int], units: list[Unit]) -> ErasureLog:
    log = ErasureLog.objects.create(
        partnership=partnership,
        by=by,
        counts={name: count for name, count in counts.items() if count},
        units=[str(unit.id) for unit in units],
    )
    transaction.on_commit(log.destroy_keys)
    return log


def finish_erasures() -> int:
    """Destroy keys that outlived their rows because the server failed in between; usually none. Returns how many.

    Call acting as the system actor "retention".
    """
    return sum(log.destroy_keys() for log in ErasureLog.objects.all())
