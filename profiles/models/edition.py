"""Editions, and the rule that nothing in a published one ever changes."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models, transaction
from django.utils import timezone

from profiles.models.content_hash import content_hash
from sopcoach.models import User

FEWEST_LEVELS = 3
MOST_LEVELS = 10


class EditionError(Exception):
    """Something that the state of an edition forbids. The message is a sentence for a person."""


class PublishedEditionError(EditionError):
    """Somebody tried to change a published edition."""

    def __init__(self) -> None:
        super().__init__(
            "A published edition never changes: old ratings keep their meaning. Make a new edition."
        )


class IncompleteEditionError(EditionError):
    """An edition can't be published yet; the message says what it lacks."""


class EditionStatus(models.TextChoices):
    DRAFT = "draft", "draft"
    PUBLISHED = "published", "published"
    RETIRED = "retired", "retired"


class CatalogueQuerySet[M: models.Model](models.QuerySet[M]):
    """Guards the roads round `save()` and `delete()`: updates, deletes and inserts of many rows at once."""

    def update(self, **kwargs: Any) -> int:
        self._refuse_published()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse_published()
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> list[M]:
        objs = list(objs)
        for edition_id in {obj.belongs_to_edition_id for obj in objs}:  # type: ignore[attr-defined]
            refuse_if_published(edition_id)
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs: Iterable[M], *args: Any, **kwargs: Any) -> int:
        objs = list(objs)
        self.filter(pk__in=[obj.pk for obj in objs])._refuse_published()
        return super().bulk_update(objs, *args, **kwargs)

    def _refuse_published(self) -> None:
        path = self.model.published_path  # type: ignore[attr-defined]
        if self.filter(**{f"{path}__isnull": False}).exists():
            raise PublishedEditionError


def refuse_if_published(edition_id: int | None) -> None:
    """Raise `PublishedEditionError` unless the edition as stored is a draft."""
    if edition_id and Edition._base_manager.filter(pk=edition_id, published_at__isnull=False).exists():
        raise PublishedEditionError


class CatalogueModel(models.Model):
    """A row of an edition. Refuses to be saved or deleted once that edition is published."""

    published_path: ClassVar[str]
    """From this model to `Edition.published_at`, as a queryset spells it."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_published()
        return super().delete(*args, **kwargs)

    @property
    def belongs_to_edition_id(self) -> int | None:
        raise NotImplementedError

    def _refuse_published(self) -> None:
        refuse_if_published(self.belongs_to_edition_id)
        stored = type(self)._base_manager.filter(pk=self.pk)
        if self.pk and stored.filter(**{f"{self.published_path}__isnull": False}).exists():
            raise PublishedEditionError


class EditionQuerySet(CatalogueQuerySet["Edition"]):
    def published(self) -> Self:
        return self.filter(published_at__isnull=False, retired_at__isnull=True)

    def for_list(self) -> Self:
        """With how many practice profiles and levels each holds: one query."""
        return self.annotate(
            profiles_count=models.Count("profiles", distinct=True),
            levels_count=models.Count("levels", distinct=True),
        )

    def in_use(self) -> Self:
        """Published and not retired, with the one first that new coaching uses: the one published last."""
        return self.published().order_by("-published_at", "-pk")

    def current(self) -> "Edition | None":
        """The edition that new coaching uses."""
        return self.in_use().first()


class Edition(CatalogueModel):
    """A set of practice profiles with its level scale. Immutable once published (house style, rule 5)."""

    slug = models.SlugField(max_length=150, unique=True)
    title = models.CharField(max_length=100)
    name = models.CharField(max_length=30, help_text="As people say it: “edition 2026.1”.")
    note = models.CharField(
        max_length=300, blank=True, help_text="Stands at the foot of every page and handout of this edition."
    )
    scale_name = models.CharField(max_length=60, blank=True)
    content_hash = models.CharField(max_length=12, blank=True, editable=False)
    """What a citation names, so that another edition under the same name is found out. Made when it is published."""
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EditionQuerySet.as_manager()
    published_path = "published_at"

    class Meta:
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(retired_at__isnull=True)
                | models.Q(published_at__lte=models.F("retired_at")),
                name="edition_retired_after_published",
                violation_error_message="Only a published edition can be retired.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, edition {self.name}"

    @property
    def belongs_to_edition_id(self) -> int | None:
        return self.pk

    @property
    def content_mark(self) -> str:
        """The hash as people read it aloud: “9f2c 41aa 07de”."""
        return " ".join(self.content_hash[start : start + 4] for start in (0, 4, 8)).strip()

    @property
    def origin_line(self) -> str:
        """How to cite its words, with how far they can be relied on; nothing where it doesn't say."""
        provenance = getattr(self, "provenance", None)
        return provenance.cite() if provenance else ""

    @property
    def words_status(self) -> str:
        """How far its words can be relied on, without the full stop; nothing where it doesn't say."""
        provenance = getattr(self, "provenance", None)
        return provenance.status.rstrip(".") if provenance else ""

    @property
    def status(self) -> EditionStatus:
        if self.retired_at:
            return EditionStatus.RETIRED
        return EditionStatus.PUBLISHED if self.published_at else EditionStatus.DRAFT

    @transaction.atomic
    def publish(self, *, by: User | None) -> None:
        """Make this the edition that new coaching uses, for good. Coaching that has begun stays on its own edition.

        `by` is None for whoever runs the server, whose commands have no user. Raises `Refused` for anybody but an
        administrator, `IncompleteEditionError`, `PublishedEditionError`.
        """
        _require_administrator(by)
        refuse_if_published(self.pk)
        self._refuse_incomplete()
        self.content_hash = content_hash(
            scale_name=self.scale_name,
            levels=self.levels.all(),
            profiles=self.profiles.all(),
            aspects=self.aspects.all(),
        )
        self.published_at = timezone.now()
        self.save(update_fields=["content_hash", "published_at"])

    @transaction.atomic
    def retire(self, *, by: User | None) -> None:
        """Take a published edition out of use for new coaching; ratings made on it keep their meaning.

        `by` as in `publish`. Raises `Refused` for anybody but an administrator, `EditionError` for a draft.
        """
        _require_administrator(by)
        now = timezone.now()
        stored: models.QuerySet[Edition] = models.QuerySet(type(self)).filter(
            pk=self.pk, published_at__isnull=False
        )
        if stored.filter(retired_at__isnull=True).update(retired_at=now):
            self.retired_at = now
        elif not stored.exists():
            raise EditionError("Only a published edition can be retired.")

    def _refuse_incomplete(self) -> None:
        levels = self.levels.count()
        if not FEWEST_LEVELS <= levels <= MOST_LEVELS:
            raise IncompleteEditionError(
                f"The scale has {levels} levels; an edition needs {FEWEST_LEVELS} to {MOST_LEVELS}."
            )
        if not self.profiles.exists():
            raise IncompleteEditionError("The edition has no practice profile yet.")
        bare = self.profiles.filter(aspects__isnull=True).first()
        if bare:
            raise IncompleteEditionError(f"“{bare.title}” has no skill aspect yet.")
        described = models.Count("descriptors", distinct=True)
        short = self.aspects.annotate(described=described).exclude(described=levels).first()
        if short:
            raise IncompleteEditionError(f"“{short.title}” does not describe every level yet.")


def _require_administrator(by: User | None) -> None:
    if by is not None:
        by.require_administrator()
