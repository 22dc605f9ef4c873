"""Whose turn it would be in a group session."""

from collections.abc import Sequence
from dataclasses import dataclass

from coaching.groups.models import GroupSession
from sopcoach.models import User


@dataclass(frozen=True)
class Suggestion:
    presenter: User | None
    advisor: User | None


def suggest_parts(session: GroupSession, people: Sequence[User], past: Sequence[GroupSession]) -> Suggestion:
    """Whose turn it would be to present and to advise: who hasn't for longest, in the order in which people came.

    `past` are the group's earlier sessions, in any order.
    """

    def last(person: User, part: str) -> int:
        return max((one.number for one in past if getattr(one, f"{part}_id") == person.pk), default=0)

    free = [person for person in people if person.pk != session.facilitator_id]
    presenter = session.presenter or min(
        (person for person in free if person.pk != session.advisor_id),
        key=lambda person: last(person, "presenter"),
        default=None,
    )
    advisor = session.advisor or min(
        (person for person in free if person != presenter),
        key=lambda person: last(person, "advisor"),
        default=None,
    )
    return Suggestion(presenter, advisor)
