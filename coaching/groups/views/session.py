"""A session of a group: being in it, the parts, and the consultation itself (product.md, 4.10)."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coaching.dialogue.consultation import Step
from coaching.groups.forms.group import PartsForm
from coaching.groups.models import GroupSeat, GroupWords
from coaching.groups.models.parts import Part
from coaching.groups.models.words import require_turn
from coaching.groups.views.group import lobby
from coaching.groups.views.page import (
    asked,
    fields_of,
    missing_in,
    prompts,
    rails,
    said_in,
    why_locked,
    words_in,
)
from coaching.groups.views.record import closed, record
from coaching.groups.views.room import Room, room_or_404
from coaching.models.base import Autosaved
from coaching.views import autosave, live
from coaching.views.autosave import WordsField
from coaching.views.live import Fact, Live
from sopcoach.requests.reading import wants_json
from sopcoach.requests.typed import HttpRequest, by_button, require_form

# ---------------------------------------------------------------- before it begins


@require_POST
def join(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Be in, or not this time."""
    room = room_or_404(request, slug, number)
    if request.POST.get("act") == "out":
        if room.my_seat:
            room.my_seat.step_out(by=request.user)
    else:
        GroupSeat.join(room.session, by=request.user)
    return redirect("group", slug)


@require_POST
def parts(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a part, let one go, take over leading, or say as the facilitator who takes which."""
    room = room_or_404(request, slug, number)
    act = request.POST.get("act", "")
    if act == "lead":
        room.session.lead(by=request.user)
    elif act in Part.values:
        room.session.take_part(Part(act), by=request.user)
    else:
        room.session.require_facilitator(request.user)
        form = PartsForm(request.POST, session=room.session, people=room.participants)
        if not (form.is_valid() and form.save(room.session, by=request.user)):
            return lobby(request, room.group, room, parts_form=form)
    return redirect("group", slug)


@require_POST
def begin(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    room = room_or_404(request, slug, number)
    room.session.begin(by=request.user)
    return redirect("group_session", slug, number)


# ---------------------------------------------------------------- while it goes on


@require_safe
def detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Wherever the group is: its lobby, the step it is at, or its record."""
    room = room_or_404(request, slug, number)
    if room.session.is_closed:
        room.require_seat()
        if live.asks(request):
            return closed(room).answer(request)
        return record(request, room)
    if not room.session.is_open:
        return redirect("group", slug)
    return _step_page(request, room, room.session.current, follows=True)


@require_form
def step(request: HttpRequest, slug: str, number: int, step: str) -> HttpResponse:
    """One step, wherever the group is: my words, the others' words, and the way on."""
    room = room_or_404(request, slug, number)
    here = room.step_or_404(step)
    if request.method == "POST":
        return _save(request, room, here)
    if not room.session.opened_at:
        return redirect("group", slug)
    return _step_page(request, room, here, follows=False)


@require_POST
def go(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The facilitator brings everybody to a step."""
    room = room_or_404(request, slug, number)
    room.session.go_to(request.POST.get("step", ""), by=request.user)
    if "screen" in request.POST:
        return redirect("group_screen", slug, number)
    return redirect("group_session", slug, number)


@require_POST
@by_button("close")
def close(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Close it for everybody. What whoever leads has typed beside the button comes along and is kept."""
    room = room_or_404(request, slug, number)
    room.session.require_facilitator(request.user)
    here = room.step_or_404("feedback")
    if mine := _not_kept(request, room, here):
        follows = "follows" in request.POST and room.session.step == here.key
        return _step_page(request, room, here, follows=follows, mine=mine)
    words = GroupWords.objects.visible_to(request.user).filter(session=room.session)
    writers = words.written_just_now(besides=request.user).select_related("author")
    names = sorted({row.author.short_name for row in writers})
    if names and room.session.is_open and "asked" not in request.POST:
        return TemplateResponse(request, "coaching/group/close.html", {"room": room, "names": names})
    room.session.close(by=request.user)
    return redirect("group_session", slug, number)


@require_POST
@by_button("erase")
def erase(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take back what one has said, for good."""
    room = room_or_404(request, slug, number)
    GroupWords.erase_of(room.session, by=request.user)
    messages.success(request, "What you said in this session is erased, for everybody.")
    return redirect("group_session", slug, number)


def _keeper(request: HttpRequest, room: Room, here: Step) -> autosave.Keep:
    def keep(field: str, text: str, revision: int) -> Autosaved:
        return GroupWords.say(
            room.session, here.key, by=request.user, field=field, text=text, revision=revision
        )

    return keep


def _not_kept(request: HttpRequest, room: Room, here: Step) -> list[WordsField]:
    """Keep what came with the page; its fields, as they were typed, where something is to be put right first."""
    if not room.session.is_open:
        return []
    mine = fields_of(request.user, here, words_in(request, room))
    for field in mine:
        field.put(request, _keeper(request, room, here))
    return mine if any(field.error for field in mine) else []


def _save(request: HttpRequest, room: Room, here: Step) -> HttpResponse:
    keep = _keeper(request, room, here)
    if wants_json(request):
        return autosave.answer(request, keep, room.session)
    room.require_seat()
    if room.session.is_closed and not room.session.takes_words:
        return _too_late(request, room, here)
    if "pass" in request.POST or not room.session.takes_words:
        room.session.require_open()
    require_turn(room.session, here, request.user)
    mine = fields_of(request.user, here, words_in(request, room))
    for field in mine:
        field.put(request, keep)
    if "pass" in request.POST and not any(field.error for field in mine):
        try:
            GroupWords.pass_on(room.session, here.key, by=request.user)
        except ValidationError as error:
            mine[0].error = " ".join(error.messages)
    if any(field.error for field in mine):
        # whoever was still at a step when the group went on stays at it, with what belongs to it
        follows = "follows" in request.POST and room.session.step == here.key
        return _step_page(request, room, here, follows=follows, mine=mine)
    _, after = room.session.neighbours(here)
    if "on" in request.POST and after and room.session.is_open:
        room.session.go_to(after.key, by=request.user)
        return redirect("group_session", room.group.slug, room.session.number)
    return _back(request, room, here)


def _back(request: HttpRequest, room: Room, here: Step) -> HttpResponse:
    if "follows" in request.POST:
        return redirect("group_session", room.group.slug, room.session.number)
    return redirect("group_step", room.group.slug, room.session.number, here.key)


# ---------------------------------------------------------------- what the pages show


def _too_late(request: HttpRequest, room: Room, here: Step) -> HttpResponse:
    """The closed step with the words on it that came after its closing: they stay with their author."""
    mine = fields_of(request.user, here, words_in(request, room))
    typed = [(one.field.label, request.POST.get(one.field.key, ""), one.text) for one in mine]
    left_over = [(name, text) for name, text, stored in typed if text.strip() and text != stored]
    page = _step_page(request, room, here, follows=False, left_over=left_over)
    page.status_code = 403
    return page


def _step_page(
    request: HttpRequest,
    room: Room,
    here: Step,
    *,
    follows: bool,
    mine: list[WordsField] | None = None,
    left_over: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    room.require_seat()
    session = room.session
    rows = words_in(request, room)
    locked = why_locked(room, here, rows)
    address = (
        reverse("group_session", args=[room.group.slug, session.number])
        if follows
        else reverse("group_step", args=[room.group.slug, session.number, here.key])
    )
    turn = f"locked{missing_in(room, here, rows)}" if locked else "open"
    now = Live(
        address,
        "going-on",
        [
            # Who follows the group is brought along: to them it stays one page.
            Fact(here.key if follows else "", f"The group is at “{here.title}” now: {here.question}"),
            Fact(turn, locked or "You can write here now."),
        ],
    )
    if session.is_closed:
        now = closed(room, address)
    shown = {
        "room": room,
        "step": here,
        "said": said_in(room, here, rows),
        "follows": follows,
        "missing": missing_in(room, here, rows),
        "group_is_at": None if session.step == here.key or not session.is_open else session.current,
    }
    if live.asks(request):
        if not now.knows(request):
            return now.answer(request)
        return TemplateResponse(request, "coaching/group/step.html#said", shown)
    before, after = session.neighbours(here)
    own = next((row for row in rows if row.step == here.key and row.author_id == room.me.pk), None)
    return TemplateResponse(
        request,
        "coaching/group/step.html",
        shown
        | {
            "mine": mine if mine is not None else fields_of(request.user, here, rows),
            "left_over": left_over,
            "passed": bool(own and own.passed_at),
            "laptop_of": next((one for one in room.people if own and one.pk == own.laptop_of_id), None),
            "why_locked": locked,
            "may_pass": session.is_consultation and not here.is_presenters and not room.leads,
            "live": now,
            "before": before,
            "after": after,
            "asked": asked(room, here, rows),
            **rails(room, here, rows),
            **prompts(room, here),
        },
    )
