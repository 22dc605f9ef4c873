"""Home: for each partnership, who does what next (product.md, 7)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from coaching.home.elsewhere import elsewhere_for
from coaching.home.leads import Lead, answer_to, going_on_in
from coaching.home.words import Asked, Ended, greeting, place_in_cycle, who_sees_this, whose_turn
from coaching.models import CoachingSession, Goal, Invitation, Partnership, Promise
from coaching.queries.standing import STEPS, Standing, all_of
from coaching.rules.next_step import SOON, day_text, moment_text
from profiles.models import Edition, PracticeProfile
from sopcoach.models import User, kept_from_the_mark
from sopcoach.requests.typed import HttpRequest
from sopcoach.words import dates

MOST_GOALS = 6
NUMBERS = ("no focus", "one focus", "two focuses", "three focuses")


@dataclass(frozen=True)
class Place:
    """One partnership on the page, in words."""

    standing: Standing
    is_led_with: bool
    answer: Invitation | None = None
    """The yes with which the two began, while it is told of."""

    @property
    def has_word_for_me(self) -> bool:
        """Whether the other side has said yes to me with words, which stand where the two are until they sit down."""
        answer, session = self.answer, self.session
        if answer is None or not answer.answer_words or (session and session.opened_at):
            return False
        return self.standing.is_beginning and answer.asker.pk == self.standing.seat.person.pk

    @property
    def session(self) -> CoachingSession | None:
        return self.standing.session

    @property
    def shows_session(self) -> bool:
        """Whether there is more to say of it than what the page begins with."""
        is_said = self.is_led_with and self.session is not None and self.session.is_open
        return self.session is not None and (not is_said or bool(self.promises))

    @property
    def promises(self) -> list[Promise]:
        """Those of last time that are still open, and of a conversation since; older ones come up in the session itself."""
        rows = [row for row in self.standing.promises if row.session != self.session]
        of_sessions = [row for row in rows if not row.session.is_conversation]
        last = max(of_sessions, key=lambda row: row.session.number, default=None)
        if last is None:
            return rows
        return [row for row in rows if row.session == last.session or row.made_at > last.made_at]

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
            return f"Session {session.number} has no day yet."
        if session.ends_at and session.ends_at < timezone.now():
            return f"Session {session.number} was planned for {moment_text(session.starts_at).removeprefix('on ')}."
        return f"Session {session.number} is {moment_text(session.starts_at)}."

    @property
    def meeting_and_promises(self) -> str:
        """For whoever coaches: when they meet, and what they themselves promised last time."""
        own = [_own_words(promise) for promise in self.own_promises]
        return (
            f"{self.session_sentence} Last time you promised: {' '.join(own)}"
            if own
            else self.session_sentence
        )

    @property
    def session_title(self) -> str:
        """The meeting's day and time: "Today, 10:00 to 11:00"."""
        session = self.session
        if session is None or session.starts_at is None or session.ends_at is None:
            return "When you both sit down"
        if session.is_left_open:
            return f"Open since {dates.day(session.opened_at)}"
        if session.is_open:
            return "Going on now"
        day = day_text(session.starts_at).removeprefix("on ")
        return f"{day[0].upper()}{day[1:]}, {dates.clock(session.starts_at)} to {dates.hour(session.ends_at)}"

    @property
    def partnership(self) -> Partnership:
        return self.standing.partnership

    @property
    def in_cycle(self) -> str:
        """The same in the list of those whom somebody coaches: short."""
        standing, pair = self.standing, self.partnership
        if not pair.is_formal:
            return str(pair.engagement_text)
        return place_in_cycle(standing.place_number, standing.place, orientation=pair.orientation)

    @property
    def turn(self) -> str:
        step = self.standing.next_step
        return whose_turn(
            goes_on=step.is_going_on, mine=step.is_mine, other=self.standing.seat.other.short_name
        )

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


def _own_words(promise: Promise) -> str:
    """A promise as its keeper is reminded of it in a sentence, and that its day is over if it is."""
    text = Truncator(promise.text).chars(120)
    if not promise.is_overdue:
        return text
    return f"{text if text.endswith(('.', '?', '!', '…')) else f'{text}.'} {dates.by_when(promise.due_on, mine=True)}"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    standings, ended = all_of(user)
    invitations = list(Invitation.objects.visible_to(user).for_list())
    asked = _asked(user, invitations, standings)
    open_to_me = [row for row in invitations if row.answerer.pk == user.pk and row.is_open and row.can_begin]
    begun_by = {row.slug: row for row in invitations if row.is_yes}
    lead, also = _leads(user, standings, asked, open_to_me)
    places = [
        Place(one, lead is not None and one is lead.standing, begun_by.get(one.partnership.slug))
        for one in standings
    ]
    coached = [place for place in places if place.standing.seat.is_worker]
    shows_goals = any(place.partnership.is_begun for place in coached)
    coaching = _by_name(place for place in places if place.standing.seat.is_supervisor)
    context = {
        "greeting": greeting(timezone.localtime()),
        "lead": lead,
        "also": also,
        "is_new": not standings and not asked and not ended,
        "who_sees_this": who_sees_this(
            [place.standing.seat.other.name for place in coached],
            coaches=bool(coaching),
            shows_goals=shows_goals,
        ),
        "coached": coached,
        "coaching": coaching,
        "has_agreement": any(one.has_agreement for one in standings if one.seat.is_supervisor),
        "ended": [Ended(seat) for seat in ended],
        "asked": [Asked(row) for row in sorted(asked, key=lambda row: row.answerer.name_folded)],
        "asking": sorted(
            (row for row in open_to_me if row.is_by_worker), key=lambda row: row.worker.name_folded
        ),
        "elsewhere": elsewhere_for(user),
        "is_kept_closed": user.is_administrator and bool(kept_from_the_mark([user])),
        "goals": _goals(standings),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "home.html", context)


def _asked(user: User, invitations: Iterable[Invitation], standings: Iterable[Standing]) -> list[Invitation]:
    """Whom somebody has asked; a question that lapsed no longer once there is a newer one, or the two coach."""
    asked = [row for row in invitations if row.asker.pk == user.pk and not row.is_yes]
    settled = {row.answerer.pk for row in asked if not row.has_lapsed}
    settled |= {standing.seat.other.pk for standing in standings}
    return [row for row in asked if not (row.has_lapsed and row.answerer.pk in settled)]


def _leads(
    user: User, standings: list[Standing], asked: list[Invitation], open_to_me: list[Invitation]
) -> tuple[Lead | None, list[Lead]]:
    """What the page begins with, and what stands in a line below it.

    First whatever goes on now, whoever's turn it otherwise is; then an invitation that waits for an answer.
    """
    waiting = [answer_to(open_to_me[0])] if open_to_me else []
    leads = [*_going_on(standings), *waiting]
    if leads:
        return leads[0], leads[1:]
    if standings:
        return _most_urgent(standings), []
    return (None if any(not row.has_lapsed for row in asked) else _beginning(user)), []


def _going_on(standings: list[Standing]) -> list[Lead]:
    """The sessions and conversations that somebody sits in now, the latest begun first."""
    rows = [(session, standing) for standing in standings for session in standing.going_on]
    rows.sort(key=lambda row: row[0].opened_at or timezone.now(), reverse=True)
    return [going_on_in(session, standing) for session, standing in rows]


def _most_urgent(standings: Sequence[Standing]) -> Lead | None:
    """The reader's own most urgent step; nothing where several people are waited for, since the list says whom."""
    mine = sorted((standing for standing in standings if standing.next_step.is_mine), key=_urgency)
    first = mine[0] if mine else standings[0] if len(standings) == 1 else None
    if first is None:
        return None
    step = first.next_step
    turn = f"{first.seat.other.short_name}’s turn" if first.partnership.is_formal else "Where it stands"
    eyebrow = "Your next step" if step.is_mine else turn
    return Lead(eyebrow, step.sentence, step.label, step.url, step.is_mine, first, plan_at=step.plan_at)


def _urgency(standing: Standing) -> tuple[int, float]:
    """A meeting that is near, then the others in the order of their days."""
    session = standing.session
    if session is None or session.starts_at is None:
        return 1, 0
    return (0 if session.starts_at - timezone.now() < SOON else 1), session.starts_at.timestamp()


def _beginning(user: User) -> Lead | None:
    """For somebody with no coaching yet: whoever may coach invites somebody, the others read the first profile."""
    if user.is_administrator:
        return None
    if user.may_coach:
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


def _goals(standings: Sequence[Standing]) -> list[Goal]:
    """What the worker tries out now: first what is still to be done, by its day, then what is reached."""
    goals = [
        goal
        for one in standings
        if one.seat.is_worker and one.partnership.is_formal
        for goal in one.known.goals
    ]
    return sorted(goals, key=lambda goal: (goal.is_reached, goal.by_on))[:MOST_GOALS]


def _by_name(places) -> list[Place]:
    return sorted(places, key=lambda place: place.standing.seat.other.name)
