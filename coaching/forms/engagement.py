from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from coaching.forms.days import DayField
from coaching.models import Engagement, Partnership, engagement, trying_on
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm
from sopcoach.sending.older_page import ChangesWhatStands

STOP = "stop"


class EngagementForm(BaseForm):
    """What a worker who observes or tries on would like next."""

    choice = forms.ChoiceField(
        label="What would you like?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what suits you now. Each is a good answer.",
            "invalid_choice": "Choose one of these.",
        },
    )
    until = DayField(label="If you try on: until when?", help_text="Without a day of your own it’s 30 days.")

    def __init__(self, *args, partnership: Partnership, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership
        tries = partnership.engagement == Engagement.TRYING_ON
        choices = [
            (Engagement.TRYING_ON.value, "Go on trying" if tries else "Try on"),
            *([(Engagement.FORMAL.value, "Formal coaching")] if partnership.supervisor.may_supervise else []),
            *([(Engagement.OBSERVING.value, "Back to observing")] if tries else []),
            (STOP, "Stop here"),
        ]
        choice = self.field("choice", forms.ChoiceField)
        choice.choices = choices
        choice.widget.attrs["id"] = f"c-{choices[0][0]}"

    def clean_until(self) -> date | None:
        """A day counts only for somebody who tries on: what is left in the field does no harm."""
        tries = self.data.get("choice") == Engagement.TRYING_ON
        return self.cleaned_data["until"] if tries else None

    def save(self, *, by: User) -> bool:
        """Do it. False, with the errors on the form, when it can't be."""
        choice, partnership = self.cleaned_data["choice"], self.partnership
        try:
            if choice == Engagement.TRYING_ON:
                trying_on.try_on(partnership, by=by, until=self.cleaned_data["until"])
            elif choice == Engagement.FORMAL:
                engagement.formalize(partnership, by=by)
            elif choice == Engagement.OBSERVING:
                trying_on.observe(partnership, by=by)
            else:
                engagement.end(partnership, by=by)
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True


class PauseForm(ChangesWhatStands, BaseForm):
    until = DayField(
        label="Until when?",
        help_text="A day to look again. Nothing happens by itself then, and either of you can go on before.",
    )

    def save(self, partnership: Partnership, *, by: User) -> bool:
        """Pause. False, with the errors on the form, when it can't be."""
        try:
            engagement.pause(partnership, by=by, until=self.cleaned_data["until"])
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True
