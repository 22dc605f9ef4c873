from django import forms
from django.core.exceptions import ValidationError

from coaching.models import Congratulation, Partnership
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm


class CelebrationForm(BaseForm):
    text = forms.CharField(
        label="Your words",
        help_text="Small counts. No names, numbers or addresses of families.",
        error_messages={"required": "Write what is worth celebrating, however small."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def save(self, partnership: Partnership, *, by: User) -> Congratulation | None:
        """Give the words. Returns None when the domain finds something to put right in them."""
        try:
            return Congratulation.give(partnership, by=by, text=self.cleaned_data["text"])
        except ValidationError as error:
            self.add_error("text", error.messages)
            return None
