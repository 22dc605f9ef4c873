"""Whether the pair takes the practice profiles all together or one after another (product.md, 4.4)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from coaching.forms.path import PathForm
from coaching.models import Path
from coaching.queries.learning_path import in_order
from coaching.views.desk import seat_or_404
from sopcoach.requests.typed import HttpRequest, require_form


@require_form
def path(request: HttpRequest, slug: str) -> HttpResponse:
    """Either of the two may choose, since it suggests and locks nothing."""
    seat = seat_or_404(request, slug)
    partnership = seat.partnership
    profiles = in_order(partnership, partnership.edition.profiles.order_by("order"))
    if request.method == "POST":
        partnership.require_formal()
        form = PathForm(request.POST, profiles=profiles, path=partnership.path)
        if form.is_valid():
            form.save(partnership, by=request.user)
            together = partnership.path == Path.TOGETHER
            messages.success(
                request,
                "You take the practice profiles together."
                if together
                else "You go one after another. It suggests the next one, and locks nothing.",
            )
            return redirect("partnership", slug)
    else:
        form = PathForm(profiles=profiles, path=partnership.path)
    return TemplateResponse(request, "coaching/path/path.html", {"seat": seat, "form": form})
