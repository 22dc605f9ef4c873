"""A session of a group: who is in it, in which part, and what each says along the Dialogue Structure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from coaching.consultation import CONSULTATION_STEPS, CONVERSATION_STEPS, KEYS, PEERS_NEEDED, Step
from coaching.models.base import Autosaved, Personal, clean_narrative
from coaching.models.group import FEWEST, LOOKS_AFTER, MOST, ON_LIST, SEATED, Group, GroupMember
from coaching.models.meeting import Meeting
from coaching.models.partnership import require_may_supervise
from coaching.wall import Wall, both, either, mine, system
from profiles.models import PracticeProfile
from sopcoach.http import Refused
from sopcoach.models import User
from sopcoach.vault.keyring import Unit, erase

HAS_SEAT = SEATED % ("session_id", "session_id")
"""Those who are in the session, for ever: it is their record."""


class Part(models.TextChoices):
    """What somebody does in a session. Parts go round."""

    PRESENTER = "presenter", "Presenter"
    FACILITATOR = "facilitator", "Facilitator"
    ADVISOR = "advisor", "Advisor"
    OBSERVER = "observer", "Observer"


class GroupSessionQuerySet(models.QuerySet["GroupSession"]):
    def visible_to(self, user: User) -> Self:
        """Everybody on the group's list, and for ever those who took part. The words have fewer readers."""
        on_list = GroupMember.objects.filter(group=models.OuterRef("group"), person=user)
        seat = GroupSeat.objects.filter(session=models.OuterRef("pk"), person=user)
        return self.filter(models.Exists(on_list) | models.Exists(seat))

    def for_list(self) -> Self:
        return self.select_related("profile", "facilitator", "presenter", "advisor").order_by("-number")

    def ahead_of(self, user: User) -> Self:
        """Those that go on now or are planned, each with whether the person `is_in`."""
        seat = GroupSeat.objects.filter(session=models.OuterRef("pk"), person=user)
        rows = self.visible_to(user).filter(closed_at=None).annotate(is_in=models.Exists(seat))
        # whoever isn't in one that has begun has nothing to do there
        return rows.filter(Q(opened_at=None) | Q(is_in=True)).select_related(
            "group", "profile", "facilitator"
        )


class GroupSession(Meeting, Personal):
    """One meeting of a group, on one practice profile; without one it is a plain conversation."""

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
        read=either(ON_LIST, SEATED % ("session_id", "id"), system("counting")),
        insert=LOOKS_AFTER,
        update=ON_LIST,
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
    def title(self) -> str:
        return f"{self.profile.title}, together" if self.profile else "A conversation"

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

    def locked(self) -> "GroupSession":
        """This session as it is now, held until the transaction ends, so that two people's acts come one by one."""
        return GroupSession.objects.select_for_update().get(pk=self.pk)

    # ------------------------------------------------------------ who may

    def require_facilitator(self, by: User) -> None:
        if by.pk != self.facilitator_id:
            raise Refused(f"{self.facilitator.short_name} leads this session, and says how it goes on.")

    def require_open(self) -> None:
        if self.is_closed:
            raise Refused("This session is closed. What was said in it stays as it is.")
        if not self.is_open:
            raise Refused("This session hasn’t begun yet.")

    def require_ahead(self) -> None:
        if self.is_closed:
            raise Refused("This session is closed. What was said in it stays as it is.")
        if self.is_open:
            raise Refused("This session has begun. You can change this before the next one.")

    def seat_of(self, person: User) -> "GroupSeat":
        """The seat of somebody who is in. Raises Refused for anybody else."""
        seat = self.seats.filter(person=person).first()
        if seat is None:
            raise Refused("Only those who are in can do this. Join before the session begins.")
        return seat

    # ------------------------------------------------------------ before it begins

    @classmethod
    @transaction.atomic
    def plan(
        cls,
        group: Group,
        *,
        by: User,
        profile: PracticeProfile | None = None,
        starts_at: datetime | None = None,
    ) -> "GroupSession":
        """Plan the group's next session, on one practice profile, or as a plain conversation without.

        Raises Refused for anybody but the group's facilitator, ValidationError while one is ahead or in the past.
        """
        group.require_facilitator(by)
        require_may_supervise(by)
        Group.objects.select_for_update().get(pk=group.pk)
        if group.sessions.filter(closed_at=None).exists():
            raise ValidationError("This group has a session ahead already. Close that one first.")
        if starts_at and starts_at <= timezone.now():
            raise ValidationError({"day": "Choose a day that is still to come, or leave it open."})
        last = group.sessions.order_by("-number").first()
        session = cls.objects.create(
            group=group,
            number=last.number + 1 if last else 1,
            profile=profile,
            facilitator=by,
            starts_at=starts_at,
        )
        session.join(by=by)
        return session

    @transaction.atomic
    def join(self, *, by: User) -> "GroupSeat":
        """Be in, on the group's terms. Only for oneself; a second click changes nothing.

        Raises Refused for somebody who isn't on the list, when it has begun, and when ten are in.
        """
        session = self.locked()
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
        return GroupSeat.objects.create(session=session, group_id=session.group_id, person=by, place=place)

    @transaction.atomic
    def step_out(self, person: User, *, by: User) -> None:
        """Not this time after all, as long as it hasn't begun. Whoever leads first finds somebody else to.

        Raises Refused for anybody but the person and whoever looks after the group.
        """
        session = self.locked()
        seat = session.seats.filter(person=person).first()
        if seat is None:
            return
        if by.pk not in (person.pk, session.group.facilitator_id):
            raise Refused("Each steps out by themselves.")
        session.require_ahead()
        if person.pk == session.facilitator_id:
            if person.pk == session.group.facilitator_id:
                raise Refused("You lead this session. Let somebody else lead it first.")
            session.facilitator_id = session.group.facilitator_id
        session._let_go(person)
        session.save()
        seat.delete()
        self.refresh_from_db()

    def _let_go(self, person: User) -> None:
        if self.presenter_id == person.pk:
            self.presenter = None
        if self.advisor_id == person.pk:
            self.advisor = None

    @transaction.atomic
    def lead(self, *, by: User) -> None:
        """Take over leading this session, for somebody in it who may supervise: that part goes round as well."""
        session = self.locked()
        session.require_ahead()
        session.seat_of(by)
        require_may_supervise(by)
        session._let_go(by)
        session.facilitator = by
        session.save()
        self.refresh_from_db()

    @transaction.atomic
    def take_part(self, part: Part, *, by: User) -> None:
        """Take a part that nobody has, or go back to observing. Raises Refused for one that somebody has."""
        session = self.locked()
        session.require_ahead()
        session.seat_of(by)
        if by.pk == session.facilitator_id:
            raise Refused("You lead this session. Let somebody else lead it first.")
        holder = {Part.PRESENTER: session.presenter, Part.ADVISOR: session.advisor}.get(part)
        if holder and holder.pk != by.pk:
            raise Refused(
                f"{holder.short_name} has taken that part. Talk about it, and {holder.short_name} can let it go."
            )
        session._let_go(by)
        if part == Part.PRESENTER:
            session.presenter = by
        elif part == Part.ADVISOR:
            session.advisor = by
        session.save()
        self.refresh_from_db()

    @transaction.atomic
    def give_parts(self, *, by: User, presenter: User | None, advisor: User | None) -> None:
        """Say who presents and who advises, as the group has talked it over. The rest observe.

        Raises Refused for anybody but the facilitator, ValidationError for somebody who isn't in, or for one person
        in two parts.
        """
        session = self.locked()
        session.require_facilitator(by)
        session.require_ahead()
        ids = {person.pk for person in session.participants()}
        for name, person in (("presenter", presenter), ("advisor", advisor)):
            if person and person.pk not in ids:
                raise ValidationError({name: "Choose somebody who is in."})
        if presenter and presenter == advisor:
            raise ValidationError({"advisor": "Each takes one part. Choose two people."})
        session.presenter, session.advisor = presenter, advisor
        session.save()
        self.refresh_from_db()

    def why_not_yet(self, participants: int) -> str:
        """Why it can't begin with so many besides the facilitator; an empty text when it can."""
        if not self.is_consultation:
            return "" if participants else "A conversation takes at least two people."
        if participants < FEWEST:
            return f"A consultation takes at least four people besides {self.facilitator.short_name}."
        if self.presenter_id is None:
            return "First somebody brings the question: say who presents."
        return ""

    @transaction.atomic
    def begin(self, *, by: User) -> None:
        """Begin the meeting with those who are in. A second click changes nothing.

        Raises Refused with fewer than four besides the facilitator, or while nobody brings a question.
        """
        session = self.locked()
        session.require_facilitator(by)
        if session.is_open:
            return
        session.require_ahead()
        if reason := session.why_not_yet(len(session.participants())):
            raise Refused(reason)
        session.opened_at = timezone.now()
        session.save()
        self.refresh_from_db()

    # ------------------------------------------------------------ while it goes on

    @transaction.atomic
    def go_to(self, key: str, *, by: User) -> None:
        """Bring everybody to a step; any may be skipped or opened again. What is being typed stays where it is."""
        session = self.locked()
        session.require_facilitator(by)
        session.require_open()
        session.step = session.step_of(key).key
        session.save(update_fields=["step"])
        self.refresh_from_db()

    @transaction.atomic
    def say(self, key: str, *, by: User, field: str, text: str, revision: int) -> "GroupWords":
        """Keep what one person says in a step. The others in the session can read it from now on.

        Raises Refused for whoever isn't in, unless the session is going on, for a step that is the presenter's, and
        for the facilitator before two peers have spoken; StaleError and ValidationError as CoachingSession.say does.
        """
        session, step, seat = self._to_speak(key, by)
        if field not in {one.key for one in step.fields}:
            raise Refused("This step has no such field.")
        row = GroupWords.keep(
            text=clean_narrative(text),
            revision=revision,
            session=session,
            seat=seat,
            step=step.key,
            field=field,
            author=by,
            group_id=session.group_id,
        )
        if row.passed_at and row.text.strip():
            row.passed_at = None
            row.save(update_fields=["passed_at"])
        return row

    @transaction.atomic
    def pass_on(self, key: str, *, by: User) -> None:
        """Say "I pass", which counts as having spoken (product.md, 10). Words that stand already go on standing."""
        session, step, seat = self._to_speak(key, by)
        row = GroupWords.objects.filter(
            session=session, step=step.key, author=by, field=step.fields[0].key
        ).first() or GroupWords(
            session=session,
            group_id=session.group_id,
            seat=seat,
            step=step.key,
            author=by,
            field=step.fields[0].key,
        )
        if row.text.strip():
            raise ValidationError(
                "You have written something here, and it stands. Empty the field if you would rather pass."
            )
        row.passed_at = timezone.now()
        row.save()

    def _to_speak(self, key: str, by: User) -> tuple["GroupSession", Step, "GroupSeat"]:
        session = self.locked()
        session.require_open()
        step = session.step_of(key)
        seat = session.seat_of(by)
        session.require_turn(step, by)
        return session, step, seat

    def require_turn(self, step: Step, by: User, words: "Sequence[GroupWords] | None" = None) -> None:
        """Raise Refused where it isn't this person's turn to write. `words` are the step's, if they are at hand."""
        if step.is_presenters and by.pk != self.presenter_id:
            raise Refused(f"{self.presenter.short_name if self.presenter else 'The presenter'} speaks here.")
        if not step.peers_first or by.pk != self.facilitator_id:
            return
        rows = self.words.filter(step=step.key) if words is None else words
        if any(row.author_id == by.pk for row in rows):
            return  # it has been open before
        missing = self.peers_missing(rows)
        if missing:
            raise Refused(
                "Peers go first. Your field opens once "
                f"{'two of them have' if missing == PEERS_NEEDED else 'one more of them has'} spoken or passed."
            )

    def peers_missing(self, words: "Iterable[GroupWords]") -> int:
        """How many more peers speak in a step before its facilitator does."""
        apart = {self.facilitator_id, self.presenter_id}
        spoken = {row.author_id for row in words if row.has_spoken} - apart
        return max(PEERS_NEEDED - len(spoken), 0)

    @transaction.atomic
    def erase_words(self, *, by: User) -> None:
        """Take back for good what one has said in a session that is closed. That one was in it stays.

        The key of one's part goes as well, so that no copy of it can be read anywhere. Raises Refused for whoever
        wasn't in, and while the session goes on: then a field can be emptied.
        """
        session = self.locked()
        seat = session.seat_of(by)
        if not session.is_closed:
            raise Refused("While the session goes on, you can empty your fields.")
        GroupWords.objects.filter(session=session, author=by).delete()
        transaction.on_commit(lambda: erase([Unit(session.group_id, seat.pk)]))

    @transaction.atomic
    def close(self, *, by: User) -> None:
        """End the meeting, which fixes its words for those who were in it."""
        session = self.locked()
        session.require_facilitator(by)
        session.require_open()
        session.closed_at = timezone.now()
        session.save(update_fields=["closed_at"])
        self.refresh_from_db()


class GroupSeatQuerySet(models.QuerySet["GroupSeat"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and those of one's groups: who is in is known to everybody on the list."""
        on_list = GroupMember.objects.filter(group=models.OuterRef("group"), person=user)
        return self.filter(Q(person=user) | models.Exists(on_list))


class GroupSeat(Personal):
    """Somebody's yes to one session. Made by each for themselves; what they say in it is erased as one."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(GroupSession, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    joined_at = models.DateTimeField(default=timezone.now)

    objects = GroupSeatQuerySet.as_manager()

    wall = Wall(
        read=either(mine("person_id"), ON_LIST, system("counting")),
        insert=both(mine("person_id"), ON_LIST),
        delete=either(mine("person_id"), LOOKS_AFTER),
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


class GroupWordsQuerySet(models.QuerySet["GroupWords"]):
    def visible_to(self, user: User) -> Self:
        """Those who were in the session, and nobody else of the group."""
        seat = GroupSeat.objects.filter(session=models.OuterRef("session"), person=user)
        return self.filter(models.Exists(seat))


class GroupWords(Autosaved):
    """One person's words in one field of one step, or their "I pass"."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(GroupSession, on_delete=models.CASCADE, related_name="words")
    seat = models.ForeignKey(GroupSeat, on_delete=models.CASCADE, related_name="words")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=20, choices=[(key, key) for key in KEYS])
    field = models.CharField(max_length=20)
    passed_at = models.DateTimeField(null=True, blank=True)

    objects = GroupWordsQuerySet.as_manager()

    wall = Wall(
        read=HAS_SEAT,
        insert=both(HAS_SEAT, mine("author_id")),
        update=both(HAS_SEAT, mine("author_id")),
        delete=mine("author_id"),
    )

    class Meta:
        verbose_name_plural = "group words"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "step", "field", "author"], name="group_words_one_author"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step}.{self.field} of {self.session_id}"

    def erasable_unit(self) -> Unit:
        """One person's part in one session."""
        return Unit(self.group_id, self.seat_id)

    @property
    def has_spoken(self) -> bool:
        return self.passed_at is not None or bool(self.text.strip())


@dataclass(frozen=True)
class Suggestion:
    presenter: User | None
    advisor: User | None


def suggest_parts(session: GroupSession, people: Sequence[User], past: Sequence[GroupSession]) -> Suggestion:
    """Whose turn it would be to present and to advise: who hasn't for longest, in the order in which people came.

    `past` are the group's earlier sessions, in any order.
    """

    def last(person: User, part: str) -> int:
        return max((one.number for one in past if getattr(one, f"{part}_id") == person.pk), default=0)

    free = [person for person in people if person.pk != session.facilitator_id]
    presenter = session.presenter or min(
        (person for person in free if person.pk != session.advisor_id),
        key=lambda person: last(person, "presenter"),
        default=None,
    )
    advisor = session.advisor or min(
        (person for person in free if person != presenter),
        key=lambda person: last(person, "advisor"),
        default=None,
    )
    return Suggestion(presenter, advisor)
