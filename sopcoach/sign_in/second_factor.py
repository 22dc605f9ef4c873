"""A second factor beside the password: for everybody who likes, and required of administrators (ADR 1).

Whoever holds an administrator's password could give themselves anybody's account by a new address, so the
administrators' pages stay closed until a passkey or an authenticator app stands beside it.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import forms as recovery_codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn import forms as webauthn
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from sopcoach.models import User
from sopcoach.requests.forms import Plain
from sopcoach.vault.fields import MARK, seal, unseal
from sopcoach.vault.keyring import ErasureUnit
from sopcoach.words.refusal import Refused

MANAGE = "/manage/"
ENTERED_AS = "entered_as"
"""Session key of the demo's way in, which counts as a full sign-in, in the demo only (product.md, 10)."""

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""Recovery codes stand in for one of these, and are none themselves."""

SECRETS = ErasureUnit(
    UUID("5ec0dfac-0000-4000-8000-000000000001"), UUID("5ec0dfac-0000-4000-8000-000000000002")
)
"""One data key for the secrets of all second factors. They go with their rows, so none is erased by its key."""
ABOUT = b"second factor"


def is_missing(request: HttpRequest, user: User) -> bool:
    """Whether an administrator still has to set up a second factor."""
    if not user.is_administrator or (settings.SOPCOACH_DEMO and request.session.get(ENTERED_AS)):
        return False
    return not is_mfa_enabled(user, FACTORS)


def page_to_set_up(on_to: str) -> str:
    """The address of the page that says why and leads there; `on_to` is where the person was going."""
    return f"{reverse('second_factor')}?{urlencode({'next': on_to})}"


class SecondFactorToManage:
    """Middleware: nothing under /manage/ opens for an administrator whose account has no second factor.

    It goes by the address, so that a new page of the administrators is closed without anybody thinking of it.
    """

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponseBase | None:
        if not request.path_info.startswith(MANAGE) or not request.user.is_authenticated:
            return None
        if not is_missing(request, request.user):
            return None
        if request.method in {"GET", "HEAD"}:
            return HttpResponseRedirect(page_to_set_up(request.get_full_path()))
        raise Refused("Set up a second factor first. Until then you can’t change anything here.")


def end_sign_ins_from_before(
    sender: type, *, request: HttpRequest, authenticator: Authenticator, **_: Any
) -> None:
    """With the first second factor, end the sign-ins that had none: one of them may be somebody else's."""
    user = authenticator.user
    if (
        authenticator.type in FACTORS
        and Authenticator.objects.filter(user=user, type__in=FACTORS).count() == 1
    ):
        for other in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
            other.end()


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This didn’t fit. Try it once more, or take another way in.",
        "cannot_generate_recovery_codes": "Recovery codes stand in for a second factor, so set one up first.",
    }

    def encrypt(self, text: str) -> str:
        """Keep the secrets of apps and recovery codes out of a stolen copy of the database (ADR 6)."""
        return str(seal(text, SECRETS, ABOUT))

    def decrypt(self, encrypted_text: str) -> str:
        # a secret from before it was sealed has no mark
        return unseal(encrypted_text, SECRETS, ABOUT) if encrypted_text.startswith(MARK) else encrypted_text

    def _get_site_name(self) -> str:
        return "SOP Coach"

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"My passkey {count + 1}" if count else "My passkey"


class _Code(Plain):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]  # type: ignore[attr-defined]
        code.error_messages["required"] = "Please type the code."
        code.label = self.label
        code.help_text = self.hint
        code.widget.attrs.pop("placeholder", None)
        code.widget.attrs |= {"inputmode": "numeric", "autocapitalize": "off", "spellcheck": "false"}

    label = "Code"
    hint = "The six digits that your authenticator app shows now, or one of your recovery codes."


class AuthenticateForm(_Code, base.AuthenticateForm):
    pass


class ReauthenticateForm(_Code, base.ReauthenticateForm):
    pass


class ActivateTOTPForm(_Code, totp.ActivateTOTPForm):
    label = "Code from the app"
    hint = "Six digits. The app shows new ones every half minute."


class DeactivateTOTPForm(Plain, totp.DeactivateTOTPForm):
    pass


class GenerateRecoveryCodesForm(Plain, recovery_codes.GenerateRecoveryCodesForm):
    pass


class _Name(Plain):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]  # type: ignore[attr-defined]
        name.label = "What to call it"
        name.help_text = "So that you know later which one it is: “Office laptop”, “My phone”."
        name.max_length = 100
        name.widget.attrs["maxlength"] = 100
        name.error_messages["required"] = "Please give it a name."


class _FromDevice(Plain):
    """Refuses what no device sends: allauth lets some of it through to where it breaks."""

    def _refusing[T](self, clean: Callable[[], T]) -> T:
        try:
            return clean()
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class AddWebAuthnForm(_Name, _FromDevice, webauthn.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages["required"] = (
            "Nothing came from your device. Try it once more."
        )
        alone = self.fields["passwordless"]
        alone.initial = True
        alone.label = "Sign in with it alone, without my password"
        alone.help_text = "Your device then asks for your fingerprint, face or PIN. Untick this for a security key that can’t."

    def clean(self) -> dict[str, Any]:
        return self._refusing(super().clean)


class AuthenticateWebAuthnForm(_FromDevice, webauthn.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return self._refusing(super().clean_credential)


class LoginWebAuthnForm(_FromDevice, webauthn.LoginWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return self._refusing(super().clean_credential)


class ReauthenticateWebAuthnForm(_FromDevice, webauthn.ReauthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return self._refusing(super().clean_credential)


class EditWebAuthnForm(_Name, webauthn.EditWebAuthnForm):
    pass
