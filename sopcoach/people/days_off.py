"""The administrators' page of days on which the agency is closed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from sopcoach.models import DayOff
from sopcoach.people.forms import DayOffForm
from sopcoach.requests.typed import HttpRequest, administrators_only, by_button, require_form
from sopcoach.words import dates


@require_form
@administrators_only
def days_off(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        form = DayOffForm(request.POST)
        if form.is_valid() and form.save(added := DayOff(), by=request.user):
            messages.success(request, f"{dates.day(added.day, 'weekday')} is a day off.")
            return redirect("manage_days_off")
    else:
        form = DayOffForm()
    page = {"days": DayOff.objects.ahead(), "form": form}
    return TemplateResponse(request, "manage/people/days_off.html", page)


@require_POST
@administrators_only
@by_button("delete")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    day_off = get_object_or_404(DayOff, pk=pk)
    day_off.remove(by=request.user)
    messages.success(request, f"{dates.day(day_off.day, 'weekday')} is an ordinary day again.")
    return redirect("manage_days_off")
