"""What hangs on the wall while a group consults: for everybody’s eyes, and nobody types there."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from coaching.groups.views.page import asked, heard_from, missing_in, prompts, rails, said_in, words_in
from coaching.groups.views.record import closed
from coaching.groups.views.room import room_or_404
from coaching.views import live
from coaching.views.live import Fact, Live
from sopcoach.requests.typed import HttpRequest


@require_safe
def screen(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What hangs on the wall: the question and the words, in large type, at the step where the group is."""
    room = room_or_404(request, slug, number)
    room.require_seat()
    if not room.session.is_open:
        if live.asks(request):
            return closed(room).answer(request)
        return redirect("group_session", slug, number)
    here = room.session.current
    rows = words_in(request, room)
    missing = missing_in(room, here, rows)
    now = Live(
        reverse("group_screen", args=[slug, number]),
        "going-on",
        [
            Fact(here.key, f"The group is at “{here.title}” now: {here.question}"),
            Fact(bool(missing), "" if missing else f"{room.session.facilitator.short_name} can add now."),
        ],
    )
    if live.asks(request) and not now.knows(request):
        return now.answer(request)
    _, after = room.session.neighbours(here)
    context = {
        "room": room,
        "step": here,
        "said": said_in(room, here, rows, also_mine=True),
        "heard": heard_from(room, here, rows),
        "live": now,
        "after": after,
        "missing": missing,
        "asked": asked(room, here, rows),
        **rails(room, here, rows),
    }
    if live.asks(request):
        return TemplateResponse(request, "coaching/group/screen.html#said", context)
    return TemplateResponse(request, "coaching/group/screen.html", context | prompts(room, here))
