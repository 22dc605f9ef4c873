"""Editions for administrators: files in and out, the dry run, and what becomes of an edition."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.db.models import ProtectedError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from profiles.forms import NewDraftForm, UploadForm
from profiles.importing.apply import apply
from profiles.importing.as_source import source_of
from profiles.importing.pending import PlanChangedError, make_draft, plan_of
from profiles.importing.plan import plan
from profiles.importing.writers import CONTENT_TYPES, written
from profiles.ladder import scale_ladder
from profiles.models import Edition, EditionError, EditionStatus, EditionUpload
from profiles.plan_page import page_of
from sopcoach.requests.typed import HttpRequest, administrators_only, by_button, require_form
from sopcoach.words.refusal import Refused


@require_form
@administrators_only
def editions(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid() and (upload := form.keep()):
            return redirect("manage_edition_plan", upload.token)
    else:
        form = UploadForm()
    every = list(Edition.objects.for_list())
    context = {
        "form": form,
        "current": Edition.objects.current(),
        "drafts": [edition for edition in every if edition.status is EditionStatus.DRAFT],
        "published": [edition for edition in every if edition.status is EditionStatus.PUBLISHED],
        "retired": [edition for edition in every if edition.status is EditionStatus.RETIRED],
        "kinds": CONTENT_TYPES,
    }
    return TemplateResponse(request, "manage/edition/list.html", context)


@require_safe
@administrators_only
def template(request: HttpRequest, kind: str) -> HttpResponse:
    return _file(written(kind), "edition", kind)


@require_safe
@administrators_only
def download(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    edition = get_object_or_404(Edition, slug=slug)
    return _file(written(kind, source_of(edition)), edition.slug, kind)


@require_form
@administrators_only
def import_plan(request: HttpRequest, token: UUID) -> HttpResponse:
    upload = get_object_or_404(EditionUpload.objects.select_related("extends"), token=token)
    changed_meanwhile = ""
    if request.method == "POST":
        try:
            edition = make_draft(upload, seen=request.POST.get("seen", ""))
        except PlanChangedError as error:
            changed_meanwhile = str(error)
        else:
            messages.success(request, f"{edition} is a draft now. Nobody is coached with it yet.")
            return redirect("manage_edition", edition.slug)
    context = {"upload": upload, "page": page_of(plan_of(upload)), "changed_meanwhile": changed_meanwhile}
    return TemplateResponse(request, "manage/edition/plan.html", context)


@require_safe
@administrators_only
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition, slug=slug)
    context = {
        "edition": edition,
        "is_draft": edition.status is EditionStatus.DRAFT,
        "is_current": edition == Edition.objects.current(),
        "profiles": edition.profiles.for_list(),
        "levels": edition.levels.count(),
        "scale": scale_ladder(edition),
        "kinds": CONTENT_TYPES,
        "status": edition.words_status,
    }
    return TemplateResponse(request, "manage/edition/detail.html", context)


@require_form
@administrators_only
def new_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Editing a published edition means a new one that starts with its words."""
    edition = get_object_or_404(Edition, slug=slug)
    if request.method == "POST":
        form = NewDraftForm(request.POST, title=edition.title)
        if form.is_valid():
            source = replace(source_of(edition), name=form.cleaned_data["name"], slug=form.slug)
            draft = apply(plan(source, None))
            messages.success(request, f"{draft} is a draft with the words of {edition}.")
            return redirect("manage_edition", draft.slug)
    else:
        form = NewDraftForm(title=edition.title)
    return TemplateResponse(request, "manage/edition/new_draft.html", {"edition": edition, "form": form})


@require_form
@administrators_only
@by_button("publish")
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition, slug=slug)
    error = ""
    if request.method == "POST":
        try:
            edition.publish(by=request.user)
        except EditionError as reason:
            error = str(reason)
        else:
            messages.success(request, f"{edition} is published. New coaching uses it from now on.")
            return redirect("manage_editions")
    elif edition.status is not EditionStatus.DRAFT:
        raise Refused("This edition is published already.")
    current = Edition.objects.current()
    context = {
        "edition": edition,
        "current": current,
        "levels": (edition.levels.count(), current.levels.count() if current else 0),
        "error": error,
    }
    return TemplateResponse(request, "manage/edition/publish.html", context)


@require_form
@administrators_only
@by_button("retire")
def retire(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition, slug=slug)
    if edition.status is not EditionStatus.PUBLISHED:
        raise Refused("Only an edition in use can be retired.")
    if request.method == "POST":
        edition.retire(by=request.user)
        messages.success(request, f"{edition} is retired. Ratings made with it keep their words.")
        return redirect("manage_editions")
    current = Edition.objects.current()
    following = Edition.objects.exclude(pk=edition.pk).current() if edition == current else current
    context = {"edition": edition, "is_current": edition == current, "following": following}
    return TemplateResponse(request, "manage/edition/retire.html", context)


@require_form
@administrators_only
@by_button("delete")
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    edition = get_object_or_404(Edition, slug=slug)
    if edition.status is not EditionStatus.DRAFT:
        raise Refused("A published edition stays: ratings keep the words they were made against.")
    if request.method == "POST":
        name = str(edition)
        try:
            edition.delete()
        except ProtectedError as error:
            raise Refused("Something in SOP Coach uses this draft, so it can’t be deleted.") from error
        except EditionError as error:
            raise Refused(str(error)) from error
        messages.success(request, f"The draft of {name} is deleted.")
        return redirect("manage_editions")
    return TemplateResponse(request, "manage/edition/delete.html", {"edition": edition})


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
