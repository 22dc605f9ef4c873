"""What people say of their own account."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from sopcoach.models import User
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.typed import HttpRequest, require_form
from sopcoach.sending.older_page import ChangesWhatStands


class CalledForm(ChangesWhatStands, BaseForm):
    called = forms.CharField(
        label="What shall we call you?",
        required=False,
        max_length=100,
        error_messages={"max_length": "Keep it within %(limit_value)d characters."},
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "dir": "auto"}),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, stands={"called": person.called}, **kwargs)
        self.fields["called"].help_text = (
            f"Pages say it when they speak to you, or of you to people you work with. Your full name stays {person.name}. "
            "Leave it empty, and it’s guessed from your name."
        )

    def save(self, person: User, *, by: User) -> bool:
        """Whether it was kept; else the errors are on the form."""
        try:
            person.be_called(self.cleaned_data["called"], by=by)
        except ValidationError as error:
            self.add_error(None, error)
            return False
        return True


@require_form
def called(request: HttpRequest) -> HttpResponse:
    """What pages call the reader: nobody else’s to say, an administrator’s neither."""
    if request.method == "POST":
        person = User.objects.get(pk=request.user.pk)  # what is refused must not stand in the page’s own head
        form = CalledForm(request.POST, person=person)
        if form.is_valid() and form.save(person, by=request.user):
            messages.success(request, f"You’re called {person.called} here.")
            return redirect("me")
    else:
        form = CalledForm(person=request.user)
    return TemplateResponse(request, "account/called.html", {"form": form, "heading": "What you’re called"})
