"""A newer edition of the practice profiles, and whether the two go on with it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from coaching.models import EditionMove, Focus
from coaching.models.edition_move import changes_for, newer_edition
from coaching.views.desk import seat_or_404
from sopcoach.requests.typed import HttpRequest, by_button, require_form


@require_form
@by_button("propose", "take_back")
def edition_move(request: HttpRequest, slug: str) -> HttpResponse:
    """What would change in the words of what the two work on; either proposes, the other says yes or not now."""
    seat = seat_or_404(request, slug)
    waiting = EditionMove.objects.visible_to(request.user).open().filter(partnership=seat.partnership)
    move = waiting.select_related("edition", "proposed_by").first()
    if request.method == "POST":
        if request.POST["act"] == "take_back":
            if move:
                move.take_back(by=request.user)
        else:
            moved = EditionMove.propose(seat.partnership, by=request.user)
            if moved.agreed_at:
                messages.success(
                    request, "You both go on with the newer edition. What was said before keeps its words."
                )
        return HttpResponseRedirect(reverse("edition_move", args=[slug]))
    newer = move.edition if move else newer_edition(seat.partnership)
    focuses = Focus.objects.visible_to(request.user).filter(partnership=seat.partnership).active()
    aspects = [focus.aspect for focus in focuses.select_related("aspect__profile")]
    return TemplateResponse(
        request,
        "coaching/edition_move/edition_move.html",
        {
            "seat": seat,
            "move": move,
            "newer": newer,
            "changes": changes_for(aspects, newer) if newer else [],
        },
    )
