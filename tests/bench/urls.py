from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from sopcoach.urls import handler400, handler403, handler404, urlpatterns
from tests.bench.urls_of import BARE

__all__ = ["handler400", "handler403", "handler404", "urlpatterns"]


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [*urlpatterns, path(BARE.removeprefix("/"), bare)]
