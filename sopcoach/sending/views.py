"""What somebody had sent and what couldn’t be taken then."""

from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from sopcoach.requests.typed import HttpRequest as SignedIn
from sopcoach.requests.typed import require_form
from sopcoach.sending.given_back import forget, kept_for


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
