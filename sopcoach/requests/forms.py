"""The crispy base form: fields only. The template owns the form element, its buttons and its hx-attributes."""

from collections.abc import Mapping
from typing import Any, Self, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.forms.utils import ErrorDict
from django.http import QueryDict

from sopcoach.vault.fields import is_lost
from sopcoach.words.texts import require_keepable

ASKS: list[tuple[type[forms.Field], str]] = [
    (forms.MultipleChoiceField, "Please choose at least one."),
    (forms.ModelMultipleChoiceField, "Please choose at least one."),
    (forms.ChoiceField, "Please choose one."),
    (forms.ModelChoiceField, "Please choose one."),
    (forms.BooleanField, "Please tick this if you agree."),
    (forms.DateField, "Please give a day."),
    (forms.IntegerField, "Please give a number."),
    (forms.Field, "Please write something here."),
]
"""What to say of an empty field, by its kind, the first that fits; each tells what to do."""


CANT_BE_WRITTEN = "Nothing can be written here, so that nothing is written over them. Whoever looks after the server can help."
"""Said of a field whose stored words can't be opened."""


class Described(forms.BoundField):
    """A field that has a description of its own, such as notes beside it, is described by its error as well."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        own = (widget or self.field.widget).attrs.get("aria-describedby")
        if own and self.errors and self.auto_id:
            built["aria-describedby"] = f"{own} {self.auto_id}_error"
        return built


class Plain:
    """For every form: labels without a colon, no browser bubbles, errors that say what to do.

    Goes before a form class of Django's or a library's: `class LoginForm(Plain, allauth.LoginForm)`.
    """

    use_required_attribute = False
    bound_field_class: type[forms.BoundField] | None = Described

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, stored in self.initial.items():  # type: ignore[attr-defined]
            if name in fields and is_lost(stored):
                field = fields[name]
                field.disabled, field.required = True, False  # whatever is sent doesn't count
                field.validators, field.help_text = [], CANT_BE_WRITTEN
        for field in fields.values():
            _takes_words(field)
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = next(ask for kind, ask in ASKS if isinstance(field, kind))


def _takes_words(field: forms.Field) -> None:
    """Words stand in the direction in which they are written, and what no field can hold gets a sentence of ours."""
    if type(field.widget) in (forms.Textarea, forms.TextInput):
        field.widget.attrs.setdefault("dir", "auto")
    if isinstance(field, forms.CharField) and not isinstance(field.widget, forms.PasswordInput):
        others = [one for one in field.validators if not isinstance(one, ProhibitNullCharactersValidator)]
        field.validators = [require_keepable, *others]


class BaseForm(Plain, forms.Form):
    def field[F: forms.Field](self, name: str, kind: type[F]) -> F:
        """One of its fields as the kind that it is, of which more can be asked than of any."""
        return cast("F", self.fields[name])

    @classmethod
    def as_kept(cls, data: QueryDict, problems: Mapping[str, str]) -> Self:
        """As it was sent to be kept and nothing else: what there is to put right is what keeping has found."""
        form = cls(data)
        form._errors = ErrorDict()  # type: ignore[attr-defined]  # django-stubs doesn't name it
        form.cleaned_data = {}
        for field, sentence in problems.items():
            form.add_error(field, sentence)
        return form
