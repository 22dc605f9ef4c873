"""What each says in a session of a group: in their own field, and peers before whoever leads."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from coaching.dialogue.consultation import KEYS, Step
from coaching.groups.models.group import Group
from coaching.groups.models.seat import GROUP_SESSIONS, HAS_SEAT, GroupSeat
from coaching.groups.models.session import GroupSession
from coaching.groups.peers_first import field_opens, peers_missing
from coaching.models.base import Autosaved, SpokenQuerySet, clean_narrative
from coaching.models.locking import in_turn
from coaching.models.meeting import going_on, just_closed
from coaching.row_security.conditions import ME, both, either, exists, mine
from coaching.row_security.policy import Wall, change
from sopcoach.models import User
from sopcoach.vault.keyring import ErasureUnit, erase
from sopcoach.words.refusal import Refused

AT_MY_LAPTOP = exists(
    "coaching_groupseat lent",
    "lent.id = {t}.seat_id AND lent.session_id = {t}.session_id AND lent.person_id = {t}.author_id"
    f" AND lent.laptop_of_id = {ME}",
)
"""Its author has said that they write on the reader's laptop."""
_IN_MY_SEAT = exists(
    "coaching_groupseat own",
    f"own.id = {{t}}.seat_id AND own.session_id = {{t}}.session_id AND own.person_id = {ME}",
)
BY_AUTHOR = both(
    HAS_SEAT,
    either(both(_IN_MY_SEAT, mine("author_id")), both(AT_MY_LAPTOP, mine("laptop_of_id"))),
    either(going_on(GROUP_SESSIONS), just_closed(GROUP_SESSIONS)),
)


class GroupWordsQuerySet(SpokenQuerySet["GroupWords"]):
    def visible_to(self, user: User) -> Self:
        """Those who were in the session, and nobody else of the group; no administrator."""
        if user.is_administrator:
            return self.none()
        seat = GroupSeat.objects.filter(session=models.OuterRef("session"), person=user)
        return self.filter(models.Exists(seat))


class GroupWords(Autosaved):
    """One person's words in one field of one step, or their "I pass"."""

    kept_by: ClassVar[tuple[str, ...]] = ("group",)

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey("coaching.GroupSession", on_delete=models.CASCADE, related_name="words")
    seat = models.ForeignKey(GroupSeat, on_delete=models.CASCADE, related_name="words")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=20, choices=[(key, key) for key in KEYS])
    field = models.CharField(max_length=20)
    said_at = models.DateTimeField(default=timezone.now)
    """When its author first spoke here, or passed: words stand in that order, however often they are mended."""
    passed_at = models.DateTimeField(null=True, blank=True)
    laptop_of = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    """On whose laptop they were last written as it went round, its owner's own as well; nobody's where the author wrote
    on a page of their own (ADR 12)."""

    objects = GroupWordsQuerySet.as_manager()

    wall = Wall(
        read=HAS_SEAT,
        insert=BY_AUTHOR,
        update=BY_AUTHOR,
        delete=mine("author_id"),
        changes=(change("text", "revision", "saved_at", "passed_at", "laptop_of_id"),),
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

    def erasure_unit(self) -> ErasureUnit:
        """One person's part in one session."""
        return ErasureUnit(self.group_id, self.seat_id)

    @property
    def has_spoken(self) -> bool:
        return self.passed_at is not None or bool(self.text.strip())

    @classmethod
    @in_turn
    def say(
        cls,
        session: GroupSession,
        key: str,
        *,
        by: User,
        field: str,
        text: str,
        revision: int,
        laptop_of: User | None = None,
    ) -> "GroupWords":
        """Keep what one person says in a step. The others in the session can read it from now on.

        `by` is always the author; `laptop_of` is whose laptop goes round where they write, which its owner writes on as well.

        Raises Refused for whoever isn't in, unless the session is going on or was closed only just now (LAST_WORDS), for a step that is the presenter's, for
        the facilitator before two peers have spoken, and for a laptop that the author doesn't write on; StaleError
        and ValidationError as CoachingSession.say does.
        """
        place: dict[str, Any] = {"session": session, "step": key, "field": field, "author": by}
        if not session.takes_words and not cls.stands(text, **place):
            session.require_open()
        step, seat = cls._to_speak(session, key, by, laptop_of)
        if field not in {one.key for one in step.fields}:
            raise Refused("This step has no such field.")
        row = cls.keep(
            text=clean_narrative(text),
            revision=revision,
            also={"laptop_of": laptop_of},
            seat=seat,
            group_id=session.group_id,
            **place,
        )
        if row.passed_at and row.text.strip():
            row.passed_at = None
            row.save(update_fields=["passed_at"])
        return row

    @classmethod
    @in_turn
    def pass_on(cls, session: GroupSession, key: str, *, by: User, laptop_of: User | None = None) -> None:
        """Say "I pass", which counts as having spoken (product.md, 10). Words that stand already go on standing."""
        session.require_open()
        step, seat = cls._to_speak(session, key, by, laptop_of)
        place: dict[str, Any] = {
            "session": session,
            "step": step.key,
            "author": by,
            "field": step.fields[0].key,
        }
        row = cls.objects.filter(**place).first() or cls(group_id=session.group_id, seat=seat, **place)
        if row.text.strip():
            raise ValidationError(
                "You have written something here, and it stands. Empty the field if you would rather pass."
            )
        row.passed_at = timezone.now()
        row.laptop_of = laptop_of
        row.save()

    @staticmethod
    def _to_speak(
        session: GroupSession, key: str, by: User, laptop_of: User | None
    ) -> tuple[Step, GroupSeat]:
        step = session.step_of(key)
        seat = session.seat_of(by)
        if laptop_of and laptop_of != by:
            session.seat_of(laptop_of)
            seat.require_laptop(laptop_of)
        require_turn(session, step, by)
        return step, seat

    @classmethod
    @in_turn
    def erase_of(cls, session: GroupSession, *, by: User) -> None:
        """Take back for good what one has said in a session that is closed. That one was in it stays.

        The key of one's part goes as well, so that no copy of it can be read anywhere. Raises Refused for whoever
        wasn't in, and while the session goes on: then a field can be emptied.
        """
        seat = session.seat_of(by)
        if not session.is_closed:
            raise Refused("While the session goes on, you can empty your fields.")
        cls.objects.filter(session=session, author=by).delete()
        transaction.on_commit(lambda: erase([ErasureUnit(session.group_id, seat.pk)]))


def require_turn(
    session: GroupSession, step: Step, by: User, words: Sequence[GroupWords] | None = None
) -> None:
    """Raise Refused where it isn't this person's turn to write. `words` are the step's, if they are at hand."""
    if step.is_presenters and by.pk != session.presenter_id:
        raise Refused(
            f"{session.presenter.short_name if session.presenter else 'The presenter'} speaks here."
        )
    if not step.peers_first or by.pk != session.facilitator_id:
        return
    rows = session.words.filter(step=step.key) if words is None else words
    if any(row.author_id == by.pk for row in rows):
        return  # it has been open before
    missing = peers_missing(rows, besides={session.facilitator_id, session.presenter_id})
    if missing:
        raise Refused(field_opens(missing))
