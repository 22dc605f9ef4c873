"""Inviting a worker, and the worker's answer (product.md, 4.1)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from coaching.forms.invitation import AnswerForm, InviteForm
from coaching.models import Invitation, Partnership
from coaching.models.invitation import LAPSES_AFTER
from coaching.models.partnership import require_may_supervise
from sopcoach.http import HttpRequest, require_form


@require_form
def invite(request: HttpRequest) -> HttpResponse:
    require_may_supervise(request.user)
    if request.method == "POST":
        form = InviteForm(request.POST, by=request.user)
        if form.is_valid() and (invitation := form.save(by=request.user)):
            messages.success(
                request,
                f"Your invitation is with {invitation.worker.name}. The answer comes in its own time.",
            )
            return redirect("home")
    else:
        form = InviteForm(by=request.user)
    return TemplateResponse(request, "coaching/invitation/invite.html", {"form": form})


@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    if Partnership.objects.visible_to(request.user).filter(slug=slug).exists():
        return redirect("partnership", slug)  # a second click on "Formal coaching"
    invitation = _invitation_or_404(request, slug)
    if invitation.answer and invitation.answer == request.POST.get("answer"):
        return redirect("partnership", slug)
    invitation.require_answerable(request.user)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return page(request, slug, form)
    supervisor = invitation.supervisor.short_name
    if form.save(invitation, by=request.user):
        messages.success(request, f"You and {supervisor} are coaching together from today.")
    else:
        messages.success(request, f"{supervisor} can read your answer now.")
    return redirect("partnership", slug)


def page(request: HttpRequest, slug: str, form: AnswerForm | None = None) -> TemplateResponse:
    """What stands under a partnership's address before there is one. Raises Http404 where the reader sees nothing."""
    invitation = _invitation_or_404(request, slug)
    is_worker = request.user.pk == invitation.worker_id
    answered_at = invitation.answered_at
    return TemplateResponse(
        request,
        "coaching/invitation/detail.html",
        {
            "invitation": invitation,
            "is_worker": is_worker,
            "other": invitation.supervisor if is_worker else invitation.worker,
            "gone_at": answered_at + LAPSES_AFTER if answered_at else None,
            "form": form or AnswerForm(),
        },
    )


def _invitation_or_404(request: HttpRequest, slug: str) -> Invitation:
    return get_object_or_404(Invitation.objects.visible_to(request.user).for_list(), slug=slug)
