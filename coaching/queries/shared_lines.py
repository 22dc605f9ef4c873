"""The lines that the worker shared of their practice, beside the goal that they belong to (product.md, 4.6)."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from coaching.models import EntryLine, Goal
from coaching.queries.corrections import lay_beside
from sopcoach.models import User
from sopcoach.models.written import once, padded


def with_shared_lines(user: User, goals: Iterable[Goal]) -> bool:
    """Put on each goal its `shared_lines`, oldest first, as `user` may read them, with what was put right in
    them: two queries, one where there is no line, none without a goal.

    Whether there is any.
    """
    by_goal: dict[object, list[EntryLine]] = {}
    goals = list(goals)
    if goals:
        for line in once(_shared_in, user, padded([goal.pk for goal in goals])):
            by_goal.setdefault(line.entry.goal_id, []).append(line)
    lay_beside(user, (line for lines in by_goal.values() for line in lines))
    for goal in goals:
        goal.shared_lines = by_goal.get(goal.pk, [])
    return bool(by_goal)


def _shared_in(user: User, goals: Sequence[Any]) -> QuerySet[EntryLine]:
    shared = EntryLine.objects.visible_to(user).filter(entry__goal__in=goals, shared_at__isnull=False)
    return shared.select_related("entry").order_by("entry__practised_on", "entry__noted_at")
