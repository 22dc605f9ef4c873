from django import forms

from coaching.models import Partnership, Path
from coaching.rules.learning_path import moved
from profiles.models import PracticeProfile
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm
from sopcoach.sending.older_page import ChangesWhatStands

CHOOSE_PLACE = "Choose a place from the list."


class PathForm(ChangesWhatStands, BaseForm):
    """All practice profiles together or one after another, and the pair's own order of them.

    `profiles` come in the order that stands. One that is given another place stands there, and the others make room.
    """

    path = forms.ChoiceField(
        label="How do you want to go?",
        choices=Path.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two.", "invalid_choice": "Choose one of the two."},
    )

    def __init__(self, *args, profiles: list[PracticeProfile], path: str, **kwargs) -> None:
        places = {_name(profile): str(n) for n, profile in enumerate(profiles, start=1)}
        super().__init__(*args, stands={"path": path} | places, **kwargs)
        self.fields["path"].widget.attrs["id"] = f"path-{Path.TOGETHER.value}"
        self.profiles = profiles
        for profile in profiles:
            self.fields[_name(profile)] = forms.ChoiceField(
                label=profile.title,
                choices=[(place, place) for place in places.values()],
                required=False,
                error_messages={"invalid_choice": CHOOSE_PLACE},
            )

    @property
    def rows(self) -> list[tuple[PracticeProfile, forms.BoundField]]:
        return [(profile, self[_name(profile)]) for profile in self.profiles]

    def save(self, partnership: Partnership, *, by: User) -> None:
        typed = {profile.slug: self.cleaned_data.get(_name(profile)) for profile in self.profiles}
        places = {slug: int(place) if place else None for slug, place in typed.items()}
        order = moved([profile.slug for profile in self.profiles], places)
        partnership.choose_path(self.cleaned_data["path"], by=by, order=order)


def _name(profile: PracticeProfile) -> str:
    return f"place-{profile.slug}"
