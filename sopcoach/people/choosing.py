"""People to choose from: found by a search, a few at a time, and two of one name told apart (product.md, 10).

A form with a `PersonField` or a `PeopleField` is a `ChoosingForm`. Its page shows a search field and at most `MOST_SHOWN`
people; “Find” posts the form itself, so that whoever is ticked and whatever is typed elsewhere in it stays, and whom one
looked for stands in no address and no log. With htmx the same happens while typing, and only the people are swapped.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, override

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Value, When
from django.forms.utils import ErrorDict
from django.template.response import TemplateResponse

from sopcoach.models import User, UserQuerySet
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.typed import HttpRequest

MOST_SHOWN = 20
FIRST_SHOWN = 8
"""Of a longer list, before anybody is looked for: what comes after it in the form should be near."""
FIND = "find"
"""What the button of a search does; a view that takes its form by its buttons alone takes this one too."""
LONGEST_SEARCH = 100
LONGEST_KEY = 18
NOT_LISTED = "This colleague can’t be chosen now. Choose somebody from the list."


def told_apart(people: Iterable[User], *, among: Iterable[User] | None = None) -> dict[int, str]:
    """What has to stand beside a name where people are chosen, by primary key; empty where the name alone tells.

    Two of one name differ by their units; of one unit, by the part of the e-mail before the @, and should even that be
    the same, by the whole of it. `among` is who else there is: those of the list alone, where it is the whole of it.
    """
    people = list(people)
    namesakes: dict[str, list[User]] = defaultdict(list)
    for other in people if among is None else among:
        namesakes[other.name_folded].append(other)
    return {person.pk: _tells(person, namesakes[person.name_folded]) for person in people}


def namesakes_of(people: Iterable[User]) -> list[User]:
    """Everybody with an account who has the name of one of them. One query."""
    names = {person.name_folded for person in people}
    same = User.objects.filter(is_active=True, name_folded__in=names).order_by()
    return list(same.only("name_folded", "unit_id", "email"))


def _tells(person: User, namesakes: list[User]) -> str:
    others = [other for other in namesakes if other.pk != person.pk]
    if not others:
        return ""
    in_unit = [other for other in others if other.unit_id == person.unit_id]
    if not in_unit:
        return person.unit.name if person.unit else "in no unit"
    before = _before_the_at(person)
    return person.email if before in {_before_the_at(other) for other in in_unit} else before


def _before_the_at(person: User) -> str:
    return person.email.partition("@")[0]


def named(person: User, tells: dict[int, str]) -> str:
    """Name and what tells this person from another of the same name, for a line of a list to choose from."""
    return f"{person.name} ({tells[person.pk]})" if tells[person.pk] else person.name


@dataclass(frozen=True)
class Choice:
    person: User
    beside: str
    """What stands with the name: what tells this person from another, else the unit."""
    is_chosen: bool


@dataclass(frozen=True)
class Chooser:
    """What a page shows: who is chosen, whom the search has found besides, and a sentence on how many there are."""

    chosen: list[Choice]
    found: list[Choice]
    total: int
    words: str
    has_own_unit_first: bool

    @property
    def has_anybody(self) -> bool:
        return bool(self.chosen or self.total or self.words)

    @property
    def is_searched(self) -> bool:
        """Whether there is anything to search; a short list is all there."""
        return bool(self.words) or self.total > MOST_SHOWN

    @property
    def told(self) -> str:
        """How many there are, for the eye and for whoever hears the page."""
        if self.total > MOST_SHOWN and self.words:
            return f"{MOST_SHOWN} of {self.total:,} who fit are shown. Type more letters to narrow it down."
        if self.total > MOST_SHOWN:
            first = ", those of your own unit first" if self.has_own_unit_first else ""
            return f"{FIRST_SHOWN} of {self.total:,} people are shown{first}. Type a part of a name or an e-mail to narrow it down."
        if not self.words:
            return ""
        if not self.total:
            return "Nobody here fits that. Try fewer letters."
        return "One person fits." if self.total == 1 else f"{self.total} people fit."


def look_for(
    offered: UserQuerySet[User], words: str = "", *, near: User | None = None, picked: Collection[int] = ()
) -> Chooser:
    """Of the people offered those whom the words fit, the unit of `near` first, and those who are picked already.

    At most four queries, however many people there are; one for a list that is all shown.
    """
    words = words[:LONGEST_SEARCH].strip()
    chosen = list(offered.filter(pk__in=picked).for_list()) if picked else []
    fitting = offered.exclude(pk__in=picked).named(words)
    found = list(fitting.select_related("unit").order_by(*_nearest(near))[: MOST_SHOWN + 1])
    is_cut = len(found) > MOST_SHOWN
    shown = [*chosen, *found[: FIRST_SHOWN if is_cut and not words else MOST_SHOWN]]
    tells = told_apart(shown, among=namesakes_of(shown) if is_cut or words else shown)
    choices = [
        Choice(
            person,
            tells[person.pk] or (person.unit.name if person.unit else ""),
            is_chosen=place < len(chosen),
        )
        for place, person in enumerate(shown)
    ]
    return Chooser(
        chosen=choices[: len(chosen)],
        found=choices[len(chosen) :],
        total=fitting.count() if is_cut else len(found),
        words=words,
        has_own_unit_first=bool(near and near.unit_id),
    )


def _nearest(near: User | None) -> list[Any]:
    if near is None or near.unit_id is None:
        return list(User.BY_NAME)
    return [Case(When(unit=near.unit_id, then=Value(0)), default=Value(1)), *User.BY_NAME]


class BoundPeople(forms.BoundField):
    field: "_Offering"  # type: ignore[assignment]

    @property
    def id_for_label(self) -> str:
        """The group's own, to which a sentence about what is wrong leads."""
        return self.auto_id

    @property
    def is_many(self) -> bool:
        return isinstance(self.field, PeopleField)

    @cached_property
    def chooser(self) -> Chooser:
        words = str(self.form.data.get(f"{self.html_name}_words", ""))
        return look_for(self.field.queryset, words, near=self.field.near, picked=self._picked)

    @property
    def _picked(self) -> list[int]:
        value = self.value()
        values = value if isinstance(value, list | tuple) else [value]
        return [int(str(key)) for key in values if _is_key(key)]


class _Offering(forms.ModelChoiceField):
    """A choice among the people that a form offers: whoever else is sent is refused with a sentence."""

    bound_field_class = BoundPeople
    queryset: UserQuerySet[User]
    near: User | None = None

    def __init__(self, queryset: UserQuerySet[User] | None = None, **kwargs: Any) -> None:
        sentences = kwargs.pop("error_messages", {})
        refused = sentences.get("invalid_choice", NOT_LISTED)
        kwargs["error_messages"] = (
            dict.fromkeys(("invalid_choice", "invalid_pk_value", "invalid_list"), refused) | sentences
        )
        super().__init__(User.objects.none() if queryset is None else queryset, **kwargs)

    def label_from_instance(self, person: User) -> str:  # type: ignore[override]
        return named(person, told_apart([person], among=namesakes_of([person])))

    def offer(self, people: UserQuerySet[User], *, near: User | None = None) -> None:
        """Say who may be chosen; those of the unit of `near` stand first."""
        self.queryset, self.near = people, near


class PersonField(_Offering):
    """One person. Its `empty_label` is what choosing nobody is called, where that may be."""

    @override
    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values and not _is_key(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().to_python(value)


class PeopleField(forms.ModelMultipleChoiceField, _Offering):
    """Several people."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(User.objects.none(), **kwargs)

    @override
    def clean(self, value: Any) -> Any:
        if not all(_is_key(key) for key in value or ()):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class ChoosingForm(BaseForm):
    """A form in which people are chosen. A search for people judges nothing and does nothing."""

    @property
    def searched(self) -> str:
        """The field in which people are looked for just now, if any."""
        is_search = self.is_bound and self.data.get("act") == FIND
        offering = (name for name, field in self.fields.items() if isinstance(field, _Offering))
        return next(offering, "") if is_search else ""

    @override
    def full_clean(self) -> None:
        if self.searched:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    @override
    def is_valid(self) -> bool:
        return not self.searched and super().is_valid()


def choosing_page(
    request: HttpRequest, template: str, form: ChoosingForm, context: dict[str, Any] | None = None
) -> TemplateResponse:
    """The page of a form in which people are chosen, or of it what a search has found, where a script asks for that."""
    if form.searched and request.htmx:
        return TemplateResponse(
            request, "choosing/_found.html", {"field": form[form.searched], "is_swap": True}
        )
    return TemplateResponse(request, template, {"form": form} | (context or {}))


def _is_key(value: object) -> bool:
    """Whether a value can be a primary key at all: SQLite fails at what PostgreSQL doesn't find."""
    digits = str(value)
    return digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_KEY
