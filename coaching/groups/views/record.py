"""The record of a group’s session, for those who were in it."""

from typing import Any

from django.template.response import TemplateResponse
from django.urls import reverse

from coaching.groups.models import GroupWords
from coaching.groups.views.page import (
    said_in,
    words_in,
)
from coaching.groups.views.room import Room
from coaching.models import Focus
from coaching.models.partnership import Engagement, Partnership
from coaching.views.live import Fact, Live
from sopcoach.requests.typed import HttpRequest


def closed(room: Room, address: str = "") -> Live:
    address = address or reverse("group_session", args=[room.group.slug, room.session.number])
    return Live(address, "closed", [Fact("closed", "This session is closed."), Fact("", "")])


def record(request: HttpRequest, room: Room) -> TemplateResponse:
    """What stays of it for those who were in: parts, profile, what the group learned, and each one's next try."""
    rows = words_in(request, room)
    steps = {one.key: one for one in room.session.steps}
    learned = [
        (one, said_in(room, one, rows, also_mine=True)) for key, one in steps.items() if key in _LEARNED
    ]
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
            "tries": said_in(room, steps["next_steps"], rows, also_mine=True),
            "feedback": said_in(room, steps["feedback"], rows, also_mine=True),
            "my_try": own,
            "has_words": any(row.author_id == room.me.pk for row in rows),
            "partnerships": with_goals(request) if own and room.session.is_consultation else [],
            **_rails_of_record(room, rows),
        },
    )


_LEARNED = ("stood_out", "takes", "content")


def _rails_of_record(room: Room, rows: list[GroupWords]) -> dict[str, Any]:
    spoken = {row.step for row in rows if row.has_spoken}
    return {"steps": [(one, one.key in spoken) for one in room.session.steps]}


def with_goals(request: HttpRequest) -> list[Partnership]:
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
