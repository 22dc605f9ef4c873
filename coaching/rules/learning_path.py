"""Where a pair is on its way through the practice profiles, one after another (FAQ, context 3).

It suggests the next one and locks nothing. Practice profiles are known by their slugs here.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum

from django.db.models import TextChoices


class Path(TextChoices):
    TOGETHER = "together", "All together"
    ONE_BY_ONE = "one_by_one", "One after another"


class Place(StrEnum):
    """Where one practice profile lies on the way."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    AHEAD = "ahead"


def in_order(slugs: Sequence[str], own: Sequence[str]) -> list[str]:
    """In the pair's own order; in that of `slugs`, the edition's, where they have none, or for what theirs doesn't name."""
    place = {slug: n for n, slug in enumerate(own)}
    return sorted(slugs, key=lambda slug: place.get(slug, len(own)))


def places_of(
    slugs: Sequence[str], *, now: Collection[str], ever: Collection[str]
) -> list[tuple[str, Place]]:
    """Each of `slugs`, which are in order, with its place. `now` and `ever`: those in focus."""
    following = next((slug for slug in slugs if slug not in ever), None)

    def place(slug: str) -> Place:
        if slug in now:
            return Place.NOW
        if slug in ever:
            return Place.DONE
        return Place.NEXT if slug == following else Place.AHEAD

    return [(slug, place(slug)) for slug in slugs]
