from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from coaching.models import Seat
from coaching.models.access import Thing
from coaching.queries.chart import chart_of
from coaching.queries.movement import Series, marks_of, movement_for, story_of
from coaching.views import access
from coaching.views.desk import seat_or_404
from profiles.ladder import Mode, ladder_for
from profiles.models import SkillAspect
from sopcoach.models import User
from sopcoach.models.written import once
from sopcoach.requests.typed import HttpRequest


@require_safe
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    seat = seat_or_404(request, slug)
    found = movement_for(seat)
    if found:
        access.note(request, seat, Thing.PROGRESS)
    cited = {series.cited or series.aspect.pk for series in found}
    words = {aspect.pk: aspect for aspect in once(_words, seat.person, sorted(cited))}
    aspects = [_reading(series, seat, words[series.cited or series.aspect.pk]) for series in found]
    return TemplateResponse(
        request,
        "coaching/progress/progress.html",
        {
            "seat": seat,
            "here": "progress",
            "aspects": aspects,
            "has_kept": any(series.kept for series in found),
        },
    )


def _words(_: User, aspects: Sequence[int]) -> QuerySet[SkillAspect]:
    return SkillAspect.objects.with_ladder().select_related("profile__edition").filter(pk__in=aspects)


def _reading(series: Series, seat: Seat, words: SkillAspect) -> dict[str, object]:
    """What the page shows of one aspect; its levels in the words that they were placed by."""
    return {
        "series": series,
        "words": words,
        "story": story_of(series, seat),
        "chart": chart_of(series, seat),
        "ladder": ladder_for(
            words,
            mode=Mode.COMPARE,
            prefix=f"words-{series.anchor}",
            marks=marks_of(series, seat),
            only_marked=True,
        ),
    }
