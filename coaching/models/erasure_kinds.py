"""What of a partnership can be erased: each kind of rows, in the words that people have for it."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models


@dataclass(frozen=True)
class Kind:
    """One kind of rows that belong to a partnership, and what people call them."""

    model: str
    one: str
    many: str

    @property
    def rows(self) -> models.QuerySet[Any]:
        return apps.get_model("coaching", self.model)._base_manager.all()


PRIVATE = (
    Kind("Draft", "draft in a session", "drafts in sessions"),
    Kind("AgreementDraft", "draft of an agreement", "drafts of an agreement"),
    Kind("EntryLine", "private line in your practice log", "private lines in your practice log"),
)
"""The worker's alone: goes whenever the worker likes."""

SHARED = (
    Kind("CoachingSession", "session", "sessions"),
    Kind("Correction", "correction", "corrections"),  # before what it corrects, by which the wall knows it
    Kind("StageWords", "text in a session", "texts in sessions"),
    Kind("Reflection", "reflection", "reflections"),
    Kind("Promise", "promise", "promises"),
    Kind("SelfRating", "self-rating", "self-ratings"),
    Kind("Observation", "observation", "observations"),
    Kind("Decision", "decision on a focus", "decisions on a focus"),
    Kind("ReviewedFocus", "focus looked back on in a session", "focuses looked back on in sessions"),
    Kind("Focus", "focus", "focuses"),
    Kind("Target", "target", "targets"),
    Kind("Goal", "goal", "goals"),
    Kind("PracticeEntry", "practice entry", "practice entries"),
    Kind("EntryLine", "shared line of an entry", "shared lines of entries"),
    Kind("Congratulation", "word of congratulation", "words of congratulation"),
    Kind("CarriedItem", "thing you brought along", "things you brought along"),
    Kind("InterestMark", "mark in the walk-through", "marks in the walk-through"),
    Kind("WalkthroughDone", "end of the walk-through", "ends of the walk-through"),
    Kind("Agreement", "proposal that was not signed by both", "proposals that were not signed by both"),
    Kind("Release", "release to a next supervisor", "releases to a next supervisor"),
)
"""Both sides': goes when the coaching has ended, or before that with the consent of both."""

STAYS = frozenset({"ErasureConsent", "ErasureLog", "AccessRecord", "EditionMove", "OrientationWish"})
"""What belongs to a partnership and outlives its content; besides these, the agreements that both have signed."""

TOGETHER = (
    ("CoachingSession", "Reflection", "Promise"),
    ("SelfRating", "Observation"),
    ("Focus", "Target", "Goal", "PracticeEntry", "EntryLine"),
    ("Congratulation", "Correction", "CarriedItem"),
    ("InterestMark",),
    ("Agreement",),
)
"""What the plan says in one breath. The rest goes with something that is named, and would only make it longer."""


def name_of(kind: Kind, *, private: bool) -> str:
    return f"{kind.model}.private" if private else kind.model


def line_of(kind: Kind, count: int) -> str:
    return f"{count} {kind.one if count == 1 else kind.many}"
