"""The clock that somebody reads: the agency's, or one of their own."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from sopcoach.models import User
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.typed import HttpRequest, require_form
from sopcoach.sending.older_page import ChangesWhatStands
from sopcoach.words import zones


class ClockForm(ChangesWhatStands, BaseForm):
    time_zone = forms.ChoiceField(
        label="Which clock do you read?",
        choices=zones.choices,
        required=False,
        error_messages={"invalid_choice": "Choose one of these time zones."},
        help_text="Days and hours on your pages are then yours. A meeting stays where it is; the other side reads it on "
        "their own clock.",
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, stands={"time_zone": person.time_zone}, **kwargs)


@require_form
def clock(request: HttpRequest) -> HttpResponse:
    """The reader's own time zone."""
    form = ClockForm(request.POST if request.method == "POST" else None, person=request.user)
    if request.method == "POST" and form.is_valid():
        request.user.read_clock(form.cleaned_data["time_zone"], by=request.user)
        messages.success(request, f"Your pages are in {request.user.clock_name} time.")
        return redirect("me")
    return TemplateResponse(request, "account/clock.html", {"form": form, "heading": "Your clock"})


def on_their_clock(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: days and hours are read and typed on the clock of whoever is signed in."""

    def middleware(request: HttpRequest) -> HttpResponse:
        zone = request.user.time_zone if request.user.is_authenticated else ""
        if not zone:
            return get_response(request)
        with timezone.override(zones.zone_of(zone)):
            return get_response(request)

    return middleware
