"""What is known of where a pair is, as data: what a next step is made of."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from coaching.rules.slot import Slot


@dataclass(frozen=True)
class Facts:
    """What is known of a partnership, as the person it was asked for may know it.

    A focus is unaimed while its start or its target is missing, and goalless while it has a target and nothing is
    tried out in it; of each kind the first is named.
    """

    rhythm: str | None
    minutes: int | None
    slot: Slot | None
    newest_agreement: int | None
    newest_in_force: int | None
    newest_proposed_by: int | None
    has_draft: bool
    worker_marked: bool
    supervisor_marked: bool
    focus_count: int
    aimed_count: int
    unaimed_count: int
    unaimed_title: str | None
    unaimed_slug: str | None
    unaimed_has_start: bool | None
    goalless_count: int
    goalless_title: str | None
    goalless_slug: str | None
    has_goal: bool
    has_had_goal: bool
    orientation_asked: bool
    erasing_asked: bool
    shows_earlier: bool
    newer_edition: str
    """The name of a newer edition than theirs, in formal coaching; else nothing."""
    move_proposed_by: int | None
    """Who would like to go on with it."""
    shown_to: tuple[str, ...]
    """The names of those to whom something of it has been released."""
    last_held_at: datetime | None

    @property
    def has_proposal(self) -> bool:
        return (self.newest_agreement or 0) > (self.newest_in_force or 0)


@dataclass(frozen=True)
class Meeting:
    """The session that is open or ahead."""

    number: int
    is_opening: bool
    is_open: bool
    opened_at: datetime | None
    starts_at: datetime | None
    ends_at: datetime | None
    has_reflection: bool
    unrated: int
    """On how many focuses that it looks back on the worker has still to place themselves."""


@dataclass(frozen=True)
class Situation:
    """What a next step is made of: whose it is, what is known, and the session that is open or ahead."""

    slug: str
    reader: int
    """The key of whoever it is said to."""
    is_supervisor: bool
    other: str
    """What the other one is called."""
    ended_at: datetime | None
    is_before_formal: bool
    is_trying_on: bool
    is_check_in_due: bool
    is_paused: bool
    until_on: date | None
    engagement_text: str
    orientation: bool
    facts: Facts
    session: Meeting | None

    def to(self, name: str, *args: object) -> str:
        return reverse(name, args=[self.slug, *args])

    @property
    def in_review(self) -> int:
        """How many focuses a review would go through that began now."""
        return self.facts.focus_count if self.orientation else self.facts.aimed_count

    @property
    def has_reflection(self) -> bool:
        return self.session is not None and self.session.has_reflection

    @property
    def focuses_left(self) -> int:
        """How many focuses that the session looks back on the worker has still to place themselves on."""
        return self.session.unrated if self.session else 0

    @property
    def has_looked_back(self) -> bool:
        """Whether the worker has shared all that the supervisor waits for."""
        return self.has_reflection and not self.focuses_left
