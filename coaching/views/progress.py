from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from coaching.models import Observation, Seat, SelfRating
from coaching.models.access import Thing
from coaching.models.written import once
from coaching.queries.chart import chart_of
from coaching.queries.focuses import focuses_of
from coaching.queries.movement import Series, marks_of, series_of, story_of
from coaching.views import access
from coaching.views.desk import seat_or_404
from profiles.ladder import Mode, ladder_for
from profiles.models import SkillAspect
from sopcoach.models import User
from sopcoach.requests.typed import HttpRequest


@require_safe
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    seat = seat_or_404(request, slug)
    here = [seat.partnership.pk]
    found = series_of(
        focuses_of(seat.person, seat.partnership, resting=True),
        once(_self_ratings, seat.person, here),
        once(_observations, seat.person, here),
    )
    if found:
        access.note(request, seat, Thing.PROGRESS)
    cited = {series.cited or series.aspect.pk for series in found}
    words = SkillAspect.objects.with_ladder().select_related("profile__edition").in_bulk(cited)
    aspects = [_reading(series, seat, words[series.cited or series.aspect.pk]) for series in found]
    return TemplateResponse(
        request, "coaching/progress/progress.html", {"seat": seat, "here": "progress", "aspects": aspects}
    )


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


def _self_ratings(user: User, partnerships: Sequence[UUID]) -> QuerySet[SelfRating]:
    rows = SelfRating.objects.visible_to(user).filter(partnership__in=partnerships)
    return rows.for_list().select_related("session")


def _observations(user: User, partnerships: Sequence[UUID]) -> QuerySet[Observation]:
    rows = Observation.objects.visible_to(user).filter(partnership__in=partnerships)
    return rows.select_related("session", "descriptor__level").order_by("shared_at")
