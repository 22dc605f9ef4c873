"""Two blind sorts of the edition: one that seven people have sorted and that is closed, and one that four have so far."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from coaching.demo.clock import Clock, at, workdays_from
from coaching.demo.people import ADA, DELE, LINH, NIA, OLAF, PETRA, SAM, TOMAS, WANDA, Person
from coaching.sorting.cards import packets
from coaching.sorting.models import BlindSort, Sorter
from coaching.sorting.models.result import close
from profiles.models import Edition
from sopcoach.models import User
from sopcoach.requests.actor import acting_as

CLOSED = "informing-the-network"
HARDLY_SORTED = "finding-people"
OPEN = ("balanced-inquiry", "transparent-stance")
ANOTHER = "strengthening-roles"
"""What three take one card for."""
TAKEN_FOR_ANOTHER = 5
ORDERS: dict[Person, Sequence[int]] = {
    SAM: (1, 2, 3, 4, 5, 6, 7),
    NIA: (1, 2, 3, 4, 5, 6, 7),
    OLAF: (1, 2, 3, 5, 4, 6, 7),
    WANDA: (2, 1, 3, 4, 5, 6, 7),
    LINH: (1, 2, 3, 5, 4, 6, 7),
    TOMAS: (1, 2, 4, 3, 5, 7, 6),
    PETRA: (1, 2, 3, 5, 4, 7, 6),
}
"""How the cards of the closed sort were put: two levels read alike to some."""
SORTED_BOTH = (SAM, NIA, OLAF)
SO_FAR = (NIA, OLAF, PETRA, DELE)
ASPECTS = {CLOSED, HARDLY_SORTED, ANOTHER, *OPEN}


def tell(users: dict[Person, User], clock: Clock, now: datetime) -> None:
    today = timezone.localdate(now)
    clock.go(at(workdays_from(today, -9), 9, 30))
    closed = _open(users, (HARDLY_SORTED, CLOSED), workdays_from(today, -3))
    clock.go(at(workdays_from(today, -6), 12, 40))
    for person, order in ORDERS.items():
        clock.later()
        odd = {TAKEN_FOR_ANOTHER: ANOTHER} if person in (OLAF, LINH, PETRA) else {}
        _sort(users[person], closed, CLOSED, order, odd, alike=(4, 5) if person in (OLAF, LINH) else ())
    for person in SORTED_BOTH:
        clock.later()
        _sort(users[person], closed, HARDLY_SORTED, range(1, 8))
    clock.go(at(workdays_from(today, -2), 16))
    with acting_as(users[ADA]):
        close(closed, by=users[ADA])

    clock.go(at(workdays_from(today, -2), 16, 20))
    going_on = _open(users, OPEN, today + timedelta(days=14))
    clock.go(at(workdays_from(today, -1), 12, 10))
    for person in SO_FAR:
        clock.later()
        _sort(users[person], going_on, OPEN[0], ORDERS.get(person, ORDERS[SAM]))


def _open(users: dict[Person, User], aspects: Sequence[str], last: date) -> BlindSort:
    edition = Edition.objects.current()
    if edition is None:
        raise ValueError("A sort has an edition.")
    with acting_as(users[ADA]):
        return BlindSort.begin(edition, by=users[ADA], aspects=aspects, closes_on=last)


def _sort(
    person: User,
    sort: BlindSort,
    aspect: str,
    order: Sequence[int],
    odd: dict[int, str] | None = None,
    alike: Sequence[int] = (),
) -> None:
    with acting_as(person):
        sorter = Sorter.of(sort, person)
        for packet in packets(sorter):
            if any(one.slug == aspect for one in packet.to_order):
                for card in packet.cards:
                    own = card.aspect == aspect and (odd or {}).get(card.level)
                    sorter.name_card(card.aspect, card.level, by=person, choice=own or card.aspect)
        sorter.keep(aspect, by=person, order=list(order), seen=list(order), alike=list(alike))
