from django import forms
from django.core.exceptions import ValidationError

from coaching.models import EntryLine, PracticeEntry
from coaching.models.base import clean_narrative
from coaching.models.practice import LINE_LIMIT
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm


def fits_a_line(text: str) -> None:
    clean_narrative(text, limit=LINE_LIMIT)


class LineForm(BaseForm):
    line = forms.CharField(
        label="A line for yourself?",
        validators=[fits_a_line],
        error_messages={"required": "Write a line first, or leave it."},
    )

    def save(self, entry: PracticeEntry, *, by: User, share: bool) -> EntryLine | None:
        """Keep the line, or share it. None, with the errors on the form, when it can't be."""
        try:
            return entry.write_line(by=by, text=self.cleaned_data["line"], share=share)
        except ValidationError as error:
            self.add_error(None, error)
            return None


class EntryDayForm(BaseForm):
    practised_on = forms.DateField(
        label="It was on",
        error_messages={"required": "Choose a day.", "invalid": "Write a day such as 2026-12-08."},
    )

    def save(self, entry: PracticeEntry, *, by: User) -> bool:
        """Say on which day it was. False, with the errors on the form, when it can't have been."""
        if not self.is_valid():
            return False
        try:
            entry.say_when(by=by, practised_on=self.cleaned_data["practised_on"])
        except ValidationError as error:
            self.add_error("practised_on", error.messages)
            return False
        return True


class PlusForm(forms.Form):
    """What a +1 sends. Nobody types here, so what doesn't fit comes from no page of ours."""

    client_key = forms.UUIDField()
    made_at = forms.DateTimeField(required=False)
    """When it was tapped, where it had to wait."""
