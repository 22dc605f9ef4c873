"""Who people are: users and the units they work in. Nothing here says who is coached by whom."""

from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower

ADMINISTERED_APPS = {"sopcoach", "profiles"}


class Unit(models.Model):
    name = models.CharField(max_length=100, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
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
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="people")
    may_supervise = models.BooleanField(default=False, help_text="May coach others.")
    is_administrator = models.BooleanField(
        default=False, help_text="Looks after people, units and editions. Gives no access to coaching."
    )
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_in_small_letters",
                violation_error_message="Write the e-mail in small letters.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and forget addresses that an administrator has replaced: allauth keeps each that it has seen,
        and would go on letting it sign in and choose a new password."""
        super().save(*args, **kwargs)
        changed = kwargs.get("update_fields")
        if changed is None or "email" in changed:
            EmailAddress.objects.filter(user=self).exclude(email__iexact=self.email).delete()

    def clean(self) -> None:
        self.email = (self.email or "").strip().lower()

    @property
    def short_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.email

    @property
    def initial(self) -> str:
        return self.short_name[:1].upper()

    @property
    def is_staff(self) -> bool:
        return self.is_administrator

    def has_perm(self, perm: str, obj: object | None = None) -> bool:
        """Administrators may do everything in the apps that hold no coaching, and nothing in the one that does."""
        return self.is_active and self.is_administrator and perm.split(".")[0] in ADMINISTERED_APPS

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_administrator and app_label in ADMINISTERED_APPS


def display_name(user: User) -> str:
    return user.name
