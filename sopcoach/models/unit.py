"""The units of an agency that people work in."""

from typing import Protocol, Self

from django.db import models, transaction
from django.db.models.functions import Lower

from sopcoach.words.names import clean_line
from sopcoach.words.refusal import Refused


class Administering(Protocol):
    """Whoever acts: somebody of whom it can be asked whether they administer."""

    def require_administrator(self) -> None: ...


class UnitQuerySet(models.QuerySet["Unit"]):
    def for_list(self) -> Self:
        peopled = self.model.objects.filter(pk=models.OuterRef("pk"), people__isnull=False)
        return self.annotate(is_empty=~models.Exists(peopled))


class Unit(models.Model):
    name = models.CharField(max_length=100)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="unit_name_once",
                violation_error_message="There is a unit of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def keep(self, *, by: Administering) -> None:
        """Save a new unit or a new name. Raises ValidationError for a name that is taken."""
        by.require_administrator()
        self.full_clean()
        self.save()

    def clean(self) -> None:
        self.name = clean_line(self.name or "")

    @transaction.atomic
    def remove(self, *, by: Administering) -> None:
        """Delete an empty unit. Raises Refused while anybody is in it, deactivated people too."""
        by.require_administrator()
        try:
            self.delete()
        except models.ProtectedError as error:
            raise Refused(f"{self.name} isn’t empty. Move its people to another unit first.") from error
