"""What home says of the partnerships of its reader, in sentences (product.md, 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from coaching.models import Invitation, Seat
from coaching.queries.standing import STEPS
from sopcoach.words import dates

BETWEEN_TWO = "Each of these is between you and {one}. Nobody sees them side by side but you."


def who_sees_this(coached: Sequence[str], *, coaches: bool, shows_goals: bool) -> str:
    """Who reads what stands on this page: `coached` are the names of those who coach its reader."""
    if coaches:
        return BETWEEN_TWO.format(one="one other person" if coached else "one person")
    if not coached:
        return ""
    alone = coached[0] if len(coached) == 1 else ""
    if shows_goals:
        sees = (
            f"{alone} sees your goals and their counts"
            if alone
            else "Whoever coaches you on a goal sees it and its count"
        )
        return f"What you note here is yours. {sees}; nobody else sees anything."
    sees = (
        f"{alone} sees how far you’ve come in"
        if alone
        else "Whoever you work with sees how far you’ve come in"
    )
    return f"What you keep is yours. {sees}, and nothing else."


@dataclass(frozen=True)
class Asked:
    """Somebody whom the reader has asked or invited, and how it stands."""

    invitation: Invitation

    @property
    def sentence(self) -> str:
        invitation = self.invitation
        if invitation.has_lapsed:
            return f"Lapsed on {dates.day(invitation.lapses_at)} without an answer. You can ask again."
        if not invitation.is_open:
            return "Not now. That is a good answer, and it asks for no reason."
        asked = "Asked" if invitation.is_by_worker else "Invited"
        return f"{asked} on {dates.day(invitation.sent_at)}. The answer comes in its own time."

    @property
    def label(self) -> str:
        if self.invitation.answer:
            return "Read the answer"
        return "Read what you wrote" if self.invitation.is_by_worker else "Read your invitation"

    @property
    def label_ends(self) -> str:
        """For whoever hears one link after the other."""
        return f"{'of' if self.invitation.answer else 'to'} {self.invitation.answerer.name}"

    @property
    def side(self) -> str:
        return "supervisor" if self.invitation.is_by_worker else "worker"

    @property
    def tag(self) -> str:
        if self.invitation.has_lapsed:
            return "Lapsed"
        return "Open" if self.invitation.is_open else "Not now"


@dataclass(frozen=True)
class Ended:
    """A partnership of before: what of it its reader can still open, and what they were in."""

    seat: Seat

    @property
    def url(self) -> str:
        """Nothing for a supervisor with whom somebody only observed or tried on: there is nothing that they signed."""
        if self.seat.is_worker:
            return reverse("partnership", args=[self.seat.partnership.slug])
        if self.seat.partnership.formal_on:
            return reverse("agreement", args=[self.seat.partnership.slug])
        return ""

    @property
    def label(self) -> str:
        name = self.seat.other.name
        if not self.seat.partnership.formal_on:
            return f"Observing or trying on with {name}"
        return f"Coaching with {name}" if self.seat.is_worker else f"What you signed with {name}"

    @property
    def until(self) -> str:
        ended_at = self.seat.partnership.ended_at
        return f", until {dates.day(ended_at)}" if ended_at else ""


def place_in_cycle(number: int, place: str, *, orientation: bool) -> str:
    """Where a pair is, in the list of those whom somebody coaches."""
    return f"{number} of {len(STEPS)}, {place}{', in orientation' if orientation else ''}"


def whose_turn(*, goes_on: bool, mine: bool, other: str) -> str:
    if goes_on:
        return "Going on"
    return "Your turn" if mine else f"{other}’s turn"


def greeting(now: datetime) -> str:
    if now.hour < 5:
        return "Hello"
    if now.hour < 12:
        return "Good morning"
    return "Good afternoon" if now.hour < 18 else "Good evening"
