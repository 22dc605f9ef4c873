"""What the two say of a meeting afterwards: that it had ended, that it went on, that it hadn't begun (product.md, 11)."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from coaching.models.agreement import Agreement
from coaching.models.celebration import Congratulation
from coaching.models.decision import Decision
from coaching.models.locking import in_turn
from coaching.models.observation import Observation
from coaching.models.planned import tell_other
from coaching.models.promise import Promise
from coaching.models.reflection import Reflection
from coaching.models.reviewed import ReviewedFocus
from coaching.models.self_rating import SelfRating
from coaching.models.session import CoachingSession, StageWords
from coaching.rules.slot import next_ahead
from sopcoach.models import User
from sopcoach.words.refusal import Refused

_WITHOUT_A_RHYTHM = "fortnightly"
_WRITTEN: tuple[Any, ...] = (StageWords, Promise, Observation, Decision, Congratulation)
_SHARED_BEFOREHAND: tuple[Any, ...] = (Reflection, SelfRating)
"""What a worker may have shared before the two sat down."""


def nothing_written_in(session: CoachingSession) -> bool:
    """Whether nobody has said anything in it since it began."""
    if any(model.objects.filter(session=session).exists() for model in _WRITTEN):
        return False
    since = {"session": session, "shared_at__gte": session.opened_at}
    return not any(model.objects.filter(**since).exists() for model in _SHARED_BEFOREHAND)


@in_turn
def take_back_beginning(session: CoachingSession, *, by: User) -> None:
    """Let it be ahead again, at the time that it had, as long as nothing has been written in it; either side may.

    Raises Refused for a conversation, which is closed as it is, and once something has been written.
    """
    _require_going_on(session, by)
    if session.is_conversation:
        raise Refused("A conversation is closed as it is. Nothing was planned for it.")
    if not nothing_written_in(session):
        raise Refused("Something has been written in it, so it has begun. Close it when you are done.")
    if session.planned_at:
        session.starts_at, session.planned_at = session.planned_at, None
    session.opened_at = session.went_on_at = None
    session.save(update_fields=["starts_at", "planned_at", "opened_at", "went_on_at"])
    rated = SelfRating.objects.filter(session=session).values("focus")
    ReviewedFocus.objects.filter(session=session).exclude(focus__in=rated).delete()


@in_turn
def close_as_of(session: CoachingSession, *, by: User) -> CoachingSession | None:
    """Close a meeting that was left open, as of when its length had gone by, and plan the next one in the rhythm agreed.

    Returns that next one; nothing after a conversation. Raises Refused where it isn't left open.
    """
    _require_left_open(session, by)
    session.closed_at = min(session.ends_at or timezone.now(), timezone.now())
    session.closed_by = by
    session.save(update_fields=["closed_at", "closed_by"])
    tell_other(session.partnership, by)
    if session.is_conversation:
        return None
    agreement = Agreement.objects.in_force(session.partnership)
    begun = session.starts_at or session.closed_at
    rhythm = agreement.rhythm if agreement else _WITHOUT_A_RHYTHM
    return CoachingSession.objects.create(
        partnership=session.partnership,
        number=session.number + 1,
        kind=CoachingSession.Kind.PROGRESS,
        starts_at=next_ahead(begun, rhythm, agreement.slot if agreement else None),
        minutes=agreement.minutes if agreement else session.minutes,
    )


@in_turn
def say_it_went_on(session: CoachingSession, *, by: User) -> None:
    """Say that a meeting that was left open goes on. Nobody is asked again before tomorrow."""
    _require_left_open(session, by)
    session.went_on_at = timezone.now()
    session.save(update_fields=["went_on_at"])


@in_turn
def plan_anew(session: CoachingSession, *, by: User) -> None:
    """Give a meeting that was missed, or has no day, the next day in the rhythm agreed. A second click changes nothing."""
    session.require_movable(by)
    if session.starts_at and not session.is_missed:
        return
    session.change(next_day_of(session), by)


def next_day_of(session: CoachingSession) -> Any:
    """The next day in the rhythm agreed, or a fortnight on where there is none."""
    agreement = Agreement.objects.in_force(session.partnership)
    from_then = session.starts_at or session.moved_from or timezone.now() - timedelta(minutes=session.minutes)
    rhythm = agreement.rhythm if agreement else _WITHOUT_A_RHYTHM
    return next_ahead(from_then, rhythm, agreement.slot if agreement else None)


def _require_going_on(session: CoachingSession, by: User) -> None:
    session.partnership.require_formal()
    session.partnership.require_side(by)
    session.require_open()


def _require_left_open(session: CoachingSession, by: User) -> None:
    _require_going_on(session, by)
    if not session.is_left_open:
        raise Refused("It goes on since today. Close it on its last page.")
