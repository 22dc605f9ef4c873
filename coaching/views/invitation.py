"""Asking and answering: a supervisor invites workers, a worker asks a supervisor (product.md, 4.1)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from coaching.forms.invitation import AnswerForm, AskForm, InviteForm, WordsForm
from coaching.models import Engagement, Invitation, Partnership, Seat
from coaching.models.access import Thing
from coaching.models.asked_otherwise import require_changeable, withdraw
from coaching.models.invitation import LAPSES_AFTER
from coaching.models.who_may import require_may_supervise, require_no_administrator
from coaching.views import access
from sopcoach.people.choosing import FIND, choosing_page
from sopcoach.requests.typed import HttpRequest, by_button, require_form


@require_form
@by_button("send", FIND)
def invite(request: HttpRequest) -> HttpResponse:
    """One or several at once; each of them reads and answers alone."""
    require_may_supervise(request.user)
    if request.method == "POST":
        form = InviteForm(request.POST, by=request.user)
        if form.is_valid() and (invitations := form.save(by=request.user)):
            messages.success(request, _sent(invitations))
            return redirect("home")
    else:
        form = InviteForm(by=request.user)
    return choosing_page(request, "coaching/invitation/invite.html", form)


def _sent(invitations: list[Invitation]) -> str:
    names = [invitation.worker.name for invitation in invitations]
    if len(names) == 1:
        return f"Your invitation is with {names[0]}. The answer comes in its own time."
    return (
        f"Your invitations are with {', '.join(names[:-1])} and {names[-1]}. Answers come in their own time."
    )


@require_form
@by_button("send", FIND)
def ask(request: HttpRequest) -> HttpResponse:
    """A worker asks a supervisor, and says how far they would like to come in."""
    require_no_administrator(request.user)
    if request.method == "POST":
        form = AskForm(request.POST, by=request.user)
        if form.is_valid() and (invitation := form.save(by=request.user)):
            messages.success(
                request, f"{invitation.supervisor.name} can read it now. The answer comes in its own time."
            )
            return redirect("home")
    else:
        form = AskForm(by=request.user)
    return choosing_page(request, "coaching/invitation/ask.html", form)


@require_POST
@by_button("answer")
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    if Partnership.objects.visible_to(request.user).filter(slug=slug).exists():
        return redirect("partnership", slug)  # a second click on a yes
    invitation = _invitation_or_404(request, slug)
    if invitation.answer and invitation.answer == request.POST.get("answer"):
        return redirect("partnership", slug)
    invitation.require_answerable(request.user)
    form = AnswerForm(request.POST, invitation=invitation)
    if not form.is_valid():
        return page(request, slug, form)
    is_done, partnership = form.save(by=request.user)
    if not is_done:
        return page(request, slug, form)
    messages.success(request, _said(invitation, partnership))
    return redirect("partnership", slug)


@require_POST
@by_button("reword", "withdraw")
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever asked takes it back, or says it otherwise, while there is no answer."""
    invitation = _invitation_or_404(request, slug)
    require_changeable(invitation, request.user)
    other = invitation.answerer.name
    if request.POST["act"] == "withdraw":
        withdraw(invitation, by=request.user)
        messages.success(request, f"It is taken back. {other} doesn’t see it any more.")
        return redirect("home")
    form = WordsForm(request.POST, stands={"words": invitation.words})
    if not form.is_valid() or not form.save(invitation, by=request.user):
        return page(request, invitation.slug, words_form=form)
    messages.success(request, f"{other} reads these words now.")
    return redirect("partnership", invitation.slug)


def _said(invitation: Invitation, partnership: Partnership | None) -> str:
    """What the answer has led to, as whoever answered reads it."""
    other = invitation.asker.short_name
    if partnership is None:
        return f"{other} can read your answer now."
    if partnership.engagement == Engagement.FORMAL:
        return f"You and {other} are coaching together from today."
    if invitation.is_by_worker:
        return f"{other} can read your yes now. What {other} keeps meanwhile stays with {other}."
    doing = partnership.engagement_text.lower()
    return f"{other} sees that you’re {doing}, and nothing of what you keep."


def page(
    request: HttpRequest, slug: str, form: AnswerForm | None = None, words_form: WordsForm | None = None
) -> TemplateResponse:
    """What stands under a partnership's address before there is one. Raises Http404 where the reader sees nothing."""
    invitation = _invitation_or_404(request, slug)
    is_asked = request.user.pk == invitation.answerer.pk
    answered_at = invitation.answered_at
    return TemplateResponse(
        request,
        "coaching/invitation/detail.html",
        {
            "invitation": invitation,
            "is_asked": is_asked,
            "other": invitation.asker if is_asked else invitation.answerer,
            "gone_at": answered_at + LAPSES_AFTER if answered_at else None,
            "form": form or AnswerForm(invitation=invitation),
            "words_form": words_form or WordsForm(stands={"words": invitation.words}),
        },
    )


def beginning_of(request: HttpRequest, seat: Seat) -> Invitation | None:
    """The question and the yes with which the two began, as long as there are words of it to read. One query."""
    begun_by = (
        Invitation.objects.visible_to(request.user).for_list().filter(slug=seat.partnership.slug).first()
    )
    if begun_by is None or not (begun_by.words or begun_by.answer_words):
        return None
    if begun_by.words_of(seat.partnership.worker):
        access.note(request, seat, Thing.BEGINNING)
    return begun_by


def _invitation_or_404(request: HttpRequest, slug: str) -> Invitation:
    return get_object_or_404(Invitation.objects.visible_to(request.user).for_list(), slug=slug)
