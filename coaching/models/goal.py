"""Measurable goals: what, with whom, how many, by when (FAQ, goal step 2)."""

from datetime import date, datetime
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from coaching.models.agreement import require_agreement
from coaching.models.base import NarrativeField, Personal, clean_narrative, rows_behind
from coaching.models.focus import Focus, by_focus
from coaching.models.locking import in_turn
from coaching.models.orientation import MOST_OF_A_GOAL
from coaching.models.partnership import Partnership, content_readers
from coaching.models.session import CoachingSession
from coaching.row_security.conditions import BY_WORKER, IN_CONTENT, RELEASED_FOCUS, both, either, mine
from coaching.row_security.policy import Wall, once
from coaching.rules import goal_sentence, spans
from coaching.rules.measurable_goal import FEWEST, MOST, refuse_every
from sopcoach.models import User
from sopcoach.words import dates
from sopcoach.words.refusal import Refused

LINE = 120
"""The longest part of a goal, in characters."""

MOST_PIPS = 20

WORKERS_OWN = "Goals are the worker’s own words. Ask what would be worth trying."


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, in formal coaching; a next supervisor with its aspect."""
        return self.filter(content_readers(user) | by_focus(user))

    def going_on(self) -> Self:
        """Neither let go nor at rest, nor reached before the last session: that one has been celebrated there."""
        entries = rows_behind(self.model, "entries").filter(goal=OuterRef("pk")).order_by()
        closed = CoachingSession.objects.filter(
            partnership=OuterRef("partnership"), closed_at__isnull=False, opened_at__isnull=False
        ).exclude(kind=CoachingSession.Kind.CONVERSATION)
        return (
            self.filter(put_down_at=None, focus__rested_at=None)
            .alias(
                times=Subquery(entries.values("goal").annotate(n=Count("pk")).values("n")),
                last_time=Subquery(entries.order_by("-noted_at").values("noted_at")[:1]),
                last_closed=Subquery(closed.order_by("-closed_at").values("closed_at")[:1]),
            )
            .filter(
                Q(times=None)
                | Q(times__lt=F("count"))
                | Q(last_closed=None)
                | Q(last_time__gte=F("last_closed"))
            )
        )

    def for_list(self, *, until: datetime | None = None) -> Self:
        """With its focus, and how often it was practised so far (`done`) and when last (`last_entry_at`).

        So far is until now, or `until` a moment that has gone by.
        """
        entries = rows_behind(self.model, "entries").filter(goal=OuterRef("pk")).order_by()
        if until:
            entries = entries.filter(noted_at__lte=until)
        times = Subquery(entries.values("goal").annotate(n=Count("pk")).values("n"))
        return (
            self.select_related("focus__aspect__profile", "partnership__worker", "partnership__supervisor")
            .annotate(
                # by sub-selects: a join would be grouped by each column of six tables
                done=Coalesce(times, 0),
                last_entry_at=Subquery(entries.order_by("-noted_at").values("noted_at")[:1]),
            )
            .order_by("set_at")
        )

    def stood_at(self, moment: datetime | None) -> Self:
        """Those that had been set and not let go, with how far they had come: at that moment, or now."""
        if moment is None:
            return self.filter(put_down_at=None).for_list()
        stood = Q(put_down_at=None) | Q(put_down_at__gt=moment)
        return self.filter(stood, set_at__lte=moment).for_list(until=moment)


class Goal(Personal):
    """A practice intention that can be counted, in the worker's words."""

    Verb = goal_sentence.Verb
    Joiner = goal_sentence.Joiner

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="goals")
    focus = models.ForeignKey(Focus, on_delete=models.CASCADE, related_name="goals")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=10, choices=Verb, default=Verb.USE)
    practice = NarrativeField(blank=False)
    with_whom = NarrativeField()
    joiner = models.CharField(max_length=10, choices=Joiner, default=Joiner.ON)
    count = models.PositiveSmallIntegerField()
    unit = NarrativeField(blank=False)
    by_on = models.DateField()
    by_phrase = models.CharField(max_length=40, blank=True, default="")
    set_at = models.DateTimeField(default=timezone.now)
    put_down_at = models.DateTimeField(null=True, blank=True)

    done: int
    last_entry_at: datetime | None
    """Of `for_list()`."""
    shared_lines: list[Any]
    """Of `coaching.queries.shared_lines`."""

    objects = GoalQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED_FOCUS),
        insert=both(BY_WORKER, mine("author_id")),
        update=BY_WORKER,
        delete=BY_WORKER,
        changes=(once("put_down_at"),),
    )

    class Meta:
        ordering = ["set_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(count__gte=FEWEST, count__lte=MOST),
                name="goal_count_one_to_hundred",
                violation_error_message=f"Choose a number from {FEWEST} to {MOST}.",
            )
        ]

    def __str__(self) -> str:
        return f"Goal of {self.focus_id}"

    @classmethod
    @in_turn
    def set(cls, focus: Focus, *, by: User, by_on: date, **parts: Any) -> "Goal":
        """Set a goal on a focus that has a target. `parts`: verb, practice, with_whom, joiner, count, unit, by_phrase.

        In orientation it needs no target, and is about one or two. Raises Refused for the supervisor, before an
        agreement or a target; ValidationError for a day gone by, for "every case", or for an identifier, naming the
        part.
        """
        focus.partnership.require_worker(
            by, "Goals are the worker’s own words. Ask what would be worth trying."
        )
        require_agreement(focus.partnership)
        if not focus.is_active:
            raise Refused("This focus rests. Pick it again to set a goal in it.")
        in_orientation = focus.partnership.orientation
        if not in_orientation and not focus.targets.exists():
            raise Refused(
                "First say where you are on this ladder and where you’d like to be, then set a goal."
            )
        problems: dict[str, list[str]] = {}
        for name in ("practice", "with_whom", "unit"):
            try:
                parts[name] = " ".join(clean_narrative(parts.get(name, ""), limit=LINE).split())
                refuse_every(parts[name])
            except ValidationError as error:
                problems[name] = error.messages
        if in_orientation and parts.get("count", 0) > MOST_OF_A_GOAL:
            problems["count"] = ["In orientation a goal is about one or two. Small is how practice grows."]
        try:
            spans.ahead().require(by_on, "day")
        except ValidationError as error:
            problems["day"] = error.messages
        if problems:
            raise ValidationError(problems)
        goal = cls(partnership=focus.partnership, focus=focus, author=by, by_on=by_on, **parts)
        goal.full_clean(validate_unique=False)
        goal.save()
        return goal

    @in_turn
    def put_down(self, *, by: User) -> None:
        """Let a goal go, with no reason asked. Its entries stay."""
        self.partnership.require_worker(by, "Only the worker lets a goal go.")
        self.partnership.require_formal()
        if self.put_down_at is None:
            self.put_down_at = timezone.now()
            self.save(update_fields=["put_down_at"])

    @property
    def is_reached(self) -> bool:
        """Needs `for_list()`."""
        return self.done >= self.count

    @property
    def pips(self) -> list[bool]:
        """One mark for each time the goal asks for, done ones first; none where they would be too many to read."""
        return [n < self.done for n in range(self.count)] if self.count <= MOST_PIPS else []

    @property
    def is_past(self) -> bool:
        return self.by_on < timezone.localdate()

    def ran_since(self, moment: datetime | None) -> bool:
        """Whether it was still to be practised, or was practised, after `moment`. Needs `for_list()`."""
        if moment is None:
            return True
        last: datetime | None = self.last_entry_at
        was_practised = last is not None and last >= moment
        return was_practised or (not self.is_reached and self.by_on >= timezone.localdate(moment))

    def goes_on(self, last_closed: datetime | None) -> bool:
        """As `going_on()` says of it, where it is neither let go nor at rest. Needs `for_list()`."""
        last: datetime | None = self.last_entry_at
        return not self.is_reached or last_closed is None or (last is not None and last >= last_closed)

    def is_tried_out(self, last_closed: datetime | None) -> bool:
        """Whether it lies ahead. One whose day came before the last session closed has been talked about there."""
        return (
            last_closed is None or self.by_on > timezone.localdate(last_closed) or self.set_at > last_closed
        )

    @property
    def count_text(self) -> str:
        return "one" if self.count == 1 else str(self.count)

    @property
    def what(self) -> str:
        """The goal without its day: "Use Three Questions with caregivers on 5 cases"."""
        return "".join(text for text, _ in phrase_parts(self))

    @property
    def sentence(self) -> str:
        return f"{self.what} {self.when}."

    @property
    def when(self) -> str:
        return when_text(self.by_phrase, self.by_on)


def when_text(phrase: str, by_on: date) -> str:
    """How a goal says its day: "in the next 30 days (by December 24)", "by next Friday (December 4)"; the date always shows."""
    day = dates.day(by_on).replace(" ", "\u00a0")
    if not phrase:
        return f"by {day}"
    return f"{phrase} ({day})" if phrase.startswith("by ") else f"{phrase} (by {day})"


def phrase_parts(goal: Goal) -> list[tuple[str, bool]]:
    """The goal's words in order, each with whether the worker chose it, so that a page can set those apart."""
    parts = [(f"{goal.verb} ", False), (goal.practice or "…", True)]
    if goal.with_whom:
        parts += [(" with ", False), (goal.with_whom, True)]
    count = goal.count_text if goal.count else ""
    parts += [(f" {goal.joiner} ", False), (" ".join(filter(None, [count, goal.unit])) or "…", True)]
    return parts
