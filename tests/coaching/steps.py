"""How far a pair has come, reached by the domain's own verbs: each step begins where the one before ends."""

import uuid
from datetime import date, datetime, timedelta

from django.utils import timezone

from coaching.models import (
    Agreement,
    AgreementDraft,
    CoachingSession,
    Congratulation,
    Focus,
    Goal,
    Invitation,
    LoggedLevel,
    Partnership,
    PracticeEntry,
    SelfRating,
    Target,
)
from coaching.models.decision import decide
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.self_rating import share_self_rating
from coaching.models.walkthrough import finish_marking, mark_interests
from profiles.models import SkillAspect
from sopcoach.models import User


def begin(worker: User, supervisor: User) -> Partnership:
    """Invited and said yes; an edition must be published."""
    invitation = Invitation.send(by=supervisor, to=worker, words="Would you like company in trying them?")
    partnership = invitation.reply(by=worker, answer=Invitation.Answer.FORMAL)
    assert partnership is not None
    return partnership


def open_session(partnership: Partnership) -> CoachingSession:
    session = partnership.sessions.order_by("-number").get(closed_at=None)
    session.open(by=partnership.supervisor)
    return session


def agree(partnership: Partnership) -> Agreement:
    """Drafted and signed by the supervisor, then signed by the worker."""
    draft = AgreementDraft.begin(partnership, by=partnership.supervisor)
    draft.put(
        by=partnership.supervisor,
        rhythm="fortnightly",
        minutes=60,
        place="On Tuesdays at ten, at Sam’s desk.",
        purpose=draft.purpose,
        readers=draft.readers,
        concerns=draft.concerns,
    )
    agreement = draft.sign(by=partnership.supervisor)
    agreement.sign(by=partnership.worker)
    return agreement


def aspects_of(partnership: Partnership) -> list[SkillAspect]:
    return list(SkillAspect.objects.filter(edition=partnership.edition).select_related("profile"))


def walk_through(partnership: Partnership) -> None:
    """Both mark: the first aspect both, the second the worker, the third the supervisor. Both say they're done."""
    first, second, third, *_ = aspects_of(partnership)
    mark_interests(partnership, by=partnership.worker, aspects={first, second})
    mark_interests(partnership, by=partnership.supervisor, aspects={first, third})
    finish_marking(partnership, by=partnership.worker)
    finish_marking(partnership, by=partnership.supervisor)


def focus_on(partnership: Partnership, count: int = 1, *, start: int = 3, target: int = 4) -> list[Focus]:
    """Picks the first aspects; the worker says where they start and what they aim at."""
    focuses = Focus.choose(partnership, aspects_of(partnership)[:count], by=partnership.worker)
    for focus in focuses:
        SelfRating.start(focus, by=partnership.worker, level=start)
        Target.set(focus, target, by=partnership.worker)
    return focuses


def set_goal(focus: Focus, *, count: int = 5, by_on: date | None = None, **parts) -> Goal:
    parts = {"verb": "Use", "practice": "Three Questions", "with_whom": "caregivers", "unit": "cases"} | parts
    return Goal.set(
        focus,
        by=focus.partnership.worker,
        count=count,
        by_on=by_on or timezone.localdate() + timedelta(days=30),
        **parts,
    )


def practise(goal: Goal, times: int = 1) -> list[PracticeEntry]:
    return [
        PracticeEntry.note(goal, by=goal.partnership.worker, client_key=uuid.uuid4()) for _ in range(times)
    ]


def log_level(focus: Focus, level: int = 4, *, text: str = "", share: bool = False) -> LoggedLevel:
    """Logged now, for the worker alone or with the other side."""
    logged = LoggedLevel.log(focus, by=focus.partnership.worker, level=level, client_key=uuid.uuid4())
    if text or share:
        logged.write_line(by=focus.partnership.worker, text=text, share=share)
    return logged


def close(session: CoachingSession, *, next_starts_at: datetime | None = None) -> CoachingSession:
    """Closed by the supervisor; returns the next session, planned."""
    return session.close(
        by=session.partnership.supervisor,
        next_starts_at=next_starts_at or timezone.now() + timedelta(days=14),
        minutes=60,
    )


def ready_for_review(worker: User, supervisor: User, *, focuses: int = 1) -> CoachingSession:
    """Opening session held, agreement in force, walked through, focuses with target and goal; session 2 planned."""
    partnership = begin(worker, supervisor)
    session = open_session(partnership)
    agree(partnership)
    walk_through(partnership)
    for focus in focus_on(partnership, focuses):
        set_goal(focus)
    return close(session)


def review(
    session: CoachingSession,
    *,
    level: int = 4,
    glimpse: int | None = 5,
    seen: int | None = 4,
    choice: str = "raise",
) -> None:
    """The whole review of an open session, in its order, the same on each focus."""
    worker, supervisor = session.partnership.worker, session.partnership.supervisor
    focuses = list(session.partnership.focuses.filter(rested_at=None))
    share_reflection(
        session, by=worker, went_well="I waited for the answer.", differently="Say my sorting back."
    )
    for focus in focuses:
        share_self_rating(
            session, focus, by=worker, level=level, glimpse=glimpse, because="It came up twice."
        )
    for focus in focuses:
        share_observation(
            session,
            focus,
            by=supervisor,
            saw="You asked and then you waited.",
            try_next="Say it back.",
            level=seen,
        )
        decide(session, focus, by=worker, choice=choice)
        Congratulation.give(
            session.partnership,
            by=supervisor,
            text="The answer came because you waited.",
            session=session,
            focus=focus,
        )
