"""Cohorts, as administrators look after them, under /manage/cohorts/."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from coaching.training.forms.cohort import CohortForm, EnrolForm
from coaching.training.models import Cohort, Trainee
from sopcoach.people.choosing import choosing_page
from sopcoach.requests.reading import number_in
from sopcoach.requests.typed import HttpRequest, administrators_only, by_button, require_form


@require_safe
@administrators_only
def cohorts(request: HttpRequest) -> HttpResponse:
    rows = list(Cohort.objects.visible_to(request.user).for_list())
    return TemplateResponse(
        request,
        "manage/cohort/list.html",
        {
            "groups": [
                ("Now and ahead", [cohort for cohort in rows if not cohort.is_over]),
                ("Over", [cohort for cohort in rows if cohort.is_over]),
            ],
            "has_any": bool(rows),
        },
    )


@require_form
@administrators_only
def new(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        form = CohortForm(request.POST)
        if form.is_valid() and form.save(cohort := Cohort(), by=request.user):
            messages.success(request, f"“{cohort.title}” is there. Now put its people in.")
            return redirect("manage_cohort_people", cohort.slug)
    else:
        form = CohortForm()
    return choosing_page(request, "manage/cohort/new.html", form)


@require_form
@administrators_only
def cohort(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = _cohort_or_404(request, slug, hold=request.method == "POST")
    if request.method == "POST":
        form = CohortForm(request.POST, cohort=cohort)
        if form.is_valid() and form.save(_cohort_or_404(request, slug), by=request.user):
            messages.success(request, f"“{form.cleaned_data['title']}” is changed.")
            return redirect("manage_cohort", slug)
    else:
        form = CohortForm(cohort=cohort)
    trainees = Trainee.objects.visible_to(request.user).filter(cohort=cohort).for_list()
    return choosing_page(
        request, "manage/cohort/detail.html", form, {"cohort": cohort, "trainees": list(trainees)}
    )


@require_form
@administrators_only
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Put people in, or take one out."""
    cohort = _cohort_or_404(request, slug)
    if request.method == "POST" and "take_out" in request.POST:
        return _take_out(request, cohort)
    if request.method == "POST":
        form = EnrolForm(request.POST, cohort=cohort, by=request.user)
        if form.is_valid() and (new := form.save(cohort, by=request.user)) is not None:
            messages.success(request, _put_in(new))
            return redirect("manage_cohort", slug)
    else:
        form = EnrolForm(cohort=cohort, by=request.user)
    return choosing_page(request, "manage/cohort/people.html", form, {"cohort": cohort})


@require_POST
@administrators_only
def renew_code(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = _cohort_or_404(request, slug)
    cohort.renew_code(by=request.user)
    messages.success(request, f"The code is {cohort.code} now. The earlier one lets nobody in.")
    return redirect("manage_cohort", slug)


@require_POST
@administrators_only
@by_button("delete")
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    cohort = _cohort_or_404(request, slug)
    cohort.remove(by=request.user)
    messages.success(request, f"“{cohort.title}” is deleted.")
    return redirect("manage_cohorts")


def _cohort_or_404(request: HttpRequest, slug: str, *, hold: bool = False) -> Cohort:
    """The cohort; held until the answer, where what is sent is compared with what stands."""
    cohorts = Cohort.objects.visible_to(request.user).for_list()
    if hold:
        cohorts = cohorts.select_for_update(of=("self",), no_key=True)
    return get_object_or_404(cohorts, slug=slug)


def _take_out(request: HttpRequest, cohort: Cohort) -> HttpResponse:
    asked = number_in(request.POST["take_out"], most_digits=18)
    if asked is None:
        raise Http404
    trainees = Trainee.objects.visible_to(request.user).filter(cohort=cohort).select_related("person")
    trainee = get_object_or_404(trainees, person=asked)
    trainee.leave(by=request.user)
    messages.success(request, f"{trainee.person.name} isn’t in “{cohort.title}” any more.")
    return redirect("manage_cohort", cohort.slug)


def _put_in(new: int) -> str:
    if new == 0:
        return "They were all in it already."
    return "One person is new in it." if new == 1 else f"{new} people are new in it."
