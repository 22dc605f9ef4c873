"""The catalogue, from the whole to its parts."""

from profiles.models.edition import (
    Edition,
    EditionError,
    EditionStatus,
    IncompleteEditionError,
    PublishedEditionError,
)
from profiles.models.level import Band, Level
from profiles.models.practice_profile import (
    CoachingQuestion,
    ExampleGoal,
    LevelDescriptor,
    PracticeProfile,
    SkillAspect,
)
from profiles.models.provenance import Provenance
from profiles.models.upload import EditionUpload

__all__ = [
    "Band",
    "CoachingQuestion",
    "Edition",
    "EditionError",
    "EditionStatus",
    "EditionUpload",
    "ExampleGoal",
    "IncompleteEditionError",
    "Level",
    "LevelDescriptor",
    "PracticeProfile",
    "Provenance",
    "PublishedEditionError",
    "SkillAspect",
]
