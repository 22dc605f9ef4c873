"""What somebody has written into a form of a session and not shared: nobody else has it, and closing must not lose it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from coaching.models import CoachingSession, Draft
from coaching.models.draft import DAY
from coaching.models.reviewed import review_focuses
from sopcoach.models import User
from sopcoach.vault.fields import is_lost

NAMES = {
    "promise": "A promise",
    "congratulation": "A congratulation",
    "went_well": "What went well",
    "differently": "What you would do differently",
    "because": "What tells you where you are",
    "saw": "What you saw",
    "try_next": "Something to try next",
    "reply": "Your answer to what was seen",
}
"""What the words of each field are; a level, or a day, says nothing by itself."""


@dataclass(frozen=True)
class Unshared:
    """One text of the reader's, and where it belongs."""

    draft: Draft
    is_in_review: bool = True
    """Whether the session looks back on the focus that it is about: else it can be taken along, and not be shared."""
    day: date | None = None
    """The day that a promise is to be kept by, where its keeper has chosen one."""

    @property
    def name(self) -> str:
        focus = self.draft.focus
        return f"{NAMES[self.draft.field]}, {focus.aspect.title}" if focus else NAMES[self.draft.field]

    @property
    def is_promise(self) -> bool:
        return self.draft.field == "promise"

    @property
    def is_congratulation(self) -> bool:
        return self.draft.field == "congratulation"

    @property
    def is_shareable(self) -> bool:
        """Whether it can be shared as it stands, by a tick. A review has an order, and pages of its own."""
        return self.is_promise or self.is_congratulation

    @property
    def key(self) -> str:
        return str(self.draft.pk)

    @property
    def seen(self) -> str:
        """Names these words as they stand, so that a page can say which ones it has asked about."""
        return f"{self.key}.{self.draft.revision}"

    @property
    def url(self) -> str:
        """The page of the review on which it is shared."""
        session = self.draft.session
        here = [session.partnership.slug, session.number]
        if self.draft.focus:
            return reverse("review_focus", args=[*here, self.draft.focus.aspect_slug])
        return reverse("look_back", args=here)


@dataclass(frozen=True)
class Begun:
    """A promise that its author had begun in an earlier meeting of the pair and didn't make."""

    words: str
    day: date | None
    """By when, where they had chosen a day that is still to come."""
    session: CoachingSession


def promise_begun_before(session: CoachingSession, author: User) -> Begun | None:
    """The latest one that is still kept for its author (docs/data_retention.yaml says how long)."""
    rows = Draft.objects.visible_to(author).filter(
        partnership=session.partnership_id, session__closed_at__isnull=False, field__in=("promise", DAY)
    )
    found = list(rows.select_related("session").order_by("-session__closed_at"))
    for row in found:
        if row.field == "promise" and row.text.strip() and not is_lost(row.text):
            day = _day_of([one for one in found if one.session_id == row.session_id])
            return Begun(row.text, day if day and day >= timezone.localdate() else None, row.session)
    return None


def _day_of(rows: list[Draft]) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(next((row.text for row in rows if row.field == DAY), ""))
    return None


def unshared_in(session: CoachingSession, author: User) -> list[Unshared]:
    """What is the author's own, in the order in which it was written."""
    drafts = (
        Draft.objects.visible_to(author)
        .filter(session=session)
        .select_related("focus__aspect", "session__partnership")
    )
    rows = list(drafts.order_by("saved_at"))
    day = _day_of(rows)
    reviewed = (
        set(review_focuses(session).values_list("pk", flat=True)) if any(r.focus_id for r in rows) else set()
    )
    return [
        Unshared(
            row, row.focus_id is None or row.focus_id in reviewed, day if row.field == "promise" else None
        )
        for row in rows
        if row.field in NAMES and row.text.strip()
    ]
