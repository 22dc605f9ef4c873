"""Observing: what somebody sees when they go along with a colleague, and colleagues who may be gone along with.

"Encourage those who are disinterested to observe or shadow other staff" (FAQ, stakeholders 3). A note is its writer's
alone. They may show it to the colleague whom they shadowed, and to nobody else (product.md, 10).
"""

from collections.abc import Collection
from datetime import date, timedelta
from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from coaching.models.base import (
    Frozen,
    NarrativeField,
    OwnErasureUnit,
    OwnErasureUnitQuerySet,
    Personal,
    clean_narrative,
)
from coaching.models.locking import in_turn
from coaching.models.partnership import Engagement, Partnership
from coaching.models.placement import person_keeper
from coaching.row_security.conditions import ME, both, either, exists, mine
from coaching.row_security.policy import Wall, change
from coaching.rules import spans
from profiles.models import PracticeProfile, SkillAspect
from sopcoach.models import User
from sopcoach.vault.keyring import ErasureUnit
from sopcoach.words.refusal import Refused

WORDS_LIMIT = 2_000
NEW_FOR = timedelta(days=14)
"""How long the home page of whoever was shadowed tells of a note that is shown to them."""

_I_OBSERVE = exists("coaching_partnership p", f"p.worker_id = {ME} AND p.engagement = 'observing'")
_OF_THE_NOTE = exists(
    "coaching_shadownote n",
    f"n.id = {{t}}.note_id AND n.owner_id = {ME} AND n.colleague_id = {{t}}.reader_id",
)


class ShadowNoteQuerySet(OwnErasureUnitQuerySet["ShadowNote"]):
    def visible_to(self, user: User) -> Self:
        """Its owner alone. Whom it is about reads a copy, once it is shown to them."""
        return self.filter(owner=user)

    def for_list(self) -> Self:
        """Newest first, with whom it is about, and whether it was shown (`is_shown`)."""
        shown = ShownNote.objects.filter(note=OuterRef("pk"))
        return (
            self.select_related("aspect__profile", "colleague")
            .annotate(is_shown=Exists(shown))
            .order_by("-seen_on", "-noted_at")
        )


class ShadowNote(OwnErasureUnit):
    """What somebody saw on a visit with a colleague: an aspect, what stood out, a question to ask."""

    kept_by: ClassVar[tuple[str, ...]] = ("owner",)

    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    colleague = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    aspect = models.ForeignKey(SkillAspect, on_delete=models.PROTECT, related_name="+")
    aspect_slug = models.SlugField(max_length=60)
    stood_out = NarrativeField(blank=False)
    question = NarrativeField()
    seen_on = models.DateField()
    noted_at = models.DateTimeField(default=timezone.now)

    objects = ShadowNoteQuerySet.as_manager()

    wall = Wall(
        read=mine("owner_id"),
        insert=mine("owner_id"),
        update=mine("owner_id"),
        delete=mine("owner_id"),
        changes=(
            change(
                "colleague_id",
                "aspect_id",
                "aspect_slug",
                "stood_out",
                "question",
                "seen_on",
                when=f"NOT {exists('coaching_shownnote shown', 'shown.note_id = {t}.id')}",
            ),
        ),
    )

    class Meta:
        ordering = ["-seen_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(colleague=None) | ~Q(colleague=models.F("owner")),
                name="shadow_note_about_a_colleague",
                violation_error_message="Choose somebody other than yourself.",
            )
        ]

    def __str__(self) -> str:
        return f"Shadow note on {self.aspect_slug}"

    def erasure_unit(self) -> ErasureUnit:
        return ErasureUnit(person_keeper(self.owner_id), self.pk)

    @classmethod
    @in_turn
    def write(
        cls,
        *,
        by: User,
        aspect: SkillAspect,
        stood_out: str,
        question: str = "",
        seen_on: date | None = None,
        colleague: User | None = None,
    ) -> "ShadowNote":
        """Keep what one saw. Raises ValidationError without something that stood out, or for an identifier."""
        note = cls(owner=by)
        note._put(aspect, stood_out, question, seen_on, colleague)
        return note

    @in_turn
    def rewrite(
        self,
        *,
        by: User,
        aspect: SkillAspect,
        stood_out: str,
        question: str = "",
        seen_on: date | None = None,
        colleague: User | None = None,
    ) -> None:
        """Change one's note, as long as nobody has been shown it. Raises Refused then, ValidationError as `write`."""
        self._own(by)._put(aspect, stood_out, question, seen_on, colleague)

    def _own(self, by: User) -> "ShadowNote":
        if by.pk != self.owner_id:
            raise Refused("A note is its writer’s alone.")
        if ShownNote.objects.filter(note=self).exists():
            raise Refused(
                "You have shown this note, and it stays as it was shown. Take it back to change it."
            )
        return self

    def _put(
        self, aspect: SkillAspect, stood_out: str, question: str, seen_on: date | None, colleague: User | None
    ) -> None:
        if not stood_out.strip():
            raise ValidationError({"stood_out": "Write what stood out to you, however small."})
        day = spans.kept("Choose the day on which you saw it.").require(
            seen_on or timezone.localdate(), "seen_on"
        )
        if colleague and colleague.pk == self.owner_id:
            raise ValidationError({"colleague": "Choose somebody other than yourself."})
        self.aspect, self.aspect_slug = aspect, aspect.slug
        self.stood_out = clean_narrative(stood_out, limit=WORDS_LIMIT)
        self.question = clean_narrative(question, limit=WORDS_LIMIT)
        self.seen_on, self.colleague = day, colleague
        self.save()

    @in_turn
    def discard(self, *, by: User) -> None:
        """Delete it and, where it was shown, the copy as well."""
        if by.pk != self.owner_id:
            raise Refused("A note is its writer’s alone.")
        ShownNote.objects.filter(note=self).delete()
        self.delete()

    @in_turn
    def show(self, *, by: User) -> "ShownNote":
        """Let the colleague whom one shadowed read a copy: them alone, as it is now.

        Raises Refused for anybody but the writer, when it has been shown, or when the note names no colleague.
        """
        note = self._own(by)
        if note.colleague is None:
            raise Refused(
                "This note names no colleague whom you went along with, so it can be shown to nobody."
            )
        if not note.colleague.is_active:
            raise Refused(f"{note.colleague.short_name} has no account any more.")
        return ShownNote.objects.create(
            note=note,
            author=by,
            reader=note.colleague,
            aspect=note.aspect,
            stood_out=note.stood_out,
            question=note.question,
            seen_on=note.seen_on,
        )


class ShownNoteQuerySet(OwnErasureUnitQuerySet["ShownNote"]):
    def visible_to(self, user: User) -> Self:
        """Its author and the colleague whom it is about; nobody else, and no supervisor of the author."""
        return self.filter(Q(author=user) | Q(reader=user))

    def for_list(self) -> Self:
        return self.select_related("aspect__profile", "author", "reader").order_by("-shown_at")


class ShownNote(OwnErasureUnit, Frozen):
    """The copy of a shadow note that the colleague reads. It never changes; its author may take it back."""

    kept_by: ClassVar[tuple[str, ...]] = ("author",)

    note = models.OneToOneField(ShadowNote, on_delete=models.CASCADE, related_name="shown")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    aspect = models.ForeignKey(SkillAspect, on_delete=models.PROTECT, related_name="+")
    stood_out = NarrativeField(blank=False)
    question = NarrativeField()
    seen_on = models.DateField()
    shown_at = models.DateTimeField(default=timezone.now)

    objects = ShownNoteQuerySet.as_manager()

    wall = Wall(
        read=either(mine("author_id"), mine("reader_id")),
        insert=both(mine("author_id"), _OF_THE_NOTE),
        delete=mine("author_id"),
    )

    class Meta:
        ordering = ["-shown_at"]

    def __str__(self) -> str:
        return f"Copy of {self.note_id}"

    @in_turn
    def take_back(self, *, by: User) -> None:
        """Let the colleague read it no longer. Raises Refused for anybody but the author."""
        if by.pk != self.author_id:
            raise Refused("A note is taken back by whoever has shown it.")
        self.delete()


class ShadowOfferQuerySet(models.QuerySet["ShadowOffer"]):
    def visible_to(self, user: User) -> Self:
        """Whose it is, and everybody who is observing now."""
        observing = Partnership.objects.filter(worker=user, engagement=Engagement.OBSERVING)
        return self.filter(Q(owner=user) | Q(Exists(observing)))


class ShadowOffer(Personal):
    """That somebody may be shadowed when they use one practice profile, by slug: it lives on across editions."""

    kept_by: ClassVar[tuple[str, ...]] = ("owner",)

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    profile_slug = models.SlugField(max_length=60)
    offered_at = models.DateTimeField(default=timezone.now)

    objects = ShadowOfferQuerySet.as_manager()

    wall = Wall(read=either(mine("owner_id"), _I_OBSERVE), insert=mine("owner_id"), delete=mine("owner_id"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "profile_slug"], name="shadow_offer_once_a_profile")
        ]

    def __str__(self) -> str:
        return f"Offer on {self.profile_slug}"

    @classmethod
    @in_turn
    def offer(cls, *, by: User, profiles: Collection[PracticeProfile]) -> None:
        """Make `profiles` the whole of what one may be shadowed on; none takes the offer back."""
        wanted = {profile.slug for profile in profiles}
        own = cls.objects.filter(owner=by)
        own.exclude(profile_slug__in=wanted).delete()
        held = set(own.values_list("profile_slug", flat=True))
        for slug in sorted(wanted - held):
            cls.objects.create(owner=by, profile_slug=slug)
