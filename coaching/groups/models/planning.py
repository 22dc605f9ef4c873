"""Planning a group’s next session, in which whoever plans it is."""

from datetime import datetime

from django.core.exceptions import ValidationError

from coaching.groups.models.group import Group, GroupMember
from coaching.groups.models.seat import GroupSeat
from coaching.groups.models.session import DAY_OR_NONE, GroupSession
from coaching.models.locking import in_turn
from coaching.models.who_may import require_may_supervise
from coaching.rules import spans
from profiles.models import PracticeProfile
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import tell
from sopcoach.models import User


@in_turn
def plan(
    group: Group,
    *,
    by: User,
    profile: PracticeProfile | None = None,
    starts_at: datetime | None = None,
) -> GroupSession:
    """Plan the group's next session, on one practice profile, or as a plain conversation without.

    Raises Refused for anybody but the group's facilitator, ValidationError while one is ahead or in the past.
    """
    group.require_facilitator(by)
    require_may_supervise(by)
    if group.sessions.filter(closed_at=None).exists():
        raise ValidationError("This group has a session ahead already. Close that one first.")
    if starts_at:
        spans.require_meeting(starts_at, "day", ask=DAY_OR_NONE)
    last = group.sessions.order_by("-number").first()
    session = GroupSession.objects.create(
        group=group,
        number=last.number + 1 if last else 1,
        profile=profile,
        facilitator=by,
        starts_at=starts_at,
    )
    GroupSeat.join(session, by=by)
    listed = GroupMember.objects.filter(group=group).exclude(person=by)
    tell(*listed.values_list("person", flat=True), occasion=Occasion.GROUP)
    return session
