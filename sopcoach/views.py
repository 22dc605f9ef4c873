"""Pages that hold nothing of anybody: health, what the product promises, one's own account, the demo's way in."""

from allauth.account.utils import get_next_redirect_url
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from sopcoach import demo, idle, readers
from sopcoach.actor import has_wall
from sopcoach.http import HttpRequest as SignedIn
from sopcoach.http import require_form
from sopcoach.keeping import person_id
from sopcoach.me_forms import CalledForm
from sopcoach.models import User
from sopcoach.second_factor import ENTERED_AS
from sopcoach.sending.given_back import forget, kept_for


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
    return TemplateResponse(request, "limits.html", {"has_wall": has_wall()})


@require_safe
def second_factor(request: HttpRequest) -> TemplateResponse:
    """Why an administrator needs a second factor, and the way to one (sopcoach/second_factor.py)."""
    on_to = get_next_redirect_url(request) or reverse("home")
    return TemplateResponse(request, "mfa/first.html", {"on_to": on_to})


@require_form
def called(request: SignedIn) -> HttpResponse:
    """What pages call the reader: nobody else’s to say, an administrator’s neither."""
    if request.method == "POST":
        person = User.objects.get(pk=request.user.pk)  # what is refused must not stand in the page’s own head
        form = CalledForm(request.POST, person=person)
        if form.is_valid() and form.save(person, by=request.user):
            messages.success(request, f"You’re called {person.called} here.")
            return redirect("me")
    else:
        form = CalledForm(person=request.user)
    return TemplateResponse(request, "account/called.html", {"form": form})


@require_safe
def still_here(request: SignedIn) -> HttpResponse:
    """Hear that somebody reads, or with `X-Live: 1` tell a page whether they are signed in still, who, and how long."""
    left = str(idle.seconds_left(request))
    return HttpResponse(status=204, headers={"X-Person": person_id(request), "X-Seconds-Left": left})


@require_form
def given_back(request: SignedIn) -> HttpResponse:
    """What somebody had sent while they weren't signed in, or with a page from before: to send on, or to throw away."""
    kept = kept_for(request)
    if request.method == "POST":
        for form in kept:
            if form.which == request.POST.get("which"):
                forget(request, form.key.once)
        return HttpResponseRedirect(reverse("given_back"))
    return TemplateResponse(request, "given_back.html", {"kept": kept})


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
