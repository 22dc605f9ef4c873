"""Signing out, here and where one came from: the provider's own sign-in may go on, and open this again without a word."""

from typing import Any

from allauth.account.views import LogoutView
from allauth.core.internal.httpkit import add_query_params
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from sopcoach.sign_in.sso import SIGNED_IN_BY

_LEFT = "left"


class Leaving(LogoutView):
    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        signed_in_by = self.request.session.get(SIGNED_IN_BY)
        response: HttpResponse = super().post(*args, **kwargs)
        if not signed_in_by:
            return response
        self.request.session[_LEFT] = signed_in_by
        return HttpResponseRedirect(reverse("signed_out"))


logout = Leaving.as_view()


@login_not_required
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Say once that the provider's sign-in goes on, with the way to end it where the provider has one.

    A link, since no form may lead to another site (RP-initiated logout of OpenID Connect takes both).
    """
    left = request.session.pop(_LEFT, None)
    if not left:
        return HttpResponseRedirect(reverse("account_login"))
    end = left["end"] and add_query_params(
        left["end"],
        {
            "id_token_hint": left["hint"],
            "client_id": left["client"],
            "post_logout_redirect_uri": request.build_absolute_uri(reverse("account_login")),
        },
    )
    return TemplateResponse(request, "account/signed_out.html", {"provider": left["name"], "end": end})
