"""Who looks after accounts has no coaching: what stands in the way of the mark (product.md, 2; ADR 20)."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from coaching.models.group import GroupMember
from coaching.models.group_seat import GroupSeat
from coaching.models.partnership import Partnership
from sopcoach.actor import acting_as_system
from sopcoach.models import User

MARKING = "marking"
"""The job that looks whether an account is in coaching: whoever gives the mark may not, by the policies."""


def in_coaching(people: Collection[User]) -> set[int]:
    """The primary keys of those with an open partnership, a place on a group's list, or a seat in a session ahead.

    It tells that something is open, never what, with whom or how much.
    """
    with transaction.atomic(), acting_as_system(MARKING):
        pairs = Partnership.objects.current().filter(Q(worker__in=people) | Q(supervisor__in=people))
        sides = {pk for pair in pairs.values_list("worker", "supervisor") for pk in pair}
        listed = GroupMember.objects.filter(person__in=people).values_list("person", flat=True)
        seats = GroupSeat.objects.filter(person__in=people, session__closed_at=None)
        found = sides.union(listed, seats.values_list("person", flat=True))
    return found & {person.pk for person in people}


def keep_from_the_mark(sender: object, people: Collection[User], **kwargs: object) -> set[int]:
    return in_coaching(people)
