"""One laptop that goes round: who has no phone writes on it in their own field, in turn (ADR 12)."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from coaching.dialogue.consultation import Step
from coaching.groups.models import GroupSeat, GroupWords
from coaching.groups.models.words import require_turn
from coaching.groups.views.page import asked, fields_of, prompts, rails, why_locked, words_in
from coaching.groups.views.room import Room, room_or_404
from coaching.models.base import Autosaved
from coaching.views import autosave, live
from coaching.views.autosave import WordsField
from coaching.views.live import Fact, Live
from sopcoach.requests.reading import wants_json
from sopcoach.requests.typed import HttpRequest, require_form
from sopcoach.sign_in.kept_to import is_kept_to, keep_to
from sopcoach.words.refusal import Refused


@require_POST
def device(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say where one writes: on the laptop of whoever leads, or on a page of one's own."""
    room = room_or_404(request, slug, number)
    room.require_seat()
    seat = room.session.seat_of(request.user)
    if request.POST.get("act") == "laptop":
        seat.write_on_laptop(by=request.user)
    else:
        seat.write_on_own_page(by=request.user)
    if room.session.is_open:
        return redirect("group_session", slug, number)
    return redirect("group", slug)


@require_form
def laptop(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What going round means, before it does; then the page of whoever's turn it is."""
    room = room_or_404(request, slug, number)
    room.require_seat()
    if request.method == "POST":
        room.session.require_open()
        if not room.at_my_laptop:
            raise Refused("Nobody writes on your laptop yet. Each says so on a page of their own first.")
        here = _address(room)
        also = ("group_screen", "group_go")
        keep_to(request, here, *(reverse(name, args=[slug, number]) for name in also))
        return redirect(here)
    goes_round = is_kept_to(request, _address(room))
    if goes_round and room.session.is_open:
        seat = _next(room, room.session.current, words_in(request, room)) or _turns(room)[0]
        return redirect("group_laptop_turn", slug, number, seat.place, room.session.current.key)
    return TemplateResponse(
        request, "coaching/group/laptop.html", {"room": room, "goes_round": goes_round, "turns": _turns(room)}
    )


@require_form
def turn(request: HttpRequest, slug: str, number: int, place: int, step: str) -> HttpResponse:
    """One person's own field in one step, on the laptop that goes round."""
    room = room_or_404(request, slug, number)
    room.require_seat()
    here = room.step_or_404(step)
    seat = next((one for one in room.seats if one.place == place), None)
    if seat is None:
        raise Http404
    if seat.person_id != request.user.pk:
        seat.require_laptop(request.user)
    if request.method == "POST":
        if not is_kept_to(request, _address(room)):
            raise Refused("First let the laptop go round: open “Pass the laptop round” and begin there.")
        return _save(request, room, here, seat)
    if not (is_kept_to(request, _address(room)) and room.session.is_open):
        if live.asks(request):
            return _live(room, here, seat, is_over=True).answer(request)
        return redirect("group_laptop", slug, number)
    return _turn_page(request, room, here, seat)


def _save(request: HttpRequest, room: Room, here: Step, seat: GroupSeat) -> HttpResponse:
    author = seat.person

    def keep(field: str, text: str, revision: int) -> Autosaved:
        return GroupWords.say(
            room.session,
            here.key,
            by=author,
            field=field,
            text=text,
            revision=revision,
            laptop_of=request.user,
        )

    if wants_json(request):
        return autosave.answer(request, keep, room.session)
    if "pass" in request.POST or not room.session.takes_words:
        room.session.require_open()
    require_turn(room.session, here, author)
    fields = fields_of(author, here, words_in(request, room))
    for field in fields:
        field.put(request, keep)
    if "pass" in request.POST and not any(field.error for field in fields):
        try:
            GroupWords.pass_on(room.session, here.key, by=author, laptop_of=request.user)
        except ValidationError as error:
            fields[0].error = " ".join(error.messages)
    if any(field.error for field in fields):
        return _turn_page(request, room, here, seat, fields=fields)
    if "pass" in request.POST or "on" in request.POST:
        following = _next(room, here, words_in(request, room), after=seat)
        if following is None:
            return redirect("group_screen", room.group.slug, room.session.number)
        return redirect(
            "group_laptop_turn", room.group.slug, room.session.number, following.place, room.session.step
        )
    return redirect("group_laptop_turn", room.group.slug, room.session.number, seat.place, here.key)


def _turn_page(
    request: HttpRequest, room: Room, here: Step, seat: GroupSeat, *, fields: list[WordsField] | None = None
) -> HttpResponse:
    rows = words_in(request, room)
    spoken = {row.author_id for row in rows if row.step == here.key and row.has_spoken}
    own = [row for row in rows if row.step == here.key and row.author_id == seat.person_id]
    context = {
        "room": room,
        "step": here,
        "seat": seat,
        "turns": [(one, one.person_id in spoken) for one in _turns(room)],
        "group_is_at": None if room.session.step == here.key else room.session.current,
        "live": _live(room, here, seat),
    }
    if live.asks(request):
        return TemplateResponse(request, "coaching/group/turn.html#turns", context)
    return TemplateResponse(
        request,
        "coaching/group/turn.html",
        context
        | {
            "fields": fields if fields is not None else fields_of(seat.person, here, rows),
            "passed": any(row.passed_at for row in own),
            "why_locked": why_locked(room, here, rows, seat.person),
            "may_pass": room.session.is_consultation
            and not here.is_presenters
            and seat.person_id != room.session.facilitator_id,
            "following": _next(room, here, rows, after=seat),
            "asked": asked(room, here, rows),
            **rails(room, here, rows),
            **prompts(room, here),
        },
    )


def _live(room: Room, here: Step, seat: GroupSeat, *, is_over: bool = False) -> Live:
    """What a laptop that goes round hears: that the session is over, or that it goes round no more."""
    address = reverse("group_laptop_turn", args=[room.group.slug, room.session.number, seat.place, here.key])
    news = "This session is closed." if room.session.is_closed else "This laptop doesn’t go round any more."
    return Live(address, "over" if is_over else "going-on", [Fact(is_over, news)])


def _address(room: Room) -> str:
    return reverse("group_laptop", args=[room.group.slug, room.session.number])


def _turns(room: Room) -> list[GroupSeat]:
    """Those who write on this laptop; its owner comes last."""
    return [*room.at_my_laptop, *([room.my_seat] if room.my_seat else [])]


def _next(
    room: Room, here: Step, rows: list[GroupWords], *, after: GroupSeat | None = None
) -> GroupSeat | None:
    """Whose turn it is next in the step where the group is: somebody who may write there and hasn't spoken."""
    spoken = {row.author_id for row in rows if row.step == here.key and row.has_spoken}
    turns = _turns(room)
    start = turns.index(after) + 1 if after in turns else 0
    return next(
        (
            seat
            for seat in (*turns[start:], *turns[:start])
            if seat != after
            and seat.person_id not in spoken
            and not why_locked(room, here, rows, seat.person)
        ),
        None,
    )
