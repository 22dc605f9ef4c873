"""Pages about being signed in: a second factor, whether one still is, and the demo's way in."""

from allauth.account.utils import get_next_redirect_url
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sopcoach.requests.typed import HttpRequest as SignedIn
from sopcoach.sign_in import demo, idle
from sopcoach.sign_in.local_drafts import person_id
from sopcoach.sign_in.second_factor import ENTERED_AS


@require_safe
def second_factor(request: HttpRequest) -> TemplateResponse:
    """Why an administrator needs a second factor, and the way to one (sopcoach/sign_in/second_factor.py)."""
    on_to = get_next_redirect_url(request) or reverse("home")
    return TemplateResponse(request, "mfa/first.html", {"on_to": on_to})


@require_safe
def still_here(request: SignedIn) -> HttpResponse:
    """Hear that somebody reads, or with `X-Live: 1` tell a page whether they are signed in still, who, and how long."""
    left = str(idle.seconds_left(request))
    return HttpResponse(status=204, headers={"X-Person": person_id(request), "X-Seconds-Left": left})


@login_not_required
@require_POST
def enter_as(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people without a password; outside the demo there is no such page."""
    person = next((person for person in demo.people() if person.email == request.POST.get("person")), None)
    if person is None:
        raise Http404
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[ENTERED_AS] = True
    UserSession.objects.create_from_request(request)
    return HttpResponseRedirect(get_next_redirect_url(request) or reverse("home"))
