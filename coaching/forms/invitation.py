from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from coaching.forms.days import DayField
from coaching.forms.focus import fits
from coaching.models import Invitation, Partnership, Side
from sopcoach.forms import BaseForm
from sopcoach.models import User

NOT_LISTED = "This colleague can’t be asked now. Choose somebody from the list."


class PersonField(forms.ModelChoiceField):
    """A colleague by name, with the unit, since two people may share a name."""

    def label_from_instance(self, person: User) -> str:  # type: ignore[override]
        return named(person)


class PeopleField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, person: User) -> str:  # type: ignore[override]
        return named(person)


def named(person: User) -> str:
    return f"{person.name} ({person.unit.name})" if person.unit else person.name


def by_unit(people: Iterable[User], *, near: User) -> list[tuple[str, list[User]]]:
    """People under the names of their units, one's own unit first."""
    own = near.unit_id
    ordered = sorted(
        people,
        key=lambda person: (
            person.unit_id is None or person.unit_id != own,
            person.unit is None,
            person.unit.name.lower() if person.unit else "",
            person.unit_id or 0,
            person.name_folded,
        ),
    )
    groups = groupby(ordered, key=lambda person: person.unit)
    return [(unit.name if unit else "In no unit", list(group)) for unit, group in groups]


class InviteForm(BaseForm):
    to = PeopleField(
        User.objects.none(),
        label="Whom to invite",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choose at least one colleague.",
            "invalid_choice": NOT_LISTED,
            "invalid_pk_value": NOT_LISTED,
        },
    )
    words = forms.CharField(
        label="A few words from you",
        required=False,
        validators=[fits],
        help_text="Optional. What made you think of it? Each gets the same words, and nobody learns who else was asked. Leave out anything that would tell who a family is.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        people = people_to_invite(by)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
        self.groups = by_unit(people, near=by)
        if self.groups:
            self.fields["to"].widget.attrs["id"] = f"to-{self.groups[0][1][0].pk}"

    @property
    def ticked(self) -> set[str]:
        return {str(key) for key in self["to"].value() or ()}

    def save(self, *, by: User) -> list[Invitation] | None:
        """Send them. Returns None when the form has found something to put right meanwhile."""
        try:
            return Invitation.send_to_all(
                by=by, to=list(self.cleaned_data["to"]), words=self.cleaned_data["words"]
            )
        except ValidationError as error:
            self.add_error(None, error)
            return None


class AskForm(BaseForm):
    """A worker's question to a supervisor."""

    to = PersonField(
        User.objects.none(),
        label="Whom to ask",
        empty_label="Choose somebody who coaches",
        error_messages={"required": "Choose whom to ask.", "invalid_choice": NOT_LISTED},
    )
    wish = forms.ChoiceField(
        label="What would suit you?",
        choices=Invitation.WISHES,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what would suit you now. You can change it later.",
            "invalid_choice": "Choose one of these three.",
        },
    )
    words = forms.CharField(
        label="A few words from you",
        required=False,
        validators=[fits],
        help_text="Optional. Leave out anything that would tell who a family is.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people = people_to_ask(by)
        to = self.fields["to"]
        to.queryset = self.people  # type: ignore[attr-defined]
        to.choices = [  # type: ignore[attr-defined]
            ("", to.empty_label),  # type: ignore[attr-defined]
            *((unit, [(p.pk, p.name) for p in people]) for unit, people in by_unit(self.people, near=by)),
        ]

    def save(self, *, by: User) -> Invitation | None:
        """Send it. Returns None when the form has found something to put right meanwhile."""
        try:
            return Invitation.ask(by=by, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
            return None


class AnswerForm(BaseForm):
    answer = forms.ChoiceField(
        label="Your answer",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one of these. Each is a good answer.",
            "invalid_choice": "Choose one of these. Each is a good answer.",
        },
    )
    until = DayField(label="If you try on: until when?", help_text="Without a day of your own it’s 30 days.")
    words = forms.CharField(
        label="Your word",
        required=False,
        validators=[fits],
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, invitation: Invitation, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["answer"].choices = invitation.answers  # type: ignore[attr-defined]
        self.fields["answer"].widget.attrs["id"] = f"a-{invitation.answers[0][0]}"

    def clean_until(self) -> date | None:
        """A day counts only for somebody who tries on: what is left in the field does no harm."""
        tries = self.data.get("answer") == Invitation.Answer.TRYING_ON
        return self.cleaned_data["until"] if tries else None

    def save(self, *, by: User) -> tuple[bool, Partnership | None]:
        """Answer. Returns whether that could be done, and the partnership that a yes began."""
        try:
            return True, self.invitation.reply(by=by, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
            return False, None


def people_to_invite(by: User) -> QuerySet[User]:
    """Everybody with an active account but oneself, those whom one coaches, and those with whom a question is open.

    Whoever said "not now" a short while ago is left in peace as well; they can ask on their own.
    """
    coached = Partnership.objects.visible_to(by).current().filter(supervisor=by).values("worker")
    between = Invitation.objects.visible_to(by).filter(supervisor=by)
    people = (
        User.objects.filter(is_active=True, is_administrator=False).exclude(pk=by.pk).exclude(pk__in=coached)
    )
    for asked in (between.open(), between.resting(asked_by=Side.SUPERVISOR)):
        people = people.exclude(pk__in=asked.values("worker"))
    return people.for_list()


def people_to_ask(by: User) -> QuerySet[User]:
    """Everybody who coaches but oneself, those who coach one already, those with whom a question is open, and those
    who said "not now" a short while ago."""
    coaching = Partnership.objects.visible_to(by).current().filter(worker=by).values("supervisor")
    between = Invitation.objects.visible_to(by).filter(worker=by)
    people = (
        User.objects.filter(is_active=True, may_supervise=True, is_administrator=False)
        .exclude(pk=by.pk)
        .exclude(pk__in=coaching)
    )
    for asked in (between.open(), between.resting(asked_by=Side.WORKER)):
        people = people.exclude(pk__in=asked.values("supervisor"))
    return people.for_list()
