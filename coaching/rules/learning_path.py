"""Where a pair is on its way through the practice profiles, one after another (FAQ, context 3). Pure.

It suggests the next one and locks nothing.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coaching.models import Partnership, Path
from profiles.models import PracticeProfile


class Place(StrEnum):
    """Where one practice profile lies on the way."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Step:
    profile: PracticeProfile
    place: Place


def in_order(partnership: Partnership, profiles: Iterable[PracticeProfile]) -> list[PracticeProfile]:
    """The profiles in the pair's own order; in the edition's where they have none, or for what theirs doesn't name."""
    own: list[str] = partnership.path_order
    place = {slug: n for n, slug in enumerate(own)}
    return sorted(profiles, key=lambda profile: (place.get(profile.slug, len(own)), profile.order))


def path_of(
    partnership: Partnership,
    profiles: Iterable[PracticeProfile],
    *,
    now: Collection[str],
    ever: Collection[str],
) -> Sequence[Step]:
    """The steps of a pair that goes one after another, or none. `now` and `ever`: slugs of profiles in focus."""
    if partnership.path != Path.ONE_BY_ONE:
        return ()
    ordered = in_order(partnership, profiles)
    following = next((profile for profile in ordered if profile.slug not in ever), None)

    def place(profile: PracticeProfile) -> Place:
        if profile.slug in now:
            return Place.NOW
        if profile.slug in ever:
            return Place.DONE
        return Place.NEXT if profile == following else Place.AHEAD

    return [Step(profile, place(profile)) for profile in ordered]
