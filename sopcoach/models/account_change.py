"""What administrators have done to somebody's account, for its owner to read: who changes an address can enter by it."""

from typing import Self

from django.conf import settings
from django.db import models

from sopcoach.models.user import User


class AccountChangeQuerySet(models.QuerySet["AccountChange"]):
    def visible_to(self, user: User) -> Self:
        """What was done to one's own account."""
        return self.filter(person=user)

    def for_list(self) -> Self:
        return self.select_related("by")


class AccountChange(models.Model):
    """One act of an administrator on one account. Its owner alone reads it, and nobody changes or removes it."""

    class What(models.TextChoices):
        EMAIL = "email", "Gave your account another e-mail, in place of {before}"
        SECOND_FACTOR = (
            "factor",
            "Took your second factor away, so that the password alone opened the account",
        )
        SINGLE_SIGN_ON = "sign-on", "Let another account of single sign-on open yours"
        SUPERVISES = "supervises", "Said that you may supervise"
        NO_MORE_SUPERVISES = "supervises-no-more", "Took back that you may supervise"
        ADMINISTERS = "administers", "Made you an administrator"
        NO_MORE_ADMINISTERS = "administers-no-more", "Took back that you are an administrator"
        DEACTIVATED = "deactivated", "Deactivated your account"
        REACTIVATED = "reactivated", "Opened your account again"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=20, choices=What)
    before = models.EmailField(max_length=254, blank=True)
    """The address that was replaced."""
    at = models.DateTimeField()

    objects = AccountChangeQuerySet.as_manager()

    class Meta:
        app_label = "sopcoach"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["person", "-at"], name="account_change_latest")]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        return self.What(self.what).label.format(before=self.before)
