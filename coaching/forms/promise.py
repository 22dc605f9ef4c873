from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from coaching.forms.days import DayField
from coaching.models import CoachingSession, Promise
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm


class PromiseForm(BaseForm):
    promise = forms.CharField(label="I will", error_messages={"required": "Write what you will do."})
    due_on = DayField(label="by", required=True)

    def __init__(self, *args, due_on: date | None = None, **kwargs) -> None:
        if due_on:
            kwargs.setdefault("initial", {"due_on": due_on})
        super().__init__(*args, **kwargs)

    def save(self, *, session: CoachingSession, by: User) -> Promise | None:
        """Make the promise. None, with the errors on the form, when it can't be."""
        if not self.is_valid():
            return None
        try:
            return Promise.make(
                session, by=by, text=self.cleaned_data["promise"], due_on=self.cleaned_data["due_on"]
            )
        except ValidationError as error:
            is_the_day = hasattr(error, "error_dict") and "due_on" in error.error_dict
            self.add_error("due_on" if is_the_day else "promise", error.messages)
            return None
