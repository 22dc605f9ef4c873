from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from sopcoach.http import wants_json
from sopcoach.idle import asks_by_itself


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
    """Closed by default (house rule 8), and an answer that each kind of request can use.

    A script gets a 401, so that it never takes the sign-in page for its own fragment; a page is led to signing in
    and from there back to where the person was.
    """

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if wants_json(request):
            answer = {"status": "You’re signed out.", "sign_in": reverse("account_login")}
            return JsonResponse(answer, status=401)
        if asks_by_itself(request):
            return HttpResponse(status=401)
        to_sign_in = redirect_to_login(_page_of(request), reverse("account_login"))
        if request.headers.get("HX-Request"):
            return HttpResponseClientRedirect(to_sign_in.url)
        return to_sign_in


def _page_of(request: HttpRequest) -> str:
    """The page somebody was on, to come back to. A form's own address may know no GET: then the page it stood on."""
    if request.method in {"GET", "HEAD"} and not request.headers.get("HX-Request"):
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return reverse("home")
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
