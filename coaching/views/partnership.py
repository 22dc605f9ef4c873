from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from coaching.models import CarriedItem, Promise
from coaching.models.access import Thing
from coaching.queries.focuses import focuses_of
from coaching.queries.learning_path import steps_of
from coaching.queries.readers import readers_of
from coaching.queries.standing import standing_at
from coaching.views import access, engagement, invitation
from coaching.views.desk import with_content_or_404
from sopcoach.models import User
from sopcoach.models.written import once
from sopcoach.requests.typed import HttpRequest


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the pair is in the cycle; before a yes, the invitation under the same address."""
    standing = standing_at(request.user, slug)
    if standing is None:
        return invitation.page(request, slug)
    seat = with_content_or_404(standing.seat)
    if seat.partnership.is_before_formal:
        return engagement.page(request, seat)
    if seat.partnership.is_ended and seat.partnership.formal_on is None:
        return TemplateResponse(request, "coaching/engagement/ended.html", {"seat": seat})
    if seat.partnership.is_ended:
        context = {"seat": seat, "has_agreement": standing.has_agreement}
        return TemplateResponse(request, "coaching/partnership/ended.html", context)
    focuses = focuses_of(request.user, seat.partnership)
    promises = Promise.objects.visible_to(request.user).filter(partnership=seat.partnership)
    if standing.session:
        promises = promises.looked_at_in(standing.session)
    promised = list(promises.select_related("keeper", "session", "taken_on"))
    carried = list(once(_carried, request.user, [seat.partnership.pk]))
    beginning = invitation.beginning_of(request, seat) if standing.is_beginning else None
    if focuses or carried or any(promise.keeper_id == seat.other.pk for promise in promised):
        access.note(request, seat, Thing.OVERVIEW)
    return TemplateResponse(
        request,
        "coaching/partnership/detail.html",
        {
            "beginning": beginning,
            "carried": carried,
            "steps": steps_of(request.user, seat.partnership),
            "seat": seat,
            "readers": readers_of(seat, standing.facts.shown_to),
            "standing": standing,
            "next": standing.next_step,
            "conversation": next((one for one in standing.going_on if one.is_conversation), None),
            "focuses": [
                (focus, [goal for goal in standing.known.goals if goal.focus_id == focus.pk])
                for focus in focuses
            ],
            "promises": promised,
            "asks_to_erase": seat.is_supervisor and standing.facts.erasing_asked,
            "shows_earlier": standing.facts.shows_earlier,
        },
    )


def _carried(user: User, partnerships: Sequence[UUID]) -> QuerySet[CarriedItem]:
    return CarriedItem.objects.visible_to(user).filter(partnership__in=partnerships).for_list()
