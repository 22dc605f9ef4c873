from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from coaching.forms.days import DayField
from coaching.models import Focus, Goal
from coaching.models.base import clean_narrative
from coaching.models.goal import LINE, phrase_parts, when_text
from coaching.rules.client_identifiers import refuse_identifiers
from coaching.rules.goal_days import QuickDay, number
from coaching.rules.measurable_goal import refuse_every
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm

MOST = 100
SENTENCE_LIMIT = 4 * LINE
ONE_OF_THESE = {"invalid_choice": "Choose one of these words."}


def fits_a_part(text: str) -> None:
    clean_narrative(text, limit=LINE)
    refuse_every(text)


class GoalForm(BaseForm):
    """A goal in its parts, in the order in which it is read (FAQ, goal step 2)."""

    focus = forms.ChoiceField(
        label="Focus",
        error_messages={"invalid_choice": "Choose one of the focuses that you work on now."},
    )
    verb = forms.ChoiceField(label="I will", choices=Goal.Verb.choices, error_messages=ONE_OF_THESE)
    practice = forms.CharField(
        label="What",
        validators=[fits_a_part],
        error_messages={"required": "Say what you will try, such as “Three Questions”."},
    )
    with_whom = forms.CharField(
        label="With whom",
        required=False,
        validators=[fits_a_part],
        help_text="In general words, such as “caregivers”. Leave it empty where the number says it, as in “with 2 families”.",
    )
    joiner = forms.ChoiceField(
        label="On, with, in",
        choices=[(word, word) for word in Goal.Joiner.values],
        error_messages=ONE_OF_THESE,
    )
    count = forms.CharField(
        label="How many",
        error_messages={"required": "Choose a number that you can reach, such as 5."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    unit = forms.CharField(
        label="Of what",
        validators=[fits_a_part],
        error_messages={"required": "Say what you count, such as “cases”."},
    )
    by = forms.ChoiceField(
        label="By when",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of these days, or give one of your own."},
    )
    day = DayField(label="Or a day of your own")

    def __init__(
        self, *args: Any, focuses: Iterable[Focus], days: tuple[QuickDay, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.focuses = {str(focus.pk): focus for focus in focuses}
        self.days = days
        self.field("focus", forms.ChoiceField).choices = [
            (pk, _says(focus)) for pk, focus in self.focuses.items()
        ]
        self.field("by", forms.ChoiceField).choices = [(day.key, day.label) for day in days]

    def clean_count(self) -> int:
        text = self.cleaned_data["count"]
        found = number(text)
        if found is None:
            refuse_every(f"{text} {self.data.get('unit', '')}")
            refuse_identifiers(text)
            raise ValidationError("Choose a number that you can reach, such as 5.")
        if not 1 <= found <= MOST:
            raise ValidationError(f"Choose a number from 1 to {MOST}.")
        return found

    def clean(self) -> dict[str, Any]:
        if not self.errors.keys() & {"by", "day"} and not (
            self.cleaned_data["by"] or self.cleaned_data["day"]
        ):
            self.add_error("by", "Choose one of these days, or give one of your own.")
        return self.cleaned_data

    def save(self, *, by: User) -> Goal | None:
        """Set the goal. None, with the errors on the form, when it can't be. A day of one's own wins over a quick one."""
        parts = self.cleaned_data
        quick = next((day for day in self.days if day.key == parts["by"]), None)
        by_on: date = parts["day"] or next(day.on for day in self.days if day.key == parts["by"])
        try:
            return Goal.set(
                self.focuses[parts["focus"]],
                by=by,
                by_on=by_on,
                by_phrase="" if parts["day"] or not quick else quick.phrase,
                **{
                    name: parts[name] for name in ("verb", "practice", "with_whom", "joiner", "count", "unit")
                },
            )
        except ValidationError as error:
            self.add_error(None, error)
            return None

    @property
    def reads(self) -> "Reading":
        """How the goal reads so far: what has been typed, or what the form begins with."""
        return reading({name: self[name].value() for name in self.fields}, self.days)


class SentenceForm(BaseForm):
    """A goal as one sentence, to be taken apart."""

    whole = forms.CharField(
        label="Or write it as one sentence",
        max_length=SENTENCE_LIMIT,
        validators=[refuse_identifiers],
        error_messages={
            "required": "Write your goal as one sentence, such as “Use Three Questions with caregivers on 5 cases in next 30 days”.",
            "max_length": f"Keep it to one sentence of at most {SENTENCE_LIMIT} characters.",
        },
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@dataclass(frozen=True)
class Reading:
    """A goal as it will read: its words, each with whether the worker chose them, and its day."""

    words: list[tuple[str, bool]]
    when: str


def reading(typed: Mapping[str, Any], days: tuple[QuickDay, ...]) -> Reading:
    """Compose what has been typed so far. Anything may come in here; what doesn't fit is left open."""
    goal = Goal(
        verb=_one_of(typed, "verb", Goal.Verb.values),
        practice=_short(typed, "practice"),
        with_whom=_short(typed, "with_whom"),
        joiner=_one_of(typed, "joiner", Goal.Joiner.values),
        count=number(_short(typed, "count")) or 0,
        unit=_short(typed, "unit"),
    )
    return Reading(phrase_parts(goal), _when(typed, days))


def _when(typed: Mapping[str, Any], days: tuple[QuickDay, ...]) -> str:
    day = typed.get("day")
    if day and not isinstance(day, date):
        try:
            day = forms.DateField().to_python(str(day))
        except ValidationError:
            day = None
    if day:
        return when_text("", day)
    quick = next((quick for quick in days if quick.key == typed.get("by")), None)
    return when_text(quick.phrase, quick.on) if quick else "by …"


def _short(typed: Mapping[str, Any], name: str) -> str:
    return " ".join(str(typed.get(name) or "").split())[:LINE]


def _one_of(typed: Mapping[str, Any], name: str, words: list[str]) -> str:
    word = str(typed.get(name) or "")
    return word if word in words else words[0]


def _says(focus: Focus) -> str:
    level = f", towards level {focus.target.level}" if focus.target else ""
    return f"{focus.aspect.title} ({focus.aspect.profile.title}){level}"
