"""Blind sorts, as administrators open and close them, under /manage/editions/<slug>/sort/."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from coaching.sorting.forms import OpenForm, ReopenForm
from coaching.sorting.models import BlindSort, SortResult
from coaching.sorting.models.result import FEWEST, close, remove
from coaching.sorting.models.tally import so_far
from profiles.models import Edition, EditionStatus, SkillAspect
from sopcoach.requests.typed import HttpRequest, administrators_only, by_button, require_form
from sopcoach.words.refusal import Refused


@dataclass(frozen=True)
class AspectLine:
    """How far one aspect of a sort is: a number of sorters, and whether anything of it is shown."""

    aspect: SkillAspect
    sorted_by: int
    result: SortResult | None

    @property
    def told(self) -> str:
        if self.result and self.sorted_by > self.result.sorters:
            later = self.sorted_by - self.result.sorters
            return f"Shown from {self.result.sorters} sorters. {later} more since; shown once there are {FEWEST} more."
        if self.result:
            return f"Shown from {self.result.sorters} sorters."
        if self.sorted_by >= FEWEST:
            return f"{self.sorted_by} have sorted it. Shown once the sort is closed."
        return f"{self.sorted_by} of {FEWEST} so far."


@require_safe
@administrators_only
def sorts(request: HttpRequest, slug: str) -> HttpResponse:
    edition = _edition_or_404(slug)
    rows = BlindSort.objects.visible_to(request.user).filter(edition=edition).for_list()
    return TemplateResponse(
        request,
        "manage/sort/list.html",
        {
            "edition": edition,
            "sorts": list(rows),
            "is_in_use": edition.status is EditionStatus.PUBLISHED,
        },
    )


@require_form
@administrators_only
def new(request: HttpRequest, slug: str) -> HttpResponse:
    edition = _edition_or_404(slug)
    if edition.status is not EditionStatus.PUBLISHED:
        raise Refused("This edition is retired. Open a sort of one that is in use.")
    if request.method == "POST":
        form = OpenForm(request.POST, edition=edition, by=request.user)
        if form.is_valid() and (sort := form.save(by=request.user)):
            messages.success(request, "The sort is open. Hand its link out.")
            return redirect("manage_sort", slug, sort.slug)
    else:
        form = OpenForm(edition=edition, by=request.user)
    return TemplateResponse(request, "manage/sort/new.html", {"edition": edition, "form": form})


@require_form
@administrators_only
@by_button("close", "reopen", "delete")
def sort(request: HttpRequest, slug: str, sort: str) -> HttpResponse:
    """One sort: its link, how far each aspect is, and closing and opening it again."""
    edition = _edition_or_404(slug)
    rows = BlindSort.objects.visible_to(request.user).filter(edition=edition).for_list()
    found = get_object_or_404(rows, slug=sort)
    form = ReopenForm(initial={"closes_on": found.closes_on} if found.is_open else {})
    if request.method == "POST":
        if request.POST["act"] == "close":
            close(found, by=request.user)
            messages.success(request, "The sort is closed. What five or more have sorted can be read.")
            return redirect("manage_sort", slug, sort)
        if request.POST["act"] == "delete":
            remove(found, by=request.user)
            messages.success(request, "The sort is deleted. Nobody had sorted anything.")
            return redirect("manage_sorts", slug)
        form = ReopenForm(request.POST)
        if form.is_valid() and form.save(found, by=request.user):
            messages.success(request, "The sort is open until then. What was shown of it stays shown.")
            return redirect("manage_sort", slug, sort)
    lines = aspect_lines(request, found)
    return TemplateResponse(
        request,
        "manage/sort/detail.html",
        {
            "edition": edition,
            "sort": found,
            "form": form,
            "link": request.build_absolute_uri(reverse("sort", args=[found.slug])),
            "lines": lines,
            "has_result": any(line.result for line in lines),
            "is_untouched": not any(line.sorted_by for line in lines),
        },
    )


def aspect_lines(request: HttpRequest, sort: BlindSort) -> list[AspectLine]:
    """Each aspect of a sort, in the edition's order."""
    shown = SortResult.objects.visible_to(request.user).latest_of(sort)
    counted = so_far(sort)
    aspects = sort.edition.aspects.filter(slug__in=sort.aspects).select_related("profile")
    return [AspectLine(aspect, counted[aspect.slug], shown.get(aspect.slug)) for aspect in aspects]


def _edition_or_404(slug: str) -> Edition:
    return get_object_or_404(Edition.objects.filter(published_at__isnull=False), slug=slug)
