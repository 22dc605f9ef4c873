"""What of a partnership can be erased: each kind of rows, in the words that people have for it."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from sopcoach.words.amounts import counted


@dataclass(frozen=True)
class ErasureKind:
    """One kind of rows that belong to a partnership, and what people call them."""

    model: str
    one: str
    many: str

    @property
    def rows(self) -> models.QuerySet[Any]:
        rows: models.QuerySet[Any] = apps.get_model("coaching", self.model)._base_manager.all()
        return rows


PRIVATE = (
    ErasureKind("Draft", "draft in a session", "drafts in sessions"),
    ErasureKind("AgreementDraft", "draft of an agreement", "drafts of an agreement"),
    ErasureKind("EntryLine", "private line in your practice log", "private lines in your practice log"),
    ErasureKind("LoggedLevel", "level that you logged for yourself", "levels that you logged for yourself"),
)
"""The worker's alone: goes whenever the worker likes."""

SHARED = (
    ErasureKind("CoachingSession", "session", "sessions"),
    ErasureKind(
        "Correction", "correction", "corrections"
    ),  # before what it corrects, by which the wall knows it
    ErasureKind("StageWords", "text in a session", "texts in sessions"),
    ErasureKind("Reflection", "reflection", "reflections"),
    ErasureKind("Promise", "promise", "promises"),
    ErasureKind("SelfRating", "self-rating", "self-ratings"),
    ErasureKind("Reply", "answer to what was seen", "answers to what was seen"),
    ErasureKind("Observation", "observation", "observations"),
    ErasureKind("Decision", "decision on a focus", "decisions on a focus"),
    ErasureKind("ReviewedFocus", "focus looked back on in a session", "focuses looked back on in sessions"),
    ErasureKind("Focus", "focus", "focuses"),
    ErasureKind("Target", "target", "targets"),
    ErasureKind("Goal", "goal", "goals"),
    ErasureKind("PracticeEntry", "practice entry", "practice entries"),
    ErasureKind("EntryLine", "shared line of an entry", "shared lines of entries"),
    ErasureKind("LoggedLevel", "level that you logged and shared", "levels that you logged and shared"),
    ErasureKind("Congratulation", "word of congratulation", "words of congratulation"),
    ErasureKind("CarriedItem", "thing you brought along", "things you brought along"),
    ErasureKind("InterestMark", "mark in the walk-through", "marks in the walk-through"),
    ErasureKind("WalkthroughDone", "end of the walk-through", "ends of the walk-through"),
    ErasureKind(
        "Agreement", "proposal that was not signed by both", "proposals that were not signed by both"
    ),
    ErasureKind("Release", "release to a next supervisor", "releases to a next supervisor"),
)
"""Both sides': goes when the coaching has ended, or before that with the consent of both."""

STAYS = frozenset({"ErasureConsent", "ErasureLog", "AccessRecord", "EditionMove", "OrientationWish"})
"""What belongs to a partnership and outlives its content; besides these, the agreements that both have signed."""

TOGETHER = (
    ("CoachingSession", "Reflection", "Promise"),
    ("SelfRating", "Observation"),
    ("Focus", "Target", "Goal", "PracticeEntry", "EntryLine", "LoggedLevel"),
    ("Congratulation", "Correction", "CarriedItem"),
    ("InterestMark",),
    ("Agreement",),
)
"""What the plan says in one breath. The rest goes with something that is named, and would only make it longer."""


def name_of(kind: ErasureKind, *, private: bool) -> str:
    return f"{kind.model}.private" if private else kind.model


def line_of(kind: ErasureKind, count: int) -> str:
    return counted(count, kind.one, kind.many)
