"""How a view finds the group and the session it is in, and what its reader is there."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.shortcuts import get_object_or_404

from coaching.dialogue.consultation import Step
from coaching.groups.models import Group, GroupSeat, GroupSession
from coaching.groups.models.parts import Part
from sopcoach.models import User
from sopcoach.requests.typed import HttpRequest
from sopcoach.sign_in import idle
from sopcoach.words.refusal import Refused
from sopcoach.words.wording import spelled


@dataclass(frozen=True)
class Attendee:
    """Somebody who is in, with the part they take."""

    person: User
    part: Part
    is_me: bool


@dataclass(frozen=True)
class Room:
    """A session of a group as one person sees it."""

    session: GroupSession
    me: User
    seats: list[GroupSeat]

    @property
    def group(self) -> Group:
        return self.session.group

    @cached_property
    def attendees(self) -> list[Attendee]:
        return [
            Attendee(seat.person, self.session.part_of(seat.person), seat.person_id == self.me.pk)
            for seat in self.seats
        ]

    @property
    def people(self) -> list[User]:
        return [seat.person for seat in self.seats]

    @property
    def participants(self) -> list[User]:
        return [person for person in self.people if person.pk != self.session.facilitator_id]

    @property
    def observers(self) -> list[Attendee]:
        return [one for one in self.attendees if one.part is Part.OBSERVER]

    @cached_property
    def my_seat(self) -> GroupSeat | None:
        return next((seat for seat in self.seats if seat.person_id == self.me.pk), None)

    @property
    def my_part(self) -> Part | None:
        return self.session.part_of(self.me) if self.my_seat else None

    @property
    def my_part_text(self) -> str:
        return {
            Part.PRESENTER: "You present today",
            Part.FACILITATOR: "You lead today",
            Part.ADVISOR: "You’re the advisor today",
            Part.OBSERVER: "You observe today",
        }[self.my_part or Part.OBSERVER]

    @property
    def at_my_laptop(self) -> list[GroupSeat]:
        """Those who have said that they write on the reader's laptop."""
        return [seat for seat in self.seats if seat.laptop_of_id == self.me.pk]

    @property
    def my_laptop(self) -> User | None:
        """On whose laptop the reader writes, as long as that person is in."""
        lender = self.my_seat.laptop_of_id if self.my_seat else None
        return next((seat.person for seat in self.seats if seat.person_id == lender), None)

    @property
    def leads(self) -> bool:
        return self.session.facilitator_id == self.me.pk

    @property
    def is_ready(self) -> bool:
        """Whether the session could begin now; the verb has the last word."""
        return self.session.why_not_yet(len(self.participants)) == ""

    @property
    def spelled(self) -> str:
        return spelled(len(self.seats))

    @property
    def readers(self) -> str:
        return (
            f"Only the {self.spelled} of you can read this page. Nothing in it enters anybody’s own record."
        )

    def require_seat(self) -> None:
        if self.my_seat is None:
            raise Refused("Only those who are in this session can read what is said in it.")

    def step_or_404(self, key: str) -> Step:
        try:
            return self.session.step_of(key)
        except Refused as error:
            raise Http404 from error


def group_or_404(request: HttpRequest, slug: str) -> Group:
    """One of the reader's groups. To everybody else there is none (product.md, 6)."""
    return get_object_or_404(Group.objects.visible_to(request.user).for_list(), slug=slug)


def room_or_404(request: HttpRequest, slug: str, number: int) -> Room:
    sessions = GroupSession.objects.visible_to(request.user).select_related(
        "group__facilitator", "facilitator", "presenter", "advisor", "profile"
    )
    session = get_object_or_404(sessions, group__slug=slug, number=number)
    return room_of(request, session)


def room_of(request: HttpRequest, session: GroupSession) -> Room:
    """While the session goes on, whoever is in it and has it open counts as being there (sopcoach.sign_in.idle)."""
    seats = GroupSeat.objects.visible_to(request.user).filter(session=session).select_related("person")
    room = Room(session, request.user, list(seats))
    if room.my_seat and session.is_open:
        idle.stay(request, session)
    return room
