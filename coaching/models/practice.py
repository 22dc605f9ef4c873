"""Practice between sessions: +1 on a goal, with an optional line that stays the worker's own (product.md, 4.6)."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property

from coaching.models.agreement import require_agreement
from coaching.models.base import (
    NarrativeField,
    OwnErasureUnit,
    OwnErasureUnitQuerySet,
    Personal,
    clean_narrative,
    private_keeper,
)
from coaching.models.focus import by_focus
from coaching.models.goal import Goal
from coaching.models.locking import in_turn, in_turn_unheard
from coaching.models.partnership import Partnership, content_readers
from coaching.models.session import CoachingSession
from coaching.row_security.conditions import (
    BY_WORKER,
    IN_CONTENT,
    RELEASED_ENTRY,
    RELEASED_GOAL,
    both,
    either,
    exists,
    mine,
)
from coaching.row_security.policy import Wall, change
from coaching.rules import spans
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import tell
from sopcoach.models import User
from sopcoach.models.written import once
from sopcoach.vault.keyring import ErasureUnit
from sopcoach.words.refusal import Refused

LINE_LIMIT = 500
LONGEST_WAIT = timedelta(days=7)
"""How long a +1 may have waited on a phone without a signal."""

LOOKED_AT = exists(
    "coaching_coachingsession s",
    f"s.partnership_id = {{t}}.partnership_id AND s.kind = '{CoachingSession.Kind.PROGRESS}'"
    " AND s.closed_at > {t}.noted_at AND s.opened_at < s.closed_at",
)
"""That a review was held after the entry was noted: since then it stays as it is."""
_ENTRY_IS_OPEN = exists(
    "coaching_practiceentry e", f"e.id = {{t}}.entry_id AND NOT {LOOKED_AT.replace('{t}', 'e')}"
)


class PracticeEntryQuerySet(models.QuerySet["PracticeEntry"]):
    def visible_to(self, user: User) -> Self:
        """Both sides in formal coaching, a next supervisor with its aspect: that the practice was used, and when."""
        return self.filter(content_readers(user) | by_focus(user, "goal__focus"))

    def for_list(self) -> Self:
        return self.select_related("goal__focus__aspect__profile", "partnership__supervisor").order_by(
            "-noted_at"
        )

    def with_looked_at(self) -> Self:
        """With `is_looked_at` of each, in the same query."""
        reviews = reviews_after(OuterRef("noted_at")).filter(partnership=OuterRef("partnership"))
        return self.annotate(is_looked_at=Exists(reviews))


class PracticeEntry(Personal):
    """The worker's note that they used the practice once. Counts towards a goal, never towards a level."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="entries")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    client_key = models.UUIDField(default=uuid.uuid4)
    practised_on = models.DateField()
    noted_at = models.DateTimeField(default=timezone.now)

    objects = PracticeEntryQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_GOAL),
        insert=both(BY_WORKER, mine("worker_id")),
        update=both(BY_WORKER, mine("worker_id")),
        delete=BY_WORKER,
        changes=(change("practised_on", when=f"NOT {LOOKED_AT}"),),
    )

    class Meta:
        ordering = ["noted_at"]
        verbose_name_plural = "practice entries"
        constraints = [
            models.UniqueConstraint(fields=["worker", "client_key"], name="practice_entry_sent_once")
        ]

    def __str__(self) -> str:
        return f"Entry for {self.goal_id}"

    @classmethod
    @in_turn
    def note(
        cls,
        goal: Goal,
        *,
        by: User,
        client_key: uuid.UUID,
        practised_on: date | None = None,
        made_at: datetime | None = None,
    ) -> "PracticeEntry":
        """Count one use. `client_key` is made in the browser: sending it twice counts once (product.md, 10).

        `made_at` is when it was tapped, by the clock of a phone that had no signal then: it counts for that day.

        Raises Refused for the supervisor, for a goal let go or reached, before an agreement, and for what has waited
        for more than a week; NotNow in a pause; ValidationError for a day before the goal was set, or one to come.
        """
        goal.partnership.require_worker(by, "Only the worker notes what they tried.")
        known = next(iter(once(_sent_as, None, [by.pk, uuid.UUID(str(client_key))])), None)
        if known:
            return known
        noted_at = moment_of(made_at, since=goal.set_at)
        require_agreement(goal.partnership)
        rested_at, done = next(iter(once(_counted, None, [goal.pk])))
        if goal.put_down_at or rested_at:
            raise Refused("This goal rests. Set a new one to go on counting.")
        if done >= goal.count:
            raise Refused("This goal is reached. Set a new one to go on counting.")
        day = spans.since(goal.set_at, "Choose a day since you set this goal.").require(
            practised_on or timezone.localdate(noted_at), "practised_on"
        )
        entry = cls.objects.create(
            partnership=goal.partnership,
            goal=goal,
            worker=by,
            client_key=client_key,
            practised_on=day,
            noted_at=noted_at,
        )
        if made_at is None:
            entry.is_looked_at = False  # no review can have been held since this very moment
        return entry

    @cached_property
    def is_looked_at(self) -> bool:
        """Whether a review was held since it was noted: until then it can be undone, dated and given its line."""
        return reviews_after(self.noted_at).filter(partnership=self.partnership_id).exists()

    def _require_open(self) -> None:
        if self.is_looked_at:
            raise Refused("You have looked at this in a review since, so it stays as it is.")

    @in_turn
    def undo(self, *, by: User) -> None:
        """Take an entry back, with its line, until a review has looked at it."""
        self.partnership.require_worker(by, "Only the worker takes an entry back.")
        self._require_open()
        EntryLine.objects.filter(entry=self).delete()
        self.delete()

    @in_turn
    def say_when(self, *, by: User, practised_on: date) -> None:
        """Say on which day it was: today, or an earlier one since the goal was set, until a review has looked at it.

        Raises Refused for the supervisor and afterwards, ValidationError for any other day.
        """
        self.partnership.require_worker(by, "Only the worker says when it was.")
        self.partnership.require_formal()
        self._require_open()
        since = spans.since(self.goal.set_at, "Choose a day since you set this goal.")
        self.practised_on = since.require(practised_on, "practised_on")
        self.save(update_fields=["practised_on"])

    @in_turn_unheard
    def write_line(self, *, by: User, text: str, share: bool) -> "EntryLine":
        """Add a line of reflection, kept to oneself unless `share`. Shared words stay as they are.

        Raises Refused for the supervisor, over a shared line, and once a review has looked at the entry;
        ValidationError for an empty line or an identifier.
        """
        self.partnership.require_worker(by, "Only the worker writes here.")
        self.partnership.require_formal()
        self._require_open()
        text = clean_narrative(text, limit=LINE_LIMIT).strip()
        if not text:
            raise ValidationError({"line": "Write a line first, or leave it."})
        line = EntryLine.objects.filter(entry=self).first() or EntryLine(
            partnership=self.partnership, entry=self, author=by
        )
        if line.shared_at and line.text == text:
            return line  # it came twice
        if line.shared_at:
            raise Refused("You have shared this line, and it stays as it is.")
        line.text = text
        line.shared_at = timezone.now() if share else None
        line.save()
        if share:
            tell(self.partnership.supervisor_id, occasion=Occasion.SHARED)
        return line


def _sent_as(_: User, keys: Sequence[Any]) -> models.QuerySet[PracticeEntry]:
    worker, client_key = keys
    return PracticeEntry.objects.filter(worker=worker, client_key=client_key)


def _counted(_: User, goals: Sequence[Any]) -> models.QuerySet[Goal, Any]:
    """When the focus of a goal was laid to rest, and how often the goal has been practised."""
    rows = Goal.objects.filter(pk__in=goals).annotate(noted=Count("entries"))
    return rows.values_list("focus__rested_at", "noted")


def reviews_after(moment: datetime | F | OuterRef) -> models.QuerySet[CoachingSession]:
    """The reviews that were held and closed after a moment."""
    return CoachingSession.objects.filter(
        kind=CoachingSession.Kind.PROGRESS, closed_at__gt=moment, opened_at__lt=F("closed_at")
    )


def moment_of(made_at: datetime | None, *, since: datetime) -> datetime:
    """When something was tapped. A phone's clock may be a little wrong: never before `since`, nor in the future.

    Raises Refused where it has waited for so long that nobody would know its day again.
    """
    now = timezone.now()
    if made_at is None:
        return now
    if made_at < now - LONGEST_WAIT:
        raise Refused("It had waited for more than a week, so it isn’t counted.")
    return min(max(made_at, since), now)


class EntryLineQuerySet(OwnErasureUnitQuerySet["EntryLine"]):
    def visible_to(self, user: User) -> Self:
        """Its author; the other side only once the author shares it, and a next supervisor then with its aspect."""
        readers = self.filter(content_readers(user) | by_focus(user, "entry__goal__focus"))
        return readers.filter(Q(author=user) | Q(shared_at__isnull=False))


class EntryLine(OwnErasureUnit):
    """A line of reflection on an entry. Its own row, since the count has other readers than the words."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    entry = models.OneToOneField(PracticeEntry, on_delete=models.CASCADE, related_name="line")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = NarrativeField(blank=False)
    shared_at = models.DateTimeField(null=True, blank=True)

    objects = EntryLineQuerySet.as_manager()

    wall = Wall(
        read=both(either(IN_CONTENT, RELEASED_ENTRY), either(mine("author_id"), "{t}.shared_at IS NOT NULL")),
        insert=both(BY_WORKER, mine("author_id"), _ENTRY_IS_OPEN),
        update=both(BY_WORKER, mine("author_id"), _ENTRY_IS_OPEN),
        delete=both(BY_WORKER, mine("author_id")),
        changes=(change("text", "shared_at", when="{old}.shared_at IS NULL"),),
    )

    def __str__(self) -> str:
        return f"Line of {self.entry_id}"

    def erasure_unit(self) -> ErasureUnit:
        return ErasureUnit(private_keeper(self.partnership_id, self.author_id), self.pk)
