"""Moving to a newer edition of the practice profiles, when both choose to and not before (product.md, 8)."""

from dataclasses import dataclass, field
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.models.focus import Focus
from coaching.models.locking import in_turn
from coaching.models.partnership import Partnership
from coaching.models.wish import Wish, WishQuerySet
from profiles.models import Edition, Provenance, SkillAspect
from sopcoach.models import User
from sopcoach.words.refusal import Refused
from sopcoach.words.wording import Run, compare


class EditionMove(Wish):
    """One side's wish to go on with a newer edition. The other side's yes makes the move."""

    ALREADY = "You have both moved already."

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="edition_moves")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = WishQuerySet["EditionMove"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(agreed_at=None, taken_back_at=None),
                name="edition_move_one_at_a_time",
                violation_error_message="A move is waiting for an answer already.",
            )
        ]

    def __str__(self) -> str:
        return f"Move of {self.partnership_id} to {self.edition_id}"

    @classmethod
    @in_turn
    def propose(cls, partnership: Partnership, *, by: User) -> "EditionMove":
        """Wish to go on with the current edition. The same wish of the other side is a yes.

        Raises Refused when there is no newer edition, or in the middle of a session.
        """
        partnership.require_formal()
        partnership.require_side(by)
        newer = newer_edition(partnership)
        if newer is None:
            raise Refused("You work with the current edition already.")
        waiting = cls.objects.open().filter(partnership=partnership).first()
        if waiting is None:
            return cls.objects.create(partnership=partnership, edition=newer, proposed_by=by)
        if waiting.proposed_by_id != by.pk:
            waiting.agree(by=by)
        return waiting

    @in_turn
    def agree(self, *, by: User) -> None:
        """Say yes, which moves the pair: aspects keep their identity by slug, and ratings the words they were made against.

        A focus goes on in the words it has where the newer edition has no such aspect, or another scale: its target
        and its levels would stand for something else there.

        Raises Refused for who proposed it, when it isn't waiting any more, or while a session is going on.
        """
        partnership = self.partnership
        partnership.require_formal()
        partnership.require_side(by)
        if self.agreed_at or self.taken_back_at:
            raise Refused("This isn’t waiting for an answer any more.")
        if by.pk == self.proposed_by_id:
            raise Refused("You have proposed this. The other side says yes, or leaves it.")
        if partnership.sessions.filter(opened_at__isnull=False, closed_at=None).exists():
            raise Refused("Close the session first, so that all of it is about the same words.")
        counterparts = {aspect.slug: aspect for aspect in SkillAspect.objects.filter(edition=self.edition_id)}
        levels = self.edition.levels.count()
        focuses = Focus.objects.filter(partnership=partnership).active()
        for focus in focuses.select_related("aspect__edition"):
            counterpart = counterparts.get(focus.aspect_slug)
            if counterpart and focus.aspect.edition.levels.count() == levels:
                focus.aspect = counterpart
                focus.save(update_fields=["aspect"])
        partnership.edition_id = self.edition_id
        partnership.save(update_fields=["edition"])
        self.agreed_at = timezone.now()
        self.save(update_fields=["agreed_at"])


def newer_edition(partnership: Partnership) -> Edition | None:
    """The current edition, where it isn't the one that the pair works with."""
    current = Edition.objects.current()
    return current if current and current.pk != partnership.edition_id else None


@dataclass(frozen=True)
class Changed:
    """How the words of one level of an aspect differ between two editions."""

    number: int
    name: str
    runs: list[Run]
    occasion: str = ""
    """What the newer edition says that this level may have to wait for."""
    was_called: str = ""
    """Its name before, where that differs."""


@dataclass(frozen=True)
class AspectChange:
    """What a move would mean for one aspect that the pair has in focus."""

    aspect: SkillAspect
    is_gone: bool = False
    scale: tuple[int, int] | None = None
    """How many levels there were and would be, where that differs."""
    levels: list[Changed] = field(default_factory=list)
    definition: str = ""
    """What varies over its levels, where only the newer edition says so."""
    why: str = ""
    """What the newer edition says that has changed in it."""
    now_in: str = ""
    """The practice profile that it stands in now, where that is another one."""


def changes_for(aspects: list[SkillAspect], edition: Edition) -> list[AspectChange]:
    """What each aspect's words become in another edition: only levels whose words differ. Four queries."""
    slugs = {aspect.slug for aspect in aspects}
    known = SkillAspect.objects.with_ladder().select_related("profile")
    there = {aspect.slug: aspect for aspect in known.filter(edition=edition, slug__in=slugs)}
    models.prefetch_related_objects(aspects, SkillAspect.ladder_prefetch(), "profile")
    origin = Provenance.objects.filter(edition=edition).first()
    why = {change.first: change.second for change in origin.changes} if origin else {}
    return [_change(aspect, there.get(aspect.slug), why.get(aspect.slug, "")) for aspect in aspects]


def _change(old: SkillAspect, new: SkillAspect | None, why: str) -> AspectChange:
    if new is None:
        return AspectChange(old, is_gone=True)
    before, after = len(old.descriptors.all()), len(new.descriptors.all())
    if before != after:
        return AspectChange(new, scale=(before, after))
    stood = {descriptor.level.number: descriptor for descriptor in old.descriptors.all()}
    levels = [
        Changed(
            d.level.number,
            d.level.name,
            compare(stands.text, d.text),
            occasion=d.occasion if d.occasion != stands.occasion else "",
            was_called=stands.level.name if stands.level.name != d.level.name else "",
        )
        for d in new.descriptors.all()
        if (stands := stood[d.level.number]).text != d.text or stands.occasion != d.occasion
    ]
    return AspectChange(
        new,
        levels=levels,
        definition=new.definition if new.definition != old.definition else "",
        why=why,
        now_in=new.profile.title if new.profile.slug != old.profile.slug else "",
    )
