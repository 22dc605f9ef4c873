"""A blind sort: which words of an edition are sorted, by whom, and until when (docs/editions.md)."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.models.base import Personal
from coaching.models.locking import in_turn
from coaching.models.partnership import random_slug
from coaching.row_security.conditions import ADMINISTERS, ME, both, either, system
from coaching.row_security.memberships import ROOMS, within
from coaching.row_security.policy import Wall, change
from coaching.rules import spans
from coaching.training.models import Cohort, Trainee
from profiles.models import Edition, EditionStatus
from sopcoach.models import User
from sopcoach.words.refusal import Refused

ACTOR = "sorting"
"""Counts the cards of a sorter up, where no person may read or write, and forgets what nobody has kept."""
IS_OVER = "This sort is over, so nothing can be put in order any more."
FOR_SORTERS = (
    "Administrators open and close a sort. Its cards are sorted by the people who coach and are coached."
)


def cohorts_of(user: User) -> "models.QuerySet[Trainee, object]":
    """The trainings that this person learns in or leads."""
    return Trainee.objects.filter(Q(person=user) | Q(facilitator=user)).values("cohort")


class BlindSortQuerySet(models.QuerySet["BlindSort"]):
    def visible_to(self, user: User) -> Self:
        """Administrators. A cohort's, its people; any other, everybody who is signed in and was given its address."""
        if user.is_active and user.is_administrator:
            return self
        return self.filter(Q(cohort=None) | Q(cohort__in=cohorts_of(user)))

    def for_list(self) -> Self:
        return self.select_related("edition", "cohort").order_by("-opened_on", "slug")


class BlindSort(Personal):
    """Cards of an edition that people put in order without seeing the ladder. It knows nobody who has.

    Its days are no moments: who had sorted by when is nobody's to work out.
    """

    kept_by: ClassVar[tuple[str, ...]] = ()

    slug = models.CharField(max_length=16, unique=True, default=random_slug, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    """Whose people sort; everybody with the address where there is none."""
    aspects = models.JSONField()
    """Slugs of skill aspects, in the edition's order."""
    opened_on = models.DateField()
    closes_on = models.DateField("last day")
    closed_on = models.DateField(null=True, blank=True)

    objects = BlindSortQuerySet.as_manager()

    wall = Wall(
        read=either(
            ADMINISTERS,
            both("{t}.cohort_id IS NULL", f"{ME} IS NOT NULL"),
            within("cohort_id", ROOMS),
            system(ACTOR),
        ),
        insert=ADMINISTERS,
        update=ADMINISTERS,
        delete=ADMINISTERS,
        changes=(change("closes_on", "closed_on"),),
    )

    def __str__(self) -> str:
        return f"Blind sort {self.slug}"

    @classmethod
    @in_turn
    def begin(
        cls,
        edition: Edition,
        *,
        by: User,
        aspects: Iterable[str],
        closes_on: date,
        cohort: Cohort | None = None,
    ) -> "BlindSort":
        """Open a sort of these aspects.

        Raises Refused for anybody but an administrator, and for an edition that isn't in use; ValidationError without
        an aspect, for a day that can't be, and for a cohort that learns with other words.
        """
        by.require_administrator()
        if edition.status is not EditionStatus.PUBLISHED:
            raise Refused("Only an edition in use can be sorted, since the words of a draft still change.")
        chosen = set(aspects)
        known = [aspect.slug for aspect in edition.aspects.all() if aspect.slug in chosen]
        if not known or chosen - set(known):
            raise ValidationError({"aspects": "Choose at least one aspect of this edition."})
        if cohort is not None and cohort.edition_id != edition.pk:
            raise ValidationError(
                {"cohort": "This training learns with another edition. Choose one that has this one."}
            )
        today = timezone.localdate()
        spans.ahead().require(closes_on, "closes_on")
        return cls.objects.create(
            edition=edition, cohort=cohort, aspects=known, opened_on=today, closes_on=closes_on
        )

    @in_turn
    def reopen(self, *, by: User, closes_on: date) -> None:
        """Let people sort again, or for longer. What was shown of it stays shown.

        Raises Refused for anybody but an administrator, ValidationError for a day that can't be.
        """
        by.require_administrator()
        spans.ahead().require(closes_on, "closes_on")
        self.closes_on = closes_on
        self.closed_on = None
        self.save(update_fields=["closes_on", "closed_on"])

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def is_past(self) -> bool:
        """Whether its last day is over, though nobody has closed it yet."""
        return not self.is_closed and self.closes_on < timezone.localdate()

    @property
    def is_open(self) -> bool:
        return not self.is_closed and not self.is_past

    def require_open(self) -> None:
        if not self.is_open:
            raise Refused(IS_OVER)

    def require_sorter(self, user: User) -> None:
        """Raise Refused for whoever looks after the sort, or leads its training, and so doesn't sort."""
        if user.is_administrator:
            raise Refused(FOR_SORTERS)
        if self.cohort_id and self.is_led_by(user):
            raise Refused(
                "Those who learn here sort the cards. You lead the training, and can read what comes out."
            )

    def is_led_by(self, user: User) -> bool:
        return self.cohort is not None and self.cohort.is_led_by(user)
