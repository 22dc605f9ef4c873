"""The practice profiles of a pair's edition on its way through them: what the pages about it show."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from coaching.models import Focus, Partnership, Path
from coaching.rules import learning_path
from coaching.rules.learning_path import Place, places_of
from profiles.models import PracticeProfile
from sopcoach.models import User


@dataclass(frozen=True)
class Step:
    profile: PracticeProfile
    place: Place


def in_order(partnership: Partnership, profiles: Iterable[PracticeProfile]) -> list[PracticeProfile]:
    """The profiles in the pair's own order; in the edition's where they have none, or for what theirs doesn't name."""
    by_slug = {one.slug: one for one in sorted(profiles, key=lambda profile: profile.order)}
    return [by_slug[slug] for slug in learning_path.in_order(list(by_slug), partnership.path_order)]


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
    by_slug = {one.slug: one for one in in_order(partnership, profiles)}
    return [Step(by_slug[slug], place) for slug, place in places_of(list(by_slug), now=now, ever=ever)]


def steps_of(
    user: User, partnership: Partnership, profiles: list[PracticeProfile] | None = None
) -> list[Step]:
    """Where the pair is on its path, for a page; nothing, and no query, where they take all together."""
    if partnership.path != Path.ONE_BY_ONE:
        return []
    focuses = Focus.objects.visible_to(user).filter(partnership=partnership)
    rows = list(focuses.values_list("aspect__profile__slug", "rested_at"))
    return list(
        path_of(
            partnership,
            profiles if profiles is not None else partnership.edition.profiles.all(),
            now={slug for slug, rested_at in rows if rested_at is None},
            ever={slug for slug, _ in rows},
        )
    )
