"""How allauth behaves here: no sign-up, and its forms in our words."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account import forms as allauth
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from sopcoach.mailing.models import Letter
from sopcoach.mailing.posting import post
from sopcoach.mailing.writing import PASSWORD_LINK
from sopcoach.requests.forms import Plain
from sopcoach.sign_in import second_factor
from sopcoach.sign_in.sso import SIGNED_IN_BY

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

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in a few minutes ago has just shown who they are."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        words = {
            "reauthenticate": "Use my password",
            "mfa_reauthenticate": "Use a code",
            "mfa_reauthenticate:webauthn": "Use a passkey",
        }
        return [
            method | {"description": words[method["id"]]}
            for method in super().get_reauthentication_methods(user)
        ]

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Keep by whom somebody came; lead an administrator without a second factor to setting one up, and on from there."""
        response = super().post_login(request, user, **kwargs)
        came_by = (kwargs.get("signal_kwargs") or {}).get("sociallogin")
        if came_by:
            request.session[SIGNED_IN_BY] = came_by.state[SIGNED_IN_BY]
        if second_factor.is_missing(request, user):
            return HttpResponseRedirect(second_factor.page_to_set_up(response.headers["Location"]))
        return response

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell somebody that their account was changed, behind the page."""
        post([Letter(person=user, template=template_prefix, ip=self.get_client_ip(self.request))])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No page waits for a mail server; how long it takes would also tell who has an account."""
        raise NotImplementedError("A mail is posted, never sent in a request.")


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

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Ask for the mail: the same rows are written whether or not there is an account, and no link is made yet."""
        post([Letter(person=self.users[0] if self.users else None, template=PASSWORD_LINK)])
        return self.cleaned_data["email"]


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
