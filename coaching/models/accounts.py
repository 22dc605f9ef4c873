"""What an account’s fate means to coaching: it ends with the account, and stands in the way of an administrator’s mark
(product.md, 2 and 4.9; ADR 20)."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from coaching.models.engagement import close
from coaching.models.invitation import Invitation
from coaching.models.locking import hold
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


def end_with_the_account(sender: object, person: User, **kwargs: object) -> None:
    """Whoever has no account any more coaches with nobody and is asked by nobody."""
    theirs = Q(worker=person) | Q(supervisor=person)
    with acting_as_system("ending"):
        for partnership in hold(*Partnership.objects.current().filter(theirs)):
            close(partnership)
        Invitation.objects.unanswered().filter(theirs).delete()
