from itertools import groupby

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from coaching.forms.celebration import CelebrationForm
from coaching.models import Agreement, Congratulation, Decision, Engagement, Goal, Seat, SelfRating, Target
from coaching.models.access import Thing
from coaching.queries.celebrations import Moment, day_of, moments_of
from coaching.queries.corrections import lay_beside
from coaching.views import access
from coaching.views.desk import seat_or_404
from coaching.views.sharing import tell_shared
from sopcoach.requests.typed import HttpRequest, by_button, require_form
from sopcoach.words import dates


@require_form
@by_button("say")
def celebrations(request: HttpRequest, slug: str) -> HttpResponse:
    seat = seat_or_404(request, slug)
    if request.method == "POST":
        form = CelebrationForm(request.POST)
        if form.is_valid() and form.save(seat.partnership, by=request.user):
            tell_shared(request, "what is worth celebrating", seat.other)
            return redirect("celebrations", slug)
    else:
        form = CelebrationForm()
    words = list(_mine(Congratulation, seat).for_list())
    lay_beside(request.user, words)
    latest = words[0] if words else None
    moments = _moments(seat, words[1:])
    if latest or moments:
        access.note(request, seat, Thing.CELEBRATIONS)
    context = {
        "seat": seat,
        "here": "celebrations",
        "latest": latest,
        "day": day_of(latest.written_at) if latest else "",
        "moments": moments,
        "years": [
            (year, list(of_year)) for year, of_year in groupby(moments, key=lambda moment: moment.year)
        ],
        "since": dates.month(moments[-1].at) if moments else "",
        "form": form,
        "may_add": seat.partnership.engagement == Engagement.FORMAL,
    }
    return TemplateResponse(request, "coaching/celebration/celebrations.html", context)


def _moments(seat: Seat, words: list[Congratulation]) -> list[Moment]:
    ratings = _mine(SelfRating, seat).filter(session__isnull=False)
    return moments_of(
        seat,
        words=words,
        goals=_mine(Goal, seat).for_list(),
        self_ratings=ratings.for_list().select_related("focus__aspect"),
        targets=_targets(seat),
        agreements=_mine(Agreement, seat).signed(),
    )


def _targets(seat: Seat):
    """Each with `is_raise`: after a review a target changes in no other way than up by one."""
    raised = Decision.objects.visible_to(seat.person).filter(
        focus=OuterRef("focus"), choice=Decision.Choice.RAISE, decided_at__lte=OuterRef("set_at")
    )
    return _mine(Target, seat).for_list().select_related("focus__aspect").annotate(is_raise=Exists(raised))


def _mine(model, seat: Seat):
    """The rows of this partnership that the person in the seat may read."""
    return model.objects.visible_to(seat.person).filter(partnership=seat.partnership)
