"""Handing over: the worker chooses what a next supervisor may see, and both read the same page of it (product.md, 4.9)."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coaching.forms.release import ReleaseForm
from coaching.models import Partnership, Release, Seat, access
from coaching.models.access import Thing
from coaching.models.release import WORKERS_CHOICE, next_places
from coaching.queries.handover import Offer, offer_of
from coaching.queries.released import released_in
from coaching.views.desk import seat_or_404
from coaching.views.sharing import tell_shared
from sopcoach.requests.typed import HttpRequest, by_button, require_form


@require_form
@by_button("release")
def handover(request: HttpRequest, slug: str) -> HttpResponse:
    seat = _worker_or_refused(request, slug)
    places = list(next_places(seat.partnership, request.user))
    into = _chosen(request, places)
    offer = offer_of(seat.partnership, request.user, into)
    if request.method == "POST" and into:
        form = _form(offer, request.POST)
        if form.is_valid() and form.save(seat.partnership, into=into, by=request.user) is not None:
            tell_shared(request, "what you ticked", into.supervisor)
            return redirect(_address(slug, into))
        return _page(request, seat, places, into, offer, form)
    form = _form(offer, request.GET) if request.htmx else _form(offer)
    return _page(request, seat, places, into, offer, form)


@require_POST
def take_back(request: HttpRequest, slug: str, release_id: uuid.UUID) -> HttpResponse:
    seat = _worker_or_refused(request, slug)
    visible = Release.objects.visible_to(request.user).filter(partnership=seat.partnership)
    release = get_object_or_404(visible.select_related("into", "reader"), pk=release_id)
    release.take_back(by=request.user)
    messages.success(request, f"Taken back. {release.reader.short_name} can’t open it any more.")
    return redirect(_address(slug, release.into))


@require_safe
def released(request: HttpRequest, slug: str) -> HttpResponse:
    """What was released into this partnership. The worker sees what their supervisor sees."""
    seat = seat_or_404(request, slug)
    if seat.is_supervisor:
        shown = Release.objects.visible_to(request.user).standing().filter(into=seat.partnership)
        opened = shown.order_by().values_list("partnership", flat=True).distinct()
        access.note(opened, by=request.user, thing=Thing.RELEASED)
    sources = Partnership.objects.visible_to(request.user).filter(
        releases__into=seat.partnership, releases__taken_back_at=None
    )
    return TemplateResponse(
        request,
        "coaching/release/released.html",
        {
            "seat": seat,
            "released": released_in(seat),
            "sources": sources.for_list().distinct() if seat.is_worker else [],
        },
    )


def _worker_or_refused(request: HttpRequest, slug: str) -> Seat:
    seat = seat_or_404(request, slug)
    seat.partnership.require_worker(
        request.user, WORKERS_CHOICE.format(worker=seat.partnership.worker.short_name)
    )
    return seat


def _chosen(request: HttpRequest, places: list[Partnership]) -> Partnership | None:
    """The partnership that is asked for; without asking, the only one there is."""
    asked = request.POST.get("to") or request.GET.get("to")
    if asked:
        return next((place for place in places if place.slug == asked), None)
    return places[0] if len(places) == 1 else None


def _form(offer: Offer, data=None) -> ReleaseForm:
    return ReleaseForm(
        data,
        aspects=[one.slug for one in offer.open_aspects],
        sessions=[one.session.number for one in offer.open_sessions],
    )


def _address(slug: str, into: Partnership) -> str:
    return f"{reverse('handover', args=[slug])}?to={into.slug}"


def _page(
    request: HttpRequest,
    seat: Seat,
    places: list[Partnership],
    into: Partnership | None,
    offer: Offer,
    form: ReleaseForm,
) -> TemplateResponse:
    aspects, sessions = form.ticked("aspect"), form.ticked("session")
    part = "#seen" if request.htmx else ""
    return TemplateResponse(
        request,
        f"coaching/release/handover.html{part}",
        {
            "seat": seat,
            "places": places,
            "into": into,
            "offer": offer,
            "form": form,
            "aspects": aspects,
            "sessions": sessions,
            "picked_aspects": [one for one in offer.open_aspects if one.slug in aspects],
            "sessions_legend": "Sessions and conversations"
            if any(one.session.is_conversation for one in offer.open_sessions)
            else "Sessions",
            "picked_sessions": [one for one in offer.open_sessions if str(one.session.number) in sessions],
        },
    )
