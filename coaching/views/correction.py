"""A correction beside one's own shared words: what was meant, shared with those who read them (product.md, 6)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from coaching.forms.correction import CorrectionForm
from coaching.models import (
    Congratulation,
    Correction,
    EntryLine,
    LoggedLevel,
    Observation,
    Reflection,
    Reply,
    Seat,
    SelfRating,
)
from coaching.models.correction import CORRECTED, Shared
from coaching.queries.corrections import lay_beside, said_in
from coaching.views.desk import seat_or_404
from coaching.views.sharing import tell_shared
from sopcoach.requests.typed import HttpRequest, by_button, require_form

RELATED: dict[type[Shared], tuple[str, ...]] = {
    Reflection: ("session",),
    SelfRating: ("session", "focus", "descriptor__level"),
    Observation: ("session", "focus", "descriptor__level"),
    Reply: ("session", "focus"),
    Congratulation: ("session", "focus"),
    EntryLine: (),
    LoggedLevel: ("descriptor__level",),
}
"""What the page says of each, and where its words stand."""


@require_form
@by_button("share")
def put_right(request: HttpRequest, slug: str, kind: str, words_id: uuid.UUID) -> HttpResponse:
    seat = seat_or_404(request, slug)
    words = _words_or_404(request, seat, kind, words_id)
    Correction.require_own(words, by=request.user)
    place = _place_of(seat, words)
    if request.method == "POST":
        form = CorrectionForm(request.POST)
        if form.is_valid() and form.save(words, by=request.user):
            if seat.partnership.is_ended:
                messages.success(request, "What you meant stands beside your words now.")
            else:
                tell_shared(request, "what you meant", seat.other)
            return HttpResponseRedirect(place)
    else:
        form = CorrectionForm()
    lay_beside(request.user, [words])
    page = {"seat": seat, "words": words, "said": said_in(words), "form": form, "place": place}
    return TemplateResponse(request, "coaching/correction/put_right.html", page)


def _words_or_404(request: HttpRequest, seat: Seat, kind: str, words_id: uuid.UUID) -> Shared:
    model = CORRECTED.get(kind)
    if model is None:
        raise Http404
    rows = model._default_manager.visible_to(request.user).filter(partnership=seat.partnership)  # type: ignore[attr-defined]
    found: Any = get_object_or_404(
        rows.select_related("partnership__worker", "partnership__supervisor", "author", *RELATED[model]),
        pk=words_id,
    )
    return found


def _place_of(seat: Seat, words: Shared) -> str:
    """The page on which these words stand, for their author."""
    slug = seat.partnership.slug
    if isinstance(words, (EntryLine, LoggedLevel)):
        return reverse("practice")
    if isinstance(words, Reflection):
        return reverse("look_back", args=[slug, words.session.number])
    focus = words.focus
    if words.session is None:
        if focus is None or isinstance(words, Congratulation):
            return reverse("celebrations", args=[slug])
        if focus.is_active:
            return reverse("focus_start", args=[slug, focus.aspect_slug])
        return reverse("progress", args=[slug])
    if focus is None:
        return reverse("stage", args=[slug, words.session.number, "feedback"])
    return reverse("review_focus", args=[slug, words.session.number, focus.aspect_slug])
