"""A session of a group: being in it, the parts, and the consultation itself (product.md, group supervision)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from coaching.consultation import Step, prompts_of
from coaching.forms.group import PartsForm
from coaching.models import Focus, GroupWords
from coaching.models.base import Autosaved
from coaching.models.group_session import Part
from coaching.models.partnership import Engagement, Partnership
from coaching.stages import STAGES
from coaching.views import autosave
from coaching.views.autosave import WordsField
from coaching.views.group import lobby
from coaching.views.room import Attendee, Room, room_or_404
from profiles.ladder import ladder_for
from sopcoach.http import HttpRequest, Refused, require_form, wants_json

# ---------------------------------------------------------------- before it begins


@require_POST
def join(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Be in, or not this time."""
    room = room_or_404(request, slug, number)
    if request.POST.get("act") == "out":
        room.session.step_out(request.user, by=request.user)
    else:
        room.session.join(by=request.user)
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
        form = PartsForm(request.POST, people=room.participants)
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
        if request.headers.get("X-Live"):
            return HttpResponse(headers={"X-Reload": "1"})
        return _record(request, room)
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
def close(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    room = room_or_404(request, slug, number)
    room.session.close(by=request.user)
    return redirect("group_session", slug, number)


@require_POST
def erase(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take back what one has said, for good."""
    room = room_or_404(request, slug, number)
    room.session.erase_words(by=request.user)
    messages.success(request, "What you said in this session is erased, for everybody.")
    return redirect("group_session", slug, number)


@require_safe
def screen(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What hangs on the wall: the question and the words, in large type, at the step where the group is."""
    room = room_or_404(request, slug, number)
    room.require_seat()
    if not room.session.is_open:
        if request.headers.get("X-Live"):
            return HttpResponse(headers={"X-Reload": "1"})
        return redirect("group_session", slug, number)
    here = room.session.current
    rows = _words(request, room)
    state = f"{room.session.status}-{here.key}"
    if request.headers.get("X-Live") and request.GET.get("state") != state:
        return HttpResponse(headers={"X-Reload": "1"})
    _, after = room.session.neighbours(here)
    context = {
        "room": room,
        "step": here,
        "said": _said(room, here, rows, also_mine=True),
        "state": state,
        "after": after,
        "missing": _missing(room, here, rows),
        "asked": _asked(room, here, rows),
        **_rails(room, here, rows),
    }
    if request.headers.get("X-Live"):
        return TemplateResponse(request, "coaching/group/screen.html#said", context)
    return TemplateResponse(request, "coaching/group/screen.html", context | _prompts(room, here))


def _save(request: HttpRequest, room: Room, here: Step) -> HttpResponse:
    def keep(field: str, text: str, revision: int) -> Autosaved:
        return room.session.say(here.key, by=request.user, field=field, text=text, revision=revision)

    if wants_json(request):
        return autosave.answer(request, keep)
    room.require_seat()
    room.session.require_open()
    room.session.require_turn(here, request.user)
    mine = _mine(room, here, _words(request, room))
    for field in mine:
        field.put(request, keep)
    if "pass" in request.POST and not any(field.error for field in mine):
        try:
            room.session.pass_on(here.key, by=request.user)
        except ValidationError as error:
            mine[0].error = " ".join(error.messages)
    if any(field.error for field in mine):
        return _step_page(request, room, here, follows="follows" in request.POST, mine=mine)
    _, after = room.session.neighbours(here)
    if "on" in request.POST and after:
        room.session.go_to(after.key, by=request.user)
        return redirect("group_session", room.group.slug, room.session.number)
    return _back(request, room, here)


def _back(request: HttpRequest, room: Room, here: Step) -> HttpResponse:
    if "follows" in request.POST:
        return redirect("group_session", room.group.slug, room.session.number)
    return redirect("group_step", room.group.slug, room.session.number, here.key)


# ---------------------------------------------------------------- what the pages show


def _words(request: HttpRequest, room: Room) -> list[GroupWords]:
    return list(GroupWords.objects.visible_to(request.user).filter(session=room.session))


def _mine(room: Room, here: Step, rows: list[GroupWords]) -> list[WordsField]:
    own = {row.field: row for row in rows if row.step == here.key and row.author_id == room.me.pk}
    return [WordsField.of(field, own.get(field.key)) for field in here.fields]


def _step_page(
    request: HttpRequest, room: Room, here: Step, *, follows: bool, mine: list[WordsField] | None = None
) -> HttpResponse:
    room.require_seat()
    session = room.session
    rows = _words(request, room)
    why_locked = _why_locked(room, here, rows)
    turn = f"locked{_missing(room, here, rows)}" if why_locked else "open"
    state = f"{session.status}-{session.step if follows else ''}-{turn}"
    said = _said(room, here, rows)
    live = {
        "room": room,
        "step": here,
        "said": said,
        "follows": follows,
        "missing": _missing(room, here, rows),
        "group_is_at": None if session.step == here.key or not session.is_open else session.current,
    }
    if request.headers.get("X-Live"):
        if request.GET.get("state") != state:
            return HttpResponse(headers={"X-Reload": "1"})
        return TemplateResponse(request, "coaching/group/step.html#said", live)
    before, after = session.neighbours(here)
    address = (
        reverse("group_session", args=[room.group.slug, session.number])
        if follows
        else reverse("group_step", args=[room.group.slug, session.number, here.key])
    )
    own = next((row for row in rows if row.step == here.key and row.author_id == room.me.pk), None)
    return TemplateResponse(
        request,
        "coaching/group/step.html",
        live
        | {
            "mine": mine if mine is not None else _mine(room, here, rows),
            "passed": bool(own and own.passed_at),
            "why_locked": why_locked,
            "may_pass": session.is_consultation and not here.is_presenters and not room.leads,
            "live_url": f"{address}?state={state}",
            "before": before,
            "after": after,
            "asked": _asked(room, here, rows),
            **_rails(room, here, rows),
            **_prompts(room, here),
        },
    )


def _why_locked(room: Room, here: Step, rows: list[GroupWords]) -> str:
    """Why the reader can't write here now; an empty text when they can."""
    try:
        room.session.require_open()
        room.session.require_turn(here, room.me, [row for row in rows if row.step == here.key])
    except Refused as refused:
        return str(refused)
    return ""


def _missing(room: Room, here: Step, rows: list[GroupWords]) -> int:
    """How many peers are still to speak before the facilitator does; none where all speak as they like."""
    if not here.peers_first:
        return 0
    return room.session.peers_missing(row for row in rows if row.step == here.key)


def _said(
    room: Room, here: Step, rows: list[GroupWords], *, also_mine: bool = False
) -> list[tuple[Attendee, list[tuple[str, str]], bool]]:
    """Who has spoken here, in the order of the seats: each with labelled texts, and whether they passed."""
    said = []
    for one in room.attendees:
        if one.is_me and not also_mine:
            continue
        theirs = {row.field: row for row in rows if row.step == here.key and row.author_id == one.person.pk}
        texts = [
            (field.label, theirs[field.key].text)
            for field in here.fields
            if field.key in theirs and theirs[field.key].text.strip()
        ]
        passed = not texts and any(row.passed_at for row in theirs.values())
        if texts or passed:
            said.append((one, texts, passed))
    return said


def _asked(room: Room, here: Step, rows: list[GroupWords]) -> str:
    """The presenter's question, to be kept in sight while the others think about it."""
    if not here.is_content or here.key == "question":
        return ""
    return next(
        (row.text for row in rows if row.step == "question" and row.author_id == room.session.presenter_id),
        "",
    )


def _rails(room: Room, here: Step, rows: list[GroupWords]) -> dict[str, Any]:
    """The eight stages, and the steps within the content, each with "current", "done" or ""."""
    spoken = {row.step for row in rows if row.has_spoken}
    by_stage = [(stage, [one for one in room.session.steps if one.stage == stage]) for stage in STAGES]
    stages = [
        (
            stage,
            steps[0],
            "current" if stage == here.stage else "done" if spoken & {one.key for one in steps} else "",
        )
        for stage, steps in by_stage
    ]
    content = [one for one in room.session.steps if one.stage == here.stage]
    inner = [(one, "current" if one == here else "done" if one.key in spoken else "") for one in content]
    return {
        "rail": stages,
        "inner": inner if len(inner) > 1 else [],
        "place": STAGES.index(here.stage) + 1,
        "inner_place": content.index(here) + 1,
    }


def _prompts(room: Room, here: Step) -> dict[str, Any]:
    profile = room.session.profile
    if not (here.has_prompts and profile):
        return {}
    aspects = list(profile.aspects.with_ladder())
    questions = profile.questions.values_list("text", flat=True)
    return {
        "prompts": prompts_of(questions, [aspect.title for aspect in aspects]),
        "ladders": [(aspect, ladder_for(aspect, is_bare=True)) for aspect in aspects],
    }


def _record(request: HttpRequest, room: Room) -> TemplateResponse:
    """What stays of it for those who were in: parts, profile, what the group learned, and each one's next try."""
    rows = _words(request, room)
    steps = {one.key: one for one in room.session.steps}
    learned = [(one, _said(room, one, rows, also_mine=True)) for key, one in steps.items() if key in _LEARNED]
    own = next(
        (
            row
            for row in rows
            if row.step == "next_steps" and row.author_id == room.me.pk and row.text.strip()
        ),
        None,
    )
    return TemplateResponse(
        request,
        "coaching/group/record.html",
        {
            "room": room,
            "learned": [(one, said) for one, said in learned if said],
            "tries": _said(room, steps["next_steps"], rows, also_mine=True),
            "feedback": _said(room, steps["feedback"], rows, also_mine=True),
            "my_try": own,
            "has_words": any(row.author_id == room.me.pk for row in rows),
            "partnerships": _with_goals(request) if own and room.session.is_consultation else [],
            **_rails_of_record(room, rows),
        },
    )


_LEARNED = ("stood_out", "takes", "content")


def _rails_of_record(room: Room, rows: list[GroupWords]) -> dict[str, Any]:
    spoken = {row.step for row in rows if row.has_spoken}
    return {"steps": [(one, one.key in spoken) for one in room.session.steps]}


def _with_goals(request: HttpRequest) -> list[Partnership]:
    """The partnerships in which the reader is coached and can set a goal now."""
    focuses = (
        Focus.objects.visible_to(request.user)
        .active()
        .filter(
            partnership__worker=request.user,
            partnership__engagement=Engagement.FORMAL,
            targets__isnull=False,
        )
        .select_related("partnership__supervisor")
    )
    return list({focus.partnership_id: focus.partnership for focus in focuses}.values())
