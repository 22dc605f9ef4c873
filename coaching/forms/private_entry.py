from django import forms
from django.core.exceptions import ValidationError

from coaching.forms.days import DayField
from coaching.forms.walkthrough import AspectField
from coaching.models import PrivateEntry
from coaching.models.base import clean_narrative
from coaching.models.private_entry import LINE_LIMIT
from profiles.models import SkillAspect
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm


def fits_a_line(text: str) -> None:
    clean_narrative(text, limit=LINE_LIMIT)


class PrivateEntryForm(BaseForm):
    aspect = AspectField(label="What it was about", error_messages={"required": "Choose what you tried."})
    line = forms.CharField(
        label="A line for yourself",
        validators=[fits_a_line],
        error_messages={"required": "Write a line about it, however short."},
        help_text="What did you try, and what happened? No names, numbers or addresses.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    practised_on = DayField(label="When", help_text="Today, unless you choose another day.")

    def __init__(self, *args, aspects: list[SkillAspect], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.field("aspect", AspectField).offer(aspects)

    def save(self, *, by: User) -> PrivateEntry | None:
        """Keep it. None, with the errors on the form, when it can't be."""
        try:
            return PrivateEntry.write(by=by, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
            return None
