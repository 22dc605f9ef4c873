from django import forms
from django.core.exceptions import ValidationError

from coaching.forms.days import DayField
from coaching.forms.invitation import NOT_LISTED
from coaching.forms.walkthrough import AspectField
from coaching.models import ShadowNote, ShadowOffer
from coaching.models.base import clean_narrative
from coaching.models.shadowing import WORDS_LIMIT
from profiles.models import PracticeProfile, SkillAspect
from sopcoach.models import User
from sopcoach.people.choosing import ChoosingForm, PersonField
from sopcoach.requests.forms import BaseForm
from sopcoach.sending.older_page import ChangesWhatStands


def fits_a_note(text: str) -> None:
    clean_narrative(text, limit=WORDS_LIMIT)


class ShadowNoteForm(ChangesWhatStands, ChoosingForm):
    aspect = AspectField(label="What it was about", error_messages={"required": "Choose what you looked at."})
    stood_out = forms.CharField(
        label="What stood out to you?",
        validators=[fits_a_note],
        error_messages={"required": "Write what stood out to you, however small."},
        help_text="What was done and said, as a camera would have it. Nothing that points to a family, please.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    question = forms.CharField(
        label="A question you’d like to ask",
        required=False,
        validators=[fits_a_note],
        help_text="Optional.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen_on = DayField(label="When", help_text="Today, unless you choose another day.")
    colleague = PersonField(
        label="Whom you went along with",
        required=False,
        empty_label="Nobody named",
        error_messages={"invalid_choice": NOT_LISTED},
        help_text="Optional. Nobody learns of it. Only a colleague whom you name here can be shown this note, and only by you.",
    )

    def __init__(self, *args, by: User, aspects: list[SkillAspect], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.field("aspect", AspectField).offer(aspects)
        people = User.objects.filter(is_active=True, is_administrator=False).exclude(pk=by.pk)
        self.field("colleague", PersonField).offer(people, near=by)

    def save(self, *, by: User, note: ShadowNote | None = None) -> bool:
        """Keep it, as a new note or in place of `note`. False, with the errors on the form, when it can't be."""
        try:
            if note:
                note.rewrite(by=by, **self.cleaned_data)
            else:
                ShadowNote.write(by=by, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True


class ShadowOfferForm(ChangesWhatStands, BaseForm):
    profiles = forms.MultipleChoiceField(
        label="When I use",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Choose from the practice profiles below.",
            "invalid_list": "Choose from the practice profiles below.",
        },
    )

    def __init__(self, *args, profiles: list[PracticeProfile], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.by_slug = {profile.slug: profile for profile in profiles}
        self.field("profiles", forms.ChoiceField).choices = [
            (slug, p.title) for slug, p in self.by_slug.items()
        ]

    @property
    def ticked(self) -> set[str]:
        return {str(slug) for slug in self["profiles"].value() or ()}

    def save(self, *, by: User) -> None:
        ShadowOffer.offer(by=by, profiles=[self.by_slug[slug] for slug in self.cleaned_data["profiles"]])
