"""Fields in which a day is typed. How near and how far it may lie is the verb's to say (`coaching.rules.spans`)."""

from typing import Any

from django import forms

from coaching.rules.spans import NO_DAY


class DayField(forms.DateField):
    """A day of one's own. It may be left empty where it isn't `required`."""

    default_error_messages = {"required": "Choose a day.", "invalid": NO_DAY}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**kwargs)
