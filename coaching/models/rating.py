"""The review: worker first, then supervisor, then both, focus by focus (FAQ, measure; product.md, 4.7).

The order is kept here, not in pages: reflection → a self-rating on each focus → observation → decision →
congratulation. A request out of order is Refused and changes nothing.
"""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from coaching.models.agreement import require_agreement
from coaching.models.base import (
    Autosaved,
    Frozen,
    FrozenQuerySet,
    NarrativeField,
    OwnUnit,
    OwnUnitQuerySet,
    clean_narrative,
    private_keeper,
)
from coaching.models.focus import Focus, by_focus
from coaching.models.orientation import NO_LEVELS
from coaching.models.partnership import Partnership, Seat, content_readers
from coaching.models.release import by_session
from coaching.models.session import CoachingSession
from coaching.wall import (
    BY_SUPERVISOR,
    BY_WORKER,
    IN_CONTENT,
    RELEASED_FOCUS,
    RELEASED_SESSION,
    Wall,
    both,
    either,
    mine,
    system,
)
from profiles.models import LevelDescriptor
from sopcoach.http import Refused
from sopcoach.models import User
from sopcoach.vault.keyring import Unit


class DraftQuerySet(OwnUnitQuerySet["Draft"]):
    def visible_to(self, user: User) -> Self:
        """Its author alone."""
        return self.filter(content_readers(user), author=user)


class Draft(OwnUnit, Autosaved):
    """What one side has put into a form of the session and not shared: words, or a level as its number."""

    WORKER_FIELDS: tuple[str, ...] = ("went_well", "differently")
    WORKER_FOCUS_FIELDS: tuple[str, ...] = ("level", "glimpse", "because")
    SUPERVISOR_FOCUS_FIELDS = ("saw", "try_next")
    EITHER_FIELDS = ("promise", "congratulation")

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="drafts")
    focus = models.ForeignKey(Focus, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    field = models.CharField(max_length=20)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = DraftQuerySet.as_manager()

    wall = Wall(
        read=either(both(IN_CONTENT, mine("author_id")), system("ending", "erasure", "retention")),
        insert=both(IN_CONTENT, mine("author_id")),
        update=both(IN_CONTENT, mine("author_id")),
        delete=either(both(IN_CONTENT, mine("author_id")), system("ending", "erasure", "retention")),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "author", "field"], condition=Q(focus=None), name="draft_once_a_session"
            ),
            models.UniqueConstraint(
                fields=["session", "author", "field", "focus"],
                condition=Q(focus__isnull=False),
                name="draft_once_a_focus",
            ),
        ]

    def __str__(self) -> str:
        return f"Draft of {self.field}"

    def erasable_unit(self) -> Unit:
        return Unit(private_keeper(self.partnership_id, self.author_id), self.pk)

    @classmethod
    @transaction.atomic
    def put(
        cls,
        session: CoachingSession,
        *,
        by: User,
        field: str,
        text: str,
        revision: int,
        focus: Focus | None = None,
    ) -> "Draft":
        """Keep a draft, for its author's eyes; before the meeting as well as in it.

        Raises Refused for a field that isn't `by`'s to write, so a supervisor can't even draft a level before the
        worker has shared one; StaleError and ValidationError as in `CoachingSession.say`.
        """
        session = session.locked()
        session.require_not_closed()
        session.partnership.require_formal()
        seat = session.partnership.seat_of(by)
        if focus is not None:
            focus = _require_in_review(session, focus)
        if field not in cls.EITHER_FIELDS:
            require_agreement(session.partnership)
            cls._require_own(session, seat, field, focus)
        return cls.keep(
            text=clean_narrative(text),
            revision=revision,
            partnership=session.partnership,
            session=session,
            focus=focus,
            field=field,
            author=by,
        )

    @classmethod
    def _require_own(cls, session: CoachingSession, seat: Seat, field: str, focus: Focus | None) -> None:
        if seat.is_worker:
            allowed = cls.WORKER_FIELDS if focus is None else cls.WORKER_FOCUS_FIELDS
        else:
            allowed = () if focus is None else cls.SUPERVISOR_FOCUS_FIELDS
            if field == "level" and focus is not None:
                session.partnership.require_no_orientation(NO_LEVELS)
                if not all_rated(session):
                    raise Refused(f"You can place a level once {seat.other.short_name} has placed theirs.")
                return
        if field not in allowed:
            raise Refused("This field isn’t yours to write.")

    @classmethod
    def drop(cls, session: CoachingSession, *, by: User, field: str, focus: Focus | None = None) -> None:
        """Forget a draft whose words have been shared."""
        cls.objects.filter(session=session, author=by, field=field, focus=focus).delete()


class ReflectionQuerySet(FrozenQuerySet["Reflection"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, since a row exists only once the worker has shared it; a next supervisor with its session."""
        return self.filter(content_readers(user) | by_session(user))


class Reflection(Frozen):
    """What went well and what the worker would do differently, shared."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    session = models.OneToOneField(CoachingSession, on_delete=models.CASCADE, related_name="reflection")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    went_well = NarrativeField(blank=False)
    differently = NarrativeField()
    shared_at = models.DateTimeField(default=timezone.now)

    objects = ReflectionQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_SESSION), insert=both(BY_WORKER, mine("author_id")), delete=BY_WORKER
    )

    def __str__(self) -> str:
        return f"Reflection in {self.session_id}"


class SelfRatingQuerySet(FrozenQuerySet["SelfRating"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, since a row exists only once the worker has shared it; a next supervisor with its aspect."""
        return self.filter(content_readers(user) | by_focus(user))

    def for_list(self) -> Self:
        return self.select_related("descriptor__level", "glimpse__level").order_by("shared_at")


class SelfRating(Frozen):
    """Where the worker says they are, and perhaps a glimpse of work above it. Cites the words it was made against.

    Without a session it is where the worker started on this focus.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(
        CoachingSession, on_delete=models.CASCADE, null=True, blank=True, related_name="self_ratings"
    )
    focus = models.ForeignKey(Focus, on_delete=models.CASCADE, related_name="self_ratings")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    descriptor = models.ForeignKey(LevelDescriptor, on_delete=models.PROTECT, related_name="+")
    glimpse = models.ForeignKey(
        LevelDescriptor, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    because = NarrativeField()
    shared_at = models.DateTimeField(default=timezone.now)

    objects = SelfRatingQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_FOCUS), insert=both(BY_WORKER, mine("author_id")), delete=BY_WORKER
    )

    class Meta:
        ordering = ["shared_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "focus"],
                condition=Q(session__isnull=False),
                name="self_rating_once_a_session",
            ),
            models.UniqueConstraint(
                fields=["focus"], condition=Q(session=None), name="self_rating_one_start"
            ),
            models.CheckConstraint(
                condition=Q(glimpse=None) | ~Q(glimpse=F("descriptor")), name="self_rating_glimpse_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"Self-rating on {self.focus_id}"

    @property
    def level(self) -> int:
        return self.descriptor.level.number

    @property
    def glimpse_level(self) -> int | None:
        return self.glimpse.level.number if self.glimpse else None

    @classmethod
    def _write(
        cls, focus: Focus, *, by: User, level: int, glimpse: int | None, because: str, session=None
    ) -> "SelfRating":
        if glimpse is not None and glimpse <= level:
            raise ValidationError({"glimpse": "“Some of my work” lies above the level you chose."})
        return cls.objects.create(
            partnership=focus.partnership,
            session=session,
            focus=focus,
            author=by,
            descriptor=focus.descriptor_at(level),
            glimpse=focus.descriptor_at(glimpse) if glimpse is not None else None,
            because=clean_narrative(because),
        )

    @classmethod
    @transaction.atomic
    def start(cls, focus: Focus, *, by: User, level: int, because: str = "") -> "SelfRating":
        """Say where one starts on a focus, before a target is set (product.md, 4.5).

        Raises Refused for the supervisor, before an agreement, or the second time.
        """
        focus = Focus.objects.select_for_update().get(pk=focus.pk)
        focus.partnership.require_worker(
            by, "The worker says where they are. You’ll hear it when they share it."
        )
        require_agreement(focus.partnership)
        if not focus.is_active:
            raise Refused("This focus rests. Pick it again to work on it.")
        if cls.objects.filter(focus=focus, session=None).exists():
            raise Refused("You have said where you start on this. You’ll say it anew in each session.")
        return cls._write(focus, by=by, level=level, glimpse=None, because=because)


class ObservationQuerySet(FrozenQuerySet["Observation"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, since a row exists only once the supervisor has shared it; a next one with its aspect."""
        return self.filter(content_readers(user) | by_focus(user))


class Observation(Frozen):
    """What the supervisor saw that fits the goals, what to try next, and optionally a level."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="observations")
    focus = models.ForeignKey(Focus, on_delete=models.CASCADE, related_name="observations")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saw = NarrativeField(blank=False)
    try_next = NarrativeField()
    descriptor = models.ForeignKey(
        LevelDescriptor, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    shared_at = models.DateTimeField(default=timezone.now)

    objects = ObservationQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_FOCUS),
        insert=both(BY_SUPERVISOR, mine("author_id")),
        delete=BY_WORKER,
    )

    class Meta:
        ordering = ["shared_at"]
        constraints = [
            models.UniqueConstraint(fields=["session", "focus"], name="observation_once_a_session")
        ]

    def __str__(self) -> str:
        return f"Observation on {self.focus_id}"

    @property
    def level(self) -> int | None:
        return self.descriptor.level.number if self.descriptor else None


class DecisionQuerySet(FrozenQuerySet["Decision"]):
    def visible_to(self, user: User) -> Self:
        """Both sides; a next supervisor with its aspect."""
        return self.filter(content_readers(user) | by_focus(user))


class Decision(Frozen):
    """What the worker decided on a focus, once both had spoken."""

    class Choice(models.TextChoices):
        CARRY_ON = "carry_on", "Carry on"
        RAISE = "raise", "Raise the target by one"
        NEW_FOCUS = "new_focus", "Pick a new focus"

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="decisions")
    focus = models.ForeignKey(Focus, on_delete=models.CASCADE, related_name="decisions")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=20, choices=Choice)
    decided_at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_FOCUS), insert=both(BY_WORKER, mine("author_id")), delete=BY_WORKER
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "focus"], name="decision_once_a_session")]

    def __str__(self) -> str:
        return f"{self.choice} on {self.focus_id}"


def review_focuses(session: CoachingSession) -> models.QuerySet[Focus]:
    """The focuses that this session reviews: those with a target, at work when it began and not at rest before.

    A focus that is picked or gets its first target in the session itself comes into the next one. In orientation,
    where there are no targets, it is those that were picked before; what the worker has rated stays in its session.
    """
    began = session.opened_at or timezone.now()
    belongs = Q(targets__set_at__lte=began) | Q(self_ratings__session=session)
    if session.partnership.orientation:
        belongs |= Q(opened_at__lte=began)
    return (
        Focus.objects.filter(belongs, partnership=session.partnership)
        .filter(Q(rested_at=None) | Q(rested_at__gt=began))
        .distinct()
    )


def all_rated(session: CoachingSession) -> bool:
    """Whether the worker has shared a self-rating on each focus of this session's review."""
    return not review_focuses(session).exclude(self_ratings__session=session).exists()


def _require_in_review(session: CoachingSession, focus: Focus) -> Focus:
    session.require_review()
    found = review_focuses(session).filter(pk=focus.pk).first()
    if found is None:
        raise Refused("This focus isn’t part of this session’s review.")
    return found


@transaction.atomic
def share_reflection(session: CoachingSession, *, by: User, went_well: str, differently: str) -> Reflection:
    """Share what went well and what the worker would do differently; frozen from then on.

    May be done before the meeting. Raises Refused for the supervisor or the second time, ValidationError without
    something that went well, since reflection opens with what works (FAQ, measure step 1).
    """
    session = session.locked()
    session.require_review()
    session.require_not_closed()
    require_agreement(session.partnership)
    session.partnership.require_worker(by, f"{session.partnership.worker.short_name} looks back first.")
    if Reflection.objects.filter(session=session).exists():
        raise Refused("You have shared this already, and it stays as it is.")
    if not went_well.strip():
        raise ValidationError({"went_well": "Start with something that went well, however small."})
    reflection = Reflection.objects.create(
        partnership=session.partnership,
        session=session,
        author=by,
        went_well=clean_narrative(went_well),
        differently=clean_narrative(differently),
    )
    Draft.objects.filter(session=session, author=by, focus=None).delete()
    return reflection


@transaction.atomic
def share_self_rating(
    session: CoachingSession,
    focus: Focus,
    *,
    by: User,
    level: int,
    glimpse: int | None = None,
    because: str = "",
) -> SelfRating:
    """Share where the worker is on a focus, with an optional glimpse above it; frozen from then on.

    May be done before the meeting. Raises Refused for the supervisor, before the reflection, or the second time.
    """
    session = session.locked()
    session.require_not_closed()
    require_agreement(session.partnership)
    session.partnership.require_worker(
        by, f"{session.partnership.worker.short_name} says where they are. You come after."
    )
    focus = _require_in_review(session, focus)
    if not Reflection.objects.filter(session=session).exists():
        raise Refused("First look back on what went well, then say where you are.")
    if SelfRating.objects.filter(session=session, focus=focus).exists():
        raise Refused("You have shared this already, and it stays as it is.")
    rating = SelfRating._write(focus, by=by, level=level, glimpse=glimpse, because=because, session=session)
    Draft.objects.filter(session=session, author=by, focus=focus).delete()
    return rating


@transaction.atomic
def share_observation(
    session: CoachingSession,
    focus: Focus,
    *,
    by: User,
    saw: str,
    try_next: str = "",
    level: int | None = None,
) -> Observation:
    """Share what the supervisor saw on a focus, what to try next, and optionally a level; frozen from then on.

    Raises Refused for the worker, before the meeting, before the worker has shared a self-rating on each focus, for a
    level in orientation, or the second time; ValidationError without something seen.
    """
    session = session.locked()
    require_agreement(session.partnership)
    worker = session.partnership.worker.short_name
    session.partnership.require_supervisor(by, "This is what your supervisor saw. Yours is your own rating.")
    session.require_open()
    focus = _require_in_review(session, focus)
    if not Reflection.objects.filter(session=session).exists():
        raise Refused(
            f"{worker} hasn’t looked back yet. {worker} goes first; what you wrote is kept for you."
        )
    if not all_rated(session):
        raise Refused(
            f"{worker} hasn’t shared a level on each focus yet. {worker} goes first; what you wrote is kept for you."
        )
    if Observation.objects.filter(session=session, focus=focus).exists():
        raise Refused("You have shared this already, and it stays as it is.")
    if level is not None:
        session.partnership.require_no_orientation(NO_LEVELS)
    if not saw.strip():
        raise ValidationError({"saw": "Write what you saw that fits the goals, however small."})
    observation = Observation.objects.create(
        partnership=session.partnership,
        session=session,
        focus=focus,
        author=by,
        saw=clean_narrative(saw),
        try_next=clean_narrative(try_next),
        descriptor=focus.descriptor_at(level) if level is not None else None,
    )
    Draft.objects.filter(session=session, author=by, focus=focus).delete()
    return observation


@transaction.atomic
def decide(session: CoachingSession, focus: Focus, *, by: User, choice: str) -> Decision:
    """Carry on, raise the target by one, or let the focus rest for a new one; the worker's choice.

    Raises Refused for the supervisor, before both have shared, or the second time; and as `Focus.raise_target`.
    """
    session = session.locked()
    require_agreement(session.partnership)
    supervisor = session.partnership.supervisor.short_name
    session.partnership.require_worker(
        by, f"{session.partnership.worker.short_name} decides what comes next. Ask, and wait."
    )
    session.require_open()
    focus = _require_in_review(session, focus)
    if not Observation.objects.filter(session=session, focus=focus).exists():
        raise Refused(
            f"{supervisor} hasn’t shared what they saw yet. Then you lay both side by side, and decide."
        )
    if Decision.objects.filter(session=session, focus=focus).exists():
        raise Refused("You have decided this already.")
    decision = Decision.objects.create(
        partnership=session.partnership,
        session=session,
        focus=focus,
        author=by,
        choice=Decision.Choice(choice),
    )
    if decision.choice == Decision.Choice.RAISE:
        rating = SelfRating.objects.select_related("descriptor__level").get(session=session, focus=focus)
        focus.raise_target(by=by, reached=rating)
    elif decision.choice == Decision.Choice.NEW_FOCUS:
        focus.rest(by=by)
    return decision
