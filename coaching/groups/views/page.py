"""What the pages of one step show: whose words, whose turn, and where in the whole it is."""

from typing import Any

from coaching.dialogue.consultation import Step, prompts_of
from coaching.dialogue.stages import STAGES
from coaching.groups.models import GroupWords
from coaching.groups.models.parts import Part
from coaching.groups.models.words import require_turn
from coaching.groups.peers_first import peers_missing
from coaching.groups.views.room import Attendee, Room
from coaching.views.autosave import WordsField
from profiles.ladder import ladder_for
from sopcoach.models import User
from sopcoach.requests.typed import HttpRequest
from sopcoach.words.refusal import Refused


def words_in(request: HttpRequest, room: Room) -> list[GroupWords]:
    return list(GroupWords.objects.visible_to(request.user).filter(session=room.session))


def fields_of(author: User, here: Step, rows: list[GroupWords]) -> list[WordsField]:
    """Somebody's own fields in a step, with what stands in them."""
    own = {row.field: row for row in rows if row.step == here.key and row.author_id == author.pk}
    return [WordsField.of(field, own.get(field.key)) for field in here.fields]


def why_locked(room: Room, here: Step, rows: list[GroupWords], author: User | None = None) -> str:
    """Why the reader, or another author, can't write here now; an empty text when they can."""
    try:
        room.session.require_open()
        require_turn(room.session, here, author or room.me, [row for row in rows if row.step == here.key])
    except Refused as refused:
        return str(refused)
    return ""


def missing_in(room: Room, here: Step, rows: list[GroupWords]) -> int:
    """How many peers are still to speak before the facilitator does; none where all speak as they like."""
    if not here.peers_first:
        return 0
    session, words = room.session, (row for row in rows if row.step == here.key)
    return peers_missing(words, besides={session.facilitator_id, session.presenter_id})


def said_in(
    room: Room, here: Step, rows: list[GroupWords], *, also_mine: bool = False
) -> list[tuple[Attendee, list[tuple[str, str]], bool]]:
    """Who has spoken here, in the order in which they first did, and whoever leads last (product.md, 10).

    Each with labelled texts, and whether they passed.
    """
    spoken = sorted(
        (row for row in rows if row.step == here.key),
        key=lambda row: (row.said_at, row.saved_at or row.said_at),
    )
    first = {row.author_id: place for place, row in reversed([*enumerate(spoken)])}
    in_order = sorted(
        (one for one in room.attendees if one.person.pk in first and (also_mine or not one.is_me)),
        key=lambda one: (one.part is Part.FACILITATOR, first[one.person.pk]),
    )
    said = []
    for one in in_order:
        theirs = {row.field: row for row in spoken if row.author_id == one.person.pk}
        texts = [
            (field.label, theirs[field.key].text)
            for field in here.fields
            if field.key in theirs and theirs[field.key].text.strip()
        ]
        passed = not texts and any(row.passed_at for row in theirs.values())
        if texts or passed:
            said.append((one, texts, passed))
    return said


def heard_from(room: Room, here: Step, rows: list[GroupWords]) -> list[tuple[Attendee, str]]:
    """Everybody in the room, in the order of the seats, with "spoken", "passed" or "" for this step."""
    said = {one.person.pk: passed for one, _, passed in said_in(room, here, rows, also_mine=True)}
    states = {True: "passed", False: "spoken", None: ""}
    return [(one, states[said.get(one.person.pk)]) for one in room.attendees]


def asked(room: Room, here: Step, rows: list[GroupWords]) -> str:
    """The presenter's question, to be kept in sight while the others think about it."""
    if not here.is_content or here.key == "question":
        return ""
    return next(
        (row.text for row in rows if row.step == "question" and row.author_id == room.session.presenter_id),
        "",
    )


def rails(room: Room, here: Step, rows: list[GroupWords]) -> dict[str, Any]:
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


def prompts(room: Room, here: Step) -> dict[str, Any]:
    profile = room.session.profile
    if not (here.has_prompts and profile):
        return {}
    aspects = list(profile.aspects.with_ladder())
    questions = profile.questions.values_list("text", flat=True)
    return {
        "prompts": prompts_of(questions, [aspect.title for aspect in aspects]),
        "ladders": [(aspect, ladder_for(aspect, is_bare=True)) for aspect in aspects],
    }
