"""What one side has written of an agreement and hasn't signed (FAQ, begin step 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from hashlib import sha256
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from coaching.models.agreement import CHANGING, LIMITS, MINUTES, Agreement, Rhythm, Terms
from coaching.models.base import (
    OwnErasureUnit,
    OwnErasureUnitQuerySet,
    StaleError,
    clean_narrative,
    private_keeper,
)
from coaching.models.locking import in_turn, in_turn_unheard
from coaching.models.partnership import Partnership, content_readers
from coaching.row_security.conditions import IN_CONTENT, both, either, mine, system
from coaching.row_security.policy import Wall, change
from coaching.rules.not_appraisal import CONCERNS, PURPOSE
from sopcoach.mailing.occasions import Occasion
from sopcoach.mailing.telling import tell
from sopcoach.models import User
from sopcoach.vault.fields import LostWordsError, is_lost
from sopcoach.vault.keyring import ErasureUnit
from sopcoach.words.refusal import Refused

NO_RHYTHM = "Choose how often from the list."
NO_MINUTES = "Choose for how long from the list."
NO_WEEKDAY = "Choose the day from the list."
NO_HOUR = "Write an hour such as 10:00."
HALF_A_SLOT = "A fixed day has its hour, and an hour its day: choose both, or leave both empty."

READERS = (
    "The two of us. Drafts are seen by their author alone. What one of us shares, the other can read at once, and it "
    "then stays as it was. Administrators see no content. A next supervisor sees only what {worker} releases."
)
ASKS = {
    "purpose": "Say what you use the practice profiles for, and what not.",
    "readers": "Say who sees what.",
    "concerns": "Say what happens if there’s a worry.",
}
"""What no agreement leaves out (FAQ, begin step 2: "be explicit about how this will be used internally")."""


class AgreementDraftQuerySet(OwnErasureUnitQuerySet["AgreementDraft"]):
    def visible_to(self, user: User) -> Self:
        """Its author alone, until they sign it."""
        return self.filter(content_readers(user), author=user)


class AgreementDraft(OwnErasureUnit, Terms):
    """One side's unsigned words. Each side may have one; the other never sees it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="agreement_drafts")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    objects = AgreementDraftQuerySet.as_manager()

    wall = Wall(
        read=either(both(IN_CONTENT, mine("author_id")), system("ending")),
        insert=both(IN_CONTENT, mine("author_id")),
        update=both(IN_CONTENT, mine("author_id")),
        delete=either(both(IN_CONTENT, mine("author_id")), system("ending")),
        changes=(change(*Terms.FIELDS, "saved_at"),),
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partnership", "author"], name="agreement_draft_one_each")
        ]

    def __str__(self) -> str:
        return f"Draft of {self.partnership_id}"

    def erasure_unit(self) -> ErasureUnit:
        return ErasureUnit(private_keeper(self.partnership_id, self.author_id), self.pk)

    @classmethod
    def begin(cls, partnership: Partnership, *, by: User) -> "AgreementDraft":
        """The author's own draft: as saved, or a new one from what stands now (not yet written to the database)."""
        own = cls.objects.visible_to(by).filter(partnership=partnership).first()
        return own or cls._from_what_stands(partnership, by)

    @classmethod
    def _from_what_stands(cls, partnership: Partnership, by: User) -> "AgreementDraft":
        latest = Agreement.objects.visible_to(by).filter(partnership=partnership).order_by("-number").first()
        draft = cls(partnership=partnership, author=by)
        if latest:
            for name in cls.FIELDS:
                if not is_lost(getattr(latest, name)):
                    setattr(draft, name, getattr(latest, name))
        else:
            names = {"worker": partnership.worker.short_name, "supervisor": partnership.supervisor.short_name}
            draft.purpose = PURPOSE.format(**names)
            draft.readers = READERS.format(**names)
            draft.concerns = CONCERNS.format(**names)
        return draft

    @property
    def revisions(self) -> dict[str, int]:
        """What each term says, in a number: a page that was opened on other words brings another one."""
        return {name: _revision(str(getattr(self, name))) for name in self.FIELDS}

    def saved_since(self, seen: Mapping[str, int], terms: Mapping[str, object]) -> dict[str, str]:
        """What stands in each term that says something else than the page showed, and than what would be put there."""
        stored = {name: str(getattr(self, name)) for name in seen if name in terms}
        return {
            name: text
            for name, text in stored.items()
            if _revision(text) != seen[name] and text != str(terms[name]).replace("\r\n", "\n")
        }

    @classmethod
    @in_turn_unheard
    def keep(
        cls, partnership: Partnership, *, by: User, field: str, text: str, revision: int
    ) -> "DraftedTerm":
        """Save one term while it is being written, over the words that its author has seen.

        A draft that says what stands anyway is none: it is not kept. Raises Refused where there is nothing to draft,
        StaleError when another window has saved other words since, ValidationError as `put`.
        """
        partnership.require_formal()
        partnership.require_side(by)
        if field not in cls.FIELDS:
            raise Refused("This field isn’t yours to write.")
        value = clean_term(field, text)
        draft = cls.begin(partnership, by=by)
        if is_lost(getattr(draft, field)):
            raise LostWordsError
        stored = str(getattr(draft, field))
        if stored != str(value):
            if _revision(stored) != revision:
                raise StaleError(text=stored, revision=_revision(stored))
            setattr(draft, field, value)
            draft.saved_at = timezone.now()
            if draft.revisions != cls._from_what_stands(partnership, by).revisions:
                draft.save()
            elif not draft._state.adding:
                draft.delete()
        return DraftedTerm(_revision(str(value)), draft.saved_at)

    @in_turn_unheard
    def put(self, *, by: User, seen: Mapping[str, int] | None = None, **terms: object) -> None:
        """Save the author's words; those that can't be opened now stay as they are.

        `seen` are the revisions that a page showed: nothing that was saved since is written over. Raises Refused for
        anybody else, StaleTermsError, ValidationError where they hold an identifier.
        """
        self.partnership.require_formal()
        if by.pk != self.author_id:
            raise Refused("A draft is its author’s alone.")
        if since := self.saved_since(seen or {}, terms):
            raise StaleTermsError(since)
        for name in self.FIELDS:
            if name in terms and not is_lost(getattr(self, name)):
                setattr(self, name, clean_term(name, str(terms[name])))
        self.saved_at = timezone.now()
        self.save()

    @in_turn
    def sign(self, *, by: User) -> "Agreement":
        """Sign the draft, which proposes it: it becomes the next version, and the other side can read and sign it.

        Signing again what one has just proposed changes nothing, so that a second click makes no second version.
        Raises Refused for anybody but its author, ValidationError when it leaves out what an agreement is for, or
        when it says what stands or is proposed already.
        """
        if by.pk != self.author_id:
            raise Refused("A draft is its author’s alone.")
        partnership = self.partnership
        partnership.require_formal()
        names = {"worker": partnership.worker.short_name, "supervisor": partnership.supervisor.short_name}
        missing = {name: ASKS[name] for name in ASKS if not getattr(self, name).strip()}
        if bool(self.weekday) != bool(self.at):
            missing |= {"at": HALF_A_SLOT} if self.weekday else {"weekday": HALF_A_SLOT}
        if missing:
            raise ValidationError(missing)
        latest = partnership.agreements.order_by("-number").first()
        if latest and all(getattr(latest, name) == getattr(self, name) for name in self.FIELDS):
            if latest.is_signed_by_both:
                raise ValidationError(
                    "This says the same as the agreement in force. Change what you’d like to change."
                )
            if latest.proposed_by_id != by.pk:
                raise ValidationError(
                    f"This says the same as version {latest.number}, which waits for you. Sign that one."
                )
            self.delete()
            return latest
        agreement = Agreement(
            partnership=partnership,
            number=latest.number + 1 if latest else 1,
            proposed_by=by,
            limits=LIMITS,
            changing=CHANGING.format(**names),
            **{name: getattr(self, name) for name in self.FIELDS},
        )
        agreement.put_signature(by)
        agreement.save(force_insert=True)
        tell(partnership.seat_of(by).other, occasion=Occasion.TO_SIGN)
        self.delete()
        return agreement


@dataclass
class StaleTermsError(Exception):
    """Another window has saved other words since a page was opened."""

    stored: dict[str, str]
    """What stands now, by the names of the terms."""


@dataclass(frozen=True)
class DraftedTerm:
    """How a term was saved, for the page that it is being written on."""

    revision: int
    saved_at: datetime


def clean_term(name: str, text: str) -> str | int:
    """Return what a draft may hold as this term, or raise ValidationError with a sentence for its author."""
    if name in Terms.WORDS:
        return clean_narrative(text)
    if name == "rhythm":
        if text not in Rhythm.values:
            raise ValidationError(NO_RHYTHM)
        return text
    if name == "weekday":
        if text and text not in map(str, range(7)):
            raise ValidationError(NO_WEEKDAY)
        return text
    if name == "at":
        return _hour(text)
    if text not in map(str, MINUTES):
        raise ValidationError(NO_MINUTES)
    return int(text)


def _hour(text: str) -> str:
    try:
        return time.fromisoformat(text.strip()).isoformat("minutes") if text.strip() else ""
    except ValueError:
        raise ValidationError(NO_HOUR) from None


def _revision(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:8]) % 999_999_999 + 1
