"""The focuses of a pair with their targets, for a page: two queries that are written once."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from coaching.models import Focus, Partnership, Target
from sopcoach.models import User
from sopcoach.models.written import once


def focuses_of(user: User, partnership: Partnership, *, resting: bool = False) -> list[Focus]:
    """Those in focus now, or with `resting` all that ever were, as `for_list()` has them."""
    rows = _ever if resting else _active
    focuses = list(once(rows, user, [partnership.pk]))
    targets: dict[UUID, list[Target]] = defaultdict(list)
    for target in once(_targets, user, [partnership.pk]):
        targets[target.focus_id].append(target)
    for focus in focuses:
        focus.partnership = partnership
        focus.has_targets(targets[focus.pk])
    return focuses


def _ever(user: User, partnerships: Sequence[UUID]) -> QuerySet[Focus]:
    rows = Focus.objects.visible_to(user).filter(partnership__in=partnerships).for_list()
    return rows.prefetch_related(None)


def _active(user: User, partnerships: Sequence[UUID]) -> QuerySet[Focus]:
    return _ever(user, partnerships).filter(rested_at=None)


def _targets(user: User, partnerships: Sequence[UUID]) -> QuerySet[Target]:
    return Target.objects.visible_to(user).filter(partnership__in=partnerships).for_list()
