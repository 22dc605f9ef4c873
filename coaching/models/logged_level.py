"""Where the worker is on a focus, logged on any day between the meetings (product.md, 4.6). Private until shared."""

import uuid
from datetime import date, datetime, time
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property

from coaching.models.agreement import require_agreement
from coaching.models.base import (
    NarrativeField,
    OwnErasureUnit,
    OwnErasureUnitQuerySet,
    clean_narrative,
    private_keeper,
)
from coaching.models.focus import Focus, by_focus
from coaching.models.locking import in_turn_unheard
from coaching.models.partnership import Partnership, content_readers
from coaching.models.practice import LINE_LIMIT, LOOKED_AT, moment_of, reviews_after
from coaching.row_security.conditions import BY_WORKER, IN_CONTENT, RELEASED_FOCUS, both, either, mine
from coaching.row_security.policy import Wall, change
from coaching.rules import spans
from profiles.models import LevelDescriptor
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import tell
from sopcoach.models import User
from sopcoach.vault.keyring import ErasureUnit
from sopcoach.words.refusal import Refused

SINCE = "Choose a day since your coaching began."
_IS_OPEN = both("{old}.shared_at IS NULL", f"NOT {LOOKED_AT.replace('{t}', '{old}')}")


class LoggedLevelQuerySet(OwnErasureUnitQuerySet["LoggedLevel"]):
    def visible_to(self, user: User) -> Self:
        """Its author; the other side only once the author shares it, and a next supervisor then with its aspect."""
        readers = self.filter(content_readers(user) | by_focus(user))
        return readers.filter(Q(author=user) | Q(shared_at__isnull=False))

    def shared(self) -> Self:
        return self.filter(shared_at__isnull=False)

    def with_looked_at(self) -> Self:
        """With `is_looked_at` of each, in the same query."""
        reviews = reviews_after(OuterRef("noted_at")).filter(partnership=OuterRef("partnership"))
        return self.annotate(is_looked_at=Exists(reviews))

    def open(self) -> Self:
        """What can still be said anew."""
        return self.with_looked_at().filter(shared_at=None, is_looked_at=False)

    def for_list(self) -> Self:
        """The latest first, each with its level."""
        return self.select_related("descriptor__level", "glimpse__level").order_by("-logged_on", "-noted_at")


class LoggedLevel(OwnErasureUnit):
    """A level with a glimpse and a line, of one day. One row, since whoever reads one of them reads all three.

    Of one day a focus has one that is open still: a later tap on the ladder says it anew. What is shared, or was looked
    at in a review, stays as it is.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    focus = models.ForeignKey(Focus, on_delete=models.CASCADE, related_name="logged_levels")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    client_key = models.UUIDField(default=uuid.uuid4)
    descriptor = models.ForeignKey(LevelDescriptor, on_delete=models.PROTECT, related_name="+")
    glimpse = models.ForeignKey(
        LevelDescriptor, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = NarrativeField()
    logged_on = models.DateField()
    noted_at = models.DateTimeField(default=timezone.now)
    shared_at = models.DateTimeField(null=True, blank=True)

    objects = LoggedLevelQuerySet.as_manager()

    wall = Wall(
        read=both(either(IN_CONTENT, RELEASED_FOCUS), either(mine("author_id"), "{t}.shared_at IS NOT NULL")),
        insert=both(BY_WORKER, mine("author_id")),
        update=both(BY_WORKER, mine("author_id")),
        delete=both(BY_WORKER, mine("author_id")),
        changes=(
            change(
                *("descriptor_id", "glimpse_id", "text", "logged_on", "noted_at", "client_key", "shared_at"),
                when=_IS_OPEN,
            ),
        ),
    )

    class Meta:
        ordering = ["logged_on", "noted_at"]
        constraints = [
            models.UniqueConstraint(fields=["author", "client_key"], name="logged_level_sent_once"),
            models.CheckConstraint(
                condition=Q(glimpse=None) | ~Q(glimpse=F("descriptor")), name="logged_level_glimpse_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"Level logged on {self.focus_id}"

    def erasure_unit(self) -> ErasureUnit:
        return ErasureUnit(private_keeper(self.partnership_id, self.author_id), self.pk)

    @property
    def level(self) -> int:
        return self.descriptor.level.number

    @property
    def glimpse_level(self) -> int | None:
        return self.glimpse.level.number if self.glimpse else None

    @property
    def at(self) -> datetime:
        """Its place in time: when it was tapped, or the noon of an earlier day that it was dated to."""
        if timezone.localdate(self.noted_at) == self.logged_on:
            return self.noted_at
        return spans.meeting_at(self.logged_on, time(12))

    @cached_property
    def is_looked_at(self) -> bool:
        """Whether a review was held since it was noted."""
        return reviews_after(self.noted_at).filter(partnership=self.partnership_id).exists()

    @property
    def is_open(self) -> bool:
        """Whether it can still be undone, dated, given its line and shared."""
        return self.shared_at is None and not self.is_looked_at

    @classmethod
    @in_turn_unheard
    def log(
        cls,
        focus: Focus,
        *,
        by: User,
        level: int,
        client_key: uuid.UUID,
        glimpse: int | None = None,
        made_at: datetime | None = None,
    ) -> "LoggedLevel":
        """Say where one is today. `client_key` is made in the browser: sent twice, it counts once (product.md, 10).

        A glimpse tapped before the level's answer came is sent under the same key, and isn't the same thing twice.

        `made_at` is when it was tapped, by the clock of a phone without a signal: it counts for that day, unless
        something later has been said of that day since.

        Raises Refused for the supervisor, for a focus that rests, before an agreement, and for what has waited for more
        than a week; NotNow in a pause; ValidationError for a level that the ladder doesn't have.
        """
        focus.partnership.require_worker(by, "Only the worker says where they are.")
        known = cls.objects.filter(author=by, client_key=client_key).first()
        if known and (known.shared_at or (known.level, known.glimpse_level) == (level, glimpse)):
            return known
        noted_at = moment_of(made_at, since=focus.opened_at)
        if known and known.logged_on != timezone.localdate(noted_at):
            return known
        require_agreement(focus.partnership)
        if not focus.is_active:
            raise Refused("This focus rests. Pick it again to go on with it.")
        if glimpse is not None and glimpse <= level:
            raise ValidationError({"glimpse": "“Some of my work” lies above the level you chose."})
        logged_on = timezone.localdate(noted_at)
        of_that_day = cls.objects.filter(focus=focus, logged_on=logged_on).open().first()
        if of_that_day and of_that_day.noted_at > noted_at:
            return of_that_day
        row = of_that_day or cls(partnership=focus.partnership, focus=focus, author=by, logged_on=logged_on)
        row.descriptor = focus.descriptor_at(level)
        row.glimpse = focus.descriptor_at(glimpse) if glimpse is not None else None
        row.client_key, row.noted_at = client_key, noted_at
        row.save()
        return row

    def _require_open(self) -> None:
        if self.shared_at:
            raise Refused("You have shared this level, and it stays as it is.")
        if self.is_looked_at:
            raise Refused("You have looked at this in a review since, so it stays as it is.")

    @in_turn_unheard
    def undo(self, *, by: User) -> None:
        """Take it back with its line, until it is shared or a review has looked at it."""
        self.partnership.require_worker(by, "Only the worker takes a level back.")
        self._require_open()
        self.delete()

    @in_turn_unheard
    def say_when(self, *, by: User, logged_on: date) -> None:
        """Say of which day it is: today, or an earlier one since the coaching began, as long as it can be undone.

        Raises Refused for the supervisor and afterwards; ValidationError for any other day, and for one that has a
        level already.
        """
        self.partnership.require_worker(by, "Only the worker says when it was.")
        self.partnership.require_formal()
        self._require_open()
        logged_on = spans.since(self.partnership.begun_at, SINCE).require(logged_on, "logged_on")
        of_that_day = LoggedLevel.objects.filter(focus=self.focus_id, logged_on=logged_on).open()
        if of_that_day.exclude(pk=self.pk).exists():
            raise ValidationError(
                {
                    "logged_on": "You have logged a level for that day. Undo one of the two, or choose another day."
                }
            )
        self.logged_on = logged_on
        self.save(update_fields=["logged_on"])

    @in_turn_unheard
    def write_line(self, *, by: User, text: str, share: bool) -> None:
        """Say what tells one so, for oneself; with `share`, the other side reads level and line from then on.

        A level may be shared without a line. Raises Refused for the supervisor, for what is shared, and once a review has
        looked at it; ValidationError for an identifier, and for an empty line that isn't shared.
        """
        self.partnership.require_worker(by, "Only the worker writes here.")
        self.partnership.require_formal()
        text = clean_narrative(text, limit=LINE_LIMIT).strip()
        if share and self.shared_at and self.text == text:
            return  # it came twice
        self._require_open()
        if not (text or share):
            raise ValidationError({"line": "Write a line first, or leave it."})
        self.text = text
        self.shared_at = timezone.now() if share else None
        self.save(update_fields=["text", "shared_at"])
        if share:
            tell(self.partnership.supervisor_id, occasion=Occasion.SHARED)
