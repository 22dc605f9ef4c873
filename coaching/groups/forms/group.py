from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from coaching.forms.days import DayField
from coaching.forms.focus import fits
from coaching.groups.models import Group, GroupSession, handover, planning
from coaching.groups.models.group import TITLE_LIMIT
from coaching.rules import spans
from profiles.models import Edition, PracticeProfile
from sopcoach.models import User
from sopcoach.people.choosing import ChoosingForm, PeopleField, PersonField, named, told_apart
from sopcoach.requests.forms import BaseForm
from sopcoach.sending.older_page import ChangesWhatStands

CONVERSATION = "conversation"


class PeopleForm(ChoosingForm):
    """Colleagues to ask; nobody is ticked beforehand."""

    people = PeopleField(
        label="Whom to ask",
        error_messages={"invalid_choice": "Somebody on this list can’t be asked any more. Look it over."},
    )

    def __init__(self, *args: Any, by: User, group: Group | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True, is_administrator=False).exclude(pk=by.pk)
        if group:
            people = people.exclude(pk__in=group.members.values("person"))
        self.field("people", PeopleField).offer(people, near=by)

    def ask(self, group: Group, *, by: User) -> int:
        return group.ask(self.cleaned_data["people"], by=by)


class GroupForm(PeopleForm):
    """A new group. Those to ask may come later, or join by the link."""

    title = forms.CharField(
        label="What shall it be called?",
        validators=[fits],
        widget=forms.TextInput(attrs={"maxlength": TITLE_LIMIT, "autocomplete": "off"}),
        help_text="Such as “Mapping on Tuesdays”. Everybody who is asked reads it.",
        error_messages={"required": "Give the group a name, such as “Mapping on Tuesdays”."},
    )

    field_order = ["title", "people"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].required = False

    def save(self, *, by: User) -> Group | None:
        """Open it. None, with the errors on the form, when that can't be."""
        try:
            return Group.open(by=by, title=self.cleaned_data["title"], people=self.cleaned_data["people"])
        except ValidationError as error:
            self.add_error(None, error)
            return None


class HandOverForm(ChoosingForm):
    """Who looks after the group next, among those who can."""

    to = PersonField(
        label="Who looks after it next?",
        error_messages={
            "required": "Choose who looks after the group next.",
            "invalid_choice": "Choose somebody on the list who may supervise.",
        },
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("to", PersonField).offer(group.heirs())

    def save(self, group: Group, *, by: User) -> User | None:
        """Hand it over, and say to whom. None, with the errors on the form, when that can't be."""
        to: User = self.cleaned_data["to"]
        try:
            handover.hand_over(group, to, by=by)
        except ValidationError as error:
            self.add_error(None, error)
            return None
        return to


class PlanForm(BaseForm):
    """The group's next session: what it is about, and when."""

    about = forms.ChoiceField(
        label="What is it about?",
        error_messages={
            "required": "Choose a practice profile, or a plain conversation.",
            "invalid_choice": "Choose a practice profile, or a plain conversation.",
        },
    )
    day = DayField(label="Day")
    at = forms.TimeField(
        label="From",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Write an hour such as 10:00."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.profiles = {
            str(profile.pk): profile
            for profile in PracticeProfile.objects.filter(edition=Edition.objects.current())
        }
        self.field("about", forms.ChoiceField).choices = [
            ("", "Choose a practice profile"),
            *((pk, profile.title) for pk, profile in self.profiles.items()),
            (CONVERSATION, "A plain conversation, without a profile"),
        ]

    def clean(self) -> dict[str, Any]:
        day, at = self.cleaned_data.get("day"), self.cleaned_data.get("at")
        if day and not at and "at" not in self.errors:
            self.add_error("at", "Choose an hour, or leave the day open as well.")
        if at and not day and "day" not in self.errors:
            self.add_error("day", "Choose a day, or leave the hour open as well.")
        return self.cleaned_data

    def save(self, group: Group, *, by: User) -> GroupSession | None:
        """Plan it. None, with the errors on the form, when that can't be."""
        day, at = self.cleaned_data["day"], self.cleaned_data["at"]
        try:
            return planning.plan(
                group,
                by=by,
                profile=self.profiles.get(self.cleaned_data["about"]),
                starts_at=spans.require_hour(day, at, "at") if day else None,
            )
        except ValidationError as error:
            self.add_error(None, error)
            return None


class PartsForm(ChangesWhatStands, BaseForm):
    """Who presents and who advises, among those who are in. `session` says who does by now."""

    presenter = forms.ChoiceField(label="Presenter", required=False)
    advisor = forms.ChoiceField(label="Advisor", required=False)

    def __init__(self, *args: Any, session: GroupSession, people: list[User], **kwargs: Any) -> None:
        stands = {"presenter": session.presenter_id or "", "advisor": session.advisor_id or ""}
        super().__init__(*args, stands=stands, **kwargs)
        self.people = {str(person.pk): person for person in people}
        tells = told_apart(people)
        listed = [(pk, named(person, tells)) for pk, person in self.people.items()]
        for field in self.fields.values():
            field.choices = [("", "Nobody yet"), *listed]  # type: ignore[attr-defined]
            field.error_messages["invalid_choice"] = "Choose somebody who is in."

    def save(self, session: GroupSession, *, by: User) -> bool:
        """Keep the parts. False, with the errors on the form, when that can't be."""
        try:
            session.give_parts(
                by=by,
                presenter=self.people.get(self.cleaned_data["presenter"]),
                advisor=self.people.get(self.cleaned_data["advisor"]),
            )
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True
