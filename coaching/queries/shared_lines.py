"""The lines that the worker shared of their practice, beside the goal that they belong to (product.md, 4.6)."""

from collections.abc import Iterable

from coaching.models import EntryLine, Goal
from coaching.queries.corrections import lay_beside
from sopcoach.models import User


def with_shared_lines(user: User, goals: Iterable[Goal]) -> bool:
    """Put on each goal its `shared_lines`, oldest first, as `user` may read them, with what was put right in
    them: two queries, one where there is no line, none without a goal.

    Whether there is any.
    """
    by_goal: dict[object, list[EntryLine]] = {}
    goals = list(goals)
    if goals:
        shared = EntryLine.objects.visible_to(user).filter(
            entry__goal__in=[goal.pk for goal in goals], shared_at__isnull=False
        )
        for line in shared.select_related("entry").order_by("entry__practised_on", "entry__noted_at"):
            by_goal.setdefault(line.entry.goal_id, []).append(line)
    lay_beside(user, (line for lines in by_goal.values() for line in lines))
    for goal in goals:
        goal.shared_lines = by_goal.get(goal.pk, [])
    return bool(by_goal)
