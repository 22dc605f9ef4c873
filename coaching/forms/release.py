from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from coaching.models import Partnership, Release
from coaching.models.release import release
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm

PICK = "Choose from the aspects and sessions below."


class ReleaseForm(BaseForm):
    """What a next supervisor may see. Nothing is ticked beforehand."""

    aspect = forms.MultipleChoiceField(
        label="Aspects", required=False, error_messages={"invalid_choice": PICK}
    )
    session = forms.TypedMultipleChoiceField(
        label="Sessions", required=False, coerce=int, error_messages={"invalid_choice": PICK}
    )

    def __init__(self, *args: Any, aspects: list[str], sessions: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("aspect", forms.ChoiceField).choices = [(slug, slug) for slug in aspects]
        self.field("session", forms.ChoiceField).choices = [(str(n), str(n)) for n in sessions]

    def ticked(self, name: str) -> set[str]:
        return set(self[name].value() or [])

    def save(self, partnership: Partnership, *, into: Partnership, by: User) -> list[Release] | None:
        """Release what is ticked. None, with the errors on the form, when nothing is."""
        try:
            return release(
                partnership,
                by=by,
                into=into,
                aspects=self.cleaned_data["aspect"],
                sessions=self.cleaned_data["session"],
            )
        except ValidationError as error:
            self.add_error(None, error)
            return None
