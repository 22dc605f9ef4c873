"""What takes both sides: one wishes for it, and the other's yes makes it so."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from coaching.models.base import Personal
from coaching.models.locking import in_turn
from coaching.models.partnership import Partnership, content_readers
from coaching.row_security.conditions import IN_CONTENT, ME, both, mine
from coaching.row_security.policy import Wall, once
from sopcoach.models import User
from sopcoach.words.refusal import Refused


class WishQuerySet[T: models.Model](models.QuerySet[T]):
    def visible_to(self, user: User) -> Self:
        """Both sides."""
        return self.filter(content_readers(user))

    def open(self) -> Self:
        return self.filter(agreed_at=None, taken_back_at=None)


class Wish(Personal):
    """One side's wish for something of the partnership, as long as nobody has answered it; then what came of it."""

    ALREADY: ClassVar[str]
    """What to say to somebody who would take it back once both have agreed."""

    partnership: models.ForeignKey[Partnership, Partnership]
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    wall = Wall(
        read=IN_CONTENT,
        insert=both(
            IN_CONTENT, mine("proposed_by_id"), "{t}.agreed_at IS NULL AND {t}.taken_back_at IS NULL"
        ),
        update=IN_CONTENT,
        changes=(
            once("agreed_at", when=f"{{t}}.proposed_by_id <> {ME} AND {{t}}.taken_back_at IS NULL"),
            once("taken_back_at", when="{t}.agreed_at IS NULL"),
        ),
    )

    class Meta:
        abstract = True

    @in_turn
    def take_back(self, *, by: User) -> None:
        """Let it be: whoever proposed it takes it back, or the other side says not now. A second click changes nothing.

        Raises Refused once both have agreed.
        """
        self.partnership.require_formal()
        self.partnership.require_side(by)
        if self.agreed_at:
            raise Refused(self.ALREADY)
        if self.taken_back_at is None:
            self.taken_back_at = timezone.now()
            self.save(update_fields=["taken_back_at"])
