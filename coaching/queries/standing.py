"""Where a pair is in the coaching cycle (product.md, 4)."""

from dataclasses import dataclass, field
from operator import attrgetter

from django.db.models import Exists, OuterRef, Q, prefetch_related_objects
from django.utils import timezone

from coaching.models import Agreement, CoachingSession, Engagement, Partnership, Promise, Rhythm, Seat
from coaching.models.agreement import MINUTES
from coaching.models.invitation import LAPSES_AFTER
from coaching.queries.facts import facts_of, promises_open, sessions_ahead, with_facts
from coaching.rules.next_step import NextStep, next_step
from coaching.rules.standing import Desk, Facts, Meeting
from sopcoach.models import User

STEPS = ("Engage", "Open", "Agree", "Walk through", "Set goals", "Practice and review", "Hand over or end")


@dataclass(frozen=True)
class Standing:
    """One partnership as one of its sides sees it on a page: on its own, or `within_session`."""

    seat: Seat
    facts: Facts
    session: CoachingSession | None
    conversation: CoachingSession | None = None
    promises: list[Promise] = field(default_factory=list)
    """Those still open, where somebody's partnerships stand side by side; the page of one has its own."""
    within_session: bool = False

    @property
    def partnership(self) -> Partnership:
        return self.seat.partnership

    @property
    def next_step(self) -> NextStep:
        return next_step(_desk(self), within_session=self.within_session)

    @property
    def going_on(self) -> list[CoachingSession]:
        """The session and the conversation that the two are in now; in a pause nothing goes on."""
        rows = [self.session, self.conversation] if self.partnership.is_formal else []
        return [row for row in rows if row and row.is_open]

    @property
    def rail(self) -> list[tuple[str, str]]:
        """The seven steps, each with "done", "current" or ""."""
        place = self.next_step.place
        return [
            (title, "done" if n < place else "current" if n == place else "") for n, title in enumerate(STEPS)
        ]

    @property
    def place(self) -> str:
        return STEPS[self.next_step.place]

    @property
    def place_number(self) -> int:
        return self.next_step.place + 1

    @property
    def rhythm_text(self) -> str:
        """The rhythm in force ("Every other week for one hour"), or nothing before an agreement."""
        if not self.facts.rhythm:
            return ""
        minutes = self.facts.minutes or 0
        return f"{Rhythm(self.facts.rhythm).label} for {MINUTES.get(minutes, f'{minutes} minutes')}"

    @property
    def has_agreement(self) -> bool:
        return bool(self.facts.rhythm)

    @property
    def is_beginning(self) -> bool:
        """Until their first session is closed."""
        return self.facts.last_held_at is None

    @property
    def asks_about_orientation(self) -> bool:
        """Whether the other side wishes to begin orientation, or to call it over, and waits for an answer."""
        return self.partnership.is_formal and self.facts.orientation_asked

    @property
    def focus_count(self) -> int:
        return self.facts.focus_count


def all_of(user: User) -> tuple[list[Standing], list[Seat]]:
    """A person's current partnerships as they began, and where it has ended, latest first. Three queries.

    What has ended a supervisor sees only while an agreement is left to read. That somebody stopped before formal
    coaching stands there for as long as a "not now" does.
    """
    signed = Agreement.objects.signed().filter(partnership=OuterRef("pk"))
    stopped = Q(formal_on=None, ended_at__gt=timezone.now() - LAPSES_AFTER)
    told = Q(ended_at=None) | Q(worker=user) | Exists(signed) | stopped
    rows = list(with_facts(Partnership.objects.visible_to(user).filter(told).for_list(), user))
    ended = sorted((row for row in rows if row.ended_at), key=attrgetter("ended_at"), reverse=True)
    current = [row for row in rows if not row.is_ended]
    prefetch_related_objects(current, sessions_ahead(user), promises_open(user))
    return [_standing(row, user) for row in current], [row.seat_of(user) for row in ended]


def standing_at(user: User, slug: str, *, within_session: bool = False) -> Standing | None:
    """One partnership by its address, or nothing for whoever isn't a side of it. Two queries.

    A page of the session that is going on asks what the session leads to, since everywhere else that step leads to it.
    """
    rows = with_facts(Partnership.objects.visible_to(user).for_list(), user)
    found = rows.prefetch_related(sessions_ahead(user)).filter(slug=slug).first()
    return _standing(found, user, within_session=within_session) if found else None


def _standing(partnership: Partnership, user: User, *, within_session: bool = False) -> Standing:
    rows: list[CoachingSession] = partnership.sessions_ahead  # type: ignore[attr-defined]
    promises: list[Promise] = getattr(partnership, "open_promises", [])
    for row in rows:
        row.partnership = partnership
    for promise in promises:
        promise.partnership = partnership
    return Standing(
        partnership.seat_of(user),
        facts_of(partnership),
        session=next((row for row in rows if not row.is_conversation), None),
        conversation=next((row for row in rows if row.is_conversation), None),
        promises=promises,
        within_session=within_session,
    )


def _desk(standing: Standing) -> Desk:
    seat, partnership = standing.seat, standing.partnership
    return Desk(
        slug=partnership.slug,
        reader=seat.person.pk,
        is_supervisor=seat.is_supervisor,
        other=seat.other.short_name,
        ended_at=partnership.ended_at,
        is_before_formal=partnership.is_before_formal,
        is_trying_on=partnership.engagement == Engagement.TRYING_ON,
        is_check_in_due=partnership.is_check_in_due,
        is_paused=partnership.engagement == Engagement.PAUSED,
        until_on=partnership.until_on,
        engagement_text=partnership.engagement_text,
        orientation=partnership.orientation,
        facts=standing.facts,
        session=_meeting(standing.session) if standing.session else None,
    )


def _meeting(session: CoachingSession) -> Meeting:
    """Needs `sessions_ahead`."""
    return Meeting(
        number=session.number,
        is_opening=session.is_opening,
        is_open=session.is_open,
        opened_at=session.opened_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        has_reflection=session.has_reflection,  # type: ignore[attr-defined]
        unrated=session.unrated,  # type: ignore[attr-defined]
    )
