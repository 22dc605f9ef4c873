from collections.abc import Iterable
from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from coaching.models import Focus, Partnership
from coaching.models.walkthrough import finish_marking, mark_interests
from profiles.models import SkillAspect
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm

UNKNOWN = "“%(value)s” is none of the aspects here. Choose from the list."


class AspectsField(forms.MultipleChoiceField):
    """Skill aspects by slug, out of those that the page has loaded already."""

    def __init__(self, **kwargs) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **kwargs)
        self.error_messages["invalid_choice"] = UNKNOWN
        self.by_slug: dict[str, SkillAspect] = {}

    def offer(self, aspects: Iterable[SkillAspect]) -> None:
        self.by_slug = {aspect.slug: aspect for aspect in aspects}
        self.choices = [(slug, aspect.title) for slug, aspect in self.by_slug.items()]

    def clean(self, value: object) -> list[SkillAspect]:
        return [self.by_slug[slug] for slug in dict.fromkeys(super().clean(value))]


class AspectField(forms.ChoiceField):
    """One skill aspect by slug, under the titles of their practice profiles."""

    def __init__(self, **kwargs) -> None:
        super().__init__(**kwargs)
        self.error_messages["invalid_choice"] = UNKNOWN
        self.by_slug: dict[str, SkillAspect] = {}

    def offer(self, aspects: Iterable[SkillAspect]) -> None:
        """`aspects` come with their profiles, and those of one profile together."""
        self.by_slug = {aspect.slug: aspect for aspect in aspects}
        groups = groupby(self.by_slug.values(), key=lambda aspect: aspect.profile)
        self.choices = [
            ("", "Choose one"),
            *(
                (profile.title, [(aspect.slug, aspect.title) for aspect in group])
                for profile, group in groups
            ),
        ]

    def clean(self, value: object) -> SkillAspect:
        return self.by_slug[super().clean(value)]


class InterestForm(BaseForm):
    interest = AspectsField(label="What interests you", required=False)

    def __init__(self, *args, aspects: Iterable[SkillAspect], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.field("interest", AspectsField).offer(aspects)

    @property
    def ticked(self) -> set[str]:
        return set(self["interest"].value() or [])

    def save(self, partnership: Partnership, *, by: User) -> None:
        mark_interests(partnership, by=by, aspects=set(self.cleaned_data["interest"]))

    @transaction.atomic
    def finish(self, partnership: Partnership, *, by: User) -> None:
        """Keep what is ticked, then say that one is done."""
        self.save(partnership, by=by)
        finish_marking(partnership, by=by)


class FocusChoiceForm(BaseForm):
    focus = AspectsField(
        label="What to work on first",
        error_messages={"required": "Pick at least one aspect to work on first."},
    )

    def __init__(self, *args, aspects: Iterable[SkillAspect], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.field("focus", AspectsField).offer(aspects)

    @property
    def ticked(self) -> set[str]:
        return set(self["focus"].value() or [])

    def save(self, partnership: Partnership, *, by: User) -> list[Focus] | None:
        """Open the focuses. Returns None when there are too many, which the form then says."""
        try:
            return Focus.choose(partnership, self.cleaned_data["focus"], by=by)
        except ValidationError as error:
            self.add_error("focus", error)
            return None
