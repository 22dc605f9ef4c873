"""One's own account and record: who opened it, and how to take it along, pass it on or let it go (product.md, 7)."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from coaching.models import AccessRecord, Partnership
from coaching.queries.celebrations import day_of
from sopcoach.models import AccountChange
from sopcoach.people.calendar import calendar_form
from sopcoach.people.mail_choice import mail_form
from sopcoach.requests.typed import HttpRequest

PER_PAGE = 8
CHANGES = 20
"""How many of the last acts of administrators on one's account."""


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    own = Partnership.objects.visible_to(request.user).filter(worker=request.user)
    partnerships = list(own.ever_formal().for_list().order_by("ended_at", "-begun_at"))
    begun = [one for one in partnerships if one.is_begun]
    records = AccessRecord.objects.visible_to(request.user).of_the_coaching_of(request.user).for_list()
    page = Paginator(records, PER_PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request,
        "coaching/me/me.html",
        {
            "partnerships": partnerships,
            "to_pass_on": [one for one in partnerships if any(other != one for other in begun)],
            "page": page,
            "account_changes": AccountChange.objects.visible_to(request.user).for_list()[:CHANGES],
            "mail_form": mail_form(request.user),
            "calendar_form": calendar_form(request.user),
            "opened": [(record, day_of(record.first_at)) for record in page],
        },
    )
