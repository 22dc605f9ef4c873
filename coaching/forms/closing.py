from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from coaching.forms.days import DayField
from coaching.forms.session import MeetingForm
from coaching.models import CoachingSession, Congratulation, Promise
from coaching.queries.unshared import Unshared
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm


class ClosingForm(BaseForm):
    """What the closer still wants to say or to promise. What isn't ticked stays with them.

    `meeting` holds the next one's time; a conversation plans none.
    """

    share = forms.MultipleChoiceField(label="Say it now", required=False)
    due_on = DayField(label="by")

    def __init__(
        self,
        *args: Any,
        session: CoachingSession,
        left: list[Unshared],
        meeting: MeetingForm | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.meeting = session, meeting
        self.shareable = {one.key: one for one in left if one.is_shareable}
        choices = [(key, one.name) for key, one in self.shareable.items()]
        self.field("share", forms.ChoiceField).choices = choices

    def close(self, *, by: User) -> bool:
        """Say and promise what was ticked, then close: all of it, or none, with the errors on the form."""
        if not self.is_valid():
            return False
        try:
            with transaction.atomic():
                for key in self.cleaned_data["share"]:
                    self._share(self.shareable[key], by)
                if self.meeting is None:
                    self.session.end_conversation(by=by)
                else:
                    next_starts_at, minutes = self.meeting.moment, self.meeting.minutes
                    self.session.close(by=by, next_starts_at=next_starts_at, minutes=minutes)
        except ValidationError as error:
            is_the_day = hasattr(error, "error_dict") and "due_on" in error.error_dict
            self.add_error("due_on" if is_the_day else None, error.messages)
            return False
        return True

    def _share(self, one: Unshared, by: User) -> None:
        session, draft = self.session, one.draft
        if one.is_congratulation:
            Congratulation.give(
                session.partnership, by=by, text=draft.text, session=session, focus=draft.focus
            )
            return
        due_on = self.cleaned_data["due_on"]
        if due_on is None:
            raise ValidationError({"due_on": "Choose the day by which you will."})
        Promise.make(session, by=by, text=draft.text, due_on=due_on)
