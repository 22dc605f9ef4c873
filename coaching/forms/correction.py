from django import forms
from django.core.exceptions import ValidationError

from coaching.models import Correction
from coaching.models.correction import Shared
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm


class CorrectionForm(BaseForm):
    text = forms.CharField(
        label="I meant …",
        help_text="In your own words. No names, numbers or addresses of families.",
        error_messages={"required": "Write what you meant. What you shared first stays beside it."},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def save(self, words: Shared, *, by: User) -> Correction | None:
        """Put it beside the words. Returns None when the domain finds something to put right in it."""
        try:
            return Correction.put(words, by=by, text=self.cleaned_data["text"])
        except ValidationError as error:
            self.add_error("text", error.messages)
            return None
