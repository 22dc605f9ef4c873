"""What people say of their own account."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from sopcoach.forms import BaseForm
from sopcoach.models import User
from sopcoach.sending.older_page import ChangesWhatStands


class CalledForm(ChangesWhatStands, BaseForm):
    called = forms.CharField(
        label="What shall we call you?",
        required=False,
        max_length=100,
        error_messages={"max_length": "Keep it within %(limit_value)d characters."},
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, stands={"called": person.called}, **kwargs)
        self.fields["called"].help_text = (
            f"Pages say it when they speak to you, or of you to people you work with. Your full name stays {person.name}. "
            "Leave it empty, and it’s guessed from your name."
        )

    def save(self, person: User, *, by: User) -> bool:
        """Whether it was kept; else the errors are on the form."""
        try:
            person.be_called(self.cleaned_data["called"], by=by)
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True
