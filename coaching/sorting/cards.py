"""The cards of a blind sort, as one person gets them: mixed, and with nothing on them that gives their place away.

Each person has an order of their own, the same at every visit. A card goes by a mark that is made of a secret, so that
neither the page nor an address holds a level or a key that could be counted up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.crypto import salted_hmac

from coaching.sorting.models import BlindSort, Sorter
from profiles.models import LevelDescriptor, PracticeProfile, SkillAspect
from sopcoach.models import User

_SALT = "coaching.sorting.cards"


@dataclass(frozen=True)
class Card:
    """A level's words, without anything that says which level's."""

    mark: str
    descriptor: LevelDescriptor

    @property
    def text(self) -> str:
        return self.descriptor.text

    @property
    def level(self) -> int:
        return self.descriptor.level.number

    @property
    def aspect(self) -> str:
        return self.descriptor.aspect.slug


def mixed(sort: BlindSort, person: User, of: str, descriptors: Iterable[LevelDescriptor]) -> list[Card]:
    """Cards in this person's own order. `of` says what for, so that one shuffle tells nothing of another."""
    cards = [Card(_mark(f"{sort.pk}/{person.pk}/{of}/{row.pk}"), row) for row in descriptors]
    return sorted(cards, key=lambda card: card.mark)


def _mark(what: str) -> str:
    return salted_hmac(_SALT, what, algorithm="sha256").hexdigest()[:12]


@dataclass(frozen=True)
class Packet:
    """One practice profile of a sort, as one person stands with it: its cards are named first, then put in order."""

    profile: PracticeProfile
    sorter: Sorter
    chosen: Sequence[str]
    """Slugs of the aspects to be put in order."""

    @property
    def aspects(self) -> list[SkillAspect]:
        return list(self.profile.aspects.all())

    @property
    def to_order(self) -> list[SkillAspect]:
        return [aspect for aspect in self.aspects if aspect.slug in self.chosen]

    @cached_property
    def cards(self) -> list[Card]:
        """Those that are named: of the whole profile, since a card of one aspect alone would give its aspect away.

        Cards of what is done are out of it.
        """
        rows = [
            row for aspect in self.aspects if aspect.slug not in self.done for row in aspect.descriptors.all()
        ]
        return mixed(self.sorter.sort, self.sorter.person, self.profile.slug, rows)

    @property
    def done(self) -> list[str]:
        return list(self.sorter.kept)

    @property
    def unnamed(self) -> list[int]:
        """The places, from 1, of the cards that nothing is said of yet."""
        return [place for place, card in enumerate(self.cards, start=1) if not self.named(card)]

    def named(self, card: Card) -> str:
        given: Mapping[str, str] = self.sorter.named.get(card.aspect, {})
        return given.get(str(card.level), "")

    @property
    def is_named(self) -> bool:
        """Whether its cards may be put in order."""
        return not self.unnamed

    @property
    def waiting(self) -> list[SkillAspect]:
        """The aspects that are still to be put in order."""
        return [aspect for aspect in self.to_order if aspect.slug not in self.done]

    @property
    def is_done(self) -> bool:
        return not self.waiting

    @property
    def has_begun(self) -> bool:
        return bool(self.done) or any(self.named(card) for card in self.cards)

    @property
    def kept_titles(self) -> list[str]:
        return [aspect.title for aspect in self.to_order if aspect.slug in self.done]

    def in_order(self, aspect: SkillAspect) -> list[Card]:
        """The cards of an aspect as this person has put them, mixed where they haven't."""
        cards = mixed(self.sorter.sort, self.sorter.person, f"order {aspect.slug}", aspect.descriptors.all())
        order: list[int] = self.sorter.orders.get(aspect.slug, [])
        by_level = {card.level: card for card in cards}
        return [by_level[level] for level in order] if order else cards


def packets(sorter: Sorter) -> list[Packet]:
    """The practice profiles of a sort, in the edition's order."""
    chosen = sorter.sort.aspects
    profiles = PracticeProfile.objects.filter(edition=sorter.sort.edition_id, aspects__slug__in=chosen)
    rows = profiles.distinct().order_by("order").prefetch_related("aspects__descriptors__level")
    return [Packet(row, sorter, chosen) for row in rows]
