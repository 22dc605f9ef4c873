"""Which mails somebody gets, and the link in each of them that ends them (product.md, 11)."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from sopcoach.mailing.notices import MailChoice
from sopcoach.mailing.occasions import HINTS, HOURS, USUAL_HOUR, Occasion
from sopcoach.mailing.posting import ACTOR
from sopcoach.models import User
from sopcoach.requests.actor import acting_as_system
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.typed import HttpRequest, require_form
from sopcoach.sending.older_page import ChangesWhatStands


class MailForm(ChangesWhatStands, BaseForm):
    hour = forms.ChoiceField(
        label="At most one mail a day, at",
        choices=list(HOURS.items()),
        error_messages={"invalid_choice": "Choose one of these hours."},
        widget=forms.Select(attrs={"class": "form-select", "aria-describedby": "hour-help"}),
    )
    occasions = forms.MultipleChoiceField(
        choices=Occasion.choices,
        required=False,
        error_messages={"invalid_choice": "Choose among these."},
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )

    def __init__(self, *args: Any, choice: MailChoice, **kwargs: Any) -> None:
        self.choice = choice
        stands = {"hour": choice.hour, "occasions": choice.wanted}
        super().__init__(*args, stands=stands, **kwargs)

    def switches(self) -> Iterator[tuple[Any, str]]:
        """Each occasion’s checkbox with its hint."""
        yield from zip(self["occasions"], HINTS.values(), strict=True)


def mail_form(user: User) -> MailForm:
    return MailForm(choice=MailChoice.of(user))


@require_form
def mails(request: HttpRequest) -> HttpResponse:
    """The hour and the occasions of one's mails."""
    choice = MailChoice.of(request.user)
    if request.method == "POST" and request.POST.get("all") == "off":
        choice.choose(by=request.user, hour=choice.hour, wanted=())
        messages.success(request, "You get none of these mails any more. What waits stands on Home.")
        return redirect(f"{reverse('me')}#mails")
    form = MailForm(request.POST if request.method == "POST" else None, choice=choice)
    if request.method == "POST" and form.is_valid():
        choice.choose(by=request.user, hour=form.cleaned_data["hour"], wanted=form.cleaned_data["occasions"])
        messages.success(request, "Your choice of mails is kept.")
        return redirect(f"{reverse('me')}#mails")
    return TemplateResponse(request, "account/mails.html", {"mail_form": form, "usual": HOURS[USUAL_HOUR]})


@csrf_exempt
@login_not_required
@require_form
def off(request: HttpRequest, token: str) -> HttpResponse:
    """End one's mails by the link in one of them: a page with one button, or at once where a mailbox asks (RFC 8058).

    Whoever holds the mail may do this and nothing else, so it takes no sign-in. A mailbox has no token of a form either:
    what stands in for one is the link's own signature.
    """
    with acting_as_system(ACTOR):
        choice = MailChoice.by_token(token)
        if choice is None:
            raise Http404
        if request.method == "POST":
            choice.refuse_all()
    return TemplateResponse(request, "account/mails_off.html", {"is_off": choice.is_off})
