"""Next steps: each side promises for itself, and looks at the last ones first."""

import uuid

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from coaching.dialogue.stages import BY_KEY
from coaching.forms.promise import PromiseForm
from coaching.models import CoachingSession, Promise, Seat
from coaching.views import autosave
from coaching.views.desk import session_or_404
from coaching.views.runner import detail_page, draft_keeper, page_of, too_late
from coaching.views.sharing import keep_all, tell_shared
from sopcoach.requests.reading import wants_json
from sopcoach.requests.typed import HttpRequest, by_button


@require_POST
@by_button("keep", "promise")
def make(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    seat, session = session_or_404(request, slug, number)
    if wants_json(request):
        return autosave.answer(request, draft_keeper(request, session), session)
    form = PromiseForm(request.POST)
    if session.is_closed:
        return too_late(
            request, seat, session, BY_KEY["next_steps"], {"promise": form.data.get("promise", "")}
        )
    if request.POST["act"] == "keep":
        return _keep(request, seat, session)
    if form.save(session=session, by=request.user):
        tell_shared(request, "what you promise", seat.other)
        to = "feedback" if "on" in request.GET else "next_steps"
        return HttpResponseRedirect(reverse("stage", args=[slug, number, to]))
    page = page_of(request, seat, session, BY_KEY["next_steps"])
    page["promise_words"].take(form)
    return TemplateResponse(request, "coaching/session/next_steps.html", page | {"promise_form": form})


def _keep(request: HttpRequest, seat: Seat, session: CoachingSession) -> HttpResponse:
    """Keep for oneself what one might promise."""
    page = page_of(request, seat, session, BY_KEY["next_steps"])
    words, day = page["promise_words"], page["promise_day"]
    problems = keep_all(request, (words, day), draft_keeper(request, session))
    if not problems:
        return HttpResponseRedirect(
            reverse("stage", args=[seat.partnership.slug, session.number, "next_steps"])
        )
    form = PromiseForm.as_kept(request.POST, problems)
    return TemplateResponse(request, "coaching/session/next_steps.html", page | {"promise_form": form})


@require_POST
@by_button("keep", "take_on", "take_back")
def settle(request: HttpRequest, slug: str, number: int, promise_id: uuid.UUID) -> HttpResponse:
    """Tick a promise, take it on again, or strike out one that was made in this session."""
    seat, session = session_or_404(request, slug, number)
    promise = get_object_or_404(
        Promise.objects.visible_to(request.user).select_related("keeper"),
        pk=promise_id,
        partnership=seat.partnership,
    )
    act = request.POST.get("act")
    back = reverse("session", args=[slug, number])
    if act == "keep":
        promise.keep(by=request.user)
    elif act == "take_on":
        form = PromiseForm({"promise": promise.text, "due_on": request.POST.get("due_on", "")})
        if not form.is_valid():
            return _not_taken_on(request, seat, session, promise, str(form.errors["due_on"][0]))
        try:
            promise.take_on(by=request.user, into=session, due_on=form.cleaned_data["due_on"])
        except ValidationError as error:
            return _not_taken_on(request, seat, session, promise, " ".join(error.messages))
    elif act == "take_back":
        promise.take_back(by=request.user)
        back = reverse("stage", args=[slug, number, "next_steps"])
    return HttpResponseRedirect(back)


def _not_taken_on(
    request: HttpRequest, seat: Seat, session: CoachingSession, promise: Promise, sentence: str
) -> HttpResponse:
    error = {"promise": promise.pk, "sentence": sentence, "due_on": request.POST.get("due_on", "")}
    return detail_page(request, seat, session, promise_error=error)
