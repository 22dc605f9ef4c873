from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from coaching.forms.days import DayField
from coaching.models import CoachingSession
from coaching.rules import spans
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm
from sopcoach.sending.older_page import ChangesWhatStands
from sopcoach.words import dates


class MeetingForm(ChangesWhatStands, BaseForm):
    """The day and hour of a meeting: of this session, or of the one after it."""

    day = DayField(label="Day", required=True)
    at = forms.TimeField(
        label="From",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "Choose an hour.", "invalid": "Write an hour such as 10:00."},
    )

    def __init__(
        self,
        *args: Any,
        session: CoachingSession,
        suggested: datetime | None = None,
        minutes: int = 60,
        whole: str = "",
        **kwargs: Any,
    ) -> None:
        """`whole` is the id of the form that its fields go with, where they stand outside of it."""
        moment = suggested or session.starts_at
        if moment and not session.is_closed:
            local = dates.local(moment)
            kwargs.setdefault(
                "stands", {"day": local.date(), "at": local.time().replace(second=0, microsecond=0)}
            )
        super().__init__(*args, **kwargs)
        self.session = session
        self.minutes = minutes
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-control"
            if whole:
                field.widget.attrs["form"] = whole

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                spans.require_hour(self.cleaned_data["day"], self.cleaned_data["at"], "at")
                spans.require_meeting(self.moment, "day")
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned

    @property
    def moment(self) -> datetime:
        """The meeting's time, as typed on the clock of whoever typed it."""
        return spans.meeting_at(self.cleaned_data["day"], self.cleaned_data["at"])

    @property
    def is_first(self) -> bool:
        """Whether the session has no day yet, or none any more."""
        return self.session.starts_at is None

    def move(self, *, by: User) -> bool:
        """Move the session there. False, with the errors on the form, when that can't be."""
        if not self.is_valid():
            return False
        try:
            self.session.move_to(self.moment, by=by)
        except ValidationError as error:
            self.add_error("day", ValidationError(error.messages))
            return False
        return True
