"""What a session leaves behind: who does what by when."""

from datetime import date, datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.models.base import NarrativeField, Personal, clean_narrative
from coaching.models.draft import DAY, Draft
from coaching.models.locking import in_turn
from coaching.models.meeting import going_on
from coaching.models.partnership import Partnership, content_readers
from coaching.models.release import by_session
from coaching.models.session import CoachingSession
from coaching.models.session_wall import SESSIONS
from coaching.row_security.conditions import BY_WORKER, IN_CONTENT, RELEASED_SESSION, both, either, mine
from coaching.row_security.policy import Wall, change, once
from coaching.rules import spans
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import forget, tell
from sopcoach.models import User
from sopcoach.words import dates
from sopcoach.words.refusal import Refused


class PromiseQuerySet(models.QuerySet["Promise"]):
    def visible_to(self, user: User) -> Self:
        """Both sides; a next supervisor with its session."""
        return self.filter(content_readers(user) | by_session(user))

    def looked_at_in(self, session: CoachingSession) -> Self:
        """What a session opens with: the promises of the one before, and other ones that were still open by then.

        That is when it began, or now for one that is ahead. What was promised later stands in a later one, and what
        was taken on again before stands under its new day alone. In a conversation all count as other ones.
        """
        by_then = session.opened_at or session.closed_at or timezone.now()
        looked_at = Q(kept_at=None) | Q(kept_at__gt=by_then)
        if not session.is_conversation:
            looked_at |= Q(session__number=session.number - 1)
        return (
            self.filter(looked_at, partnership=session.partnership_id, made_at__lte=by_then)
            .exclude(session=session)
            .exclude(taken_on__made_at__lte=by_then)
            .order_by("made_at")
        )


class Promise(Personal):
    """A next step with its keeper and day, written by its keeper and looked at first when the next session opens."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="promises")
    session = models.ForeignKey(CoachingSession, on_delete=models.CASCADE, related_name="promises")
    keeper = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = NarrativeField(blank=False)
    due_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    kept_at = models.DateTimeField(null=True, blank=True)
    taken_on_from = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="taken_on"
    )

    objects = PromiseQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_SESSION),
        insert=both(IN_CONTENT, mine("keeper_id"), going_on(SESSIONS)),
        update=both(IN_CONTENT, mine("keeper_id")),
        delete=either(BY_WORKER, both(IN_CONTENT, mine("keeper_id"), going_on(SESSIONS))),
        changes=(once("kept_at"), change("taken_on_from_id")),
    )

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"Promise of {self.session_id}"

    @property
    def is_taken_on(self) -> bool:
        return getattr(self, "taken_on", None) is not None

    @property
    def is_open(self) -> bool:
        return self.kept_at is None and not self.is_taken_on

    @property
    def is_overdue(self) -> bool:
        return dates.is_over(self.due_on) and self.is_open

    def by_when(self, reader: User) -> str:
        """By when it was promised, as a page says it to either side."""
        return dates.by_when(self.due_on, mine=reader.pk == self.keeper_id)

    def as_it_stood(self, moment: datetime) -> "Promise":
        """This promise, never to be saved, as a page of that moment showed it: what was done later isn't said there."""
        if self.kept_at and self.kept_at > moment:
            self.kept_at = None
        if self.is_taken_on and self.taken_on.made_at > moment:
            self._state.fields_cache["taken_on"] = None
        return self

    @classmethod
    @in_turn
    def make(cls, session: CoachingSession, *, by: User, text: str, due_on: date) -> "Promise":
        """Promise something in a session that is going on. Each promises for themselves alone."""
        promise = cls._make(session, by=by, text=text, due_on=due_on)
        for field in ("promise", DAY):
            Draft.drop(session, by=by, field=field)
        cls._forget_begun(promise)
        return promise

    @staticmethod
    def _forget_begun(promise: "Promise") -> None:
        """What was begun in an earlier meeting and is promised now, word for word, isn't offered again."""
        begun = Draft.objects.filter(
            partnership=promise.partnership, author=promise.keeper, session__closed_at__isnull=False
        )
        words = begun.filter(field="promise")
        made = [row.session_id for row in words if row.text.strip() == promise.text]
        if made:
            begun.filter(session__in=made, field__in=("promise", DAY)).forget()

    @classmethod
    def _make(cls, session: CoachingSession, *, by: User, text: str, due_on: date) -> "Promise":
        session.require_open()
        session.partnership.require_formal()
        session.partnership.require_side(by)
        spans.ahead().require(due_on, DAY)
        text = clean_narrative(text).strip()
        if not text:
            raise ValidationError({"text": "Write what you will do."})
        promise = cls.objects.create(
            partnership=session.partnership, session=session, keeper=by, text=text, due_on=due_on
        )
        tell(by, occasion=Occasion.PROMISE, on=due_on, about=promise.pk, within=session.partnership_id)
        return promise

    def require_keeper(self, by: User) -> None:
        if by.pk != self.keeper_id:
            raise Refused(
                f"This is {self.keeper.short_name}’s promise, so {self.keeper.short_name} says how it went."
            )

    @in_turn
    def keep(self, *, by: User) -> None:
        """Its keeper says that it is done. A second click changes nothing."""
        self.require_keeper(by)
        self.partnership.require_formal()
        if self.is_taken_on:
            raise Refused("This promise goes on under its new day. Tick that one.")
        if self.kept_at is None:
            self.kept_at = timezone.now()
            self.save(update_fields=["kept_at"])
            forget(self.pk)

    @in_turn
    def take_on(self, *, by: User, into: CoachingSession, due_on: date) -> "Promise":
        """Its keeper takes it on again in the session that is going on, with a new day."""
        self.require_keeper(by)
        if not self.is_open:
            raise Refused("This promise is settled already.")
        renewed = Promise._make(into, by=by, text=self.text, due_on=due_on)
        renewed.taken_on_from = self
        renewed.save(update_fields=["taken_on_from"])
        forget(self.pk)
        return renewed

    @in_turn
    def take_back(self, *, by: User) -> None:
        """Its keeper strikes it out again while the session in which it was made is going on."""
        self.require_keeper(by)
        self.partnership.require_formal()
        self.session.require_open()
        forget(self.pk)
        self.delete()
