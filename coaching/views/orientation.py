"""Orientation, for a worker new to child welfare: what it means, and whether the two begin or end it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from coaching.models import Focus, OrientationWish
from coaching.views.desk import seat_or_404
from sopcoach.requests.typed import HttpRequest, by_button, require_form


@require_form
@by_button("propose", "take_back")
def orientation(request: HttpRequest, slug: str) -> HttpResponse:
    """Either proposes to begin it, or to call it over; the other says yes or not now."""
    seat = seat_or_404(request, slug)
    wishes = OrientationWish.objects.visible_to(request.user).open().filter(partnership=seat.partnership)
    wish = wishes.select_related("proposed_by").first()
    if request.method == "POST":
        if request.POST["act"] == "take_back":
            if wish:
                wish.take_back(by=request.user)
        else:
            made = OrientationWish.propose(seat.partnership, by=request.user)
            if made.agreed_at:
                sentence = (
                    "Orientation is over, as you both say. From here you can set targets."
                    if made.is_over
                    else "You are in orientation. There’s no hurry: practice grows."
                )
                messages.success(request, sentence)
                return redirect("partnership", slug)
        return redirect("orientation", slug)
    focuses = Focus.objects.visible_to(request.user).filter(partnership=seat.partnership).active().for_list()
    return TemplateResponse(
        request,
        "coaching/orientation/orientation.html",
        {
            "seat": seat,
            "wish": wish,
            "is_mine": wish is not None and wish.proposed_by_id == request.user.pk,
            "has_targets": any(focus.target for focus in focuses),
            "is_formal": seat.partnership.is_formal,
        },
    )
