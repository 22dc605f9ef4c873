"""Whoever was signed out meanwhile is led to signing in, and what they had sent waits for them."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from sopcoach.requests.reading import wants_json
from sopcoach.sending.given_back import keep, page_of
from sopcoach.sign_in.idle import asks_by_itself

KEPT = (
    "You were signed out before this was sent. What you wrote is kept here for an hour, for you alone: sign in, and it is "
    "there again."
)


class SignInRequired(LoginRequiredMiddleware):
    """Closed by default, and an answer that each kind of request can use.

    A script gets a 401, so that it never takes the sign-in page for its own fragment; a page is led to signing in
    and from there back to where the person was, or to what they had written.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if wants_json(request):
            answer = {"status": "You’re signed out.", "sign_in": reverse("account_login")}
            return JsonResponse(answer, status=401)
        if asks_by_itself(request):
            return HttpResponse(status=401)
        kept = keep(request)
        if kept:
            messages.info(request, KEPT)
        back_to = reverse("given_back") if kept else page_of(request)
        to_sign_in: HttpResponseBase = redirect_to_login(back_to, reverse("account_login"))
        if request.headers.get("HX-Request"):
            to_sign_in = HttpResponseClientRedirect(to_sign_in.headers["Location"])
        return kept(to_sign_in) if kept else to_sign_in
