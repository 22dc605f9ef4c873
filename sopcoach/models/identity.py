"""Who somebody is to a single sign-on provider, which may give their address to another person later."""

from typing import Self

from django.db import models, transaction
from django.utils import timezone

from sopcoach.models.unit import Administering
from sopcoach.models.user import User
from sopcoach.signals import account_changed
from sopcoach.words.refusal import Refused


class Unknown(Refused):
    """Nobody here whom the provider could mean; also where an account is closed, which this doesn't tell."""


class AnothersAccount(Refused):
    """The address is known, and it was somebody else at the provider who opened its account before."""


class IdentityQuerySet(models.QuerySet["Identity"]):
    def visible_to(self, person: User) -> Self:
        """One's own; an administrator sees whose account was refused to a second one, and nothing else of it."""
        return self.all() if person.is_active and person.is_administrator else self.filter(person=person)

    def refused(self) -> Self:
        """The latest first."""
        return self.filter(refused_at__isnull=False).order_by("-refused_at")

    @transaction.atomic
    def person_of(self, *, provider: str, subject: str, address: str) -> User:
        """Whose account this is, by `subject`, the provider's own name for somebody, which it gives to nobody else.

        The first time it is found by `address`, an e-mail that the provider vouches for ("" where it doesn't) and an
        administrator entered; from then on by the subject alone, whatever becomes of either address.

        :raises Unknown: nobody, or nobody whose account is open.
        :raises AnothersAccount: the address belongs to a person whom this provider knows by another subject. That is
            kept for the administrators to read.
        """
        known = self.filter(provider=provider, subject=subject).select_related("person").first()
        if known is not None:
            if not known.person.is_active:
                raise Unknown("This account is closed.")
            return known.person
        person = address and User.objects.filter(email=address.strip().lower(), is_active=True).first()
        if not person:
            raise Unknown("Nobody here has this address.")
        identity, is_new = self.get_or_create(
            person=person, provider=provider, defaults={"subject": subject, "since": timezone.now()}
        )
        if not is_new and identity.subject != subject:
            raise AnothersAccount("Somebody else opens this account.")
        return person

    def note_refused(self, *, provider: str, address: str) -> None:
        """That somebody whom the provider gives this address was not let into its account."""
        self.filter(provider=provider, person__email=address.strip().lower()).update(
            refused_at=timezone.now()
        )


class Identity(models.Model):
    """That a person is `subject` to `provider`. Nothing else of what a provider says is kept."""

    person = models.ForeignKey("sopcoach.User", on_delete=models.CASCADE, related_name="identities")
    provider = models.CharField(max_length=100)
    subject = models.CharField(max_length=255)
    since = models.DateTimeField()
    refused_at = models.DateTimeField(null=True, blank=True)
    """When somebody of another subject came with this person's address for the last time."""

    objects = IdentityQuerySet.as_manager()

    class Meta:
        ordering = ["person", "provider"]
        indexes = [
            models.Index(
                fields=["-refused_at"],
                condition=models.Q(refused_at__isnull=False),
                name="identity_refused_latest",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="identity_of_one_person"),
            models.UniqueConstraint(fields=["person", "provider"], name="identity_once_a_provider"),
        ]

    def __str__(self) -> str:
        return self.provider

    @transaction.atomic
    def forget(self, *, by: User) -> None:
        """Let whom the provider gives this person's address be this person from their next sign-in on."""
        by.require_administrator()
        account_changed.send(sender=Identity, person=self.person, by=by, what="sign-on")
        self.delete()

    def keep(self, *, by: Administering) -> None:
        """Whoever was refused is somebody else: nothing changes, and it needn't be said any longer."""
        by.require_administrator()
        self.refused_at = None
        self.save(update_fields=["refused_at"])
