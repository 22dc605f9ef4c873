"""Home: for each partnership, who does what next (product.md, 7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from coaching.cycle import SOON, STEPS, Standing, all_of, day_text, moment_text
from coaching.models import (
    CoachingSession,
    Cohort,
    Engagement,
    Goal,
    GroupSession,
    Invitation,
    Partnership,
    Promise,
    ShownNote,
)
from profiles.models import Edition, PracticeProfile
from sopcoach.http import HttpRequest
from sopcoach.models import User

MOST_GOALS = 6
NUMBERS = ("no focus", "one focus", "two focuses", "three focuses")


@dataclass(frozen=True)
class Lead:
    """What the page asks of its reader before anything else."""

    eyebrow: str
    sentence: str
    label: str
    url: str
    is_mine: bool = True
    standing: Standing | None = None


@dataclass(frozen=True)
class Place:
    """One partnership on the page, in words."""

    standing: Standing
    is_led_with: bool

    @property
    def session(self) -> CoachingSession | None:
        return self.standing.session

    @property
    def promises(self) -> list[Promise]:
        """Those of last time that are still open; older ones come up in the session itself."""
        ahead = self.session.number if self.session else None
        rows = [row for row in self.standing.promises if row.session.number != ahead]
        last = max((row.session.number for row in rows), default=0)
        return [row for row in rows if row.session.number == last]

    @property
    def own_promises(self) -> list[Promise]:
        me = self.standing.seat.person
        return [promise for promise in self.promises if promise.keeper_id == me.pk]

    @property
    def session_sentence(self) -> str:
        session = self.session
        if session is None:
            return ""
        if session.is_open:
            return f"Session {session.number} is going on."
        if session.starts_at is None:
            return f"Session {session.number} is whenever you both sit down."
        return f"Session {session.number} is {moment_text(session.starts_at)}."

    @property
    def session_title(self) -> str:
        """The meeting's day and time: "Today, 10:00 to 11:00"."""
        session = self.session
        if session is None or session.starts_at is None or session.ends_at is None:
            return "When you both sit down"
        if session.is_open:
            return "Going on now"
        starts, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        day = day_text(starts.date()).removeprefix("on ")
        return f"{day[0].upper()}{day[1:]}, {date_format(starts, 'H:i')} to {date_format(ends, 'H:i')}"

    @property
    def partnership(self) -> Partnership:
        return self.standing.partnership

    @property
    def where(self) -> str:
        """Where the two are in the cycle, in one or two sentences."""
        standing = self.standing
        if not self.partnership.is_formal:
            return f"{self.partnership.engagement_since}."
        part = f"You’re at “{standing.place}”, step {standing.place_number} of {len(STEPS)}"
        if standing.focus_count:
            part += f", with {NUMBERS[standing.focus_count]}"
        rhythm = standing.rhythm_text
        return f"{part}. Meeting {rhythm[0].lower()}{rhythm[1:]}." if rhythm else f"{part}."


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    standings, ended = all_of(user)
    invitations = list(Invitation.objects.visible_to(user).for_list())
    asked = [row for row in invitations if row.asker.pk == user.pk]
    open_to_me = [row for row in invitations if row.answerer.pk == user.pk and row.is_open]
    lead = _lead(user, standings, asked, open_to_me)
    places = [Place(standing, lead is not None and standing is lead.standing) for standing in standings]
    context = {
        "greeting": _greeting(timezone.localtime()),
        "lead": lead,
        "is_new": not standings and not asked and not ended,
        "coached": [place for place in places if place.standing.seat.is_worker],
        "coaching": _by_name(place for place in places if place.standing.seat.is_supervisor),
        "ended": ended,
        "asked": sorted(asked, key=lambda row: row.answerer.name),
        "asking": sorted((row for row in open_to_me if row.is_by_worker), key=lambda row: row.worker.name),
        "shows_goals": any(place.partnership.is_begun and place.standing.seat.is_worker for place in places),
        "shown_by": ShownNote.objects.visible_to(user).lately_shown_to(user),
        "trainings": list(Cohort.objects.visible_to(user).attended_by(user).going_on().for_list()),
        "group_sessions": list(GroupSession.objects.visible_to(user).ahead_of(user)),
        "goals": _goals(user) if any(standing.seat.is_worker for standing in standings) else [],
    }
    return TemplateResponse(request, "home.html", context)


def _lead(
    user: User, standings: list[Standing], asked: list[Invitation], open_to_me: list[Invitation]
) -> Lead | None:
    """An invitation that waits for an answer comes first."""
    if open_to_me:
        return _answer(open_to_me[0])
    if standings:
        return _most_urgent(standings)
    return None if asked else _beginning(user)


def _answer(invitation: Invitation) -> Lead:
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


def _most_urgent(standings: Sequence[Standing]) -> Lead | None:
    """The reader's own most urgent step; nothing where several people are waited for, since the list says whom."""
    mine = sorted((standing for standing in standings if standing.next_step.is_mine), key=_urgency)
    first = mine[0] if mine else standings[0] if len(standings) == 1 else None
    if first is None:
        return None
    step = first.next_step
    turn = f"{first.seat.other.short_name}’s turn" if first.partnership.is_formal else "Where it stands"
    eyebrow = "Your next step" if step.is_mine else turn
    return Lead(eyebrow, step.sentence, step.label, step.url, step.is_mine, first)


def _urgency(standing: Standing) -> tuple[int, float]:
    """A meeting that is going on, then one that is near, then the others in the order of their days."""
    session, now = standing.session, timezone.now()
    if session is None or session.starts_at is None:
        return 2, 0
    if session.is_open:
        return 0, 0
    return (1 if session.starts_at - now < SOON else 2), session.starts_at.timestamp()


def _beginning(user: User) -> Lead | None:
    """For somebody with no coaching yet: whoever may coach invites somebody, the others read the first profile."""
    if user.may_supervise:
        return Lead(
            "A good place to begin",
            "Think of somebody in your unit who is already curious, and ask whether they’d like company.",
            "Invite a worker",
            reverse("invite"),
        )
    edition = Edition.objects.current()
    first = PracticeProfile.objects.filter(edition=edition).order_by("order").first() if edition else None
    if first is None:
        return None
    return Lead(
        "A good place to begin",
        "Read one practice profile and see which words already sound like you.",
        f"Read {first.title}",
        reverse("profiles:detail", args=[first.slug]),
    )


def _goals(user: User) -> list[Goal]:
    """What the worker tries out now: first what is still to be done, by its day, then what is reached."""
    goals = (
        Goal.objects.visible_to(user)
        .filter(partnership__worker=user, partnership__engagement=Engagement.FORMAL)
        .going_on()
        .for_list()
    )
    return sorted(goals, key=lambda goal: (goal.is_reached, goal.by_on))[:MOST_GOALS]


def _by_name(places) -> list[Place]:
    return sorted(places, key=lambda place: place.standing.seat.other.name)


def _greeting(now: datetime) -> str:
    if now.hour < 5:
        return "Hello"
    if now.hour < 12:
        return "Good morning"
    return "Good afternoon" if now.hour < 18 else "Good evening"
