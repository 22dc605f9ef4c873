"""What a browser asks for to open the product without a signal. None of it is about anybody."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from sopcoach.phone.release import release, shell_files

PLUM, PAPER = "#632a53", "#f8f3ec"
ICONS = (
    ("icon-192.png", 192, "any"),
    ("icon-512.png", 512, "any"),
    ("icon-maskable-512.png", 512, "maskable"),
)


@login_not_required
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that stands between a browser's pages and the network (static/js/phone/worker.js).

    It differs with each release, by which a browser knows that it has to fetch everything anew.
    """
    about = {
        "release": release(),
        "files": shell_files(),
        "calm": reverse("no_signal"),
        "practice": reverse("practice"),
        "signOut": reverse("account_logout"),
    }
    script = f"import {{ serve }} from {json.dumps(static('made/worker.js'))};\nserve({json.dumps(about)});\n"
    headers = {"Cache-Control": "no-cache", "Service-Worker-Allowed": "/"}
    return HttpResponse(script, content_type="text/javascript; charset=utf-8", headers=headers)


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone calls the product, and shows for it, once it is on its home screen."""
    icons = [
        {"src": static(f"img/{name}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, size, purpose in ICONS
    ]
    about = {
        "id": "/",
        "name": "SOP Coach",
        "short_name": "SOP Coach",
        "description": "For coaching, never for appraisal.",
        "lang": "en",
        "start_url": reverse("practice"),
        "scope": "/",
        "display": "standalone",
        "theme_color": PLUM,
        "background_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(about, content_type="application/manifest+json")


@login_not_required
@require_safe
def no_signal(request: HttpRequest) -> TemplateResponse:
    """The page that stands in for every other one while there is no signal."""
    return TemplateResponse(request, "phone/no_signal.html")
