from django import forms
from django.core.exceptions import ValidationError

from coaching.forms.focus import fits
from coaching.models import Agreement, AgreementDraft, Rhythm
from coaching.models.agreement import MINUTES
from sopcoach.forms import BaseForm
from sopcoach.models import User


def _words(label: str, *, rows: int, help_text: str = "") -> forms.CharField:
    """A paragraph of the agreement. May be left empty while it is a draft; signing asks for what is missing."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        validators=[fits],
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AgreementDraftForm(BaseForm):
    rhythm = forms.ChoiceField(
        label="How often",
        choices=Rhythm.choices,
        error_messages={"invalid_choice": "Choose how often from the list."},
    )
    minutes = forms.TypedChoiceField(
        label="For how long",
        choices=list(MINUTES.items()),
        coerce=int,
        error_messages={"invalid_choice": "Choose for how long from the list."},
    )
    place = _words(
        "Where and when", rows=2, help_text="Such as “On Tuesdays at ten, at Sam’s desk or by video.”"
    )
    purpose = _words("What this is for", rows=5)
    readers = _words("Who sees what", rows=5)
    concerns = _words("If there’s a worry", rows=4)

    def __init__(self, *args, draft: AgreementDraft, **kwargs) -> None:
        kwargs.setdefault("initial", {name: getattr(draft, name) for name in draft.FIELDS})
        super().__init__(*args, **kwargs)
        self.draft = draft

    def save(self, *, by: User) -> None:
        self.draft.put(by=by, **self.cleaned_data)

    def sign(self, *, by: User) -> Agreement | None:
        """Keep the words, then sign them. Returns None when something is still to be put right; the words are kept."""
        self.save(by=by)
        try:
            return self.draft.sign(by=by)
        except ValidationError as error:
            self.add_error(None, error)
            return None
