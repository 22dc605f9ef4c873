"""What an edition says, as twelve figures to cite it by."""

import hashlib
import json
from typing import Any

from django.db.models import QuerySet


def digest_of(words: list[Any]) -> str:
    """Enough to tell two editions apart, few enough to stand in a citation."""
    written = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()[:12]


def content_hash(
    *, scale_name: str, levels: QuerySet[Any], profiles: QuerySet[Any], aspects: QuerySet[Any]
) -> str:
    """The same that `profiles.importing.source.content_hash` makes of the edition's file: eight queries at most."""
    scale = [[level.number, level.name, level.gist] for level in levels.order_by("number")]
    of_profile: dict[int, list[Any]] = {}
    for aspect in aspects.prefetch_related("descriptors__level").order_by("order"):
        descriptors = sorted(aspect.descriptors.all(), key=lambda each: each.level.number)
        of_profile.setdefault(aspect.profile_id, []).append(
            [
                aspect.slug,
                aspect.title,
                aspect.definition,
                aspect.evidence,
                aspect.applies,
                aspect.lookalike,
                [[each.level.number, each.text, each.occasion] for each in descriptors],
            ]
        )
    described = [
        [
            profile.slug,
            profile.title,
            profile.purpose,
            profile.aliases,
            profile.at_every_level,
            of_profile.get(profile.pk, []),
            [question.text for question in profile.questions.all()],
            [goal.text for goal in profile.example_goals.all()],
        ]
        for profile in profiles.order_by("order").prefetch_related("questions", "example_goals")
    ]
    return digest_of([scale_name, scale, described])
