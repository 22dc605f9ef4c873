from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from coaching.forms.focus import fits
from coaching.models import Agreement, AgreementDraft, Rhythm
from coaching.models.agreement import MINUTES
from coaching.models.agreement_draft import NO_MINUTES, NO_RHYTHM, NO_WEEKDAY, StaleTermsError, clean_term
from coaching.rules.slot import WEEKDAYS
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.reading import number_in

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
    weekday = forms.ChoiceField(
        label="On a fixed day",
        choices=[("", "No fixed day"), *((str(n), f"{day}s") for n, day in enumerate(WEEKDAYS))],
        required=False,
        error_messages={"invalid_choice": NO_WEEKDAY},
    )
    at = forms.CharField(
        label="At",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="The next meetings follow day and hour by themselves. Either of you can move one.",
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
        for name in ("rhythm", "minutes", "weekday", "at"):
            saves_itself = {"data-field": name, "data-revision": draft.revisions[name]}
            self.fields[name].widget.attrs |= saves_itself

    def clean_at(self) -> str:
        return str(clean_term("at", self.cleaned_data["at"]))

    @property
    def seen(self) -> dict[str, int]:
        """The revisions that the page showed."""
        sent = {name: self.data.get(f"revision_{name}", "") for name in self.draft.FIELDS}
        return {name: number_in(text) or 0 for name, text in sent.items() if text}

    def clean(self) -> dict[str, Any]:
        """Say what another window has saved since the page was opened. `put` asks once more when it is its turn."""
        cleaned = super().clean() or self.cleaned_data
        self._tell(self.draft.saved_since(self.seen, cleaned))
        return cleaned

    def _tell(self, since: Mapping[str, str]) -> None:
        for name, stored in since.items():
            if name in self.draft.WORDS:
                self.stale[name] = stored
                self.add_error(name, f"{SAVED_ELSEWHERE} Both texts are below; send again to keep yours.")
            else:
                choices = getattr(self.fields[name], "choices", [])
                label = {str(value): label for value, label in choices}.get(stored, stored)
                self.add_error(name, f"{SAVED_ELSEWHERE} There it says “{label}”; send again to keep yours.")

    def save(self, *, by: User) -> bool:
        """Keep the words. False when another window came first at this very moment; the form says so then."""
        try:
            self.draft.put(by=by, seen=self.seen, **self.cleaned_data)
        except StaleTermsError as error:
            self.draft = AgreementDraft.begin(self.draft.partnership, by=by)
            self._tell(error.stored)
            return False
        return True

    def sign(self, *, by: User) -> Agreement | None:
        """Keep the words, then sign them. Returns None when something is still to be put right; the words are kept."""
        if not self.save(by=by):
            return None
        try:
            return self.draft.sign(by=by)
        except ValidationError as error:
            self.add_error(None, error)
            return None
