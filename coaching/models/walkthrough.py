"""The walk-through: what each side would like to look at, marked alone and laid side by side (FAQ, goal step 1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils import timezone

from coaching.models.agreement import require_agreement
from coaching.models.base import Personal
from coaching.models.locking import in_turn, in_turn_unheard
from coaching.models.partnership import Partnership, content_readers
from coaching.models.release import by_aspect, by_partnership
from coaching.row_security.conditions import (
    BY_WORKER,
    IN_CONTENT,
    RELEASED,
    RELEASED_ASPECT,
    both,
    either,
    exists,
    mine,
)
from coaching.row_security.memberships import REVEALED, within
from coaching.row_security.policy import Wall
from profiles.models import SkillAspect
from sopcoach.models import User
from sopcoach.words.refusal import Refused

_DONE = exists(
    "coaching_walkthroughdone d", "d.partnership_id = {t}.partnership_id AND d.person_id = {t}.person_id"
)
_STILL_MARKING = f"NOT {_DONE}"


class InterestMarkQuerySet(models.QuerySet["InterestMark"]):
    def visible_to(self, user: User) -> Self:
        """Its owner; the other side once both have said that they are done, a next supervisor then with its aspect."""
        readers = self.filter(content_readers(user) | by_aspect(user, "aspect_slug"))
        return readers.filter(Q(person=user) | Q(pk__in=InterestMark.objects.revealed()))

    def revealed(self) -> Self:
        done = WalkthroughDone.objects.filter(partnership=OuterRef("partnership")).order_by()
        done_by = Subquery(done.values("partnership").annotate(n=Count("pk")).values("n"))
        return self.alias(done_by=done_by).filter(done_by=2)


class InterestMark(Personal):
    """One side's mark on one aspect. Keyed by the aspect's slug, so that marks meet across editions."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    aspect = models.ForeignKey(SkillAspect, on_delete=models.PROTECT, related_name="+")
    aspect_slug = models.SlugField(max_length=60)

    objects = InterestMarkQuerySet.as_manager()

    wall = Wall(
        read=both(
            either(
                IN_CONTENT,
                RELEASED_ASPECT,
            ),
            either(
                mine("person_id"),
                within("partnership_id", REVEALED),
            ),
        ),
        insert=both(IN_CONTENT, mine("person_id"), _STILL_MARKING),
        delete=either(BY_WORKER, both(IN_CONTENT, mine("person_id"), _STILL_MARKING)),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "person", "aspect_slug"], name="interest_mark_once"
            )
        ]

    def __str__(self) -> str:
        return f"Mark on {self.aspect_slug}"


class WalkthroughDoneQuerySet(models.QuerySet["WalkthroughDone"]):
    def visible_to(self, user: User) -> Self:
        """Both sides, and whoever anything is released to: that somebody is done says nothing of what they marked."""
        return self.filter(content_readers(user) | by_partnership(user))


class WalkthroughDone(Personal):
    """That one side has finished marking. When both have, the marks are fixed and shown to both."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="walkthrough_done")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(default=timezone.now)

    objects = WalkthroughDoneQuerySet.as_manager()

    wall = Wall(
        read=either(IN_CONTENT, RELEASED),
        insert=both(IN_CONTENT, mine("person_id")),
        delete=BY_WORKER,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "person"], name="walkthrough_done_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} is done"


def _require_marking(partnership: Partnership, by: User) -> None:
    require_agreement(partnership)
    partnership.require_side(by)
    if partnership.walkthrough_done.filter(person=by).exists():
        raise Refused("You have said that you’re done marking, so your marks stay as they are.")


@in_turn_unheard
def mark_interests(partnership: Partnership, *, by: User, aspects: set[SkillAspect]) -> None:
    """Make `aspects` the whole of what `by` has marked. Raises Refused before an agreement, or once they are done."""
    _require_marking(partnership, by)
    own = InterestMark.objects.filter(partnership=partnership, person=by)
    own.exclude(aspect_slug__in={aspect.slug for aspect in aspects}).delete()
    held = set(own.values_list("aspect_slug", flat=True))
    InterestMark.objects.bulk_create(
        InterestMark(partnership=partnership, person=by, aspect=aspect, aspect_slug=aspect.slug)
        for aspect in aspects
        if aspect.slug not in held
    )


@in_turn
def finish_marking(partnership: Partnership, *, by: User) -> None:
    """Say that one is done. Raises Refused before an agreement, or the second time."""
    _require_marking(partnership, by)
    WalkthroughDone.objects.create(partnership=partnership, person=by)


@dataclass(frozen=True)
class Reveal:
    """Both sides' marks, overlaps first."""

    both: list[SkillAspect]
    worker_only: list[SkillAspect]
    supervisor_only: list[SkillAspect]


def reveal(
    partnership: Partnership, marks: list[InterestMark], aspects: Iterable[SkillAspect] = ()
) -> Reveal:
    """Lay marks side by side, in the edition's order. `marks` come with their aspects and profiles.

    Each aspect is that of the edition which the pair works with now, out of `aspects`; one that this edition doesn't
    have is that of the edition in which it was marked.
    """
    known = {mark.aspect_slug: mark.aspect for mark in marks} | {aspect.slug: aspect for aspect in aspects}
    of_worker = {mark.aspect_slug for mark in marks if mark.person_id == partnership.worker_id}
    of_supervisor = {mark.aspect_slug for mark in marks if mark.person_id == partnership.supervisor_id}
    marked = [known[slug] for slug in of_worker | of_supervisor]
    ordered = sorted(marked, key=lambda aspect: (aspect.profile.order, aspect.order, aspect.slug))
    return Reveal(
        both=[a for a in ordered if a.slug in of_worker & of_supervisor],
        worker_only=[a for a in ordered if a.slug in of_worker - of_supervisor],
        supervisor_only=[a for a in ordered if a.slug in of_supervisor - of_worker],
    )
