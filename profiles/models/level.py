"""The level scale of an edition: levels in bands."""

from django.db import models

from profiles.models.edition import MOST_LEVELS, CatalogueModel, CatalogueQuerySet, Edition

HIGHEST_POINT = "Each description pictures the highest point of its level."
CUMULATIVE = "Every level holds the ones before it."
EACH_BY_ITSELF = "Each level stands by itself: none holds the ones before it."
CUMULATIVE_CHOICE = "Choosing one says the ones before it are yours already."
"""What every ladder says of its levels."""


class BandQuerySet(CatalogueQuerySet["Band"]):
    pass


class Band(CatalogueModel):
    """A few levels under one softer word, where a bare number would feel like a grade."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="bands")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()

    objects = BandQuerySet.as_manager()
    published_path = "edition__published_at"

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "slug"],
                name="band_slug_once_per_edition",
                violation_error_message="This edition has a band of that name already.",
            ),
            models.UniqueConstraint(
                fields=["edition", "position"],
                name="band_position_once_per_edition",
                violation_error_message="This edition has a band at that place already.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def belongs_to_edition_id(self) -> int | None:
        return self.edition_id


class LevelQuerySet(CatalogueQuerySet["Level"]):
    pass


class Level(CatalogueModel):
    """A number on the edition's scale, with a name. It holds every level below it, unless it stands by itself."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="levels")
    band = models.ForeignKey(Band, on_delete=models.CASCADE, related_name="levels")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=40)
    gist = models.CharField(max_length=300)
    stands_alone = models.BooleanField(default=False)
    """As in practice profiles that set expected beside unacceptable practice, where none holds the ones before it."""

    objects = LevelQuerySet.as_manager()
    published_path = "edition__published_at"

    class Meta:
        ordering = ["edition", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "number"],
                name="level_number_once_per_edition",
                violation_error_message="This edition has a level of that number already.",
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=MOST_LEVELS),
                name="level_number_on_a_scale",
                violation_error_message=f"A level has a number from 1 to {MOST_LEVELS}.",
            ),
        ]

    def __str__(self) -> str:
        return f"Level {self.number}, {self.name}"

    @property
    def belongs_to_edition_id(self) -> int | None:
        return self.edition_id
