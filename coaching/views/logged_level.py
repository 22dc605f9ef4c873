"""A level on any day: kept by a tap on the ladder, with a line if one likes, and shared by a button (product.md, 4.6)."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from coaching.forms.logged_level import LevelDayForm, LevelLineForm, LogForm
from coaching.models import Focus, LoggedLevel, Partnership
from coaching.queries.logged_levels import todays_of
from coaching.views import waited
from coaching.views.practice import practice_page
from coaching.views.sharing import tell_shared
from sopcoach.requests.forms import BaseForm
from sopcoach.requests.reading import wants_json
from sopcoach.requests.typed import HttpRequest, by_button
from sopcoach.words import dates
from sopcoach.words.refusal import Refused


@require_POST
def log(request: HttpRequest, focus_id: uuid.UUID) -> HttpResponse:
    if wants_json(request):
        return _answer_to_a_tap(request, focus_id)
    form = _log(request, focus_id)
    if request.htmx:
        return _today(request, focus_id, form if form.errors else None)
    if form.errors:
        return practice_page(request, level_form=form, level_focus=focus_id)
    return HttpResponseRedirect(_place_of(focus_id))


def _log(request: HttpRequest, focus_id: uuid.UUID) -> LogForm:
    focus = _focus_or_404(request, focus_id)
    focus.partnership.require_worker(request.user, "Only the worker says where they are.")
    form = LogForm(request.POST)
    if form.is_valid() and form.save(focus, by=request.user):
        return form
    if "client_key" in form.errors:
        raise Refused(
            "This level came without its mark, so it wasn’t kept. Open the page again, and tap once more."
        )
    return form


def _answer_to_a_tap(request: HttpRequest, focus_id: uuid.UUID) -> JsonResponse:
    def do() -> dict[str, str]:
        form = _log(request, focus_id)
        _raise_what_is_wrong(form)
        level = str(form.logged.pk) if form.logged else ""
        return {"row": _today(request, focus_id).render().content.decode(), "level": level}

    return waited.answer(do, gone="Its focus isn’t here any more.")


@require_POST
def undo(request: HttpRequest, level_id: uuid.UUID) -> HttpResponse:
    logged = _level_or_404(request, level_id)
    logged.undo(by=request.user)
    if request.htmx:
        return _today(request, logged.focus_id)
    messages.success(request, "Taken back.")
    return redirect("practice")


@require_POST
@by_button("keep", "share")
def line(request: HttpRequest, level_id: uuid.UUID) -> HttpResponse:
    if wants_json(request):
        return _answer_to_a_line(request, level_id)
    logged = _level_or_404(request, level_id)
    logged.partnership.require_worker(request.user, "Only the worker writes here.")
    form = LevelLineForm(request.POST)
    share = request.POST["act"] == "share"
    is_kept = form.save(logged, by=request.user, share=share)
    if request.htmx:
        return _today(request, logged.focus_id, None if is_kept else form)
    if not is_kept:
        return practice_page(request, level_form=form, level=logged)
    if share:
        tell_shared(request, "where you are", logged.partnership.supervisor)
    else:
        messages.success(request, "Kept, for you only.")
    return HttpResponseRedirect(_place_of(logged.focus_id))


def _answer_to_a_line(request: HttpRequest, level_id: uuid.UUID) -> JsonResponse:
    def do() -> dict[str, str]:
        logged, form = _level_or_404(request, level_id), LevelLineForm(request.POST)
        form.save(logged, by=request.user, share=request.POST.get("act") == "share")
        _raise_what_is_wrong(form)
        return {"row": _today(request, logged.focus_id).render().content.decode()}

    return waited.answer(do, gone="This level isn’t here any more.")


def _raise_what_is_wrong(form: BaseForm) -> None:
    if form.errors:
        raise ValidationError([str(message) for wrong in form.errors.values() for message in wrong])


@require_POST
def when(request: HttpRequest, level_id: uuid.UUID) -> HttpResponse:
    """Say of which day it is, where it is not that of the tap."""
    logged = _level_or_404(request, level_id)
    logged.partnership.require_worker(request.user, "Only the worker says when it was.")
    form = LevelDayForm(request.POST)
    if not form.save(logged, by=request.user):
        return practice_page(request, level_form=form, level=logged)
    messages.success(request, f"Dated: {dates.day(form.cleaned_data['logged_on'], 'weekday')}.")
    return redirect("practice")


def _today(request: HttpRequest, focus_id: uuid.UUID, form: BaseForm | None = None) -> TemplateResponse:
    """The focus alone, which htmx puts in its place."""
    one = next(iter(todays_of(request.user, focus=focus_id)), None)
    if one is None:
        raise Http404
    context = {"one": one, "level_form": form, "level_focus": focus_id, "is_opened": True}
    return TemplateResponse(request, "coaching/logged_level/_today.html", context)


def _focus_or_404(request: HttpRequest, focus_id: uuid.UUID) -> Focus:
    own = Partnership.objects.visible_to(request.user)
    visible = Focus.objects.visible_to(request.user).filter(partnership__in=own)
    return get_object_or_404(visible.select_related("partnership"), pk=focus_id)


def _level_or_404(request: HttpRequest, level_id: uuid.UUID) -> LoggedLevel:
    own = Partnership.objects.visible_to(request.user)
    visible = LoggedLevel.objects.visible_to(request.user).filter(partnership__in=own)
    return get_object_or_404(visible.select_related("partnership__supervisor"), pk=level_id)


def _place_of(focus_id: uuid.UUID) -> str:
    return f"{reverse('practice')}?focus={focus_id}#today-{focus_id.hex}"
