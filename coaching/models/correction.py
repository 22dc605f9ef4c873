"""A correction beside one's own shared words: they stay as they are, and "I meant …" stands beside them (product.md, 6)."""

from functools import reduce
from operator import or_
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from coaching.models.base import Frozen, FrozenQuerySet, NarrativeField, clean_narrative, private_keeper
from coaching.models.celebration import Congratulation
from coaching.models.locking import in_turn
from coaching.models.logged_level import LoggedLevel
from coaching.models.observation import Observation
from coaching.models.partnership import Partnership
from coaching.models.practice import EntryLine
from coaching.models.reflection import Reflection
from coaching.models.reply import Reply
from coaching.models.self_rating import SelfRating
from coaching.row_security.conditions import BY_WORKER, IN_CONTENT, both, either, exists, mine
from coaching.row_security.memberships import RELEASED_WORDS, within
from coaching.row_security.policy import Wall
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import tell
from sopcoach.models import User
from sopcoach.vault.keyring import ErasureUnit
from sopcoach.words.refusal import Refused

type Shared = Reflection | SelfRating | Observation | Reply | Congratulation | EntryLine | LoggedLevel
"""What has one author and stays as it is once it is shared."""

CORRECTED: dict[str, type[Shared]] = {
    "reflection": Reflection,
    "self_rating": SelfRating,
    "observation": Observation,
    "reply": Reply,
    "congratulation": Congratulation,
    "line": EntryLine,
    "logged_level": LoggedLevel,
}
"""The fields by which a correction names what it corrects: exactly one of them is filled."""


def kind_of(words: Shared) -> str:
    """The field by which a correction names these words."""
    return next(kind for kind, model in CORRECTED.items() if isinstance(words, model))


_OF_OWN_WORDS = either(
    *(
        exists(f"{model._meta.db_table} w", f"w.id = {{t}}.{kind}_id AND w.author_id = {{t}}.author_id")
        for kind, model in CORRECTED.items()
    )
)
"""That whoever corrects wrote what is corrected, and can read it by the wall of its own table."""


def _of_one_thing() -> Q:
    return reduce(
        or_,
        (Q(**{f"{kind}__isnull": kind != filled for kind in CORRECTED}) for filled in CORRECTED),
    )


class CorrectionQuerySet(FrozenQuerySet["Correction"]):
    def visible_to(self, user: User) -> Self:
        """Exactly those who read what it corrects: both sides, and a next supervisor to whom that is released."""
        return self.filter(
            reduce(
                or_,
                (
                    Q(**{f"{kind}__in": model._default_manager.visible_to(user)})
                    for kind, model in CORRECTED.items()
                ),
            )
        )

    def for_list(self) -> Self:
        return self.select_related("author").order_by("shared_at")


class Correction(Frozen):
    """What somebody meant by words that they have shared. It hides nothing, and a further one stands after it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    reflection = models.ForeignKey(
        Reflection, on_delete=models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    self_rating = models.ForeignKey(
        SelfRating, on_delete=models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    observation = models.ForeignKey(
        Observation, on_delete=models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    reply = models.ForeignKey(
        Reply, on_delete=models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    congratulation = models.ForeignKey(
        Congratulation, on_delete=models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    line = models.ForeignKey(
        EntryLine, on_delete=models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    logged_level = models.ForeignKey(
        LoggedLevel, on_delete=models.CASCADE, null=True, blank=True, related_name="corrections"
    )
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = NarrativeField(blank=False)
    sealed_with = models.UUIDField(editable=False)
    """The unit of the words that it corrects: one key, so that where those go, in backups too, this goes."""
    shared_at = models.DateTimeField(default=timezone.now)

    objects = CorrectionQuerySet.as_manager()

    wall = Wall(
        read=either(
            IN_CONTENT,
            *(within(f"{kind}_id", membership) for kind, membership in RELEASED_WORDS.items()),
        ),
        insert=both(IN_CONTENT, mine("author_id"), _OF_OWN_WORDS),
        delete=BY_WORKER,
    )

    NOT_YOURS: ClassVar[str] = "These are {author}’s words, so {author} alone puts something right in them."

    class Meta:
        ordering = ["shared_at"]
        constraints = [
            models.CheckConstraint(
                condition=_of_one_thing(),
                name="correction_of_one_thing",
                violation_error_message="A correction belongs to one thing that was shared.",
            )
        ]

    def __str__(self) -> str:
        return f"Correction in {self.partnership_id}"

    def erasure_unit(self) -> ErasureUnit:
        of_own_log = self.line_id or self.logged_level_id
        keeper = private_keeper(self.partnership_id, self.author_id) if of_own_log else self.partnership_id
        return ErasureUnit(keeper, self.sealed_with)

    @property
    def corrects(self) -> Any:
        """The key of the words that it corrects."""
        return next(key for kind in CORRECTED if (key := getattr(self, f"{kind}_id")))

    @classmethod
    def require_own(cls, of: Shared, *, by: User) -> None:
        """Raise Refused unless these are words that `by` has shared and can still read."""
        if of.author_id != by.pk:
            raise Refused(cls.NOT_YOURS.format(author=of.author.short_name))
        if isinstance(of, (EntryLine, LoggedLevel)) and of.shared_at is None:
            raise Refused("This line is yours alone. Write it anew where it stands.")
        if of.partnership.is_ended and of.partnership.worker_id != by.pk:
            worker = of.partnership.worker.short_name
            raise Refused(f"Your coaching with {worker} has ended, so nothing can be added to it.")

    @classmethod
    @in_turn
    def put(cls, of: Shared, *, by: User, text: str) -> "Correction":
        """Say what one meant by words that one has shared, as often as needed, for those who read them.

        Adds nothing to the coaching, so it can be done in a pause, and by the worker, whose record it is, after the end.
        Raises Refused for anybody but their author, for a line that isn't shared, and for a supervisor once the coaching
        has ended; ValidationError when it is empty or holds an identifier.
        """
        cls.require_own(of, by=by)
        text = clean_narrative(text).strip()
        if not text:
            raise ValidationError({"text": "Write what you meant. What you shared first stays beside it."})
        kind = {kind_of(of): of}
        last = cls.objects.filter(**kind).order_by("shared_at").last()
        if last and last.text == text:
            return last  # a second click says it once
        if not of.partnership.is_ended:
            tell(of.partnership.seat_of(by).other, occasion=Occasion.SHARED)
        return cls.objects.create(
            partnership=of.partnership, author=by, text=text, sealed_with=of.erasure_unit().id, **kind
        )
