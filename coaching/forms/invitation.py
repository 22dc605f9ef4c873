from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from coaching.forms.days import DayField
from coaching.forms.focus import fits
from coaching.models import Invitation, Partnership, Side
from coaching.models.asked_otherwise import put_otherwise
from sopcoach.models import User, UserQuerySet
from sopcoach.people.choosing import ChoosingForm, PeopleField, PersonField
from sopcoach.requests.forms import BaseForm
from sopcoach.sending.older_page import ChangesWhatStands

NOT_LISTED = "This colleague can’t be asked now. Choose somebody from the list."


class InviteForm(ChoosingForm):
    to = PeopleField(
        label="Whom to invite",
        error_messages={"required": "Choose at least one colleague.", "invalid_choice": NOT_LISTED},
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
        self.field("to", PeopleField).offer(people_to_invite(by), near=by)

    def save(self, *, by: User) -> list[Invitation] | None:
        """Send them. Returns None when the form has found something to put right meanwhile."""
        try:
            return Invitation.send_to_all(
                by=by, to=list(self.cleaned_data["to"]), words=self.cleaned_data["words"]
            )
        except ValidationError as error:
            self.add_error(None, error)
            return None


class AskForm(ChoosingForm):
    """A worker's question to a supervisor."""

    to = PersonField(
        label="Whom to ask",
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
        self.field("to", PersonField).offer(people_to_ask(by), near=by)

    def save(self, *, by: User) -> Invitation | None:
        """Send it. Returns None when the form has found something to put right meanwhile."""
        try:
            return Invitation.ask(by=by, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
            return None


class WordsForm(ChangesWhatStands, BaseForm):
    """The words of a question that isn't answered yet."""

    words = forms.CharField(
        label="A few words from you",
        required=False,
        validators=[fits],
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def save(self, invitation: Invitation, *, by: User) -> bool:
        try:
            put_otherwise(invitation, by=by, words=self.cleaned_data["words"])
        except ValidationError as error:
            self.add_error("words", error.messages)
            return False
        return True


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
        self.field("answer", forms.ChoiceField).choices = invitation.answers
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


def people_to_invite(by: User) -> UserQuerySet[User]:
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
    return people


def people_to_ask(by: User) -> UserQuerySet[User]:
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
    return people
