"""Who looks after a group: handed over to somebody on its list, or taken over where nobody does."""

from django.core.exceptions import ValidationError

from coaching.groups.models.group import HANDOVER, Group, GroupLink, GroupMember
from coaching.groups.models.seat import GroupSeat
from coaching.models.locking import in_turn
from coaching.models.who_may import require_may_supervise
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system
from sopcoach.words.refusal import Refused


@in_turn
def hand_over(group: Group, to: User, *, by: User) -> None:
    """Let somebody else look after it. A session that `by` leads is still theirs to lead.

    Raises Refused for anybody but its facilitator, ValidationError for somebody who can't.
    """
    group.require_facilitator(by)
    if not group.heirs().filter(pk=to.pk).exists():
        raise ValidationError({"to": "Choose somebody on the list who may supervise."})
    _pass_to(group, to)


@in_turn
def take_over(group: Group, *, by: User) -> None:
    """Look after a group that nobody looks after, and lead what its former facilitator had planned.

    For somebody on its list who may supervise; Refused for anybody else, and while somebody does look after it.
    """
    if group.is_looked_after:
        raise Refused(f"{group.facilitator.short_name} looks after this group.")
    if not GroupMember.objects.filter(group=group, person=by).exists():
        raise Refused("Somebody on the group’s list can look after it.")
    require_may_supervise(by)
    former = group.facilitator
    _pass_to(group, by)
    if not former.is_active:
        _leave_behind(group, former, by=by)


def _pass_to(group: Group, person: User) -> None:
    group.facilitator = person
    with acting_as_system(HANDOVER):
        group.save(update_fields=["facilitator"])
        GroupLink.objects.filter(group=group).update(facilitator=person)
        GroupMember.objects.filter(group=group).update(facilitator=person)


def _leave_behind(group: Group, former: User, *, by: User) -> None:
    GroupMember.objects.filter(group=group, person=former).delete()
    for session in group.sessions.filter(closed_at=None, facilitator=former):
        session.led_by(by)
        session.save()
        GroupSeat.join(session, by=by)
