"""What becomes of groups when an account is closed, and what of them stands in the way of an administrator's mark."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from coaching.groups.models.group import HANDOVER, GroupMember
from coaching.groups.models.seat import GroupSeat
from coaching.groups.models.session import GroupSession
from coaching.models.accounts import MARKING
from coaching.models.locking import hold
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system


def keep_listed_from_the_mark(sender: object, people: Collection[User], **kwargs: object) -> set[int]:
    """Those with a place on a group's list, or a seat in a session ahead (ADR 20)."""
    with transaction.atomic(), acting_as_system(MARKING):
        listed = GroupMember.objects.filter(person__in=people).values_list("person", flat=True)
        seats = GroupSeat.objects.filter(person__in=people, session__closed_at=None)
        return {*listed, *seats.values_list("person", flat=True)}


def leave_with_the_account(sender: object, person: User, **kwargs: object) -> None:
    """Off every list, and out of what hasn't begun. What they led is closed; what they looked after waits for
    somebody who takes it over, and stays readable meanwhile."""
    with acting_as_system(HANDOVER):
        for session in hold(*GroupSession.objects.filter(closed_at=None, seats__person=person)):
            if session.is_closed:
                continue
            if not session.is_open:
                for seat in session.seats.filter(person=person):
                    seat.give_up(session)
            elif session.facilitator_id == person.pk:
                session.closed_at = timezone.now()
                session.save(update_fields=["closed_at"])
        GroupMember.objects.filter(person=person).exclude(facilitator=person).delete()
