"""A session of a group: its steps, its parts, and how it is planned, led and closed."""

from datetime import timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coaching.dialogue.consultation import CONSULTATION_STEPS, CONVERSATION_STEPS, KEYS, Step
from coaching.groups.models.group import (
    BY_ITS_FACILITATOR,
    FEWEST,
    HANDOVER,
    LOOKS_AFTER,
    ON_LIST,
    Group,
    GroupMember,
)
from coaching.groups.models.parts import Part
from coaching.models.base import Personal, rows_behind
from coaching.models.locking import in_turn
from coaching.models.meeting import Meeting
from coaching.models.who_may import require_may_supervise
from coaching.row_security.conditions import COACH, ME, both, either, exists, mine, system
from coaching.row_security.memberships import SEATED_SESSIONS, within
from coaching.row_security.policy import Wall, change, once
from profiles.models import PracticeProfile
from sopcoach.models import User
from sopcoach.words.refusal import Refused

LISTENING = timedelta(hours=2)
DAY_OR_NONE = "Choose a day that is still to come, or leave it open."
_SEATED = within("id", SEATED_SESSIONS)
_AHEAD = "{old}.opened_at IS NULL AND {old}.closed_at IS NULL"
_BY_LEADER = either(f"{{old}}.facilitator_id = {ME}", LOOKS_AFTER, system(HANDOVER))
_LEADS = both(
    mine("facilitator_id"),
    either(_SEATED, LOOKS_AFTER),
    exists("sopcoach_user u", f"u.id = {COACH} AND u.may_supervise"),
)


def _own_part(column: str) -> str:
    """Taken where nobody has it, or let go."""
    return f"{ME} = coalesce({{old}}.{column}, {ME}) AND {ME} = coalesce({{t}}.{column}, {ME})"


def title_with(profile: str | None) -> str:
    return f"{profile}, together" if profile else "A conversation"


class GroupSessionQuerySet(models.QuerySet["GroupSession"]):
    def visible_to(self, user: User) -> Self:
        """Everybody on the group's list, and for ever those who took part, but no administrator. The words have fewer
        readers."""
        if user.is_administrator:
            return self.none()
        on_list = GroupMember.objects.filter(group=models.OuterRef("group"), person=user)
        seat = rows_behind(self.model, "seats").filter(session=models.OuterRef("pk"), person=user)
        return self.filter(models.Exists(on_list) | models.Exists(seat))

    def for_list(self) -> Self:
        return self.select_related("profile", "facilitator", "presenter", "advisor").order_by("-number")

    def ahead_of(self, user: User) -> Self:
        """Those that go on now or are planned, each with whether the person `is_in`."""
        seat = rows_behind(self.model, "seats").filter(session=models.OuterRef("pk"), person=user)
        rows = self.visible_to(user).filter(closed_at=None).annotate(is_in=models.Exists(seat))
        # whoever isn't in one that has begun has nothing to do there
        return rows.filter(Q(opened_at=None) | Q(is_in=True))


class GroupSession(Meeting, Personal):
    """One meeting of a group, on one practice profile; without one it is a plain conversation."""

    kept_by: ClassVar[tuple[str, ...]] = ("group",)

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    profile = models.ForeignKey(
        PracticeProfile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    facilitator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    presenter = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    advisor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=20, default=KEYS[0], choices=[(key, key) for key in KEYS])

    objects = GroupSessionQuerySet.as_manager()

    wall = Wall(
        read=either(ON_LIST, _SEATED, system("counting", HANDOVER, "marking", "reminding")),
        insert=both(LOOKS_AFTER, mine("facilitator_id")),
        update=either(ON_LIST, system(HANDOVER)),
        changes=(
            change("facilitator_id", when=both(_AHEAD, either(_LEADS, both(_BY_LEADER, BY_ITS_FACILITATOR)))),
            change("presenter_id", when=both(_AHEAD, either(_BY_LEADER, _own_part("presenter_id")))),
            change("advisor_id", when=both(_AHEAD, either(_BY_LEADER, _own_part("advisor_id")))),
            once("opened_at", when=mine("facilitator_id")),
            once("closed_at", when=either(mine("facilitator_id"), system(HANDOVER))),
            change("step", when=both(mine("facilitator_id"), "{old}.closed_at IS NULL")),
        ),
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="group_session_number_once"),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(closed_at=None),
                name="group_session_one_ahead",
                violation_error_message="The session before this one is still to be closed.",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(opened_at__isnull=False),
                name="group_session_closed_after_opening",
            ),
            models.CheckConstraint(
                condition=(Q(presenter=None) | ~Q(presenter=F("facilitator")))
                & (Q(advisor=None) | ~Q(advisor=F("facilitator")))
                & (Q(presenter=None) | Q(advisor=None) | ~Q(presenter=F("advisor"))),
                name="group_session_one_part_each",
                violation_error_message="Each takes one part.",
            ),
        ]

    def __str__(self) -> str:
        return f"Session {self.number} of {self.group_id}"

    # ------------------------------------------------------------ what it is

    @property
    def is_consultation(self) -> bool:
        return self.profile_id is not None

    @property
    def longest(self) -> timedelta:
        return LISTENING

    @property
    def title(self) -> str:
        return title_with(self.profile.title if self.profile else None)

    @property
    def steps(self) -> tuple[Step, ...]:
        return CONSULTATION_STEPS if self.is_consultation else CONVERSATION_STEPS

    def step_of(self, key: str) -> Step:
        """The step of that name. Raises Refused for one that this session doesn't have."""
        for step in self.steps:
            if step.key == key:
                return step
        raise Refused("This session has no such step.")

    @property
    def current(self) -> Step:
        return self.step_of(self.step)

    def neighbours(self, step: Step) -> tuple[Step | None, Step | None]:
        place = self.steps.index(step)
        before = self.steps[place - 1] if place else None
        after = self.steps[place + 1] if place + 1 < len(self.steps) else None
        return before, after

    def part_of(self, person: User) -> Part:
        holders = {
            self.facilitator_id: Part.FACILITATOR,
            self.presenter_id: Part.PRESENTER,
            self.advisor_id: Part.ADVISOR,
        }
        return holders.get(person.pk, Part.OBSERVER)

    def people(self) -> list[User]:
        """Everybody who is in, in the order in which they came."""
        return [seat.person for seat in self.seats.select_related("person")]

    def participants(self) -> list[User]:
        """Those who are in, without the one who leads (product.md, 10)."""
        return [person for person in self.people() if person.pk != self.facilitator_id]

    # ------------------------------------------------------------ who may

    def require_facilitator(self, by: User) -> None:
        if by.pk != self.facilitator_id:
            raise Refused(f"{self.facilitator.short_name} leads this session, and says how it goes on.")

    def seat_of(self, person: User) -> Any:
        """The seat of somebody who is in. Raises Refused for anybody else."""
        seat = self.seats.filter(person=person).first()
        if seat is None:
            raise Refused("Only those who are in can do this. Join before the session begins.")
        return seat

    # ------------------------------------------------------------ before it begins

    def let_go(self, person_id: int) -> None:
        """Nobody has this person's part now. Not saved yet."""
        if self.presenter_id == person_id:
            self.presenter = None
        if self.advisor_id == person_id:
            self.advisor = None

    def led_by(self, person: User) -> None:
        """Somebody else leads, and has no other part. Not saved yet."""
        self.let_go(person.pk)
        self.facilitator = person

    @in_turn
    def lead(self, *, by: User) -> None:
        """Take over leading this session, for somebody in it who may supervise: that part goes round as well."""
        self.require_ahead()
        self.seat_of(by)
        require_may_supervise(by)
        self.led_by(by)
        self.save()

    @in_turn
    def take_part(self, part: Part, *, by: User) -> None:
        """Take a part that nobody has, or go back to observing. Raises Refused for one that somebody has."""
        self.require_ahead()
        self.seat_of(by)
        if by.pk == self.facilitator_id:
            raise Refused("You lead this session. Let somebody else lead it first.")
        holder = {Part.PRESENTER: self.presenter, Part.ADVISOR: self.advisor}.get(part)
        if holder and holder.pk != by.pk:
            raise Refused(
                f"{holder.short_name} has taken that part. Talk about it, and {holder.short_name} can let it go."
            )
        self.let_go(by.pk)
        if part == Part.PRESENTER:
            self.presenter = by
        elif part == Part.ADVISOR:
            self.advisor = by
        self.save()

    @in_turn
    def give_parts(self, *, by: User, presenter: User | None, advisor: User | None) -> None:
        """Say who presents and who advises, as the group has talked it over. The rest observe.

        Raises Refused for anybody but the facilitator, ValidationError for somebody who isn't in, or for one person
        in two parts.
        """
        self.require_facilitator(by)
        self.require_ahead()
        ids = {person.pk for person in self.participants()}
        for name, person in (("presenter", presenter), ("advisor", advisor)):
            if person and person.pk not in ids:
                raise ValidationError({name: "Choose somebody who is in."})
        if presenter and presenter == advisor:
            raise ValidationError({"advisor": "Each takes one part. Choose two people."})
        self.presenter, self.advisor = presenter, advisor
        self.save()

    def why_not_yet(self, participants: int) -> str:
        """Why it can't begin with so many besides the facilitator; an empty text when it can."""
        if not self.is_consultation:
            return "" if participants else "A conversation takes at least two people."
        if participants < FEWEST:
            return f"A consultation takes at least four people besides {self.facilitator.short_name}."
        if self.presenter_id is None:
            return "First somebody brings the question: say who presents."
        return ""

    @in_turn
    def begin(self, *, by: User) -> None:
        """Begin the meeting with those who are in. A second click changes nothing.

        Raises Refused with fewer than four besides the facilitator, while nobody brings a question, and for a
        facilitator who hasn't said yes themselves.
        """
        self.require_facilitator(by)
        if self.is_open:
            return
        self.require_ahead()
        self.seat_of(by)
        if reason := self.why_not_yet(len(self.participants())):
            raise Refused(reason)
        self.opened_at = timezone.now()
        self.save()

    # ------------------------------------------------------------ while it goes on

    @in_turn
    def go_to(self, key: str, *, by: User) -> None:
        """Bring everybody to a step; any may be skipped or opened again. What is being typed stays where it is."""
        self.require_facilitator(by)
        self.require_open()
        self.step = self.step_of(key).key
        self.save(update_fields=["step"])

    @in_turn
    def close(self, *, by: User) -> None:
        """End the meeting, which fixes its words for those who were in it."""
        self.require_facilitator(by)
        self.require_open()
        self.closed_at = timezone.now()
        self.save(update_fields=["closed_at"])
