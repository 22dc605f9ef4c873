"""Orientation, for a worker new to child welfare: practice grows gradually, with no pressure (FAQ, context 5).

In it there are no targets and no levels by the supervisor, and goals are about one or two. It begins when one side
proposes it and the other agrees, and is over when both say so.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.models.locking import in_turn
from coaching.models.partnership import Partnership
from coaching.models.wish import Wish, WishQuerySet
from sopcoach.models import User
from sopcoach.words.refusal import Refused

MOST_OF_A_GOAL = 2
NO_TARGETS = "In orientation there are no targets: look around first, and let your practice grow."
NO_LEVELS = "In orientation only the worker finds themselves on a ladder. Say what you saw, in words."
NO_RAISE = "In orientation there are no targets, so none can rise. Go on exploring, or pick a new focus."


class OrientationWish(Wish):
    """One side's wish to begin orientation, or to call it over. The other side's yes makes it so."""

    ALREADY = "You have both agreed to this already."

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="orientation_wishes")
    is_over = models.BooleanField()

    objects: ClassVar = WishQuerySet["OrientationWish"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(agreed_at=None, taken_back_at=None),
                name="orientation_wish_one_at_a_time",
                violation_error_message="A wish is waiting for an answer already.",
            )
        ]

    def __str__(self) -> str:
        return f"Wish about the orientation of {self.partnership_id}"

    @classmethod
    @in_turn
    def propose(cls, partnership: Partnership, *, by: User) -> "OrientationWish":
        """Wish to begin orientation or, within it, to call it over. The same wish of the other side is a yes.

        Raises Refused outside of formal coaching, or where the two work towards targets already.
        """
        partnership.require_formal()
        partnership.require_side(by)
        if not partnership.orientation:
            _require_no_targets(partnership)
        waiting = cls.objects.open().filter(partnership=partnership).first()
        if waiting is None:
            return cls.objects.create(
                partnership=partnership, is_over=partnership.orientation, proposed_by=by
            )
        if waiting.proposed_by_id != by.pk:
            waiting._agree(partnership)
        return waiting

    def _agree(self, partnership: Partnership) -> None:
        partnership.orientation = not self.is_over
        partnership.save(update_fields=["orientation"])
        self.agreed_at = timezone.now()
        self.save(update_fields=["agreed_at"])


def _require_no_targets(partnership: Partnership) -> None:
    if partnership.focuses.active().aimed().exists():
        raise Refused("You work towards targets already, so orientation lies behind you.")
