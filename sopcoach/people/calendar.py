"""One's own calendar's private address: made, shown once, revoked."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from sopcoach.mailing.feed import TITLE, TITLE_LIMIT, CalendarFeed
from sopcoach.mailing.site import address_of
from sopcoach.models import User
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.typed import HttpRequest, by_button, require_form
from sopcoach.sending.older_page import ChangesWhatStands

SHOWN_ONCE = (
    "Your calendar’s address, shown this once."
    '<span class="d-block my-2" data-copies>'
    '<input class="form-control" aria-label="Address of my calendar" value="{}" readonly>'
    '<button class="btn btn-quiet mt-2" type="button" hidden>Copy it</button></span>'
    "Whoever has it can read when you meet, so treat it like a key."
)
"""The address in a field of its own: it is longer than a phone is wide, and is to be taken whole."""


class CalendarForm(ChangesWhatStands, BaseForm):
    title = forms.CharField(
        label="Title in my calendar",
        required=False,
        max_length=TITLE_LIMIT,
        help_text="Others may see your calendar. “Meeting” tells them nothing.",
        error_messages={"max_length": "Keep it within %(limit_value)d characters."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, feed: CalendarFeed | None, **kwargs: Any) -> None:
        self.feed = feed
        super().__init__(*args, stands={"title": feed.title if feed else TITLE}, **kwargs)


def calendar_form(user: User) -> CalendarForm:
    return CalendarForm(feed=CalendarFeed.of(user))


@require_form
@by_button("make", "call")
def calendar(request: HttpRequest) -> HttpResponse:
    """Whether one's meetings can be looked up by a calendar, and under which title."""
    feed = CalendarFeed.of(request.user)
    act = request.POST.get("act")
    form = CalendarForm(request.POST if request.method == "POST" else None, feed=feed)
    if request.method == "POST" and form.is_valid() and _did(request, form, act):
        return redirect(f"{reverse('me')}#calendar")
    return TemplateResponse(request, "account/calendar.html", {"calendar_form": form})


@require_POST
@by_button("revoke")
def revoke(request: HttpRequest) -> HttpResponse:
    """From now on the address answers nothing."""
    CalendarFeed.revoke(by=request.user)
    messages.success(request, "The address answers nothing from now on. You can make a new one.")
    return redirect(f"{reverse('me')}#calendar")


def _did(request: HttpRequest, form: CalendarForm, act: str | None) -> bool:
    title, user = form.cleaned_data["title"], request.user
    try:
        if act == "call" and form.feed:
            form.feed.call(title, by=user)
            messages.success(request, "Your meetings have that title now.")
        elif act == "make":
            token = CalendarFeed.make(by=user, title=title)
            address = address_of(reverse("calendar_feed", args=[token]))
            messages.success(request, format_html(SHOWN_ONCE, address))
    except ValidationError as error:
        form.add_error(None, error)
    return form.is_valid()
