"""Whether the pair takes the practice profiles all together or one after another (product.md, 4.4)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from coaching.forms.path import PathForm
from coaching.models import Focus, Partnership, Path
from coaching.rules.learning_path import Step, in_order, path_of
from coaching.views.desk import seat_or_404
from profiles.models import PracticeProfile
from sopcoach.http import HttpRequest, require_form
from sopcoach.models import User


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


def steps_of(
    user: User, partnership: Partnership, profiles: list[PracticeProfile] | None = None
) -> list[Step]:
    """Where the pair is on its path, for a page; nothing, and no query, where they take all together."""
    if partnership.path != Path.ONE_BY_ONE:
        return []
    focuses = Focus.objects.visible_to(user).filter(partnership=partnership)
    rows = list(focuses.values_list("aspect__profile__slug", "rested_at"))
    return list(
        path_of(
            partnership,
            profiles if profiles is not None else partnership.edition.profiles.all(),
            now={slug for slug, rested_at in rows if rested_at is None},
            ever={slug for slug, _ in rows},
        )
    )
