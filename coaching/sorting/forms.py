"""What administrators fill in to open a blind sort, and what its sorters choose."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from coaching.forms.days import DayField
from coaching.sorting.cards import Card, Packet
from coaching.sorting.models import BlindSort
from coaching.sorting.tallying import NONE, UNSURE, moved
from coaching.training.forms.cohort import Verbal
from coaching.training.models import Cohort
from profiles.models import Edition
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.reading import number_in

A_LAST_DAY = {"required": "Choose the last day on which cards can be sorted."}
UNNAMED = "Choose one of them, or “I can’t tell”."


@dataclass(frozen=True)
class Box:
    """An aspect to tick."""

    pk: str
    slug: str
    title: str
    is_ticked: bool


class OpenForm(Verbal):
    aspects = forms.MultipleChoiceField(
        label="Which aspects",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one aspect.",
            "invalid_choice": "Choose aspects of this edition.",
        },
        help_text="Each is put in order by itself. The cards of a whole profile are named first, so a few aspects of "
        "one profile take less time than one of each.",
    )
    cohort: "forms.ModelChoiceField[Cohort]" = forms.ModelChoiceField(
        None,
        label="Who sorts",
        required=False,
        empty_label="Everybody who is given the link",
        help_text="Of a training, its trainees. Administrators never sort.",
        error_messages={"invalid_choice": "Choose a training that learns with this edition."},
    )
    closes_on = DayField(label="Last day", required=True, error_messages=A_LAST_DAY)

    def __init__(self, *args: Any, edition: Edition, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition
        aspects = edition.aspects.select_related("profile")
        self.grouped = [
            (title, [(aspect.slug, aspect.title) for aspect in group])
            for title, group in groupby(aspects, key=lambda aspect: aspect.profile.title)
        ]
        self.field("aspects", forms.MultipleChoiceField).choices = self.grouped
        cohorts = Cohort.objects.visible_to(by).filter(edition=edition, ends_on__gte=timezone.localdate())
        self.field("cohort", forms.ModelChoiceField).queryset = cohorts.order_by("title")

    @property
    def profiles(self) -> list[tuple[str, list[Box]]]:
        """The boxes of the aspects under the titles of their profiles."""
        ticked = set(self["aspects"].value() or [])
        numbers = count()
        return [
            (title, [Box(f"id_aspects_{next(numbers)}", slug, name, slug in ticked) for slug, name in group])
            for title, group in self.grouped
        ]

    def save(self, *, by: User) -> BlindSort | None:
        """Open it. None, with the errors on the form, when it can't be."""
        made: list[BlindSort] = []
        self.attempt(lambda: made.append(BlindSort.begin(self.edition, by=by, **self.cleaned_data)))
        return made[0] if made else None


class ReopenForm(Verbal):
    closes_on = DayField(label="Last day", required=True, error_messages=A_LAST_DAY)

    def save(self, sort: BlindSort, *, by: User) -> bool:
        return self.attempt(lambda: sort.reopen(by=by, closes_on=self.cleaned_data["closes_on"]))


class NameForm(BaseForm):
    """Which aspect a card belongs to."""

    aspect = forms.ChoiceField(
        widget=forms.RadioSelect, error_messages={"required": UNNAMED, "invalid_choice": UNNAMED}
    )

    def __init__(self, *args: Any, packet: Packet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("aspect", forms.ChoiceField).choices = [
            *((aspect.slug, aspect.title) for aspect in packet.aspects),
            (NONE, "None of these"),
            (UNSURE, "I can’t tell"),
        ]


@dataclass
class OrderSent:
    """How the cards lay on a page, and what its sorter did to them: a place chosen for some, or an arrow of one.

    Not a form of Django's, since its fields are the cards.
    """

    cards: Sequence[Card]
    """As they lay on the page."""
    places: dict[str, int] = field(default_factory=dict)
    """By a card's mark, the place that was chosen for it."""
    two: int = 0
    """The first of two places that read alike; 0 for none."""

    @classmethod
    def read(cls, data: QueryDict, cards: Sequence[Card]) -> "OrderSent | None":
        """What was sent; None where the page showed other cards than there are."""
        known = {card.mark: card for card in cards}
        marks = data.get("seen", "").split(",")
        if sorted(marks) != sorted(known):
            return None
        lay = [known[mark] for mark in marks]
        chosen = {
            card.mark: number_in(data.get(f"place-{card.mark}", ""), most_digits=2) or at
            for at, card in enumerate(lay, start=1)
        }
        two = number_in(data.get("two", ""), most_digits=2) or 0
        return cls(lay, chosen, two if two < len(lay) else 0)

    @property
    def seen(self) -> list[int]:
        return [card.level for card in self.cards]

    @property
    def order(self) -> list[int]:
        """The cards at the places that were chosen, and the others between them as they lay.

        Raises ValidationError where two were given one place, or one a place that there isn't.
        """
        wanted = {
            card.mark: self.places[card.mark]
            for at, card in enumerate(self.cards, start=1)
            if self.places[card.mark] != at
        }
        if twice := [place for place, number in Counter(wanted.values()).items() if number > 1]:
            raise ValidationError(
                f"Two cards were given place {twice[0]}. Choose another place for one of them."
            )
        if any(place > len(self.cards) for place in wanted.values()):
            raise ValidationError(f"There are {len(self.cards)} places. Choose one of them.")
        by_place = {place: mark for mark, place in wanted.items()}
        others = iter(card for card in self.cards if card.mark not in wanted)
        by_mark = {card.mark: card for card in self.cards}
        return [
            (by_mark[by_place[place]] if place in by_place else next(others)).level
            for place in range(1, len(self.cards) + 1)
        ]

    def nudged(self, mark: str, by: int) -> list[int]:
        """The order with one card a place further up or down."""
        order = self.order
        level = next((card.level for card in self.cards if card.mark == mark), None)
        if level is None:
            return order
        to = order.index(level) + 1 + by
        return moved(order, level, min(max(to, 1), len(order)))

    def alike_in(self, order: Sequence[int]) -> list[int]:
        """The two levels that read alike, as long as they lie side by side."""
        if not self.two:
            return []
        first, second = self.seen[self.two - 1 : self.two + 1]
        return [first, second] if abs(order.index(first) - order.index(second)) == 1 else []
