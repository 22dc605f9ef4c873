"""A meeting that was left open, begun by a slip, or missed: one press says what became of it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from coaching.models.left_open import close_as_of, plan_anew, say_it_went_on, take_back_beginning
from coaching.rules.next_step import moment_text
from coaching.views.desk import session_or_404
from sopcoach.requests.typed import HttpRequest, by_button


@require_POST
@by_button("close", "went_on")
def left_open(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Close it as of when it will have ended, or say that it goes on."""
    _, session = session_or_404(request, slug, number)
    if request.POST["act"] == "went_on":
        say_it_went_on(session, by=request.user)
        return HttpResponseRedirect(reverse("session", args=[slug, number]))
    following = close_as_of(session, by=request.user)
    said = f"{session.title} is closed."
    if following and following.starts_at:
        said += f" You meet again {moment_text(following.starts_at)}; either of you can choose another day."
    messages.success(request, said)
    return HttpResponseRedirect(reverse("partnership", args=[slug]))


@require_POST
@by_button("take_back")
def take_back(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """It hadn't begun after all: the session is ahead again."""
    _, session = session_or_404(request, slug, number)
    take_back_beginning(session, by=request.user)
    messages.success(request, f"{session.title} hasn’t begun. Begin it when you sit down together.")
    return HttpResponseRedirect(reverse("session", args=[slug, number]))


@require_POST
@by_button("plan")
def plan(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give a missed meeting the next day in the rhythm agreed."""
    _, session = session_or_404(request, slug, number)
    plan_anew(session, by=request.user)
    if session.starts_at:
        messages.success(
            request, f"You meet {moment_text(session.starts_at)}. Either of you can choose another day."
        )
    return HttpResponseRedirect(reverse("session", args=[slug, number]))
