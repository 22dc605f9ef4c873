"""The forms of the review; each hands on to the verb that keeps the order."""

from collections.abc import Callable, Iterable
from typing import Self

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict

from coaching.forms.focus import fits
from coaching.models import CoachingSession, Congratulation, Decision, Focus
from coaching.models.decision import decide
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.reply import reply
from coaching.models.self_rating import share_self_rating
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.reading import number_in

WORDS = forms.Textarea(attrs={"rows": 3})
NO_LEVEL = "Choose one of the levels on the ladder."


class VerbForm(BaseForm):
    """A form whose saving is a verb of the domain: what the verb finds wrong becomes the form's errors."""

    def attempt(self, verb: Callable[[], object]) -> bool:
        if not self.is_valid():
            return False
        try:
            verb()
        except ValidationError as error:
            known = hasattr(error, "error_dict")
            by_field = error.message_dict if known else {}
            if known and set(by_field) <= set(self.fields):
                self.add_error(None, error)
            else:
                self.add_error(self.default_field, error.messages)
            return False
        return True

    @property
    def default_field(self) -> str:
        return next(iter(self.fields))


class LookBackForm(VerbForm):
    went_well = forms.CharField(label="What went well?", required=False, validators=[fits], widget=WORDS)
    differently = forms.CharField(
        label="What would you do differently?", required=False, validators=[fits], widget=WORDS
    )

    def save(self, session: CoachingSession, *, by: User) -> bool:
        return self.attempt(lambda: share_reflection(session, by=by, **self.cleaned_data))


class LevelForm(VerbForm):
    """A level of the ladder, with a glimpse above it."""

    level = forms.IntegerField(label="My level", error_messages={"required": NO_LEVEL, "invalid": NO_LEVEL})
    glimpse = forms.IntegerField(required=False, error_messages={"invalid": NO_LEVEL})

    def __init__(self, data: QueryDict, **kwargs) -> None:
        # several glimpses may arrive without a script: the higher one counts
        ticked = [number for value in data.getlist("glimpse") if (number := number_in(value)) is not None]
        data = data.copy()
        data["glimpse"] = str(max(ticked)) if ticked else ""
        super().__init__(data, **kwargs)

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        level, glimpse = cleaned.get("level"), cleaned.get("glimpse")
        if level is not None and glimpse is not None and glimpse <= level:
            cleaned["glimpse"] = None  # ticked before a higher level was chosen, and hidden since
        return cleaned


def part_of(name: str, focus: Focus) -> str:
    """What a field of one focus is called where several stand in one form."""
    return f"{name}-{focus.aspect_slug}"


class RatingForm(LevelForm):
    because = forms.CharField(label="What tells you so?", required=False, validators=[fits], widget=WORDS)

    @classmethod
    def among_others(cls, data: QueryDict, focus: Focus) -> Self | None:
        """Its part of a form of several focuses; none where no level was chosen, so that nothing of it is shared."""
        own = QueryDict(mutable=True)
        for name in ("level", "glimpse", "because"):
            own.setlist(name, data.getlist(part_of(name, focus)))
        return cls(own) if own.get("level") else None

    def save(self, session: CoachingSession, focus: Focus, *, by: User) -> bool:
        return self.attempt(lambda: share_self_rating(session, focus, by=by, **self.cleaned_data))


def share_looked_back(
    session: CoachingSession,
    look_back: LookBackForm,
    ratings: Iterable[tuple[Focus, RatingForm]],
    *,
    by: User,
) -> bool:
    """Share what the worker looked back on, then where they are on each of these focuses: all of it or nothing."""
    ratings = list(ratings)
    unfit = [form for _, form in ratings if not form.is_valid()]
    with transaction.atomic():
        is_shared = not unfit and look_back.save(session, by=by)
        is_shared = is_shared and all(form.save(session, focus, by=by) for focus, form in ratings)
        if not is_shared:
            transaction.set_rollback(True)
    for focus, form in ratings:
        for error in form.errors.values():
            look_back.add_error(None, f"{focus.aspect.title}: {' '.join(map(str, error))}")
    return is_shared


class ObservationForm(VerbForm):
    saw = forms.CharField(
        label="What I saw that fits the goals", required=False, validators=[fits], widget=WORDS
    )
    try_next = forms.CharField(label="Something to try next", required=False, validators=[fits], widget=WORDS)
    level = forms.IntegerField(required=False, error_messages={"invalid": NO_LEVEL})

    def save(self, session: CoachingSession, focus: Focus, *, by: User) -> bool:
        return self.attempt(lambda: share_observation(session, focus, by=by, **self.cleaned_data))


class ReplyForm(VerbForm):
    reply = forms.CharField(label="Your answer", required=False, validators=[fits], widget=WORDS)

    def save(self, session: CoachingSession, focus: Focus, *, by: User) -> bool:
        text = self.cleaned_data.get("reply", "") if self.is_valid() else ""
        return self.attempt(lambda: reply(session, focus, by=by, text=text))


class DecisionForm(VerbForm):
    choice = forms.ChoiceField(
        label="What next?",
        choices=Decision.Choice.choices,
        error_messages={"required": "Choose what comes next.", "invalid_choice": "Choose what comes next."},
    )

    def save(self, session: CoachingSession, focus: Focus, *, by: User) -> bool:
        return self.attempt(lambda: decide(session, focus, by=by, choice=self.cleaned_data["choice"]))


class CongratulationForm(VerbForm):
    congratulation = forms.CharField(
        label="What is worth celebrating?", required=False, validators=[fits], widget=WORDS
    )

    def save(self, session: CoachingSession, focus: Focus, *, by: User) -> bool:
        text = self.cleaned_data.get("congratulation", "") if self.is_valid() else ""
        return self.attempt(
            lambda: Congratulation.give(session.partnership, by=by, text=text, session=session, focus=focus)
        )
