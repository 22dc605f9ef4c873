"""Erasing: the plan, both sides' consent where it takes it, and the line that says what is gone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from coaching.forms.erasure import EraseForm
from coaching.models import Agreement, ErasureConsent, ErasureLog, Seat
from coaching.models.erasing import WORKERS_ALONE, agree_to_erase, ask_to_erase, withdraw_from_erasing
from coaching.models.erasure import CONSENT_LASTS
from coaching.models.erasure_plan import plan
from coaching.views.desk import seat_or_404
from sopcoach.requests.typed import HttpRequest, by_button, require_form
from sopcoach.words.refusal import Refused


@require_form
@by_button("erase")
def erase(request: HttpRequest, slug: str) -> HttpResponse:
    """The worker's plan; for the supervisor the question that the worker has put, as long as it stands."""
    seat = seat_or_404(request, slug)
    if seat.is_supervisor:
        return _asked(request, seat)
    intended = plan(seat.partnership)
    if request.method == "POST":
        form = EraseForm(request.POST, plan=intended)
        if form.is_valid():
            form.save(seat.partnership, by=request.user)
            messages.success(request, "Erased. It can’t be read any more, by anybody.")
            return redirect("erase", slug)
    else:
        form = EraseForm(plan=intended)
    signed = Agreement.objects.visible_to(request.user).filter(partnership=seat.partnership).signed()
    asked = intended.asked
    return TemplateResponse(
        request,
        "coaching/erasure/erase.html",
        {
            "seat": seat,
            "plan": intended,
            "form": form,
            "has_agreement": signed.exists(),
            "lapses_at": asked.given_at + CONSENT_LASTS if asked else None,
            "erasures": ErasureLog.objects.visible_to(request.user).filter(partnership=seat.partnership),
        },
    )


@require_POST
@by_button("ask", "agree", "withdraw")
def consent(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the other side, agree, or withdraw."""
    seat = seat_or_404(request, slug)
    act = request.POST.get("act")
    if act == "withdraw":
        withdraw_from_erasing(seat.partnership, by=request.user)
        messages.success(request, "Withdrawn. Nothing is erased.")
        return redirect("erase" if seat.is_worker else "partnership", slug)
    if act == "agree":
        agree_to_erase(seat.partnership, by=request.user)
        messages.success(
            request, f"You’ve agreed. {seat.other.short_name} erases it, or thinks better of it."
        )
    else:
        ask_to_erase(seat.partnership, by=request.user)
        messages.success(request, f"{seat.other.short_name} can answer now. Until then nothing happens.")
    return redirect("erase", slug)


def _asked(request: HttpRequest, seat: Seat) -> TemplateResponse:
    standing = ErasureConsent.objects.visible_to(request.user).standing().filter(partnership=seat.partnership)
    given = {consent.person_id: consent for consent in standing}
    asked = given.get(seat.other.pk)
    if request.method == "POST" or asked is None:
        raise Refused(WORKERS_ALONE.format(worker=seat.other.short_name))
    return TemplateResponse(
        request,
        "coaching/erasure/asked.html",
        {
            "seat": seat,
            "asked": asked,
            "agreed": given.get(request.user.pk),
            "lapses_at": asked.given_at + CONSENT_LASTS,
        },
    )
