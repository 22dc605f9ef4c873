"""How an export names what a row holds."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from coaching.dialogue.consultation import CONSULTATION_STEPS, CONVERSATION_STEPS
from coaching.dialogue.stages import STAGES
from coaching.record.private_shape import LevelWords
from profiles.models import LevelDescriptor

FIELD_LABELS = {
    (stage.key, field.key): field.label
    for stage in STAGES
    for field in (*stage.opening_fields, *stage.fields)
}
STEP_TITLES = {step.key: step.title for step in (*CONVERSATION_STEPS, *CONSULTATION_STEPS)}


def level_words(descriptor: LevelDescriptor) -> LevelWords:
    return LevelWords(descriptor.level.number, descriptor.level.name, descriptor.text)


def level_words_or_none(descriptor: LevelDescriptor | None) -> LevelWords | None:
    return level_words(descriptor) if descriptor else None


def label_of(name: str) -> str:
    return name.replace("_", " ").capitalize()


def keepers_of(rows: Iterable[Any]) -> set[UUID]:
    return {row.erasure_unit().keeper for row in rows}
