"""One worker and one supervisor coaching together, and how far the worker has come in (product.md, 3 and 4.1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from coaching.models.among import among
from coaching.models.base import Personal
from coaching.models.locking import in_turn
from coaching.models.partnership_wall import BY_A_YES, CHANGES
from coaching.row_security.conditions import both, either, mine, no_administrator, seated, system
from coaching.row_security.policy import Wall
from coaching.rules.learning_path import Path
from profiles.models import Edition
from sopcoach.models import User
from sopcoach.words import dates
from sopcoach.words.refusal import NotNow, Refused

SLUG_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def random_slug() -> str:
    """A short id that nobody can count up or guess (product.md, 7): 31^10, about 2^49."""
    return get_random_string(10, SLUG_LETTERS)


class Side(models.TextChoices):
    WORKER = "worker"
    SUPERVISOR = "supervisor"


class Engagement(models.TextChoices):
    OBSERVING = "observing", "Observing"
    TRYING_ON = "trying_on", "Trying on"
    FORMAL = "formal", "Formal coaching"
    PAUSED = "paused", "Paused"
    ENDED = "ended", "Ended"


BEFORE_FORMAL = (Engagement.OBSERVING, Engagement.TRYING_ON)


def content_readers(user: User) -> Q:
    """Rows of partnerships whose content this person may read: the worker for ever, the supervisor until it ends."""
    # by a sub-select, since a next supervisor reads what is released without reading the partnership
    return among(_with_content_for, user, "partnership")


def _with_content_for(user: User) -> "models.QuerySet[Partnership, UUID]":
    return Partnership.objects.with_content_for(user).values_list("pk", flat=True)


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, user: User) -> Self:
        """Its two sides. That it exists is private too: everybody else gets a 404 (product.md, 6).

        Whoever has become an administrator keeps what had ended before, and reads nothing that goes on (ADR 20).
        """
        sides = Q(worker=user) | Q(supervisor=user)
        return self.filter(sides & Q(engagement=Engagement.ENDED) if user.is_administrator else sides)

    def with_content_for(self, user: User) -> Self:
        if user.is_administrator:
            return self.filter(worker=user, engagement=Engagement.ENDED)
        return self.filter(Q(worker=user) | Q(supervisor=user) & ~Q(engagement=Engagement.ENDED))

    def current(self) -> Self:
        return self.exclude(engagement=Engagement.ENDED)

    def begun(self) -> Self:
        """In formal coaching, or in a pause of it: the worker neither observes nor tries on."""
        return self.filter(engagement__in=(Engagement.FORMAL, Engagement.PAUSED))

    def ever_formal(self) -> Self:
        """Those that came to formal coaching, ended ones included: only they hold something of both."""
        return self.exclude(formal_on=None)

    def for_list(self) -> Self:
        return self.select_related("worker", "supervisor", "edition").order_by("begun_at")


class Partnership(Personal):
    """One worker and one supervisor coaching together. Who may read what follows from its two sides."""

    kept_by: ClassVar[tuple[str, ...]] = ()

    slug = models.CharField(max_length=16, unique=True, default=random_slug, editable=False)
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="coached_in")
    supervisor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="coaches_in")
    engagement = models.CharField(max_length=20, choices=Engagement, default=Engagement.FORMAL)
    engaged_on = models.DateField(default=timezone.localdate)
    """Since when it is so."""
    until_on = models.DateField(null=True, blank=True)
    """The check-in day of a worker who tries on; in a pause the day to look again. Nothing happens by itself then."""
    formal_on = models.DateField(null=True, blank=True)
    """When formal coaching began, if it did."""
    orientation = models.BooleanField(default=False)
    """For a worker new to child welfare: no targets, no levels by the supervisor (coaching.models.orientation)."""
    path = models.CharField(max_length=20, choices=Path, default=Path.TOGETHER)
    path_order = models.JSONField(default=list, blank=True)
    """The pair's own order of practice profiles, by slug; empty where they keep to the edition's."""
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    """When it ended; that one of the two needs no reason includes that nobody notes which."""
    erased_at = models.DateTimeField(null=True, blank=True)
    """When what both had shared was erased, for the last time."""

    objects = PartnershipQuerySet.as_manager()

    wall = Wall(
        read=either(
            seated("worker_id"),
            seated("supervisor_id"),
            both("{t}.engagement = 'ended'", either(mine("worker_id"), mine("supervisor_id"))),
            system("ending", "counting", "marking", "reminding"),
        ),
        insert=both(BY_A_YES, no_administrator("worker_id"), no_administrator("supervisor_id")),
        update=either(mine("worker_id"), mine("supervisor_id"), system("ending")),
        changes=CHANGES,
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
            models.CheckConstraint(
                condition=~Q(engagement__in=["trying_on", "paused"]) | Q(until_on__isnull=False),
                name="partnership_until_a_day",
                violation_error_message="Set a day to look again.",
            ),
        ]

    def __str__(self) -> str:
        return f"Partnership {self.slug}"

    @in_turn
    def choose_path(self, path: str, *, by: User, order: Sequence[str] = ()) -> None:
        """All practice profiles together or one after another; either side may, since it locks nothing.

        `order` is the pair's own order, by slug; what isn't in it comes after, as in the edition. Raises Refused
        outside of formal coaching.
        """
        self.require_side(by)
        self.require_formal()
        of_edition = list(self.edition.profiles.order_by("order").values_list("slug", flat=True))
        known = [slug for slug in dict.fromkeys(order) if slug in of_edition]
        own = known + [slug for slug in of_edition if slug not in known]
        self.path = Path(path)
        self.path_order = own if own != of_edition else []
        self.save(update_fields=["path", "path_order"])

    def seat_of(self, user: User) -> "Seat":
        """Where `user` sits. Raises ValueError for somebody who is no side of it."""
        if user.pk == self.worker_id:
            return Seat(self, user, Side.WORKER, self.supervisor)
        if user.pk == self.supervisor_id:
            return Seat(self, user, Side.SUPERVISOR, self.worker)
        raise ValueError(f"{user} is no side of {self}.")

    def require_side(self, user: User) -> None:
        """Raise ValueError for somebody who is no side of it. No query, where `seat_of` asks for who sits across."""
        if user.pk not in (self.worker_id, self.supervisor_id):
            raise ValueError(f"{user} is no side of {self}.")

    @property
    def is_ended(self) -> bool:
        return self.engagement == Engagement.ENDED

    @property
    def is_formal(self) -> bool:
        return self.engagement == Engagement.FORMAL

    @property
    def is_begun(self) -> bool:
        """In formal coaching, or in a pause of it."""
        return self.engagement in (Engagement.FORMAL, Engagement.PAUSED)

    @property
    def is_paused(self) -> bool:
        return self.engagement == Engagement.PAUSED

    @property
    def is_before_formal(self) -> bool:
        return self.engagement in BEFORE_FORMAL

    @property
    def is_check_in_due(self) -> bool:
        """Whether the day has come on which a worker who tries on says what next."""
        return self.engagement == Engagement.TRYING_ON and self._is_day_here

    @property
    def _is_day_here(self) -> bool:
        return self.until_on is not None and self.until_on <= timezone.localdate()

    @property
    def engagement_text(self) -> str:
        """Where the worker is, in words that both may read. It never says that a day has gone by unused."""
        if self.until_on is None or self._is_day_here:
            return self.get_engagement_display()
        return f"{self.get_engagement_display()} until {dates.day(self.until_on)}"

    @property
    def engagement_since(self) -> str:
        """The same, with the day on which it began: for the worker alone, until coaching is formal."""
        return f"{self.engagement_text}, since {dates.day(self.engaged_on)}"

    def require_begun(self) -> None:
        """Raise Refused before formal coaching, and where it never came to that.

        Observing and trying on hold only what the worker keeps for themselves.
        """
        if self.engagement in BEFORE_FORMAL:
            doing = "observing" if self.engagement == Engagement.OBSERVING else "trying things on"
            worker = self.worker.short_name
            raise Refused(f"{worker} is {doing}. This opens with formal coaching, when {worker} chooses it.")
        if self.formal_on is None:
            raise Refused("This ended before formal coaching began, so there is nothing of it to read.")

    def require_formal(self) -> None:
        """Raise Refused unless the two are in formal coaching now."""
        self.require_begun()
        if self.engagement == Engagement.PAUSED:
            raise NotNow("This coaching is paused. Either of you can resume it, and then this opens again.")
        if self.engagement != Engagement.FORMAL:
            raise Refused("This coaching isn’t going on at the moment, so nothing can be added to it.")

    def require_no_orientation(self, sentence: str) -> None:
        """Raise Refused with `sentence` while the pair is in orientation."""
        if self.orientation:
            raise Refused(sentence)

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

    @property
    def lost_mark(self) -> str:
        """What both read once an administrator has taken the supervisor's mark away, else nothing (product.md, 10)."""
        if self.partnership.is_ended or self.partnership.supervisor.may_supervise:
            return ""
        if self.is_supervisor:
            return (
                f"You aren’t marked as somebody who may supervise any more. What you and {self.other.short_name} have "
                "begun goes on as it is, and nothing new begins. An administrator can tell you more."
            )
        return (
            f"{self.other.short_name} isn’t marked as somebody who may supervise any more. What you have begun together "
            "goes on as it is, for as long as you both like; nothing new begins."
        )
