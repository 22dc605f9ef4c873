from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django_htmx.http import HttpResponseClientRedirect

from sopcoach.http import wants_json
from sopcoach.idle import asks_by_itself
from sopcoach.keeping import person_id
from sopcoach.sending.given_back import keep, page_of

KEPT = (
    "You were signed out before this was sent. What you wrote is kept here for an hour, for you alone: sign in, and it is "
    "there again."
)
SOMEBODY_ELSE = "Somebody else is signed in now."


def private_pages(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keep every page out of shared and on-disk caches: office machines are shared (product.md, 6)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


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


def of_one_person(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Take nothing that a page sends by a script once somebody else has signed in at that machine.

    Such a page names whose it is (`X-Person`), since it sends with the newest token, which is the other person's by
    then. What was typed stays in the browser, sealed for whoever typed it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.headers.get("X-Person")
        is_read = request.method in {"GET", "HEAD"}
        if is_read or person is None or not request.user.is_authenticated or person == person_id(request):
            return get_response(request)
        if wants_json(request):
            return JsonResponse({"status": SOMEBODY_ELSE}, status=401)
        return HttpResponse(SOMEBODY_ELSE, status=401, content_type="text/plain; charset=utf-8")

    return middleware
