"""What has to be known of a person's partnerships to say where each pair is and what comes next: two queries for all."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from coaching.models import CoachingSession, Goal, Partnership
from coaching.models.erasure import CONSENT_LASTS
from coaching.queries.signs import Sign, signs
from coaching.rules.slot import read_slot
from coaching.rules.standing import Facts, Meeting
from sopcoach.models import User
from sopcoach.models.written import once


@dataclass(frozen=True)
class Known:
    """What is known of one partnership, as the person it was asked for may know it."""

    facts: Facts
    session: CoachingSession | None = None
    """The one that is open or ahead."""
    meeting: Meeting | None = None
    """What a next step says of that one."""
    conversation: CoachingSession | None = None
    goals: list[Goal] = field(default_factory=list)
    """Those that go on now."""


def known_of(user: User, partnerships: Sequence[Partnership]) -> dict[UUID, Known]:
    """What `user` may know of each of these, by its key."""
    keys = [partnership.pk for partnership in partnerships]
    if not keys:
        return {}
    known: dict[UUID, dict[str, list[Sign]]] = defaultdict(lambda: defaultdict(list))
    for sign in map(Sign._make, once(signs, user, keys)):
        known[sign.partnership][sign.kind].append(sign)
    goals: dict[UUID, list[Goal]] = defaultdict(list)
    for goal in once(_goals, user, keys):
        goals[goal.partnership_id].append(goal)
    return {one.pk: _known(one, user, known[one.pk], goals[one.pk]) for one in partnerships}


def _goals(user: User, partnerships: Sequence[UUID]) -> QuerySet[Goal]:
    in_focus = Goal.objects.visible_to(user).filter(put_down_at=None, focus__rested_at=None)
    here = in_focus.filter(partnership__in=partnerships).for_list()
    return here.select_related(None).select_related("focus__aspect__profile")


def _known(
    partnership: Partnership,
    user: User,
    signs: dict[str, list[Sign]],
    goals: list[Goal],
) -> Known:
    moved = {sign.session: sign for sign in signs["moved"]}
    went_on = {sign.session: sign.at for sign in signs["went_on"]}
    sessions = [
        _session(sign, partnership, moved.get(sign.session), went_on.get(sign.session))
        for sign in signs["session"]
    ]
    for goal in goals:
        goal.partnership = partnership
    last_held_at = next((sign.at for sign in signs["held"]), None)
    going_on = [goal for goal in goals if goal.goes_on(last_held_at)]
    session = next((row for row in sessions if not row.is_conversation), None)
    return Known(
        _facts(partnership, user, signs, going_on, last_held_at),
        session=session,
        meeting=_meeting(session, partnership, signs) if session else None,
        conversation=next((row for row in sessions if row.is_conversation), None),
        goals=going_on,
    )


def _session(
    sign: Sign, partnership: Partnership, moved: Sign | None, went_on_at: datetime | None
) -> CoachingSession:
    """The row itself, of one that isn't closed: besides how often it was moved, no more is known of it in the database."""
    values = {
        "id": sign.session,
        "partnership_id": partnership.pk,
        "number": sign.number,
        "kind": sign.slug,
        "starts_at": sign.at,
        "minutes": sign.minutes,
        "opened_at": sign.also_at,
        "closed_at": None,
        "closed_by_id": None,
    }
    values |= {
        "sequence": 0,
        "planned_at": None,
        "went_on_at": went_on_at,
        "move_seen_at": None,
        "moved_from": moved and moved.at,
        "moved_by_id": moved and moved.person,
        "moved_at": moved and moved.also_at,
    }
    names = [column.attname for column in CoachingSession._meta.concrete_fields]
    session = CoachingSession.from_db("default", names, [values[name] for name in names])
    session.partnership = partnership
    return session


def _facts(
    partnership: Partnership,
    user: User,
    signs: dict[str, list[Sign]],
    goals: list[Goal],
    last_held_at: datetime | None,
) -> Facts:
    agreements = sorted(signs["agreement"], key=lambda sign: sign.number or 0)
    newest = agreements[-1] if agreements else None
    in_force = next((sign for sign in reversed(agreements) if sign.at and sign.also_at), None)
    marked = {sign.person for sign in signs["marked"]}
    active = sorted(signs["focus"], key=lambda sign: (sign.at, sign.number))
    started = {sign.focus for sign in signs["rating"] if sign.session is None}
    aimed = {sign.focus for sign in signs["target"]}
    tried = {goal.focus_id for goal in goals if goal.is_tried_out(last_held_at)}
    ready = started & aimed
    unaimed = [sign for sign in active if sign.focus not in ready]
    goalless = [sign for sign in active if sign.focus in ready - tried]
    return Facts(
        rhythm=in_force.slug if in_force else None,
        minutes=in_force.minutes if in_force else None,
        slot=read_slot(*(in_force.title or " ").split(" ")) if in_force else None,
        newest_agreement=newest.number if newest else None,
        newest_in_force=in_force.number if in_force else None,
        newest_proposed_by=newest.person if newest else None,
        has_draft=bool(signs["draft"]),
        worker_marked=partnership.worker_id in marked,
        supervisor_marked=partnership.supervisor_id in marked,
        focus_count=len(active),
        aimed_count=sum(sign.focus in aimed for sign in active),
        unaimed_count=len(unaimed),
        unaimed_title=unaimed[0].title if unaimed else None,
        unaimed_slug=unaimed[0].slug if unaimed else None,
        unaimed_has_start=unaimed[0].focus in started if unaimed else None,
        goalless_count=len(goalless),
        goalless_title=goalless[0].title if goalless else None,
        goalless_slug=goalless[0].slug if goalless else None,
        has_goal=bool(goals),
        has_had_goal=bool(signs["goal"]),
        orientation_asked=any(sign.person != user.pk for sign in signs["wish"]),
        erasing_asked=any(_stands(sign) for sign in signs["consent"] if sign.person == partnership.worker_id),
        shows_earlier=bool(signs["shown"]),
        newer_edition=_newer_edition(partnership, signs),
        move_proposed_by=next((sign.person for sign in signs["move"]), None),
        shown_to=tuple(
            dict.fromkeys(
                sign.title or "" for sign in sorted(signs["reader"], key=lambda sign: sign.slug or "")
            )
        ),
        last_held_at=last_held_at,
    )


def _newer_edition(partnership: Partnership, signs: dict[str, list[Sign]]) -> str:
    current = next(iter(signs["edition"]), None)
    if current is None or current.number == partnership.edition_id or not partnership.is_formal:
        return ""
    return f"{current.title}, edition {current.slug}"


def _stands(consent: Sign) -> bool:
    return consent.at is not None and consent.at > timezone.now() - CONSENT_LASTS


def _meeting(session: CoachingSession, partnership: Partnership, signs: dict[str, list[Sign]]) -> Meeting:
    """What it looks back on is settled once it has begun; until then it is what it would look back on if it began now."""
    if session.opened_at:
        looked_at = {sign.focus for sign in signs["reviewed"] if sign.session == session.pk}
    else:
        aimed = {sign.focus for sign in signs["target"]}
        looked_at = {sign.focus for sign in signs["focus"] if partnership.orientation or sign.focus in aimed}
    rated = {sign.focus for sign in signs["rating"] if sign.session == session.pk}
    return Meeting(
        number=session.number,
        is_opening=session.is_opening,
        is_open=session.is_open,
        opened_at=session.opened_at,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        has_reflection=any(sign.session == session.pk for sign in signs["reflection"]),
        unrated=len(looked_at - rated),
    )
