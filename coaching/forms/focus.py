from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from coaching.models import Focus, SelfRating, Target
from coaching.models.base import clean_narrative
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm

CHOOSE = "Choose one of the levels on the ladder."


def fits(text: str) -> None:
    clean_narrative(text)


class LevelForm(BaseForm):
    """A level on a ladder. The ladder draws the field; the form says what is wrong with it."""

    prefix_of_ladder = ""

    level = forms.ChoiceField(
        label="Level", error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}, widget=forms.Select
    )

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level = self.field("level", forms.ChoiceField)
        level.choices = [(str(number), str(number)) for number in numbers]
        level.widget.attrs["id"] = f"{self.prefix_of_ladder}-{numbers[0]}" if numbers else ""

    @property
    def chosen(self) -> int | None:
        """The level to show as put in, if it is one."""
        value = str(self["level"].value() or "")
        return int(value) if value in dict(self.fields["level"].choices) else None  # type: ignore[attr-defined]


class StartForm(LevelForm):
    prefix_of_ladder = "start"

    because = forms.CharField(
        label="What tells you so?",
        required=False,
        validators=[fits],
        help_text="No names, please, and nothing that points to a family.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def save(self, focus: Focus, *, by: User) -> SelfRating | None:
        """Share where the worker starts. None, with the errors on the form, when it can't be."""
        try:
            return SelfRating.start(
                focus, by=by, level=int(self.cleaned_data["level"]), because=self.cleaned_data["because"]
            )
        except ValidationError as error:
            self.add_error(None, error)
            return None


class TargetForm(LevelForm):
    prefix_of_ladder = "target"

    def save(self, focus: Focus, *, by: User) -> Target | None:
        """Set the target. None, with the errors on the form, when it can't be."""
        try:
            return Target.set(focus, int(self.cleaned_data["level"]), by=by)
        except ValidationError as error:
            self.add_error(None, error)
            return None
