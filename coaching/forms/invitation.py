from django import forms
from django.core.exceptions import ValidationError

from coaching.forms.focus import fits
from coaching.models import Invitation, Partnership
from sopcoach.forms import BaseForm
from sopcoach.models import User


class PersonField(forms.ModelChoiceField):
    """A colleague by name, with the unit, since two people may share a name."""

    def label_from_instance(self, person: User) -> str:  # type: ignore[override]
        return f"{person.name} ({person.unit.name})" if person.unit else person.name


class InviteForm(BaseForm):
    to = PersonField(
        User.objects.none(),
        label="Whom to invite",
        empty_label="Choose a colleague",
        error_messages={
            "invalid_choice": "This colleague can’t be invited now. Choose somebody from the list."
        },
    )
    words = forms.CharField(
        label="A few words from you",
        required=False,
        validators=[fits],
        help_text="Optional. What made you think of it? Leave out anything that would tell who a family is.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.people = people_to_invite(by)
        self.fields["to"].queryset = self.people  # type: ignore[attr-defined]

    def save(self, *, by: User) -> Invitation | None:
        """Send it. Returns None when the form has found something to put right meanwhile."""
        try:
            return Invitation.send(by=by, to=self.cleaned_data["to"], words=self.cleaned_data["words"])
        except ValidationError as error:
            self.add_error(None, error)
            return None


class AnswerForm(BaseForm):
    answer = forms.ChoiceField(
        label="Your answer",
        choices=Invitation.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose one of the two. Both are good answers.",
            "invalid_choice": "Choose one of the two. Both are good answers.",
        },
    )
    words = forms.CharField(
        label="Your word",
        required=False,
        validators=[fits],
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def save(self, invitation: Invitation, *, by: User) -> Partnership | None:
        return invitation.reply(by=by, answer=self.cleaned_data["answer"], words=self.cleaned_data["words"])


def people_to_invite(by: User):
    """Everybody with an active account but oneself, those whom one coaches, and those whose answer one waits for."""
    coached = Partnership.objects.visible_to(by).current().filter(supervisor=by).values("worker")
    asked = Invitation.objects.visible_to(by).open().filter(supervisor=by).values("worker")
    people = User.objects.filter(is_active=True).exclude(pk=by.pk)
    return people.exclude(pk__in=coached).exclude(pk__in=asked).select_related("unit")
