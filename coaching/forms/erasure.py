from typing import Any

from django import forms

from coaching.models import ErasureLog, Partnership
from coaching.models.erasing import erase_all, erase_private
from coaching.models.erasure_plan import Plan
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm

PRIVATE, ALL = "private", "all"


class EraseForm(BaseForm):
    """Which part is to go, and that the plan has been read. `seen` is the plan as its reader saw it."""

    what = forms.ChoiceField(
        label="What shall go?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what shall go.", "invalid_choice": "Choose what shall go."},
    )
    sure = forms.BooleanField(
        label="I’ve read what goes and what stays",
        error_messages={"required": "Tick this once you’ve read what goes and what stays."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        choices = []
        if plan.private_lines:
            choices.append((PRIVATE, "Only my drafts and private lines"))
        if plan.can_go:
            choices.append((ALL, "Everything but the signed agreements"))
        self.field("what", forms.ChoiceField).choices = choices

    def clean_seen(self) -> str:
        if self.cleaned_data["seen"] != self.plan.fingerprint:
            raise forms.ValidationError(
                "Something has changed since you opened this page. Nothing was erased: read the plan again."
            )
        return self.cleaned_data["seen"]

    def save(self, partnership: Partnership, *, by: User) -> ErasureLog:
        act = erase_all if self.cleaned_data["what"] == ALL else erase_private
        return act(partnership, by=by)
