"""Signing in by the agency's own OpenID Connect provider. It opens accounts that are there and never makes one."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from requests import RequestException

from sopcoach.models import User

log = logging.getLogger(__name__)


class SSOAdapter(DefaultSocialAccountAdapter):
    """Matches by e-mail alone, each time anew: one that the provider says is verified and an administrator entered.

    Nothing that the provider calls a person is kept, so an address that an administrator replaces or an account that
    they close opens nothing from that moment on.
    """

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        person = _person(sociallogin.account.extra_data)
        if person is None:
            raise ImmediateHttpResponse(_not_this_way())
        sociallogin.user = person
        # never `connect`: it would tie whatever the provider says to the account that is open
        sociallogin.state["process"] = AuthProcess.LOGIN

    def authenticate_by_email(self, sociallogin: SocialLogin) -> None:
        """Nobody by allauth's own rule: `pre_social_login` decides."""
        return None

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Tell the operator what went wrong, and the person one sentence."""
        if error == AuthError.CANCELLED:
            return
        log.warning("Signing in by %s failed: %s", provider.name, exception or error)
        raise ImmediateHttpResponse(_not_this_way())


def _without_breaking(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A sentence as well where the provider is away, or answers what no OpenID provider does."""

    @wraps(view)
    def careful(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except (RequestException, KeyError, ValueError) as error:
            log.warning("The single sign-on provider failed: %s", error)
            return _not_this_way()

    return careful


login = _without_breaking(views.login)
callback = _without_breaking(views.callback)


def _not_this_way() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("socialaccount_login_error"))


def _person(claims: dict[str, Any]) -> User | None:
    """The active person whose address the provider vouches for. `email_verified` may be a text (AWS Cognito)."""
    for said in (claims.get("userinfo") or {}, claims.get("id_token") or {}):
        verified = said.get("email_verified")
        if said.get("email") and (verified is True or verified == "true"):
            return User.objects.filter(email=str(said["email"]).strip().lower(), is_active=True).first()
    return None
