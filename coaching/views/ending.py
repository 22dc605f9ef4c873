"""Stopping: one page that says what stays with whom, and one button (product.md, 4.9)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from coaching.models import Agreement, engagement
from coaching.views.desk import any_seat_or_404
from sopcoach.requests.typed import HttpRequest, by_button, require_form


@require_form
@by_button("end")
def end(request: HttpRequest, slug: str) -> HttpResponse:
    seat = any_seat_or_404(request, slug)
    if seat.partnership.is_ended:  # a second click, or the other side was a moment faster
        if seat.is_worker:
            return redirect("partnership", slug)
        return redirect("agreement", slug) if seat.partnership.formal_on else redirect("home")
    if request.method == "POST":
        is_before_formal = seat.partnership.is_before_formal
        engagement.end(seat.partnership, by=request.user)
        other = seat.other.short_name
        if is_before_formal:
            messages.success(request, f"You’ve stopped. {other} reads that, without a reason.")
            return redirect("partnership", slug) if seat.is_worker else redirect("home")
        if seat.is_worker:
            messages.success(request, f"Coaching with {other} has ended. Everything stays with you.")
            return redirect("partnership", slug)
        messages.success(request, f"Coaching with {other} has ended. What you both signed stays readable.")
        return redirect("home")
    signed = Agreement.objects.visible_to(request.user).filter(partnership=seat.partnership).signed()
    return TemplateResponse(
        request, "coaching/ending/end.html", {"seat": seat, "has_agreement": signed.exists()}
    )
