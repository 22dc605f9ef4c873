"""Pages that hold nothing of anybody: what the product promises, and what it can’t."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from sopcoach.requests.actor import has_wall
from sopcoach.words import readers


@login_not_required
@require_safe
def who_reads_what(request: HttpRequest) -> TemplateResponse:
    return TemplateResponse(request, "who_reads_what.html", {"things": readers.WHO_READS})


@login_not_required
@require_safe
def limits(request: HttpRequest) -> TemplateResponse:
    return TemplateResponse(request, "limits.html", {"has_wall": has_wall()})
