from django import forms

from coaching.models import Partnership, Path
from profiles.models import PracticeProfile
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm
from sopcoach.sending.older_page import ChangesWhatStands

CHOOSE_PLACE = "Choose a place from the list."


class PathForm(ChangesWhatStands, BaseForm):
    """All practice profiles together or one after another, and the pair's own order of them.

    `profiles` come in the order that stands. Two that are given the same place keep their order.
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
        last = str(len(self.profiles) + 1)
        ordered = sorted(
            self.profiles, key=lambda profile: int(self.cleaned_data.get(_name(profile)) or last)
        )
        partnership.choose_path(self.cleaned_data["path"], by=by, order=[profile.slug for profile in ordered])


def _name(profile: PracticeProfile) -> str:
    return f"place-{profile.slug}"
