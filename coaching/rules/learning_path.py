"""Where a pair is on its way through the practice profiles, one after another (FAQ, context 3).

It suggests the next one and locks nothing. Practice profiles are known by their slugs here.
"""

from collections.abc import Collection, Mapping, Sequence
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


def moved(stands: Sequence[str], places: Mapping[str, int | None]) -> list[str]:
    """The new order: what was given another place stands there, and the others make room in the order in which they stand.

    `places` counts from 1; without one it comes last. Of two that were moved to the same place the first stays before the other.
    """
    last = len(stands)
    given = {
        slug: place for n, slug in enumerate(stands, start=1) if (place := places.get(slug) or last + 1) != n
    }
    order, after = [slug for slug in stands if slug not in given], 0
    for slug in sorted(given, key=lambda slug: given[slug]):
        after = min(max(given[slug] - 1, after), len(order)) + 1
        order.insert(after - 1, slug)
    return order


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
