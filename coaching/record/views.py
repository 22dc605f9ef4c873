"""The worker's whole record, to read, print or take along as a file (docs/export.md). A supervisor has none."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from pydantic import TypeAdapter

from coaching.models import Partnership, access
from coaching.models.access import Thing
from coaching.record.gathering import export_for
from coaching.record.shape import Export
from coaching.views.desk import seat_or_404
from sopcoach.requests.typed import HttpRequest

ADAPTER = TypeAdapter(Export)


@require_safe
def whole(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_safe
def whole_file(request: HttpRequest) -> HttpResponse:
    return _file(request)


@require_safe
def of_partnership(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, _own_or_refused(request, slug))


@require_safe
def of_partnership_file(request: HttpRequest, slug: str) -> HttpResponse:
    return _file(request, _own_or_refused(request, slug))


def _own_or_refused(request: HttpRequest, slug: str) -> Partnership:
    seat = seat_or_404(request, slug)
    worker = seat.partnership.worker.short_name
    seat.partnership.require_worker(
        request.user, f"This coaching is {worker}’s record, so only {worker} takes it out of here."
    )
    return seat.partnership


def _exported(request: HttpRequest, partnership: Partnership | None, thing: Thing) -> Export:
    own = Partnership.objects.visible_to(request.user).filter(worker=request.user)
    keys = [partnership.pk] if partnership else list(own.values_list("pk", flat=True))
    access.note(keys, by=request.user, thing=thing)
    return export_for(request.user, partnership)


def _page(request: HttpRequest, partnership: Partnership | None = None) -> TemplateResponse:
    return TemplateResponse(
        request,
        "coaching/export/export.html",
        {"export": _exported(request, partnership, Thing.EXPORT), "partnership": partnership},
    )


def _file(request: HttpRequest, partnership: Partnership | None = None) -> HttpResponse:
    export = _exported(request, partnership, Thing.EXPORT_FILE)
    name = f"sop-coach-{timezone.localdate():%Y-%m-%d}.json"
    return HttpResponse(
        ADAPTER.dump_json(export, indent=2),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
