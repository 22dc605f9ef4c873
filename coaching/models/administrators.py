"""Who looks after accounts has no coaching: what stands in the way of the mark (product.md, 2; ADR 20)."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from coaching.models.partnership import Partnership
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system

MARKING = "marking"
"""The job that looks whether an account is in coaching: whoever gives the mark may not, by the policies."""


def keep_from_the_mark(sender: object, people: Collection[User], **kwargs: object) -> set[int]:
    """The primary keys of those with an open partnership. Groups answer for themselves.

    It tells that something is open, never what, with whom or how much.
    """
    with transaction.atomic(), acting_as_system(MARKING):
        pairs = Partnership.objects.current().filter(Q(worker__in=people) | Q(supervisor__in=people))
        sides = {pk for pair in pairs.values_list("worker", "supervisor") for pk in pair}
    return sides & {person.pk for person in people}
