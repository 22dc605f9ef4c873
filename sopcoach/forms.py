"""The crispy base form: fields only. The template owns the form element, its buttons and its hx-attributes."""

from crispy_forms.helper import FormHelper
from django import forms


class BaseForm(forms.Form):
    use_required_attribute = False

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
