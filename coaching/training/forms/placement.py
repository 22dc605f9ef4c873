from django import forms
from django.core.exceptions import ValidationError

from coaching.forms.focus import LevelForm
from coaching.models import Placement
from coaching.models.base import clean_narrative
from coaching.models.placement import NOTE_LIMIT
from profiles.models import SkillAspect
from sopcoach.models import User


def fits_a_note(text: str) -> None:
    clean_narrative(text, limit=NOTE_LIMIT)


class PlacementForm(LevelForm):
    prefix_of_ladder = "me"

    note = forms.CharField(
        label="A note to myself",
        required=False,
        validators=[fits_a_note],
        help_text="What made you choose this level? Nothing that points to a family, please.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def save(self, aspect: SkillAspect, *, by: User) -> Placement | None:
        """Keep it. None, with the errors on the form, when it can't be."""
        try:
            return Placement.place(
                aspect, by=by, level=int(self.cleaned_data["level"]), note=self.cleaned_data["note"]
            )
        except ValidationError as error:
            self.add_error(None, error)
            return None
