"""What trainees, facilitators and administrators fill in about CORE training."""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from coaching.forms.days import DayField
from coaching.forms.focus import LevelForm
from coaching.training.models import Cohort, Trainee
from coaching.training.models.cohort import require_days
from coaching.training.models.levelling import place
from coaching.training.vignettes import Vignette
from profiles.models import Edition
from sopcoach.models import User
from sopcoach.people.choosing import ChoosingForm, PeopleField, PersonField
from sopcoach.requests.forms import BaseForm
from sopcoach.sending.older_page import ChangesWhatStands

TOO_LONG = {"max_length": "Keep it within %(limit_value)d characters."}
MOST_PASTED = 20_000


class Verbal(BaseForm):
    """A form whose saving is a verb of the domain: what the verb finds wrong stands beside its field."""

    def attempt(self, verb: Callable[[], object]) -> bool:
        try:
            verb()
        except ValidationError as error:
            known = hasattr(error, "error_dict") and set(error.message_dict) <= set(self.fields)
            self.add_error(None, error if known else ValidationError(error.messages))
        return self.is_valid()


class JoinForm(Verbal):
    code = forms.CharField(
        label="The code of your training",
        max_length=40,
        error_messages={"required": "Type the code that you were given."} | TOO_LONG,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def save(self, *, by: User) -> Cohort | None:
        """Join. None, with the errors on the form, when there is no such training."""
        joined: list[Cohort] = []
        self.attempt(lambda: joined.append(Cohort.join(self.cleaned_data["code"], by=by)))
        return joined[0] if joined else None


class PlaceForm(LevelForm, Verbal):
    prefix_of_ladder = "v"

    def save(self, cohort: Cohort, vignette: Vignette, *, by: User) -> bool:
        return self.attempt(lambda: place(cohort, vignette, by=by, level=int(self.cleaned_data["level"])))


class CohortForm(ChangesWhatStands, Verbal, ChoosingForm):
    title = forms.CharField(
        max_length=100,
        error_messages={"required": "Give it a name, such as “New workers, spring”."} | TOO_LONG,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    audience = forms.ChoiceField(
        label="For whom",
        choices=Cohort.Audience.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two.", "invalid_choice": "Choose one of the two."},
        help_text="New supervisors also level together: each places short stories of practice on a ladder.",
    )
    edition = forms.ModelChoiceField(
        Edition.objects.none(),
        empty_label="Choose an edition",
        error_messages={"invalid_choice": "Choose an edition that is published."},
    )
    facilitator = PersonField(
        label="Who leads it",
        error_messages={
            "required": "Choose who leads it.",
            "invalid_choice": "Choose somebody with an active account.",
        },
        help_text="Sees who has joined, and nothing else.",
    )
    starts_on = DayField(label="First day", required=True)
    ends_on = DayField(label="Last day", required=True)

    def __init__(self, *args: Any, cohort: Cohort | None = None, **kwargs: Any) -> None:
        if cohort:
            kwargs.setdefault("stands", {name: getattr(cohort, name) for name in Cohort.FIELDS})
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        kept = Q(pk=cohort.edition_id) if cohort else Q(pk=None)
        leads = Q(pk=cohort.facilitator_id) if cohort else Q(pk=None)
        usable = Q(published_at__isnull=False, retired_at=None)
        self.field("edition", forms.ModelChoiceField).queryset = Edition.objects.filter(usable | kept)
        self.field("facilitator", PersonField).offer(User.objects.filter(Q(is_active=True) | leads))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            require_days(cleaned.get("starts_on"), cleaned.get("ends_on"), stood=self.cohort)
        except ValidationError as error:
            self.add_error(None, error)
        return cleaned

    def save(self, cohort: Cohort, *, by: User) -> bool:
        for name in Cohort.FIELDS:
            setattr(cohort, name, self.cleaned_data[name])
        return self.attempt(lambda: cohort.keep(by=by))


class EnrolForm(Verbal, ChoosingForm):
    """People by ticking them in what a search has found, or by a list of e-mails; both at once is fine."""

    people = PeopleField(
        label="Find them",
        required=False,
        help_text="Optional, where you paste a list.",
        error_messages={"invalid_choice": "Choose people with an active account."},
    )
    emails = forms.CharField(
        label="Work e-mails",
        required=False,
        max_length=MOST_PASTED,
        error_messages={"max_length": "That is a very long list. Put them in a few hundred at a time."},
        help_text="One on each line, or with commas between them, as a spreadsheet’s column comes.",
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, cohort: Cohort, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = Trainee.objects.visible_to(by).filter(cohort=cohort).values("person")
        others = User.objects.filter(is_active=True).exclude(pk__in=listed).exclude(pk=cohort.facilitator_id)
        self.field("people", PeopleField).offer(others)

    def clean_emails(self) -> list[User]:
        typed = dict.fromkeys(
            word.lower() for word in re.split(r"[\s,;<>]+", self.cleaned_data["emails"]) if "@" in word
        )
        found = {user.email: user for user in User.objects.filter(is_active=True, email__in=typed)}
        missing = [email for email in typed if email not in found]
        if missing:
            more = f" and {len(missing) - 5} more" if len(missing) > 5 else ""
            raise ValidationError(
                f"Nobody with an active account has {', '.join(missing[:5])}{more}. Correct them, or invite them first."
            )
        return list(found.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("people") and not cleaned.get("emails"):
            raise ValidationError("Tick somebody, or write an e-mail, and they are put in.")
        return cleaned

    def save(self, cohort: Cohort, *, by: User) -> int | None:
        """How many are new in it. None, with the errors on the form, when they can't be put in."""
        people = {
            person.pk: person for person in [*self.cleaned_data["people"], *self.cleaned_data["emails"]]
        }
        new: list[int] = []
        self.attempt(lambda: new.append(cohort.enrol(people.values(), by=by)))
        return new[0] if new else None
