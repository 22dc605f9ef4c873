"""Pages that hold nothing of anybody: health, what the product promises, one's own account, the demo's way in."""

from allauth.account.utils import get_next_redirect_url
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sopcoach import demo, readers


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Tell a load balancer that the server and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def who_reads_what(request: HttpRequest) -> TemplateResponse:
    return TemplateResponse(request, "who_reads_what.html", {"things": readers.THINGS})


@login_not_required
@require_safe
def limits(request: HttpRequest) -> TemplateResponse:
    return TemplateResponse(request, "limits.html")


@require_safe
def me(request: HttpRequest) -> TemplateResponse:
    return TemplateResponse(request, "me.html")


@login_not_required
@require_POST
def enter_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people without a password; outside the demo there is no such page."""
    person = next((person for person in demo.people() if person.email == request.POST.get("person")), None)
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return HttpResponseRedirect(get_next_redirect_url(request) or reverse("home"))
