"""Group supervision, read in workflow order.

A Group has its GroupMembers, who are let in by a GroupLink. A GroupSession goes along the consultation; whoever joins has
a GroupSeat in it, and says their GroupWords in its steps.
"""

from coaching.groups.models.group import Group, GroupLink, GroupMember  # isort: skip
from coaching.groups.models.seat import GroupSeat  # isort: skip
from coaching.groups.models.words import GroupWords  # isort: skip
from coaching.groups.models.session import GroupSession  # isort: skip

__all__ = ["Group", "GroupLink", "GroupMember", "GroupSeat", "GroupSession", "GroupWords"]
