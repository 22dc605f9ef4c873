"""Signing in by an OpenID Connect provider of an agency. It opens accounts that are there and never makes one."""

import logging
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, cast

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.httpkit import add_query_params
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.base.constants import AuthError
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.http import require_safe
from requests import RequestException

from sopcoach.models import AnothersAccount, Identity, Unknown

log = logging.getLogger(__name__)

SIGNED_IN_BY = "signed_in_by"
"""In the session: whose sign-in it is, and what its own sign-out needs."""

REFUSALS = {
    "": "We couldn’t sign you in like that. Try once more, or another way; if it stays so, ask the administrator of "
    "your agency.",
    "away": "{provider} isn’t answering. Use your password, or try again in a few minutes.",
    "unverified": "{provider} didn’t confirm an e-mail address of yours, so we can’t tell who you are here. Use your "
    "password, or ask whoever looks after {provider} to have your address confirmed.",
    "unknown": "There is no open account here with the address that {provider} has of you. Ask the administrator of "
    "your agency whether it is the one that was entered for you.",
    "another": "Your address belongs to an account that somebody else at {provider} has opened before, so it stays "
    "closed to you. The administrators of your agency can read that; ask them, if the account is yours.",
}
"""Why this way in didn’t open. An unconfirmed address reads the same whether or not it has an account here."""


class SSOAdapter(DefaultSocialAccountAdapter):
    """Who somebody is follows from the provider's subject (`Identity`), never from allauth's own rows: there are none."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        account = sociallogin.account
        provider = account.get_provider(request)
        key, address = provider.sub_id, _vouched_for(account.extra_data)
        try:
            sociallogin.user = Identity.objects.person_of(
                provider=key, subject=str(account.uid), address=address
            )
        except Unknown:
            why = "unknown" if address else "unverified"
            raise ImmediateHttpResponse(not_this_way(why, key)) from None
        except AnothersAccount:
            Identity.objects.note_refused(provider=key, address=address)
            log.warning("An address that %s gives to a second subject opened nothing", provider.name)
            raise ImmediateHttpResponse(not_this_way("another", key)) from None
        # never `connect`: it would tie whatever the provider says to the account that is open
        sociallogin.state["process"] = AuthProcess.LOGIN
        # through a second factor too, which may come between
        sociallogin.state[SIGNED_IN_BY] = getattr(sociallogin, SIGNED_IN_BY, {})

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
        why = "away" if isinstance(exception, RequestException) else ""
        raise ImmediateHttpResponse(not_this_way(why, provider.sub_id))


class _Adapter(OpenIDConnectOAuth2Adapter):
    """allauth's, which also checks that the answer was made for this question and is about one person."""

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        login = super().complete_login(request, app, token, **kwargs)
        said: Mapping[str, Any] = login.account.extra_data
        signed, told = said.get("id_token") or {}, said.get("userinfo") or {}
        if not constant_time_compare(str(signed.get("nonce", "")), _nonce_of(request.GET.get("state", ""))):
            raise PermissionDenied("The answer was made for another question.")
        if told and told.get("sub") != signed.get("sub"):
            raise PermissionDenied("The answer is about two people.")
        login.signed_in_by = {
            "name": self.get_provider().name,
            "end": self.openid_config.get("end_session_endpoint", ""),
            "client": app.client_id,
            "hint": kwargs["response"]["id_token"],
        }
        return login


def _nonce_of(state: str) -> str:
    """A state is drawn at random, belongs to one browser and is taken once; so is what is made of it alone."""
    return salted_hmac("sopcoach.sign_in.nonce", state, algorithm="sha256").hexdigest()


def _without_breaking(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A sentence as well where the provider is away, or answers what no OpenID provider does."""

    @wraps(view)
    def careful(request: HttpRequest, provider_id: str) -> HttpResponse:
        if provider_id not in _names(request):
            raise Http404
        try:
            return view(request, _Adapter(request, provider_id))
        except (RequestException, KeyError, ValueError) as error:
            log.warning("The single sign-on provider failed: %s", error)
            away = "away" if isinstance(error, RequestException) else ""
            return not_this_way(away, provider_id)

    return careful


@login_not_required
@_without_breaking
def login(request: HttpRequest, adapter: OAuth2Adapter) -> HttpResponse:
    response = OAuth2LoginView.adapter_view(adapter)(request)
    state = QueryDict(response.headers.get("Location", "").partition("?")[2]).get("state")
    if response.status_code == 302 and state:
        response["Location"] = add_query_params(response["Location"], {"nonce": _nonce_of(state)})
    return cast(HttpResponse, response)


@login_not_required
@_without_breaking
def callback(request: HttpRequest, adapter: OAuth2Adapter) -> HttpResponse:
    return cast(HttpResponse, OAuth2CallbackView.adapter_view(adapter)(request))


@login_not_required
@require_safe
def refused(request: HttpRequest) -> TemplateResponse:
    """Why this way in didn't open, and what to do."""
    by = request.GET.get("by", "")
    names = _names(request)
    why = request.GET.get("why", "") if by in names else ""
    sentence = REFUSALS.get(why, REFUSALS[""]).format(provider=names.get(by, ""))
    return TemplateResponse(
        request, "socialaccount/authentication_error.html", {"sentence": sentence}, status=401
    )


def not_this_way(why: str, provider_id: str) -> HttpResponseRedirect:
    """:param why: a key of `REFUSALS`."""
    query = {"why": why, "by": provider_id} if why else {}
    return HttpResponseRedirect(add_query_params(reverse("socialaccount_login_error"), query))


def _names(request: HttpRequest) -> dict[str, str]:
    return {provider.sub_id: provider.name for provider in get_adapter(request).list_providers(request)}


def _vouched_for(claims: Mapping[str, Any]) -> str:
    """The address that the provider calls verified, "" where there is none. `email_verified` may be a text (AWS Cognito)."""
    for said in (claims.get("userinfo") or {}, claims.get("id_token") or {}):
        verified = said.get("email_verified")
        if said.get("email") and (verified is True or verified == "true"):
            return str(said["email"]).strip().lower()
    return ""
