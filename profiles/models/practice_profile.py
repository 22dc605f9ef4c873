"""Practice profiles: one SOP practice each, described aspect by aspect over the levels."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.urls import reverse

from profiles.models.edition import CatalogueModel, CatalogueQuerySet, Edition
from profiles.models.level import Level

LONGEST_TITLE = 200
LONGEST_DESCRIPTOR = 4_000


def _has_text(field: str, name: str, sentence: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=~models.Q(**{field: ""}), name=name, violation_error_message=sentence
    )


def _once(*fields: str, name: str, sentence: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=fields, name=name, violation_error_message=sentence)


class PracticeProfileQuerySet(CatalogueQuerySet["PracticeProfile"]):
    def for_list(self) -> Self:
        """In learning order, with the titles of their aspects: two queries however many there are."""
        return self.prefetch_related("aspects")

    def for_reading(self) -> Self:
        """With everything that a profile's page shows: seven queries however large the profile is."""
        return self.select_related("edition__provenance").prefetch_related(
            models.Prefetch("aspects", SkillAspect.objects.with_ladder()),
            "questions__aspect",
            "example_goals__aspect",
        )


class PracticeProfile(CatalogueModel):
    """One SOP practice. `order` is the edition's learning order, for workers who take one after another."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="profiles")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=LONGEST_TITLE)
    order = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=400)
    cross_cutting = models.BooleanField(
        default=False, help_text="Belongs to every practice rather than to one moment of the work."
    )
    aliases = models.JSONField(default=list, blank=True)
    """What else the field calls it; a search finds it by these."""
    at_every_level = models.JSONField(default=list, blank=True)
    """What every family is owed from the first day on, so that it can't be a level."""

    objects = PracticeProfileQuerySet.as_manager()
    published_path = "edition__published_at"

    class Meta:
        ordering = ["edition", "order"]
        constraints = [
            _once(
                "edition",
                "slug",
                name="profile_slug_once_per_edition",
                sentence="This edition has a practice profile at that address already.",
            ),
            _once(
                "edition",
                "order",
                name="profile_order_once_per_edition",
                sentence="This edition has a practice profile at that place already.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where its own words are read, whatever edition is in use by then."""
        return f"{reverse('profiles:detail', args=[self.slug])}?edition={self.edition.slug}"

    @property
    def belongs_to_edition_id(self) -> int | None:
        return self.edition_id


class SkillAspectQuerySet(CatalogueQuerySet["SkillAspect"]):
    def with_ladder(self) -> Self:
        """With what `ladder_for` needs: one query for the descriptors of all of them."""
        return self.select_related("edition__provenance").prefetch_related(SkillAspect.ladder_prefetch())

    def bulk_create(self, objs: Iterable["SkillAspect"], *args: Any, **kwargs: Any) -> list["SkillAspect"]:
        objs = list(objs)
        for aspect in objs:
            aspect.edition_id = aspect.profile.edition_id
        return super().bulk_create(objs, *args, **kwargs)


class SkillAspect(CatalogueModel):
    """One dimension within a practice profile.

    Focuses and movement are keyed by the slug and live on across editions (product.md, 10), so it is
    unique within an edition. `edition` repeats the profile's, since a constraint sees one table only.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="aspects", editable=False)
    profile = models.ForeignKey(PracticeProfile, on_delete=models.CASCADE, related_name="aspects")
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=LONGEST_TITLE)
    order = models.PositiveSmallIntegerField()
    definition = models.CharField(max_length=300, blank=True)
    """One sentence: what varies from the lowest level to the highest, and nothing else."""
    evidence = models.JSONField(default=list, blank=True)
    """What may be looked at to see it."""
    applies = models.CharField(max_length=300, blank=True)
    lookalike = models.CharField(max_length=300, blank=True)
    """What looks like it and isn't."""

    objects = SkillAspectQuerySet.as_manager()
    published_path = "edition__published_at"

    class Meta:
        ordering = ["profile__order", "order"]
        constraints = [
            _once(
                "edition",
                "slug",
                name="aspect_slug_once_per_edition",
                sentence="This edition has a skill aspect of that short name already.",
            ),
            _once(
                "profile",
                "order",
                name="aspect_order_once_per_profile",
                sentence="This practice profile has a skill aspect at that place already.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @staticmethod
    def ladder_prefetch() -> models.Prefetch:
        """What `ladder_for` needs of an aspect: one query for any number of them."""
        return models.Prefetch("descriptors", LevelDescriptor.objects.select_related("level__band"))

    @property
    def belongs_to_edition_id(self) -> int | None:
        return self.profile.edition_id

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.edition_id = self.profile.edition_id
        super().save(*args, **kwargs)


class LevelDescriptor(CatalogueModel):
    """What practice in one aspect looks like at the highest point of one level. Ratings cite it."""

    aspect = models.ForeignKey(SkillAspect, on_delete=models.CASCADE, related_name="descriptors")
    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="descriptors")
    text = models.CharField(max_length=LONGEST_DESCRIPTOR)
    """One paragraph, or several lines of which those that begin with a bullet are points."""
    occasion = models.CharField(max_length=120, blank=True)
    """What has to happen before anybody could show it, where it can't be looked for on any day."""

    objects: ClassVar = CatalogueQuerySet["LevelDescriptor"].as_manager()
    published_path = "aspect__edition__published_at"

    class Meta:
        ordering = ["aspect", "level__number"]
        constraints = [
            _once(
                "aspect",
                "level",
                name="descriptor_once_per_aspect_and_level",
                sentence="This skill aspect describes that level already.",
            ),
            _has_text("text", "descriptor_has_text", "Describe what practice looks like at this level."),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def edition(self) -> Edition:
        return self.aspect.edition

    @property
    def belongs_to_edition_id(self) -> int | None:
        return self.aspect.edition_id


class _Beside(CatalogueModel):
    """What stands beside the ladders of a practice profile, in its order there; some of it about one aspect."""

    profile: "models.ForeignKey[PracticeProfile, PracticeProfile]"
    aspect: "models.ForeignKey[SkillAspect | None, SkillAspect | None]"
    order = models.PositiveSmallIntegerField()
    text: "models.CharField[str, str]"

    published_path = "profile__edition__published_at"

    class Meta:
        abstract = True
        ordering = ["profile__order", "order"]

    def __str__(self) -> str:
        return self.text

    @property
    def edition(self) -> Edition:
        return self.profile.edition

    @property
    def belongs_to_edition_id(self) -> int | None:
        return self.profile.edition_id


class CoachingQuestion(_Beside):
    """A question for two people to ask each other about one practice."""

    profile = models.ForeignKey(PracticeProfile, on_delete=models.CASCADE, related_name="questions")
    aspect = models.ForeignKey(
        SkillAspect, on_delete=models.CASCADE, null=True, blank=True, related_name="questions"
    )
    text = models.CharField(max_length=400)

    objects: ClassVar = CatalogueQuerySet["CoachingQuestion"].as_manager()

    class Meta(_Beside.Meta):
        constraints = [
            _once(
                "profile",
                "order",
                name="question_order_once_per_profile",
                sentence="This practice profile has a question at that place already.",
            ),
            _has_text("text", "question_has_text", "Write the question."),
        ]


class ExampleGoal(_Beside):
    """A goal to start from, as a sentence and in the parts that a goal form fills in.

    `when` stays in words ("in the next 30 days"): the day it means depends on the day it is used.
    """

    profile = models.ForeignKey(PracticeProfile, on_delete=models.CASCADE, related_name="example_goals")
    aspect = models.ForeignKey(
        SkillAspect, on_delete=models.CASCADE, null=True, blank=True, related_name="example_goals"
    )
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    """The number of the level that it practises, if it is written for one."""
    text = models.CharField(max_length=300)
    verb = models.CharField(max_length=30, default="Use")
    practice = models.CharField(max_length=120)
    with_whom = models.CharField(max_length=120)
    count = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=60)
    when = models.CharField(max_length=60)

    objects: ClassVar = CatalogueQuerySet["ExampleGoal"].as_manager()

    class Meta(_Beside.Meta):
        constraints = [
            _once(
                "profile",
                "order",
                name="example_goal_order_once_per_profile",
                sentence="This practice profile has an example goal at that place already.",
            ),
            _has_text("text", "example_goal_has_text", "Write the goal as a sentence."),
            models.CheckConstraint(
                condition=models.Q(count__gte=1),
                name="example_goal_counts_something",
                violation_error_message="A goal counts at least one.",
            ),
        ]
