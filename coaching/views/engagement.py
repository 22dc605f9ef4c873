"""How far a worker has come in: observing and trying on, and a pause of formal coaching (product.md, 4.1)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from coaching.forms.engagement import STOP, EngagementForm, PauseForm
from coaching.models import Engagement, Placement, PrivateEntry, Seat
from coaching.models import engagement as how_far
from coaching.views import invitation
from coaching.views.desk import any_seat_or_404, seat_or_404, with_content_or_404
from sopcoach.requests.typed import HttpRequest, by_button, require_form

KEPT = 5
"""How many of the things kept privately the page recalls; their own pages hold them all."""


@require_form
@by_button("choose")
def engagement(request: HttpRequest, slug: str) -> HttpResponse:
    """The worker says what comes next: on the day that they set, or on any other."""
    seat = with_content_or_404(any_seat_or_404(request, slug))
    partnership = seat.partnership
    partnership.require_worker(request.user, f"How far to come in is {seat.other.short_name}’s choice alone.")
    is_so_already = partnership.engagement == Engagement.OBSERVING == request.POST.get("choice")
    if is_so_already or not partnership.is_before_formal:
        return redirect("partnership", slug)  # a second click, or an old page
    if request.method == "POST":
        form = EngagementForm(request.POST, partnership=partnership)
        if form.is_valid() and form.save(by=request.user):
            messages.success(request, _said(seat, form.cleaned_data["choice"]))
            return redirect("partnership", slug)
        return page(request, seat, form)
    return page(request, seat)


def page(request: HttpRequest, seat: Seat, form: EngagementForm | None = None) -> TemplateResponse:
    """Before formal coaching: to the worker their choice and what is theirs, to the supervisor that it goes on."""
    context: dict[str, object] = {
        "seat": seat,
        "partnership": seat.partnership,
        "beginning": invitation.beginning_of(request, seat),
    }
    if seat.is_supervisor:
        return TemplateResponse(request, "coaching/engagement/waiting.html", context)
    context |= {
        "form": form or EngagementForm(partnership=seat.partnership),
        "placements": list(Placement.objects.visible_to(request.user).for_list()[:KEPT]),
        "entries": list(PrivateEntry.objects.visible_to(request.user).for_list()[:KEPT]),
        "such_as": timezone.localdate() + how_far.TRIES_FOR,
    }
    return TemplateResponse(request, "coaching/engagement/worker.html", context)


@require_form
@by_button("pause")
def pause(request: HttpRequest, slug: str) -> HttpResponse:
    """Either side, with a day and without a reason; while it is paused, another day."""
    seat = seat_or_404(request, slug)
    stands = {"until": seat.partnership.until_on if seat.partnership.is_paused else None}
    if request.method == "POST":
        form = PauseForm(request.POST, stands=stands)
        if form.is_valid() and form.save(seat.partnership, by=request.user):
            messages.success(
                request, f"{seat.partnership.engagement_text}. You can both read that, and no reason."
            )
            return redirect("partnership", slug)
    elif seat.partnership.is_ended:
        return redirect("partnership", slug)
    else:
        form = PauseForm(stands=stands, initial={"until": timezone.localdate() + how_far.TRIES_FOR})
    return TemplateResponse(request, "coaching/engagement/pause.html", {"seat": seat, "form": form})


@require_POST
def resume(request: HttpRequest, slug: str) -> HttpResponse:
    seat = seat_or_404(request, slug)
    how_far.resume(seat.partnership, by=request.user)
    messages.success(request, f"You and {seat.other.short_name} go on where you were.")
    return redirect("partnership", slug)


def _said(seat: Seat, choice: str) -> str:
    other = seat.other.short_name
    if choice == STOP:
        return f"You’ve stopped. {other} reads that, without a reason. What you kept stays yours."
    if choice == Engagement.FORMAL:
        return f"You and {other} are coaching together from today. What you kept stays yours until you bring it along."
    return f"{seat.partnership.engagement_text}. {other} sees that, and nothing of what you keep."
