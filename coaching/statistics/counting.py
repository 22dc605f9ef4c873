"""Counts a quarter, and keeps only what may be shown (ADR 10)."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from coaching.groups.models.seat import GroupSeat
from coaching.groups.models.session import GroupSession
from coaching.models.focus import Focus
from coaching.models.partnership import Partnership
from coaching.models.session import CoachingSession
from coaching.statistics.disclosure_control import FEWEST, LEAST_SPARE, kept_together
from coaching.statistics.figures import Figures, InFocus, Row, UnitRow
from coaching.statistics.quarters import Quarter
from profiles.models import Edition
from sopcoach.models import Unit, User
from sopcoach.requests.actor import acting_as_system

ACTOR = "counting"
"""Reads when coaching began and ended, when sessions and groups were held, and which aspects are in focus. No words."""
NO_UNIT = "Without a unit"


def closed_quarters() -> list[Quarter]:
    """Every closed quarter since there is coaching here, oldest first."""
    with acting_as_system(ACTOR):
        first = Partnership.objects.aggregate(first=models.Min("formal_on"))["first"]
        group = GroupSession.objects.aggregate(first=models.Min("closed_at"))["first"]
    began = min((day for day in (first, group and timezone.localdate(group)) if day), default=None)
    quarters: list[Quarter] = []
    quarter = Quarter.of(began) if began else None
    while quarter and quarter.is_closed:
        quarters.append(quarter)
        quarter = quarter.following
    return quarters


@dataclass
class _Tally:
    """A number, and the people it comes from."""

    number: int = 0
    people: set[int] = field(default_factory=set)

    @property
    def size(self) -> int:
        """What has to be five or more: ten sessions of two people tell about two people."""
        return min(self.number, len(self.people))

    @property
    def shown(self) -> int | None:
        return self.number if self.size >= FEWEST else None


type _Tallies[G] = Mapping[G, _Tally]
type _Place = int | None


def count(quarter: Quarter) -> Figures:
    """Count a quarter, and keep only what may be shown. Call as the system actor "counting"."""
    partnerships: _Tallies[_Place] = _by(_partnerships(quarter).values_list("worker__unit", "worker"))
    sessions: _Tallies[_Place] = _by(
        _sessions(quarter).values_list("partnership__worker__unit", "partnership__worker")
    )
    groups = _groups(quarter)
    places = _places(quarter, {*partnerships, *sessions, *groups})
    small = frozenset(place for place, (_, workers) in places.items() if workers < FEWEST)

    def together(
        tallies: _Tallies[_Place],
        already: frozenset[_Place] = frozenset(),
        spare: Mapping[_Place, int] | None = None,
    ) -> frozenset[_Place]:
        sizes = {place: tallies[place].size for place in places}
        return kept_together(sizes, never=small, already=already, spare=spare)

    spare = {place: workers - partnerships[place].number for place, (_, workers) in places.items()}
    hidden = together(partnerships, spare=spare)
    kept = {
        "partnerships": (partnerships, hidden),
        "sessions": (sessions, together(sessions, already=hidden)),
        "groups": (groups, together(groups)),
    }
    agency = Row(**{name: _sum(tallies.values()).shown for name, (tallies, _) in kept.items()})
    if sum(spare.values()) < LEAST_SPARE:
        agency = agency.model_copy(update={"partnerships": None})
    units = tuple(
        UnitRow(
            name=name,
            is_small=place in small,
            **{key: None if place in out else tallies[place].number for key, (tallies, out) in kept.items()},
        )
        for place, (name, _) in sorted(places.items(), key=lambda item: (item[0] is None, item[1][0].lower()))
    )
    others = {
        key: _sum(tallies[place] for place in out).number if 0 < len(out) < len(places) else None
        for key, (tallies, out) in kept.items()
    }
    profiles, other_profiles = _in_focus(
        quarter, most=sum(workers for _, workers in places.values()) - LEAST_SPARE
    )
    return Figures(
        agency=agency, units=units, others=Row(**others), profiles=profiles, other_profiles=other_profiles
    )


def _places(quarter: Quarter, counted: Collection[_Place]) -> dict[_Place, tuple[str, int]]:
    """Where anybody has worked in the quarter: the name of each unit, and how many workers it has now, fewest first.

    Whoever may supervise or administers isn't counted as a worker here, so that rather too little is shown. `counted`
    are in it whatever there is in them, so that no number of theirs is left between the units and the agency.
    """
    people = User.objects.filter(Q(is_active=True) | Q(deactivated_at__gte=quarter.begins_at)).order_by()
    workers = people.filter(is_active=True, may_supervise=False, is_administrator=False)
    sizes = dict(workers.values_list("unit").annotate(Count("pk")))
    names: dict[_Place, str] = dict(Unit.objects.values_list("pk", "name"))
    names[None] = NO_UNIT
    lived_in = {*people.values_list("unit", flat=True).distinct(), *counted}
    places = {place: (names[place], sizes.get(place, 0)) for place in lived_in}
    return dict(sorted(places.items(), key=lambda item: (item[1][1], item[1][0].lower())))


def _partnerships(quarter: Quarter) -> models.QuerySet[Partnership]:
    """In formal coaching at some time in the quarter. Observing, trying on and pauses are nobody's business."""
    return Partnership.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=quarter.begins_at), formal_on__lt=quarter.following.first_on
    )


def _sessions(quarter: Quarter) -> models.QuerySet[CoachingSession]:
    """Held in the quarter; see `CoachingSession.was_held`."""
    return CoachingSession.objects.filter(_closed_in(quarter), opened_at__isnull=False)


def _groups(quarter: Quarter) -> _Tallies[_Place]:
    """Held in the quarter, each in the unit of whoever led it."""
    held = GroupSession.objects.filter(_closed_in(quarter), opened_at__isnull=False)
    tallies: defaultdict[_Place, _Tally] = defaultdict(_Tally)
    for place in held.values_list("facilitator__unit", flat=True):
        tallies[place].number += 1
    seats = GroupSeat.objects.filter(session__in=held).values_list("session__facilitator__unit", "person")
    for place, person in seats.order_by():
        tallies[place].people.add(person)
    return tallies


def _closed_in(quarter: Quarter) -> Q:
    return Q(closed_at__gte=quarter.begins_at, closed_at__lt=quarter.following.begins_at)


def _in_focus(quarter: Quarter, *, most: int) -> tuple[tuple[InFocus, ...], int]:
    """Practice profiles that five partnerships or more have worked on, up to `most`, and how many other ones there are."""
    running = Focus.objects.filter(
        Q(rested_at=None) | Q(rested_at__gte=quarter.begins_at),
        opened_at__lt=quarter.following.begins_at,
        partnership__in=_partnerships(quarter),
    )
    worked_on = running.values_list("aspect__profile__slug", "partnership__worker", "partnership")
    tallies: _Tallies[str] = _by({(slug, worker, pair) for slug, worker, pair in worked_on.order_by()})
    titles = dict(
        running.order_by("opened_at").values_list("aspect__profile__slug", "aspect__profile__title")
    )
    edition = Edition.objects.current()
    in_edition = dict(edition.profiles.order_by("order").values_list("slug", "title")) if edition else {}
    titles = in_edition | {slug: title for slug, title in titles.items() if slug not in in_edition}
    shown = {
        slug: number for slug in titles if (number := tallies[slug].shown) is not None and number <= most
    }
    profiles = tuple(InFocus(title=titles[slug], partnerships=number) for slug, number in shown.items())
    return profiles, len(in_edition.keys() - shown.keys())


def _by[G: Hashable](rows: Iterable[tuple]) -> defaultdict[G, _Tally]:
    """Tallies of rows that begin with what they are counted by and with whom they come from."""
    tallies: defaultdict[G, _Tally] = defaultdict(_Tally)
    for key, person, *_ in rows:
        tallies[key].number += 1
        tallies[key].people.add(person)
    return tallies


def _sum(tallies: Iterable[_Tally]) -> _Tally:
    total = _Tally()
    for tally in tallies:
        total.number += tally.number
        total.people |= tally.people
    return total
