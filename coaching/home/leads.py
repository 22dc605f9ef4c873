"""What home begins with: what its reader is asked before anything else."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from coaching.models import CoachingSession, Invitation
from coaching.queries.standing import Standing
from sopcoach.words import dates


@dataclass(frozen=True)
class Lead:
    """What the page asks of its reader before anything else."""

    eyebrow: str
    sentence: str
    label: str
    url: str
    is_mine: bool = True
    standing: Standing | None = None
    left_open: CoachingSession | None = None
    """A meeting that goes on since an earlier day: both are asked whether it ended."""
    plan_at: datetime | None = None
    """For when one press plans the meeting that was missed, or has no day."""

    @property
    def button(self) -> str:
        """How its link looks: quieter where a press besides it is what is asked, or where it is somebody else's turn."""
        if self.left_open or self.plan_at:
            return "btn-link px-0"
        return "btn-primary" if self.is_mine else "btn-quiet"


def going_on_in(session: CoachingSession, standing: Standing) -> Lead:
    eyebrow = "Going on now"
    if timezone.localdate(session.opened_at) != timezone.localdate():
        eyebrow = f"Going on since {dates.day(session.opened_at)}"
    if session.is_left_open:
        return Lead(
            eyebrow,
            f"Did {session.phrase} with {standing.seat.other.short_name} end? Nobody has closed it yet.",
            f"Look at {session.phrase}",
            reverse("session", args=[standing.partnership.slug, session.number]),
            standing=standing,
            left_open=session,
        )
    if not session.is_conversation:
        step = standing.next_step
        return Lead(eyebrow, step.sentence, step.label, step.url, standing=standing)
    return Lead(
        eyebrow,
        f"You and {standing.seat.other.short_name} are in a conversation.",
        f"Go on with {session.phrase}",
        reverse("session", args=[standing.partnership.slug, session.number]),
    )


def answer_to(invitation: Invitation) -> Lead:
    name = invitation.asker.short_name
    if invitation.is_by_worker:
        return Lead(
            "Somebody asks you",
            f"{name} would like to work with you. Read what {name} wishes, then say yes or not now.",
            f"Read what {name} writes",
            reverse("partnership", args=[invitation.slug]),
        )
    return Lead(
        "An invitation for you",
        f"{name} would like to learn with you. Read what that means, then say what suits you. Not now is fine.",
        f"Read {name}’s invitation",
        reverse("partnership", args=[invitation.slug]),
    )
