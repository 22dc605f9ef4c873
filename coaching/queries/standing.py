"""Where a pair is in the coaching cycle (product.md, 4)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from coaching.models import Agreement, CoachingSession, Engagement, Partnership, Promise, Seat
from coaching.models.agreement import rhythm_text
from coaching.models.invitation import LAPSES_AFTER
from coaching.queries.facts import Known, known_of
from coaching.rules.next_step import NextStep, next_step
from coaching.rules.standing import Facts, Situation
from sopcoach.models import User
from sopcoach.models.written import once

STEPS = ("Engage", "Open", "Agree", "Walk through", "Set goals", "Practice and review", "Hand over or end")


@dataclass(frozen=True)
class Standing:
    """One partnership as one of its sides sees it on a page: on its own, or `within_session`."""

    seat: Seat
    known: Known
    promises: list[Promise] = field(default_factory=list)
    """Those still open, where somebody's partnerships stand side by side; the page of one has its own."""
    within_session: bool = False

    @property
    def partnership(self) -> Partnership:
        return self.seat.partnership

    @property
    def facts(self) -> Facts:
        return self.known.facts

    @property
    def session(self) -> CoachingSession | None:
        return self.known.session

    @property
    def next_step(self) -> NextStep:
        return next_step(_situation(self), within_session=self.within_session)

    @property
    def going_on(self) -> list[CoachingSession]:
        """The session and the conversation that the two are in now; in a pause nothing goes on."""
        rows = [self.known.session, self.known.conversation] if self.partnership.is_formal else []
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
        return rhythm_text(self.facts.rhythm, self.facts.minutes or 0, self.facts.slot)

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
    """A person's current partnerships as they began, and where it has ended, latest first. Four queries.

    What has ended a supervisor sees only while an agreement is left to read. That somebody stopped before formal
    coaching stands there for as long as a "not now" does.
    """
    lapsed = timezone.now() - LAPSES_AFTER
    rows = [row for row in once(_told, user) if not (row.supervisor_id == user.pk and _lapsed(row, lapsed))]
    ended = sorted((row for row in rows if row.ended_at), key=attrgetter("ended_at"), reverse=True)
    current = [row for row in rows if not row.is_ended]
    known, promises = known_of(user, current), _open_promises(user, current)
    standings = [
        Standing(row.seat_of(user), known[row.pk], promises=promises.get(row.pk, [])) for row in current
    ]
    return standings, [row.seat_of(user) for row in ended]


def standing_at(user: User, slug: str, *, within_session: bool = False) -> Standing | None:
    """One partnership by its address, or nothing for whoever isn't a side of it. Three queries.

    A page of the session that is going on asks what the session leads to, since everywhere else that step leads to it.
    """
    found = next(iter(once(_by_slug, user, [slug])), None)
    if found is None:
        return None
    return Standing(found.seat_of(user), known_of(user, [found])[found.pk], within_session=within_session)


def _open_promises(user: User, partnerships: Sequence[Partnership]) -> dict[UUID, list[Promise]]:
    here = {partnership.pk: partnership for partnership in partnerships}
    found: dict[UUID, list[Promise]] = defaultdict(list)
    for row in once(_promises, user, list(here)) if here else ():
        row.partnership = here[row.partnership_id]
        found[row.partnership_id].append(row)
    return found


def _told(user: User, _: Sequence[UUID]) -> QuerySet[Partnership]:
    signed = Agreement.objects.visible_to(user).signed().filter(partnership=OuterRef("pk"))
    told = Q(ended_at=None) | Q(worker=user) | Q(formal_on=None) | Exists(signed)
    return Partnership.objects.visible_to(user).filter(told).for_list()


def _lapsed(partnership: Partnership, since: datetime) -> bool:
    """Whether somebody stopped before formal coaching, and longer ago than it is told of."""
    ended_at = partnership.ended_at
    return partnership.formal_on is None and ended_at is not None and ended_at <= since


def _by_slug(user: User, slug: Sequence[str]) -> QuerySet[Partnership]:
    return Partnership.objects.visible_to(user).for_list().filter(slug__in=slug)


def _promises(user: User, partnerships: Sequence[UUID]) -> QuerySet[Promise]:
    rows = Promise.objects.visible_to(user).filter(partnership__in=partnerships, kept_at=None, taken_on=None)
    return rows.select_related("keeper", "session", "taken_on").order_by("made_at")


def _situation(standing: Standing) -> Situation:
    seat, partnership = standing.seat, standing.partnership
    return Situation(
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
        session=standing.known.meeting,
    )
