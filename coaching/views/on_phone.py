"""What a worker's phone keeps beside the practice page: where they look back next, and the ladders of their focuses."""

from django.http import HttpResponse
from django.urls import reverse

from coaching.models import CoachingSession, Focus, Partnership
from coaching.models.partnership import Engagement
from sopcoach.phone.keeping import keep_too, kept_on_phone
from sopcoach.requests.reading import is_for_phone
from sopcoach.requests.typed import HttpRequest


def with_what_belongs(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """The practice page as a phone may keep it, with the addresses of the rest."""
    if is_for_phone(request):
        keep_too(page, [*_look_backs(request), *_ladders(request)])
    return kept_on_phone(request, page)


def _look_backs(request: HttpRequest) -> list[str]:
    own = Partnership.objects.visible_to(request.user).filter(
        worker=request.user, engagement=Engagement.FORMAL
    )
    sessions = CoachingSession.objects.visible_to(request.user).filter(
        partnership__in=own, kind=CoachingSession.Kind.PROGRESS, closed_at=None, reflection=None
    )
    return [
        reverse("look_back", args=[one.partnership.slug, one.number])
        for one in sessions.select_related("partnership").order_by("number")
    ]


def _ladders(request: HttpRequest) -> list[str]:
    own = Partnership.objects.visible_to(request.user).filter(worker=request.user)
    focuses = Focus.objects.visible_to(request.user).filter(partnership__in=own, rested_at=None)
    profiles = [focus.aspect.profile for focus in focuses.select_related("aspect__profile__edition")]
    return list(dict.fromkeys(profile.get_absolute_url() for profile in profiles))
