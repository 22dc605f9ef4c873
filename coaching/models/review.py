"""The review: worker first, then supervisor, then both, focus by focus (FAQ, measure; product.md, 4.7).

The order is kept here, not in pages: reflection → a self-rating on each focus → observation → decision →
congratulation. A request out of order is Refused and changes nothing.
"""

from django.core.exceptions import ValidationError

from coaching.models.agreement import require_agreement
from coaching.models.base import clean_narrative
from coaching.models.draft import Draft
from coaching.models.focus import Focus
from coaching.models.locking import in_turn
from coaching.models.orientation import NO_LEVELS
from coaching.models.rating import Decision, Observation, Reflection, SelfRating
from coaching.models.reviewed import all_rated, fix, require_in_review
from coaching.models.session import CoachingSession
from sopcoach.models import User
from sopcoach.words.refusal import Refused


@in_turn
def share_reflection(session: CoachingSession, *, by: User, went_well: str, differently: str) -> Reflection:
    """Share what went well and what the worker would do differently; frozen from then on.

    May be done before the meeting. Raises Refused for the supervisor or the second time, ValidationError without
    something that went well, since reflection opens with what works (FAQ, measure step 1).
    """
    session.require_review()
    session.require_not_closed()
    require_agreement(session.partnership)
    session.partnership.require_worker(by, f"{session.partnership.worker.short_name} looks back first.")
    if Reflection.objects.filter(session=session).exists():
        raise Refused("You have shared this already, and it stays as it is.")
    if not went_well.strip():
        raise ValidationError({"went_well": "Start with something that went well, however small."})
    reflection = Reflection.objects.create(
        partnership=session.partnership,
        session=session,
        author=by,
        went_well=clean_narrative(went_well),
        differently=clean_narrative(differently),
    )
    Draft.objects.filter(session=session, author=by, focus=None).forget()
    return reflection


@in_turn
def share_self_rating(
    session: CoachingSession,
    focus: Focus,
    *,
    by: User,
    level: int,
    glimpse: int | None = None,
    because: str = "",
) -> SelfRating:
    """Share where the worker is on a focus, with an optional glimpse above it; frozen from then on.

    May be done before the meeting. Raises Refused for the supervisor, before the reflection, or the second time.
    """
    session.require_not_closed()
    require_agreement(session.partnership)
    session.partnership.require_worker(
        by, f"{session.partnership.worker.short_name} says where they are. You come after."
    )
    focus = require_in_review(session, focus)
    if not Reflection.objects.filter(session=session).exists():
        raise Refused("First look back on what went well, then say where you are.")
    if SelfRating.objects.filter(session=session, focus=focus).exists():
        raise Refused("You have shared this already, and it stays as it is.")
    fix(session, focus)
    rating = SelfRating._write(focus, by=by, level=level, glimpse=glimpse, because=because, session=session)
    Draft.objects.filter(session=session, author=by, focus=focus).forget()
    return rating


@in_turn
def share_observation(
    session: CoachingSession,
    focus: Focus,
    *,
    by: User,
    saw: str,
    try_next: str = "",
    level: int | None = None,
) -> Observation:
    """Share what the supervisor saw on a focus, what to try next, and optionally a level; frozen from then on.

    Raises Refused for the worker, before the meeting, before the worker has shared a self-rating on each focus, for a
    level in orientation, or the second time; ValidationError without something seen.
    """
    require_agreement(session.partnership)
    worker = session.partnership.worker.short_name
    session.partnership.require_supervisor(by, "This is what your supervisor saw. Yours is your own rating.")
    session.require_open()
    focus = require_in_review(session, focus)
    if not Reflection.objects.filter(session=session).exists():
        raise Refused(
            f"{worker} hasn’t looked back yet. {worker} goes first; what you wrote is kept for you."
        )
    if not all_rated(session):
        raise Refused(
            f"{worker} hasn’t shared a level on each focus yet. {worker} goes first; what you wrote is kept for you."
        )
    if Observation.objects.filter(session=session, focus=focus).exists():
        raise Refused("You have shared this already, and it stays as it is.")
    if level is not None:
        session.partnership.require_no_orientation(NO_LEVELS)
    if not saw.strip():
        raise ValidationError({"saw": "Write what you saw that fits the goals, however small."})
    observation = Observation.objects.create(
        partnership=session.partnership,
        session=session,
        focus=focus,
        author=by,
        saw=clean_narrative(saw),
        try_next=clean_narrative(try_next),
        descriptor=focus.descriptor_at(level) if level is not None else None,
    )
    Draft.objects.filter(session=session, author=by, focus=focus).forget()
    return observation


@in_turn
def decide(session: CoachingSession, focus: Focus, *, by: User, choice: str) -> Decision:
    """Carry on, raise the target by one, or let the focus rest for a new one; the worker's choice.

    Raises Refused for the supervisor, before both have shared, or the second time; and as `Focus.raise_target`.
    """
    require_agreement(session.partnership)
    supervisor = session.partnership.supervisor.short_name
    session.partnership.require_worker(
        by, f"{session.partnership.worker.short_name} decides what comes next. Ask, and wait."
    )
    session.require_open()
    focus = require_in_review(session, focus)
    if not Observation.objects.filter(session=session, focus=focus).exists():
        raise Refused(
            f"{supervisor} hasn’t shared what they saw yet. Then you lay both side by side, and decide."
        )
    if Decision.objects.filter(session=session, focus=focus).exists():
        raise Refused("You have decided this already.")
    decision = Decision.objects.create(
        partnership=session.partnership,
        session=session,
        focus=focus,
        author=by,
        choice=Decision.Choice(choice),
    )
    if decision.choice == Decision.Choice.RAISE:
        rating = SelfRating.objects.select_related("descriptor__level").get(session=session, focus=focus)
        focus.raise_target(by=by, reached=rating)
    elif decision.choice == Decision.Choice.NEW_FOCUS:
        focus.rest(by=by)
    return decision
