from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from coaching.forms.focus import fits
from coaching.models import Agreement, AgreementDraft, Rhythm
from coaching.models.agreement import MINUTES
from coaching.models.agreement_draft import NO_MINUTES, NO_RHYTHM
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm

SAVED_ELSEWHERE = "This was saved in another window since you opened this page."
"""Said of a term in an ordinary form, of which both texts are then shown."""


def _words(label: str, *, help_text: str = "") -> forms.CharField:
    """A paragraph of the agreement. May be left empty while it is a draft; signing asks for what is missing."""
    return forms.CharField(label=label, help_text=help_text, required=False, validators=[fits])


class AgreementDraftForm(BaseForm):
    rhythm = forms.ChoiceField(
        label="How often",
        choices=Rhythm.choices,
        error_messages={"required": NO_RHYTHM, "invalid_choice": NO_RHYTHM},
    )
    minutes = forms.TypedChoiceField(
        label="For how long",
        choices=list(MINUTES.items()),
        coerce=int,
        error_messages={"required": NO_MINUTES, "invalid_choice": NO_MINUTES},
    )
    place = _words("Where and when", help_text="Such as “On Tuesdays at ten, in the small room or by video.”")
    purpose = _words("What this is for")
    readers = _words("Who sees what")
    concerns = _words("If there’s a worry")

    def __init__(self, *args, draft: AgreementDraft, **kwargs) -> None:
        kwargs.setdefault("initial", {name: getattr(draft, name) for name in draft.FIELDS})
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.stale: dict[str, str] = {}
        """What is stored now, by the name of each term that has been saved in another window."""
        for name in ("rhythm", "minutes"):
            saves_itself = {"data-field": name, "data-revision": draft.revisions[name]}
            self.fields[name].widget.attrs |= saves_itself

    def clean(self) -> dict[str, Any]:
        """Never write over what another window has saved since the page was opened."""
        cleaned = super().clean() or self.cleaned_data
        for name, revision in self.draft.revisions.items():
            seen = self.data.get(f"revision_{name}", "")
            stored = getattr(self.draft, name)
            if name not in cleaned or not seen or seen == str(revision) or cleaned[name] == stored:
                continue
            if name in self.draft.WORDS:
                self.stale[name] = stored
                self.add_error(name, f"{SAVED_ELSEWHERE} Both texts are below; send again to keep yours.")
            else:
                label = dict(self.fields[name].choices)[stored]  # type: ignore[attr-defined]
                self.add_error(name, f"{SAVED_ELSEWHERE} There it says “{label}”; send again to keep yours.")
        return cleaned

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
