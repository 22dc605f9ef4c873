"""A person with an account, and what administrators do with it. Nothing here says who is coached by whom."""

from collections.abc import Collection
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from sopcoach.models.finding import BY_NAME, FoldedField, UserQuerySet, with_what_follows
from sopcoach.models.unit import Unit
from sopcoach.models.what_changed import what_changed
from sopcoach.signals import account_changed, asked_for_the_mark, person_deactivated
from sopcoach.words import zones
from sopcoach.words.names import LONGEST_FOLDED, clean_line, fold, guess_called
from sopcoach.words.refusal import Refused

LAST_ADMINISTRATOR = "There has to be an administrator. Make somebody else one first."
IN_COACHING = (
    "Something of coaching or of a group is open under this account, and administrators have neither. Ask them to end "
    "it first, or open a second account, with another e-mail, for looking after accounts."
)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    def open_account(
        self,
        *,
        by: "User",
        email: str,
        name: str,
        unit: Unit | None = None,
        may_supervise: bool = False,
        is_administrator: bool = False,
        employee_number: str = "",
    ) -> "User":
        """Make an account that nobody can sign in to before its person has set a password by mail.

        Raises Refused for whoever isn't an administrator, ValidationError for an e-mail that has an account.
        """
        by.require_administrator()
        person = self.model(
            email=email,
            name=name,
            unit=unit,
            may_supervise=may_supervise,
            is_administrator=is_administrator,
            employee_number=employee_number,
        )
        person.set_unusable_password()
        person.keep()
        return person

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Make an account. Without a password the person sets one by the password-reset mail."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_superuser=True, is_administrator=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account. Worker and supervisor are sides of a partnership, never stored here (ADR 1)."""

    email = models.EmailField(
        "work e-mail",
        max_length=254,
        unique=True,
        error_messages={"unique": "This e-mail has an account already."},
    )
    name = models.CharField(max_length=100)
    called = models.CharField("what you are called", max_length=100, blank=True)
    chose_called = models.BooleanField(default=False, editable=False)
    """Whether `called` is this person's own word; otherwise it is guessed from the name, and follows it."""
    name_folded = FoldedField(max_length=LONGEST_FOLDED, blank=True, editable=False)
    """What people are found by and put in order."""
    called_folded = FoldedField(max_length=LONGEST_FOLDED, blank=True, editable=False)
    """What people are found by as well, where they are called something that isn't in their name."""
    time_zone = models.CharField("the clock you read", max_length=64, blank=True)
    """The agency's where it is empty."""
    unit = models.ForeignKey(
        "sopcoach.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="people"
    )
    may_supervise = models.BooleanField(default=False, help_text="May coach others.")
    is_administrator = models.BooleanField(
        default=False, help_text="Looks after people, units and editions. Gives no access to coaching."
    )
    employee_number = models.CharField(max_length=40, blank=True)
    """The agency's, read by administrators: by it they know somebody again whose e-mail has changed."""
    listed_on = models.DateField(null=True, blank=True, editable=False)
    """When they last came in a list of people that was taken: whoever is missing in the next ones is asked about."""
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    deactivated_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    BY_NAME = BY_NAME

    class Meta:
        ordering = ["name_folded", "pk"]
        indexes = [models.Index(fields=["name_folded", "id"], name="user_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_in_small_letters",
                violation_error_message="Write the e-mail in small letters.",
            ),
            models.UniqueConstraint(
                fields=["employee_number"],
                condition=~Q(employee_number=""),
                name="user_employee_number_is_one_person",
                violation_error_message="This employee number belongs to another account.",
            ),
            models.CheckConstraint(
                condition=Q(is_active=False) | Q(deactivated_at=None),
                name="user_deactivated_is_not_active",
                violation_error_message="An account that was deactivated is not active.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with what follows from the name, and forget addresses that an administrator has replaced: allauth keeps
        each that it has seen, and would go on letting it sign in and choose a new password."""
        changed = kwargs.get("update_fields")
        if changed is not None:
            changed = kwargs["update_fields"] = with_what_follows(changed)
        if changed is None or "name_folded" in changed:
            self.follow_name()
        super().save(*args, **kwargs)
        if changed is None or "email" in changed:
            EmailAddress.objects.filter(user=self).exclude(email__iexact=self.email).delete()

    def clean(self) -> None:
        self.email = (self.email or "").strip().lower()
        self.name = clean_line(self.name or "")

    def follow_name(self) -> None:
        """Set what follows from the name; whatever writes users calls it."""
        if not self.chose_called:
            self.called = guess_called(self.name)
        self.name_folded, called = fold(self.name), fold(self.called)
        self.called_folded = "" if called in self.name_folded else called

    @transaction.atomic
    def be_called(self, called: str, *, by: "User") -> None:
        """Say what pages call one; nothing goes back to the guess. Raises Refused for anybody but oneself, and
        ValidationError for characters that can’t be shown or too many of them."""
        if by.pk != self.pk:
            raise Refused("What somebody is called is theirs to say.")
        try:
            self.called = clean_line(called)
            self.chose_called = bool(self.called)
            self.clean_fields(exclude={field.name for field in self._meta.fields} - {"called"})
        except ValidationError as error:
            raise ValidationError({"called": error.messages}) from error
        self.save(update_fields=["called", "chose_called"])

    def read_clock(self, zone: str, *, by: "User") -> None:
        """Choose the clock of one's pages; none is the agency's. Raises Refused for anybody but oneself, and
        ValidationError for a zone that isn't there."""
        if by.pk != self.pk:
            raise Refused("Which clock somebody reads is theirs to say.")
        if zone and not zones.is_zone(zone):
            raise ValidationError({"time_zone": "Choose one of these time zones."})
        self.time_zone = zone
        self.save(update_fields=["time_zone"])

    @property
    def clock_name(self) -> str:
        return zones.name_of(self.time_zone or settings.TIME_ZONE)

    def keep(self) -> None:
        """Check everything and save. Raises ValidationError, also where somebody else was a moment faster."""
        self.full_clean()
        try:
            with transaction.atomic():
                self.save()
        except IntegrityError as error:
            self.full_clean()
            raise ValidationError("Somebody has changed this at the same moment. Look again.") from error

    def require_administrator(self) -> None:
        if not (self.is_active and self.is_administrator):
            raise Refused("Only an administrator looks after people, units and editions.")

    @transaction.atomic
    def change(
        self,
        *,
        by: "User",
        email: str,
        name: str,
        unit: Unit | None,
        may_supervise: bool,
        is_administrator: bool,
        employee_number: str | None = None,
    ) -> None:
        """Change an account; without an employee number it keeps the one it has.

        Raises ValidationError for bad values, where no administrator would be left, and where somebody would become
        one who is in coaching or in a group (product.md, 2).
        """
        by.require_administrator()
        User.objects.hold_administrators(self.pk)
        if not is_administrator and self.is_last_administrator:
            sentence = "Keep this until somebody else is an administrator too: there has to be one."
            raise ValidationError({"is_administrator": sentence})
        was = User.objects.select_for_update(no_key=True).get(pk=self.pk)
        if is_administrator and not was.is_administrator and self.pk in kept_from_the_mark([self]):
            raise ValidationError({"is_administrator": IN_COACHING})
        self.email, self.name, self.unit = email, name, unit
        self.may_supervise, self.is_administrator = may_supervise, is_administrator
        if employee_number is not None:
            self.employee_number = employee_number
        self.keep()
        for what, before in what_changed(was, self):
            account_changed.send(sender=User, person=self, by=by, what=what, before=before)

    @transaction.atomic
    def deactivate(self, *, by: "User") -> None:
        """Close the account: nobody signs in to it, and its person's coaching ends as if ended by hand.

        Coaching hears of it by `person_deactivated`, in this transaction. Raises Refused when no administrator
        would be left.
        """
        by.require_administrator()
        User.objects.hold_administrators(self.pk)
        if self.is_last_administrator:
            raise Refused(LAST_ADMINISTRATOR)
        if not User.objects.get(pk=self.pk).is_active:
            return
        self.is_active, self.deactivated_at = False, timezone.now()
        self.save(update_fields=["is_active", "deactivated_at"])
        person_deactivated.send(sender=User, person=self, by=by)
        account_changed.send(sender=User, person=self, by=by, what="deactivated")

    @transaction.atomic
    def reactivate(self, *, by: "User") -> None:
        """Open the account again. What had ended stays ended."""
        by.require_administrator()
        self.is_active, self.deactivated_at = True, None
        self.save(update_fields=["is_active", "deactivated_at"])
        account_changed.send(sender=User, person=self, by=by, what="reactivated")

    @property
    def awaits_first_sign_in(self) -> bool:
        return self.is_active and self.last_login is None

    @property
    def is_last_administrator(self) -> bool:
        return list(User.objects.administering().values_list("pk", flat=True)) == [self.pk]

    @property
    def may_coach(self) -> bool:
        """Marked as one who may supervise, and no administrator, who is in no coaching at all (product.md, 2)."""
        return self.may_supervise and not self.is_administrator

    @property
    def short_name(self) -> str:
        return self.called or self.email

    @property
    def initial(self) -> str:
        return self.short_name[:1].upper()

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """No role is access, a superuser's least of all: what one may do follows from sides and marks (ADR 1)."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


def kept_from_the_mark(people: Collection[User]) -> set[int]:
    """The primary keys of those who can't become administrators now. Call within the transaction that gives the mark."""
    answers: list[tuple[Any, Any]] = asked_for_the_mark.send(sender=User, people=people)
    return set().union(*(kept for _, kept in answers))
