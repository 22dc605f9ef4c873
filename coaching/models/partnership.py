"""How two people come to coach together: an invitation, and the partnership that a yes begins."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from coaching.models.base import NarrativeField, OwnUnit, OwnUnitQuerySet, Personal, clean_narrative
from coaching.wall import Wall, either, mine, system
from profiles.models import Edition
from sopcoach.actor import acting_as_system
from sopcoach.http import Refused
from sopcoach.models import User

SLUG_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LAPSES_AFTER = timedelta(days=30)
MOST_A_DAY = 20
"""Invitations of one supervisor: many more than anybody coaches, and too few to pester a whole agency with."""


def random_slug() -> str:
    """A short id that nobody can count up or guess (product.md, 7): 31^10, about 2^49."""
    return "".join(secrets.choice(SLUG_LETTERS) for _ in range(10))


class Side(models.TextChoices):
    WORKER = "worker"
    SUPERVISOR = "supervisor"


def require_may_supervise(user: User) -> None:
    """Raise Refused for somebody whom no administrator has marked as a supervisor."""
    if not user.may_supervise:
        raise Refused("An administrator marks who may coach others. Ask yours, if you would like to.")


class InvitationQuerySet(OwnUnitQuerySet["Invitation"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, while it is open or for 30 days after a "not now" (product.md, 6 and 10)."""
        since = timezone.now() - LAPSES_AFTER
        mine = Q(worker=user) | Q(supervisor=user)
        return self.filter(mine).filter(
            Q(answer="", sent_at__gt=since) | Q(answer=Invitation.Answer.NOT_NOW, answered_at__gt=since)
        )

    def open(self) -> Self:
        return self.filter(answer="", sent_at__gt=timezone.now() - LAPSES_AFTER)

    def for_list(self) -> Self:
        return self.select_related("worker", "supervisor").order_by("-sent_at")


class Invitation(OwnUnit):
    """A supervisor's question to a worker. It never creates an account, and no answer is a wrong one."""

    class Answer(models.TextChoices):
        FORMAL = "formal", "Formal coaching"
        NOT_NOW = "not_now", "Not now"

    slug = models.CharField(max_length=16, unique=True, default=random_slug, editable=False)
    supervisor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    words = NarrativeField()
    sent_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=20, choices=Answer, blank=True, default="")
    answer_words = NarrativeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    wall = Wall(
        read=either(mine("worker_id"), mine("supervisor_id"), system("retention", "ending")),
        insert=mine("supervisor_id"),
        update=mine("worker_id"),
        delete=system("retention", "ending"),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(supervisor=F("worker")),
                name="invitation_of_two_people",
                violation_error_message="Choose somebody other than yourself.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="invitation_answered_with_a_time",
                violation_error_message="An answer has its time.",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.slug}"

    @property
    def lapses_at(self):
        return self.sent_at + LAPSES_AFTER

    @property
    def is_open(self) -> bool:
        return not self.answer and self.lapses_at > timezone.now()

    @classmethod
    @transaction.atomic
    def send(cls, *, by: User, to: User, words: str = "") -> "Invitation":
        """Ask `to` whether they would like to be coached.

        Raises Refused when `by` may not supervise, ValidationError when the two coach together already, when one
        is open, when too many were sent since yesterday, or when the words hold an identifier.
        """
        require_may_supervise(by)
        if by == to:
            raise ValidationError({"to": "Choose somebody other than yourself."})
        if not to.is_active:
            raise ValidationError({"to": "This person has no active account."})
        User.objects.select_for_update().get(pk=by.pk)  # two clicks send one invitation
        yesterday = timezone.now() - timedelta(days=1)
        if cls.objects.filter(supervisor=by, sent_at__gt=yesterday).count() >= MOST_A_DAY:
            raise ValidationError(f"You have sent {MOST_A_DAY} invitations since yesterday. Go on tomorrow.")
        if Partnership.objects.current().filter(supervisor=by, worker=to).exists():
            raise ValidationError({"to": f"You and {to.short_name} coach together already."})
        if cls.objects.open().filter(supervisor=by, worker=to).exists():
            raise ValidationError(
                {"to": f"{to.short_name} has an invitation of yours and hasn’t answered yet."}
            )
        return cls.objects.create(supervisor=by, worker=to, words=clean_narrative(words))

    def require_answerable(self, by: User) -> None:
        """Raise Refused for anybody but the worker, or when it is answered or lapsed."""
        if by.pk != self.worker_id:
            raise Refused(f"Only {self.worker.short_name} can answer this.")
        if not self.is_open:
            raise Refused("This invitation has been answered, or has lapsed.")

    @transaction.atomic
    def reply(self, *, by: User, answer: str, words: str = "") -> "Partnership | None":
        """Record the worker's answer; a yes begins the partnership under the same address.

        Raises Refused as `require_answerable`, ValidationError when the words hold an identifier.
        """
        fresh = Invitation.objects.select_for_update().get(pk=self.pk)
        fresh.require_answerable(by)
        fresh.answer = self.Answer(answer)
        fresh.answer_words = clean_narrative(words)
        fresh.answered_at = timezone.now()
        fresh.save()
        if fresh.answer == self.Answer.FORMAL:
            return Partnership.begin(worker=fresh.worker, supervisor=fresh.supervisor, slug=fresh.slug)
        return None


class Engagement(models.TextChoices):
    OBSERVING = "observing", "Observing"
    TRYING_ON = "trying_on", "Trying on"
    FORMAL = "formal", "Formal coaching"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"


def content_readers(user: User) -> Q:
    """Rows of partnerships whose content this person may read: the worker for ever, the supervisor until it ends."""
    # by a sub-select, since a next supervisor reads what is released without reading the partnership
    return Q(partnership__in=Partnership.objects.with_content_for(user))


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, user: User) -> Self:
        """Its two sides. That it exists is private too: everybody else gets a 404 (product.md, 6)."""
        return self.filter(Q(worker=user) | Q(supervisor=user))

    def with_content_for(self, user: User) -> Self:
        return self.filter(Q(worker=user) | Q(supervisor=user) & ~Q(engagement=Engagement.ENDED))

    def current(self) -> Self:
        return self.exclude(engagement=Engagement.ENDED)

    def for_list(self) -> Self:
        return self.select_related("worker", "supervisor", "edition").order_by("begun_at")


class Partnership(Personal):
    """One worker and one supervisor coaching together. Who may read what follows from its two sides."""

    slug = models.CharField(max_length=16, unique=True, default=random_slug, editable=False)
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="coached_in")
    supervisor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="coaches_in")
    engagement = models.CharField(max_length=20, choices=Engagement, default=Engagement.FORMAL)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    """When it ended; that one of the two needs no reason includes that nobody notes which."""
    erased_at = models.DateTimeField(null=True, blank=True)
    """When what both had shared was erased, for the last time."""

    objects = PartnershipQuerySet.as_manager()

    wall = Wall(
        read=either(mine("worker_id"), mine("supervisor_id"), system("ending")),
        insert=mine("worker_id"),
        update=either(mine("worker_id"), mine("supervisor_id"), system("ending")),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(supervisor=F("worker")),
                name="partnership_of_two_people",
                violation_error_message="A partnership takes two people.",
            ),
            models.UniqueConstraint(
                fields=["worker", "supervisor"],
                condition=~Q(engagement="ended"),
                name="partnership_one_at_a_time",
                violation_error_message="These two coach together already.",
            ),
            models.CheckConstraint(
                condition=Q(engagement="ended", ended_at__isnull=False)
                | ~Q(engagement="ended") & Q(ended_at=None),
                name="partnership_ended_with_a_time",
                violation_error_message="An ending has its day.",
            ),
        ]

    def __str__(self) -> str:
        return f"Partnership {self.slug}"

    @classmethod
    @transaction.atomic
    def begin(cls, *, worker: User, supervisor: User, slug: str) -> "Partnership":
        """Begin formal coaching, with the opening session waiting to be held.

        Raises Refused when no edition of practice profiles is published.
        """
        from coaching.models.session import CoachingSession

        edition = Edition.objects.current()
        if edition is None:
            raise Refused(
                "No practice profiles are published yet. Ask your administrator to load them first."
            )
        partnership = cls.objects.create(worker=worker, supervisor=supervisor, slug=slug, edition=edition)
        CoachingSession.objects.create(partnership=partnership, number=1, kind=CoachingSession.Kind.OPENING)
        return partnership

    def seat_of(self, user: User) -> "Seat":
        """Where `user` sits. Raises ValueError for somebody who is no side of it."""
        if user.pk == self.worker_id:
            return Seat(self, user, Side.WORKER, self.supervisor)
        if user.pk == self.supervisor_id:
            return Seat(self, user, Side.SUPERVISOR, self.worker)
        raise ValueError(f"{user} is no side of {self}.")

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """Stop coaching together, today and without a reason; either side may (product.md, 4.9).

        From now on the supervisor reads the signed agreements and nothing else, and their drafts are gone. The worker
        keeps everything. A second click changes nothing.
        """
        from coaching.models.ending import close

        self.seat_of(by)
        with acting_as_system("ending"):  # either side ends what only the other may change
            close(self)
        self.refresh_from_db()

    @property
    def is_ended(self) -> bool:
        return self.engagement == Engagement.ENDED

    def require_formal(self) -> None:
        """Raise Refused unless the two are in formal coaching now."""
        if self.engagement != Engagement.FORMAL:
            raise Refused("This coaching isn’t going on at the moment, so nothing can be added to it.")

    def require_worker(self, user: User, sentence: str) -> None:
        if user.pk != self.worker_id:
            raise Refused(sentence)

    def require_supervisor(self, user: User, sentence: str) -> None:
        if user.pk != self.supervisor_id:
            raise Refused(sentence)


@dataclass(frozen=True)
class Seat:
    """One person's place at the desk: who they are here, and who sits across."""

    partnership: Partnership
    person: User
    side: Side
    other: User

    @property
    def is_worker(self) -> bool:
        return self.side is Side.WORKER

    @property
    def is_supervisor(self) -> bool:
        return self.side is Side.SUPERVISOR

    @property
    def other_side(self) -> Side:
        return Side.SUPERVISOR if self.is_worker else Side.WORKER
