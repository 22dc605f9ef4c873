"""Vignettes of practice, as data: what a room of new supervisors places on a ladder (product.md, 4)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from profiles.models import Edition, LevelDescriptor

FILES = [Path(__file__).with_name(f"vignettes-{edition}.yaml") for edition in ("2026-1", "2026-2", "2026-3")]
"""One for each edition that ships, with stories on words that none before it had."""


@dataclass(frozen=True)
class Vignette:
    """An invented story, the level that its authors meant on one aspect's ladder, and why."""

    slug: str
    title: str
    aspect: str
    level: int
    words: str
    story: str
    why: tuple[str, ...]


@cache
def vignettes() -> tuple[Vignette, ...]:
    rows = [row for file in FILES for row in yaml.safe_load(file.read_text(encoding="utf-8"))]
    return tuple(Vignette(**row | {"why": tuple(row["why"])}) for row in rows)


def offered_by(edition: Edition) -> list[Vignette]:
    """Those whose level is described in this edition in the words that their authors rested on: one query."""
    described = set(
        LevelDescriptor.objects.filter(aspect__edition=edition)
        .filter(aspect__slug__in={vignette.aspect for vignette in vignettes()})
        .values_list("aspect__slug", "level__number", "text")
    )
    return [v for v in vignettes() if (v.aspect, v.level, v.words) in described]
