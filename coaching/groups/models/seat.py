"""Who is in a session of a group, by their own yes, and where each writes."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.groups.models.group import HANDOVER, LOOKS_AFTER, MOST, ON_LIST, Group, GroupMember
from coaching.groups.models.session import GroupSession
from coaching.models.base import Personal
from coaching.models.locking import in_turn
from coaching.models.meeting import ahead
from coaching.models.who_may import require_no_administrator
from coaching.row_security.conditions import both, either, exists, seated, system
from coaching.row_security.memberships import SEATED_SESSIONS, within
from coaching.row_security.policy import Wall, change
from sopcoach.models import User
from sopcoach.words.refusal import Refused

HAS_SEAT = within("session_id", SEATED_SESSIONS)
"""Those who are in the session, for ever: it is their record."""
GROUP_SESSIONS = "coaching_groupsession"
_WHILE_IT_IS_OPEN = exists(
    f"{GROUP_SESSIONS} s",
    "s.id = {t}.session_id AND s.closed_at IS NULL"
    " AND ({t}.laptop_of_id IS NULL OR {t}.laptop_of_id = s.facilitator_id)",
)


class GroupSeatQuerySet(models.QuerySet["GroupSeat"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those of one's groups: who is in is known to everybody on the list. No administrator is in."""
        if user.is_administrator:
            return self.none()
        on_list = GroupMember.objects.filter(group=models.OuterRef("group"), person=user)
        return self.filter(Q(person=user) | models.Exists(on_list))


class GroupSeat(Personal):
    """Somebody's yes to one session. Made by each for themselves; what they say in it is erased as one."""

    kept_by: ClassVar[tuple[str, ...]] = ("group",)

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey("coaching.GroupSession", on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    joined_at = models.DateTimeField(default=timezone.now)
    laptop_of = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """On whose laptop this person writes, by their own word alone (ADR 12)."""

    objects = GroupSeatQuerySet.as_manager()

    wall = Wall(
        read=either(seated("person_id"), ON_LIST, system("counting", HANDOVER, "marking", "reminding")),
        insert=both(seated("person_id"), ON_LIST, "{t}.laptop_of_id IS NULL"),
        update=both(seated("person_id"), ON_LIST),
        delete=either(seated("person_id"), LOOKS_AFTER, system(HANDOVER)),
        changes=(change("laptop_of_id", when=_WHILE_IT_IS_OPEN),),
        begins=ahead(GROUP_SESSIONS),
    )

    class Meta:
        ordering = ["joined_at", "place"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="group_seat_once"),
            models.UniqueConstraint(fields=["session", "place"], name="group_seat_place_once"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST + 1),
                name="group_seat_eleven_at_most",
                violation_error_message="Ten besides whoever leads are as many as can be heard.",
            ),
        ]

    def __str__(self) -> str:
        return f"Seat {self.place} of {self.session_id}"

    @classmethod
    @in_turn
    def join(cls, session: GroupSession, *, by: User) -> "GroupSeat":
        """Be in, on the group's terms. Only for oneself; a second click changes nothing.

        Raises Refused for somebody who isn't on the list or is an administrator, when it has begun, and when ten are in.
        """
        require_no_administrator(by)
        if not GroupMember.objects.filter(group=session.group_id, person=by).exists():
            raise Refused("This session is for those on the group’s list.")
        seats = list(session.seats.all())
        for seat in seats:
            if seat.person_id == by.pk:
                return seat
        session.require_ahead()
        others = [seat for seat in seats if seat.person_id != session.facilitator_id]
        if by.pk != session.facilitator_id and len(others) >= MOST:
            raise Refused("Ten are in already, and that is as many as can be heard. There’ll be a next time.")
        taken = {seat.place for seat in seats}
        place = next(number for number in range(1, MOST + 2) if number not in taken)
        return cls.objects.create(session=session, group_id=session.group_id, person=by, place=place)

    @in_turn
    def step_out(self, *, by: User) -> None:
        """Not this time after all, as long as it hasn't begun. Whoever leads first finds somebody else to.

        Raises Refused for anybody but the person and whoever looks after the group.
        """
        session = self.session
        if by.pk not in (self.person_id, session.group.facilitator_id):
            raise Refused("Each steps out by themselves.")
        session.require_ahead()
        if self.person_id == session.facilitator_id == session.group.facilitator_id:
            raise Refused("You lead this session. Let somebody else lead it first.")
        self.give_up(session)

    def give_up(self, session: GroupSession) -> None:
        """Let the place and the part go; leading goes back to whoever looks after the group. `session` is locked."""
        session.let_go(self.person_id)
        if session.facilitator_id == self.person_id:
            session.led_by(session.group.facilitator)
        session.save()
        self.delete()

    # ------------------------------------------------------------ where one writes

    @in_turn
    def write_on_laptop(self, *, by: User) -> None:
        """Write on the laptop of whoever leads, in turn with others. Only for oneself, and taken back at any time.

        Raises Refused for anybody else, for whoever leads, and once the session is closed.
        """
        session = self._require_own(by)
        if by.pk == session.facilitator_id:
            raise Refused("You lead this session, so the laptop is your own page.")
        self.laptop_of = session.facilitator
        self.save(update_fields=["laptop_of"])

    @in_turn
    def write_on_own_page(self, *, by: User) -> None:
        self._require_own(by)
        self.laptop_of = None
        self.save(update_fields=["laptop_of"])

    def _require_own(self, by: User) -> GroupSession:
        session = self.session
        session.require_not_closed()
        if by.pk != self.person_id:
            raise Refused("Each says for themselves where they write.")
        return session

    def require_laptop(self, holder: User) -> None:
        """Raise Refused where this person hasn't said that they write on `holder`'s laptop."""
        if self.laptop_of_id != holder.pk:
            raise Refused(f"{self.person.short_name} writes on a page of their own.")
