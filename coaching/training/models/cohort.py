"""CORE training: cohorts of new workers or new supervisors (FAQ, note for administrators)."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.functional import cached_property

from coaching.models.base import Personal
from coaching.models.locking import hold, in_turn
from coaching.models.partnership import SLUG_LETTERS, random_slug
from coaching.row_security.conditions import ADMINISTERS, either, exists, mine, system
from coaching.row_security.memberships import ATTENDED_COHORTS, within
from coaching.row_security.policy import Wall, change
from coaching.rules import spans
from coaching.training.vignettes import Vignette, offered_by
from profiles.models import Edition
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system
from sopcoach.words.names import clean_line
from sopcoach.words.refusal import Refused

ACTOR = "training"
"""Lets somebody in by a code, and counts what a room places: what no single person may read or write."""
_ITS_FACILITATOR = exists(
    "coaching_cohort c", "c.id = {t}.cohort_id AND c.facilitator_id = {t}.facilitator_id"
)
NO_SUCH_CODE = "No training has this code now. Look at it again, or ask whoever gave it to you."


def random_code() -> str:
    """A code that one can read out and nobody guesses: 31^8, about 2^40, in two groups of four."""
    return "-".join(get_random_string(4, SLUG_LETTERS) for _ in range(2))


def tidy_code(typed: str) -> str:
    """The code as it is stored, of however somebody types it."""
    letters = "".join(letter for letter in typed.lower() if letter.isalnum())
    return f"{letters[:4]}-{letters[4:]}"


ENDS_FIRST = "The last day comes after the first, or is the same."


def require_days(starts_on: date | None, ends_on: date | None, *, stood: "Cohort | None" = None) -> None:
    """Raise ValidationError, beside each day, where a training can't be then.

    Days that stand stay: a training of years ago may still be given another name.
    """
    span = spans.of_training("Choose a day that is near enough to plan for.")
    wrong = {
        name: span.refusal
        for name, day in (("starts_on", starts_on), ("ends_on", ends_on))
        if day and not span.first <= day <= span.last and (stood is None or getattr(stood, name) != day)
    }
    if not wrong and starts_on and ends_on and ends_on < starts_on:
        wrong["ends_on"] = ENDS_FIRST
    if wrong:
        raise ValidationError(wrong)


class CohortQuerySet(models.QuerySet["Cohort"]):
    def visible_to(self, user: User) -> Self:
        """Its trainees and its facilitator; administrators, who look after cohorts. To others it doesn't exist."""
        if user.is_active and user.is_administrator:
            return self
        return self.attended_by(user)

    def attended_by(self, user: User) -> Self:
        """Those that this person learns in or leads."""
        listed = Trainee.objects.filter(cohort=OuterRef("pk"), person=user)
        return self.filter(Q(facilitator=user) | Exists(listed))

    def going_on(self) -> Self:
        """Those that aren't over, also before their first day."""
        return self.filter(ends_on__gte=timezone.localdate())

    def for_list(self) -> Self:
        return self.select_related("edition", "facilitator").order_by("-starts_on", "title")


class Cohort(Personal):
    """People who learn the practice profiles together. It knows who is in it, and nothing of what they place."""

    kept_by: ClassVar[tuple[str, ...]] = ()

    class Audience(models.TextChoices):
        WORKERS = "workers", "New workers"
        SUPERVISORS = "supervisors", "New supervisors"

    slug = models.CharField(max_length=16, unique=True, default=random_slug, editable=False)
    title = models.CharField(max_length=100)
    audience = models.CharField("for", max_length=20, choices=Audience)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")
    facilitator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField("first day")
    ends_on = models.DateField("last day")
    code = models.CharField(max_length=9, unique=True, default=random_code, editable=False)

    FIELDS = ("title", "audience", "edition", "facilitator", "starts_on", "ends_on")

    objects = CohortQuerySet.as_manager()

    wall = Wall(
        read=either(
            ADMINISTERS,
            mine("facilitator_id"),
            within("id", ATTENDED_COHORTS),
            system(ACTOR),
        ),
        insert=ADMINISTERS,
        update=ADMINISTERS,
        delete=ADMINISTERS,
        changes=(
            change("title", "audience", "edition_id", "facilitator_id", "starts_on", "ends_on", "code"),
        ),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="cohort_ends_after_it_starts",
                violation_error_message=ENDS_FIRST,
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        self.title = clean_line(self.title or "")
        stood = None if self._state.adding else Cohort.objects.filter(pk=self.pk).first()
        require_days(self.starts_on, self.ends_on, stood=stood)

    @transaction.atomic
    def keep(self, *, by: User) -> None:
        """Save a new cohort or what has changed of one.

        Raises Refused for anybody but an administrator; ValidationError for bad values, for an edition that isn't in
        use, and for a facilitator who is one of the trainees.
        """
        by.require_administrator()
        if not self._state.adding:
            hold(self)  # what it is to become stands on this object, so no verb reads it again
        self.full_clean()
        if self._state.adding and not Edition.objects.published().filter(pk=self.edition_id).exists():
            raise ValidationError({"edition": "Choose an edition that is published."})
        listed = Trainee.objects.filter(cohort=self)
        if listed.filter(person=self.facilitator).exists():
            raise ValidationError(
                {"facilitator": f"{self.facilitator.short_name} is a trainee here. Choose somebody else."}
            )
        self.save()
        listed.update(facilitator=self.facilitator)

    @in_turn
    def enrol(self, people: Iterable[User], *, by: User) -> int:
        """Put people into it; returns how many are new. It opens nothing of theirs to anybody.

        Raises Refused for anybody but an administrator, ValidationError for the facilitator.
        """
        by.require_administrator()
        people = list(people)
        if any(person.pk == self.facilitator_id for person in people):
            raise ValidationError(
                f"{self.facilitator.name} leads this training, and so isn’t one of its trainees."
            )
        known = set(Trainee.objects.filter(cohort=self).values_list("person", flat=True))
        new = [person for person in people if person.pk not in known and person.is_active]
        Trainee.objects.bulk_create(
            Trainee(cohort=self, facilitator_id=self.facilitator_id, person=person) for person in new
        )
        return len(new)

    @classmethod
    @in_turn
    def join(cls, code: str, *, by: User) -> "Cohort":
        """Come into a cohort by its code. A second time changes nothing.

        Raises ValidationError for a code that no cohort has, or whose training is over.
        """
        with acting_as_system(ACTOR):
            cohort = cls.objects.select_related("facilitator").filter(code=tidy_code(code)).first()
            if cohort is None or cohort.is_over:
                raise ValidationError({"code": NO_SUCH_CODE})
            if cohort.facilitator_id != by.pk:
                Trainee.objects.get_or_create(
                    cohort=cohort, person=by, defaults={"facilitator": cohort.facilitator}
                )
        return cohort

    @in_turn
    def renew_code(self, *, by: User) -> None:
        """Let nobody in by the code that is going round, and make another."""
        by.require_administrator()
        self.code = random_code()
        self.save(update_fields=["code"])

    @in_turn
    def remove(self, *, by: User) -> None:
        """Delete a cohort that nobody is in. Raises Refused while anybody is."""
        by.require_administrator()
        if Trainee.objects.filter(cohort=self).exists():
            raise Refused(f"There are people in “{self.title}”. Take them out first.")
        self.delete()

    @property
    def is_over(self) -> bool:
        return self.ends_on < timezone.localdate()

    @property
    def is_at_its_end(self) -> bool:
        """Whether the last day has come: that is when a trainee is asked what becomes of the placements."""
        return self.ends_on <= timezone.localdate()

    @property
    def has_levelling(self) -> bool:
        return self.audience == self.Audience.SUPERVISORS

    @cached_property
    def vignettes(self) -> list[Vignette]:
        """What it levels together: nothing in an edition that says the ladders in other words."""
        return offered_by(self.edition) if self.has_levelling else []

    def is_led_by(self, user: User) -> bool:
        return self.facilitator_id == user.pk


class TraineeQuerySet(models.QuerySet["Trainee"]):
    def visible_to(self, user: User) -> Self:
        """One's own place; all of a cohort for its facilitator and for administrators."""
        if user.is_active and user.is_administrator:
            return self
        return self.filter(Q(person=user) | Q(facilitator=user))

    def for_list(self) -> Self:
        return self.select_related("person__unit").order_by("person__name_folded", "person")


class Trainee(Personal):
    """Somebody's place in a cohort: that they learn in it, and since when."""

    kept_by: ClassVar[tuple[str, ...]] = ("cohort",)

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="trainees")
    facilitator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    """The cohort's own, repeated so that the policy looks at this table only."""
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField(default=timezone.now)

    objects = TraineeQuerySet.as_manager()

    wall = Wall(
        read=either(mine("person_id"), mine("facilitator_id"), ADMINISTERS, system(ACTOR)),
        insert=either(ADMINISTERS, system(ACTOR)),
        update=ADMINISTERS,
        delete=either(mine("person_id"), ADMINISTERS),
        changes=(change("facilitator_id", when=_ITS_FACILITATOR),),
        begins=_ITS_FACILITATOR,
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "person"], name="trainee_once_a_cohort")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.cohort_id}"

    @in_turn
    def leave(self, *, by: User) -> None:
        """Come out of it, by oneself or by an administrator. Placements and notes are one's own, and stay."""
        if by.pk != self.person_id:
            by.require_administrator()
        self.delete()


def require_trainee(cohort: Cohort, user: User) -> None:
    """Raise Refused for the facilitator, who leads and doesn't place."""
    if not Trainee.objects.filter(cohort=cohort, person=user).exists():
        raise Refused("Those who learn here place it. You lead the talk that follows.")
