"""How people sort cards, by the domain's own verbs."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils import timezone

from coaching.sorting.cards import packets
from coaching.sorting.models import BlindSort, Sorter
from coaching.training.models import Cohort
from profiles.models import Edition
from sopcoach.models import User


def open_sort(
    edition: Edition, *, by: User, aspects: Iterable[str] = (), cohort: Cohort | None = None, days: int = 7
) -> BlindSort:
    """A sort of these aspects, of the edition's first where none is named, until a week from today."""
    chosen = list(aspects) or [edition.aspects.all()[0].slug]
    last = timezone.localdate() + timedelta(days=days)
    return BlindSort.begin(edition, by=by, aspects=chosen, closes_on=last, cohort=cohort)


def name_cards(sort: BlindSort, person: User, *, as_what: str = "") -> Sorter:
    """Name every card of the sort's first practice profile, with its own aspect or with another answer."""
    sorter = Sorter.of(sort, person)
    for card in packets(sorter)[0].cards:
        sorter.name_card(card.aspect, card.level, by=person, choice=as_what or card.aspect)
    return Sorter.of(sort, person)


def sort_cards(
    sort: BlindSort,
    person: User,
    order: Sequence[int] = (),
    *,
    aspect: str = "",
    as_what: str = "",
    alike: Sequence[int] = (),
) -> None:
    """Name the cards and keep them in an order, the ladder's own where none is given."""
    slug = aspect or sort.aspects[0]
    sorter = name_cards(sort, person, as_what=as_what)
    levels = sort.edition.levels.values_list("number", flat=True)
    lies = list(order) or list(levels)
    sorter.keep(slug, by=person, order=lies, seen=lies, alike=alike)
