"""How two people come to work together: one asks, and no answer is a wrong one (product.md, 4.1)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from coaching.models.base import NarrativeField, OwnErasureUnit, OwnErasureUnitQuerySet, clean_narrative
from coaching.models.engagement import begin
from coaching.models.invitation_wall import WALL, WITHDRAWN
from coaching.models.locking import in_turn
from coaching.models.partnership import Engagement, Partnership, Side, random_slug
from coaching.models.who_may import require_begins, require_may_supervise, require_no_administrator
from coaching.rules.spans import meeting_at
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import tell_now
from sopcoach.models import User
from sopcoach.words import dates
from sopcoach.words.refusal import Refused

LAPSES_AFTER = timedelta(days=30)
LAPSED_SHOWN = timedelta(days=7)
"""How long both can still read that it has lapsed."""
MOST_A_DAY = 20
"""Questions of one person: many more than anybody needs, and too few to pester a whole agency with."""


class InvitationQuerySet(OwnErasureUnitQuerySet["Invitation"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, while it is open, a week after it lapsed and 30 days after an answer (product.md, 6 and 10).

        Nobody once it is withdrawn.

        Once the coaching that a yes began has ended, the worker alone, as all that was said in it. No administrator.
        """
        if user.is_administrator:
            return self.none()
        since = timezone.now() - LAPSES_AFTER
        ended = Partnership.objects.filter(slug=OuterRef("slug"), engagement=Engagement.ENDED)
        mine = Q(worker=user) | Q(supervisor=user) & ~Exists(ended)
        return (
            self.filter(mine)
            .filter(Q(answer="", sent_at__gt=since - LAPSED_SHOWN) | Q(answered_at__gt=since))
            .exclude(answer=WITHDRAWN)
        )

    def unanswered(self) -> Self:
        """Open or lapsed."""
        return self.filter(answer="")

    def open(self) -> Self:
        return self.unanswered().filter(sent_at__gt=timezone.now() - LAPSES_AFTER)

    def resting(self, *, asked_by: Side) -> Self:
        """Answered "not now" a short while ago, until the beginning of the day on which it may be asked again: whoever asked doesn't ask again yet, the other may on any day."""
        return self.filter(
            asked_by=asked_by,
            answer=Invitation.Answer.NOT_NOW,
            answered_at__gte=meeting_at(timezone.localdate() + timedelta(days=1), time.min) - LAPSES_AFTER,
        )

    def for_list(self) -> Self:
        return self.select_related("worker", "supervisor").order_by("-sent_at")


class Invitation(OwnErasureUnit):
    """A supervisor's question to a worker, or a worker's to a supervisor. It never creates an account."""

    kept_by: ClassVar[tuple[str, ...]] = ("worker", "supervisor")

    class Answer(models.TextChoices):
        OBSERVING = Engagement.OBSERVING.value, "Observe or shadow"
        TRYING_ON = Engagement.TRYING_ON.value, "Try on"
        FORMAL = Engagement.FORMAL.value, "Formal coaching"
        NOT_NOW = "not_now", "Not now"
        WITHDRAWN = WITHDRAWN, "Withdrawn"

    WISHES = Answer.choices[:3]
    """How far somebody may come in: the worker's choice, whoever asks."""

    slug = models.CharField(max_length=16, unique=True, default=random_slug, editable=False)
    supervisor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_by = models.CharField(max_length=10, choices=Side, default=Side.SUPERVISOR)
    wish = models.CharField(max_length=20, choices=WISHES, blank=True, default="")
    """What a worker who asks would like; a worker who is asked says so by the answer."""
    words = NarrativeField()
    sent_at = models.DateTimeField(default=timezone.now)
    answer = models.CharField(max_length=20, choices=Answer, blank=True, default="")
    answer_words = NarrativeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    wall = WALL

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(supervisor=F("worker")),
                name="invitation_of_two_people",
                violation_error_message="Choose somebody other than yourself.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="invitation_answered_with_a_time",
                violation_error_message="An answer has its time.",
            ),
            models.CheckConstraint(
                condition=Q(asked_by="supervisor", wish="") | Q(asked_by="worker") & ~Q(wish=""),
                name="invitation_of_a_worker_has_a_wish",
                violation_error_message="Say what would suit you.",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.slug}"

    @property
    def is_by_worker(self) -> bool:
        return self.asked_by == Side.WORKER

    @property
    def asker(self) -> User:
        return self.worker if self.is_by_worker else self.supervisor

    @property
    def answerer(self) -> User:
        return self.supervisor if self.is_by_worker else self.worker

    @property
    def lapses_at(self) -> datetime:
        return self.sent_at + LAPSES_AFTER

    @property
    def is_open(self) -> bool:
        return not self.answer and self.lapses_at > timezone.now()

    @property
    def has_lapsed(self) -> bool:
        return not self.answer and not self.is_open

    @property
    def can_begin(self) -> bool:
        """Whether a yes would begin anything: not so once the one who would coach has lost the mark."""
        return self.supervisor.may_supervise

    @property
    def is_yes(self) -> bool:
        """Whether it began a partnership, under its own address."""
        return self.answer not in ("", self.Answer.NOT_NOW, self.Answer.WITHDRAWN)

    def words_of(self, person: User) -> str:
        words: str = self.words if person.pk == self.asker.pk else self.answer_words
        return words

    @property
    def answer_text(self) -> str:
        """The answer as whoever gave it chose it."""
        return dict(self.answers)[self.answer]

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What may be answered: to a worker's wish it is yes or not now, since how far is the worker's choice."""
        if self.is_by_worker:
            return [(self.wish, "Yes, gladly"), (self.Answer.NOT_NOW.value, "Not now")]
        return [*self.WISHES, (self.Answer.NOT_NOW.value, "Not now")]

    @classmethod
    @in_turn
    def send(cls, *, by: User, to: User, words: str = "") -> "Invitation":
        """Ask `to` whether they would like to be coached.

        Raises Refused when `by` may not supervise, ValidationError when the two coach together already, when one has
        asked the other or `to` said "not now" a short while ago, when too many were sent since yesterday, or when the
        words hold an identifier.
        """
        require_may_supervise(by)
        cls._require_room(by, to, sent=cls.objects.filter(supervisor=by, asked_by=Side.SUPERVISOR))
        if Partnership.objects.current().filter(supervisor=by, worker=to).exists():
            raise ValidationError({"to": f"You and {to.short_name} coach together already."})
        between = cls.objects.filter(supervisor=by, worker=to)
        if open_one := between.open().first():
            if open_one.is_by_worker:
                raise ValidationError({"to": f"{to.short_name} has asked you already. Answer that instead."})
            raise ValidationError(
                {"to": f"{to.short_name} has an invitation of yours and hasn’t answered yet."}
            )
        _require_rested(between.resting(asked_by=Side.SUPERVISOR).first(), to)
        return cls.objects.create(supervisor=by, worker=to, words=clean_narrative(words))._told()

    @classmethod
    @in_turn
    def send_to_all(cls, *, by: User, to: Sequence[User], words: str = "") -> "list[Invitation]":
        """Ask several, each on their own: nobody learns who else was asked. All are asked or none."""
        return [cls.send(by=by, to=person, words=words) for person in to]

    @classmethod
    @in_turn
    def ask(cls, *, by: User, to: User, wish: str, words: str = "") -> "Invitation":
        """A worker asks `to` to work with them, and says how far they would like to come in.

        Raises ValidationError when `to` doesn't coach, when the two coach together already, when one has asked the
        other or `to` said "not now" a short while ago, when too many were sent since yesterday, or when the words hold an identifier.
        """
        require_no_administrator(by)
        if not to.may_supervise:
            raise ValidationError(
                {"to": f"{to.short_name} doesn’t coach at the moment. Choose somebody else."}
            )
        cls._require_room(by, to, sent=cls.objects.filter(worker=by, asked_by=Side.WORKER))
        if Partnership.objects.current().filter(supervisor=to, worker=by).exists():
            raise ValidationError({"to": f"You and {to.short_name} coach together already."})
        between = cls.objects.filter(supervisor=to, worker=by)
        if open_one := between.open().first():
            if open_one.is_by_worker:
                raise ValidationError({"to": f"You have asked {to.short_name}, who hasn’t answered yet."})
            raise ValidationError({"to": f"{to.short_name} has invited you already. Answer that instead."})
        _require_rested(between.resting(asked_by=Side.WORKER).first(), to)
        asked = cls(supervisor=to, worker=by, asked_by=Side.WORKER, wish=cls.Answer(wish))
        asked.words = clean_narrative(words)
        asked.save(force_insert=True)
        return asked._told()

    def _told(self) -> "Invitation":
        """Whoever is asked hears of it within a minute, and until when they can answer."""
        tell_now(self.answerer, occasion=Occasion.ASKED, until=dates.local_day(self.lapses_at))
        return self

    @classmethod
    def _require_room(cls, by: User, to: User, *, sent: InvitationQuerySet) -> None:
        if by == to:
            raise ValidationError({"to": "Choose somebody other than yourself."})
        if not to.is_active:
            raise ValidationError({"to": "This person has no active account."})
        if to.is_administrator:
            raise ValidationError(
                {
                    "to": f"{to.short_name} looks after accounts here, and coaches with nobody under this account. "
                    "Choose somebody else."
                }
            )
        if sent.filter(sent_at__gt=timezone.now() - timedelta(days=1)).count() >= MOST_A_DAY:
            raise ValidationError(f"You have sent {MOST_A_DAY} invitations since yesterday. Go on tomorrow.")

    def require_answerable(self, by: User) -> None:
        """Raise Refused for anybody but the one who was asked, for an administrator, or when it is answered or lapsed."""
        require_no_administrator(by)
        if by.pk != self.answerer.pk:
            raise Refused(f"Only {self.answerer.short_name} can answer this.")
        require_no_administrator(self.answerer)  # as they are now, where it is their turn
        if self.has_lapsed:
            asker = self.asker.short_name
            raise Refused(
                f"This lapsed on {dates.day(self.lapses_at)}, so nothing was answered. {asker} can ask you again, "
                f"and you can ask {asker}, on any day."
            )
        if not self.is_open:
            raise Refused("This has been answered already, or was withdrawn.")

    @in_turn
    def reply(
        self, *, by: User, answer: str, words: str = "", until: date | None = None
    ) -> "Partnership | None":
        """Record the answer; each of the three kinds of yes begins the partnership under the same address.

        `until` is the check-in day of somebody who tries on. Raises Refused as `require_answerable`, when the two
        coach together meanwhile, or for a yes where the one who would coach has lost the mark since; ValidationError for another answer, for a day that can't be, or an identifier.
        """
        self.require_answerable(by)
        if answer not in dict(self.answers):
            raise ValidationError({"answer": "Choose one of these. Each is a good answer."})
        if answer != self.Answer.NOT_NOW:
            require_begins(self.supervisor, by=by)
        self.answer = self.Answer(answer)
        self.answer_words = clean_narrative(words)
        self.answered_at = timezone.now()
        self.save()
        if self.answer == self.Answer.NOT_NOW:
            return None
        if self.asker.is_administrator:
            raise Refused(f"{self.asker.short_name} looks after accounts here now, and coaches with nobody.")
        pair = {"worker": self.worker, "supervisor": self.supervisor}
        if Partnership.objects.current().filter(**pair).exists():
            raise Refused("You work together already.")
        return begin(**pair, slug=self.slug, engagement=Engagement(answer), until=until)


def _require_rested(declined: Invitation | None, to: User) -> None:
    again = (declined.answered_at or declined.sent_at) + LAPSES_AFTER if declined else None
    if again and dates.local_day(again) > timezone.localdate():
        raise ValidationError(
            {
                "to": f"{to.short_name} said “not now” a short while ago, and can ask you on any day. You can ask again from {dates.day(again)}."
            }
        )
