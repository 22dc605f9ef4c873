"""What an administrator fills in about people and units."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from sopcoach.models import DayOff, Unit, User, UserQuerySet
from sopcoach.people.mails import tell_of_new_address
from sopcoach.requests.forms import BaseForm
from sopcoach.sending.older_page import ChangesWhatStands
from sopcoach.words.names import clean_line

TOO_LONG = {"max_length": "Keep it within %(limit_value)d characters."}
NO_UNIT = "none"


class _Changing(BaseForm):
    """A form whose save is a domain verb; what the verb refuses stands beside the field."""

    def _done(self, verb: Callable[[], None]) -> bool:
        try:
            verb()
        except ValidationError as error:
            self.add_error(None, error)
        return self.is_valid()


class PersonForm(ChangesWhatStands, _Changing):
    name = forms.CharField(
        max_length=100,
        error_messages={"required": "Please give a name."} | TOO_LONG,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label="Work e-mail",
        max_length=254,
        error_messages={
            "required": "Please give their work e-mail.",
            "invalid": "This doesn’t look like an e-mail address. Write it like name@agency.example.",
        }
        | TOO_LONG,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.all(),
        required=False,
        empty_label="No unit",
        error_messages={"invalid_choice": "Choose one of these units."},
    )
    employee_number = forms.CharField(
        max_length=40,
        required=False,
        help_text="Read by administrators only, to know somebody again whose e-mail has changed.",
        error_messages=TOO_LONG,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    may_supervise = forms.BooleanField(label="May supervise", required=False)
    is_administrator = forms.BooleanField(
        label="Is an administrator",
        required=False,
        help_text="Looks after people, units and editions. Opens nobody’s coaching.",
    )

    def __init__(self, *args: Any, person: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if person is None:
            del self.fields["employee_number"]  # it comes with a list, or later
        else:
            self.fields["unit"].help_text = "Another unit ends nothing: whatever is under way goes on."
            self.fields["may_supervise"].help_text = (
                "Taken away, nothing that is under way ends and nothing new begins: no invitation, no new group, no "
                "session planned for one. Whoever is concerned reads so on their own pages."
            )
        if person and person.last_login:
            told = f"If you change it, a mail tells {person.short_name} so at both addresses."
            self.fields["email"].help_text = told

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def clean_employee_number(self) -> str:
        return clean_line(self.cleaned_data["employee_number"])

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def open_account(self, *, by: User) -> User | None:
        """The new account, or None when something is to be changed first."""
        opened: list[User] = []
        self._done(lambda: opened.append(User.objects.open_account(by=by, **self.cleaned_data)))
        return opened[0] if opened else None

    def change(self, person: User, *, by: User) -> bool:
        """Change the account and, if its address is another one now, tell its person at both addresses.

        Whether it was done.
        """
        old = person.email
        with transaction.atomic():
            done = self._done(lambda: person.change(by=by, **self.cleaned_data))
            if done and person.email != old and person.last_login:
                tell_of_new_address(person, old=old, by=by)
        return done


class FindForm(BaseForm):
    q = forms.CharField(
        label="Name or e-mail",
        required=False,
        max_length=100,
        error_messages=TOO_LONG,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )
    unit = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": "Choose one of these units."},
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args, units: list[Unit], **kwargs) -> None:
        # the page has a form for a new account besides, with a unit of its own
        super().__init__(*args, auto_id="find_%s", **kwargs)
        named = [(str(unit.pk), unit.name) for unit in units]
        self.field("unit", forms.ChoiceField).choices = [("", "All units"), *named, (NO_UNIT, "No unit")]

    def found(self) -> UserQuerySet[User]:
        """Whom the search fits; everybody when it can't be understood."""
        people = User.objects.for_list()
        if not self.is_valid():
            return people
        unit = self.cleaned_data["unit"]
        if unit:
            people = people.filter(unit=None if unit == NO_UNIT else unit)
        return people.named(self.cleaned_data["q"])


class UnitForm(ChangesWhatStands, _Changing):
    name = forms.CharField(
        label="Name of the unit",
        max_length=100,
        error_messages={"required": "Please give the unit a name."} | TOO_LONG,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def save(self, unit: Unit, *, by: User) -> bool:
        unit.name = self.cleaned_data["name"]
        return self._done(lambda: unit.keep(by=by))


class DayOffForm(_Changing):
    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose a day.", "invalid": "Write a day such as 2026-12-08."},
    )
    name = forms.CharField(
        label="What it is called",
        max_length=60,
        help_text="Such as “Thanksgiving”.",
        error_messages={"required": "Say what the day is called."} | TOO_LONG,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def save(self, day_off: DayOff, *, by: User) -> bool:
        day_off.day, day_off.name = self.cleaned_data["day"], self.cleaned_data["name"]
        return self._done(lambda: day_off.keep(by=by))
