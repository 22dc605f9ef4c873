"""What a blind sort says of the words: from five sorters on, once it is closed, and never of anybody."""

import csv

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from coaching.sorting.models import BlindSort, Sorter, SortResult
from coaching.sorting.reading import ResultRead, lines
from coaching.sorting.views.manage import aspect_lines
from coaching.sorting.views.sorting import sort_or_404
from profiles.importing.csv_file import LIKE_A_FORMULA
from profiles.models import SkillAspect
from sopcoach.requests.typed import HttpRequest
from sopcoach.words.refusal import Refused

BLIND = "What comes out is shown once the sort is closed, so that everybody sorts without it."
NOT_YOURS = "Administrators and those who have sorted the cards read what came out."


@require_safe
def results(request: HttpRequest, slug: str) -> HttpResponse:
    """Every aspect of the sort, with what is shown of it."""
    sort = _sort_to_read(request, slug)
    aspects = aspect_lines(request, sort)
    return TemplateResponse(
        request,
        "coaching/sorting/results.html",
        {"sort": sort, "lines": aspects, "has_result": any(line.result for line in aspects)},
    )


@require_safe
def result(request: HttpRequest, slug: str, aspect: str) -> HttpResponse:
    """One aspect, card by card."""
    sort = _sort_to_read(request, slug)
    aspects = aspect_lines(request, sort)
    line = next((line for line in aspects if line.aspect.slug == aspect), None)
    if line is None or line.result is None:
        raise Http404
    profile = line.aspect.profile_id
    return TemplateResponse(
        request,
        "coaching/sorting/result.html",
        {
            "sort": sort,
            "read": _read(sort, [line.result])[0],
            "others": [other for other in aspects if other.aspect.profile_id == profile and other != line],
        },
    )


@require_safe
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """What the pages show, as a CSV with a byte order mark, by which Excel knows that it is UTF-8."""
    sort = _sort_to_read(request, slug)
    shown = SortResult.objects.visible_to(request.user).latest_of(sort)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="blind-sort-{sort.edition.slug}.csv"'
    table = csv.writer(response)
    for line in lines(_read(sort, [shown[slug] for slug in sort.aspects if slug in shown])):
        table.writerow([_plain(cell) if isinstance(cell, str) else cell for cell in line])
    return response


def _sort_to_read(request: HttpRequest, slug: str) -> BlindSort:
    """The sort. Raises Refused for whoever has no part in it, and for its sorters while it is open."""
    sort = sort_or_404(request, slug)
    if request.user.is_administrator:
        return sort
    has_part = sort.cohort_id or Sorter.of(sort, request.user).kept
    if not has_part:
        raise Refused(NOT_YOURS)
    if not sort.is_closed:
        raise Refused(BLIND)
    return sort


def _read(sort: BlindSort, shown: list[SortResult]) -> list[ResultRead]:
    slugs = [result.aspect_slug for result in shown]
    ladders = SkillAspect.objects.with_ladder().select_related("edition", "profile")
    by_slug = {aspect.slug: aspect for aspect in ladders.filter(edition=sort.edition, slug__in=slugs)}
    titles = dict(sort.edition.aspects.values_list("slug", "title"))
    return [ResultRead(result, by_slug[result.aspect_slug], titles) for result in shown]


def _plain(text: str) -> str:
    """Text that a spreadsheet program doesn't calculate with."""
    return f"'{text}" if text.startswith(("=", *LIKE_A_FORMULA)) else text
