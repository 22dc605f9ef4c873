"""Who opened what of somebody's coaching, for that worker to read (product.md, 6)."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.models.base import Frozen, FrozenQuerySet
from coaching.models.partnership import Partnership
from coaching.row_security.conditions import (
    BY_EITHER,
    BY_WORKER,
    IN_CONTENT,
    RELEASED,
    both,
    either,
    mine,
    system,
)
from coaching.row_security.policy import Wall
from sopcoach.models import User

LABEL_LIMIT = 200


class Thing(models.TextChoices):
    """What can be opened, as its worker reads it. It says which page it was, and never a word of what stands there."""

    BEGINNING = "beginning", "What you wrote when you began"
    OVERVIEW = "overview", "Where you are: focuses, goals and promises"
    AGREEMENT = "agreement", "Your agreement, version {}"
    INTERESTS = "interests", "Your marks in the walk-through"
    START = "start", "Where you started, {}"
    GOALS = "goals", "Your goals, and how often you practised them"
    LINES = "lines", "Lines you shared of your practice"
    LEVELS = "levels", "Levels you logged and shared"
    SESSION = "session", "{}: what you promised"
    STAGE = "stage", "{}, {}"
    REFLECTION = "reflection", "{}: your reflection"
    REVIEW = "review", "{}: your reflection and self-rating, {}"
    PROGRESS = "progress", "Your movement"
    CELEBRATIONS = "celebrations", "Your celebrations"
    RELEASED = "released", "What you have released of it"
    EXPORT = "export", "Your whole record, to read and print"
    EXPORT_FILE = "export_file", "Your whole record, as a file"


class AccessRecordQuerySet(FrozenQuerySet["AccessRecord"]):
    def visible_to(self, user: User) -> Self:
        """The worker whose coaching it is about, and whoever opened it their own lines. No administrator."""
        return self.filter(Q(partnership__worker=user) | Q(reader=user))

    def of_the_coaching_of(self, worker: User) -> Self:
        return self.filter(partnership__worker=worker)

    def for_list(self) -> Self:
        return self.select_related("reader", "partnership__supervisor").order_by("-first_at", "label")


class AccessRecord(Frozen):
    """That somebody opened something of a worker's coaching: once for each person, thing and day.

    Written while the page is made, so that nothing is read without it. No person changes or deletes a row; the job of
    retention does when its period is over. That the worker opens their own record is nobody's business, so only
    an export of theirs is written down.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    thing = models.CharField(max_length=20, choices=Thing)
    label = models.CharField(max_length=LABEL_LIMIT)
    read_on = models.DateField()
    first_at = models.DateTimeField(default=timezone.now)

    objects = AccessRecordQuerySet.as_manager()

    wall = Wall(
        read=either(BY_WORKER, mine("reader_id"), system("retention")),
        insert=both(
            mine("reader_id"),
            either(
                IN_CONTENT,
                both(BY_EITHER, f"{{t}}.thing = '{Thing.AGREEMENT}'"),
                RELEASED,
            ),
        ),
        delete=system("retention"),
    )

    class Meta:
        ordering = ["-first_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "reader", "thing", "label", "read_on"], name="access_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.thing} of {self.partnership_id} opened"


def note(partnerships: Iterable[uuid.UUID], *, by: User, thing: Thing, about: Sequence[object] = ()) -> None:
    """Write down that `by` opens a thing of these partnerships, by their keys. One query; a second time on the same day adds nothing.

    `about` fills the thing's label: the title of a session, a stage or an aspect, or an agreement's number.
    """
    label = thing.label.format(*about)[:LABEL_LIMIT]
    now = timezone.now()
    AccessRecord.objects.bulk_create(
        (
            AccessRecord(
                partnership_id=partnership,
                reader=by,
                thing=thing,
                label=label,
                read_on=timezone.localdate(now),
                first_at=now,
            )
            for partnership in partnerships
        ),
        ignore_conflicts=True,  # written already, or another window of theirs is a moment faster
    )
