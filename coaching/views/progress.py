from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from coaching.models import Focus, Observation, Seat, SelfRating
from coaching.models.access import Thing
from coaching.queries.chart import chart_of
from coaching.queries.movement import Series, marks_of, series_of, story_of
from coaching.views import access
from coaching.views.desk import seat_or_404
from profiles.ladder import Mode, ladder_for
from profiles.models import SkillAspect
from sopcoach.requests.typed import HttpRequest


@require_safe
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    seat = seat_or_404(request, slug)
    found = series_of(_focuses(seat), _self_ratings(seat), _observations(seat))
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


def _focuses(seat: Seat) -> list[Focus]:
    return list(Focus.objects.visible_to(seat.person).filter(partnership=seat.partnership).for_list())


def _self_ratings(seat: Seat) -> list[SelfRating]:
    rows = SelfRating.objects.visible_to(seat.person).filter(partnership=seat.partnership)
    return list(rows.for_list().select_related("session"))


def _observations(seat: Seat) -> list[Observation]:
    rows = Observation.objects.visible_to(seat.person).filter(partnership=seat.partnership)
    return list(rows.select_related("session", "descriptor__level").order_by("shared_at"))
