"""Bringing along what one has kept privately: a copy, by the worker's own choice (product.md, 4.1)."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from coaching.forms.carried import CarryForm, own_items
from coaching.models import Agreement
from coaching.models.partnership import Engagement
from coaching.views.desk import seat_or_404
from coaching.views.sharing import tell_shared
from sopcoach.requests.typed import HttpRequest, by_button, require_form


@require_form
@by_button("share")
def bring(request: HttpRequest, slug: str) -> HttpResponse:
    seat = seat_or_404(request, slug)
    partnership = seat.partnership
    partnership.require_worker(
        request.user, f"What to bring along is {seat.other.short_name}’s to choose, and may be nothing."
    )
    own = own_items(request.user, into=partnership)
    if request.method == "POST":
        form = CarryForm(request.POST, own=own)
        if form.is_valid() and form.save(into=partnership, by=request.user) is not None:
            tell_shared(request, "what you brought along", seat.other)
            return redirect("partnership", slug)
    else:
        form = CarryForm(own=own)
    is_formal = partnership.engagement == Engagement.FORMAL
    return TemplateResponse(
        request,
        "coaching/carried/bring.html",
        {
            "seat": seat,
            "form": form,
            "own": own,
            "is_formal": is_formal,
            "has_agreement": is_formal
            and Agreement.objects.visible_to(request.user).in_force(partnership) is not None,
        },
    )
