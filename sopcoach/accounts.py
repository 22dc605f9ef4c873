"""How allauth behaves here: no sign-up, and its forms in our words."""

from typing import Any

from allauth.account import forms as allauth
from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest

from sopcoach.forms import Plain

HINT = "At least 12 characters. Four words in a row are easy to keep in mind and hard to guess."


class ClosedAccountAdapter(DefaultAccountAdapter):
    """Accounts come from administrators; nobody signs up by themselves (product.md, 10)."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "This e-mail and password don’t belong together. Check both, or ask for a "
        "link to choose a new password.",
        "too_many_login_attempts": "Those were too many tries. Wait five minutes, then try again.",
        "enter_current_password": "This isn’t your present password. Type it once more.",
        "incorrect_password": "This isn’t your password. Type it once more.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class InOurWords(Plain):
    """Labels and hints of our own in place of allauth's, and no placeholders: they vanish while one types."""

    labels: dict[str, str] = {}
    hints: dict[str, str] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        for name, field in fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            secret = isinstance(field.widget, forms.PasswordInput)
            field.error_messages["required"] = (
                "Please type it here." if secret else "Please give your work e-mail."
            )


class LoginForm(InOurWords, allauth.LoginForm):
    labels = {"login": "Work e-mail", "password": "Password"}


class ResetPasswordForm(InOurWords, allauth.ResetPasswordForm):
    labels = {"email": "Work e-mail"}


class ResetPasswordKeyForm(InOurWords, allauth.ResetPasswordKeyForm):
    labels = {"password1": "New password", "password2": "The same once more"}
    hints = {"password1": HINT}


class SetPasswordForm(InOurWords, allauth.SetPasswordForm):
    labels = ResetPasswordKeyForm.labels
    hints = ResetPasswordKeyForm.hints


class ChangePasswordForm(InOurWords, allauth.ChangePasswordForm):
    labels = {"oldpassword": "Present password"} | ResetPasswordKeyForm.labels
    hints = ResetPasswordKeyForm.hints


class ReauthenticateForm(InOurWords, allauth.ReauthenticateForm):
    labels = {"password": "Password"}
