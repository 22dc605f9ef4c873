"""The review of a session as both sides see it: whose turn it is, focus by focus (product.md, 4.7)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet, Subquery, prefetch_related_objects

from coaching.models import (
    CoachingSession,
    Congratulation,
    Decision,
    Focus,
    Goal,
    LoggedLevel,
    Observation,
    Reflection,
    Reply,
    Seat,
    SelfRating,
    Target,
)
from coaching.models.correction import Shared
from coaching.models.reviewed import review_focuses
from coaching.queries.corrections import lay_beside
from coaching.queries.logged_levels import logged_since
from coaching.queries.shared_lines import with_shared_lines
from profiles.ladder import Mark, MarkKind, disc
from profiles.models import SkillAspect
from sopcoach.models import User


class Turn(StrEnum):
    """The steps of the review, for one focus."""

    LOOK_BACK = "look_back"
    RATE = "rate"
    OBSERVE = "observe"
    DECIDE = "decide"
    DONE = "done"


@dataclass
class FocusReview:
    """One focus in this session: what each has shared, and what was decided."""

    focus: Focus
    closed_at: datetime | None = None
    """When the session was closed: what came later isn't shown in it."""
    rating: SelfRating | None = None
    observation: Observation | None = None
    decision: Decision | None = None
    goals: list[Goal] = field(default_factory=list)
    """Those that ran since the two last met; the rest are `earlier_goals`."""
    earlier_goals: list[Goal] = field(default_factory=list)
    congratulations: list[Congratulation] = field(default_factory=list)
    logged: list[LoggedLevel] = field(default_factory=list)
    """What its reader may know of the levels logged since the two last met, the latest first."""

    def marks(self, seat: Seat) -> list[Mark]:
        """Who stands where on the ladder, and the target."""
        worker, supervisor = seat.partnership.worker, seat.partnership.supervisor
        mine = seat.is_worker
        marks = []
        if self.observation and self.observation.level:
            label = supervisor.short_name if mine else "You"
            marks.append(Mark(self.observation.level, MarkKind.SUPERVISOR, label, supervisor.initial))
        if self.rating:
            label = "You" if mine else worker.short_name
            marks.append(Mark(self.rating.level, MarkKind.WORKER, label, worker.initial))
            if self.rating.glimpse_level:
                label = "Some of your work" if mine else f"Some of {worker.short_name}’s work"
                marks.append(Mark(self.rating.glimpse_level, MarkKind.GLIMPSE, label, worker.initial))
        if self.target:
            marks.append(Mark(self.target.level, MarkKind.TARGET, "Target"))
        return marks

    @property
    def words(self) -> list[Shared]:
        """What was shared on it, in which its author may put something right."""
        shared = (row for row in self.logged if row.shared_at)
        return [
            *(row for row in (self.rating, self.observation, self.reply) if row),
            *shared,
            *self.congratulations,
        ]

    @property
    def reply(self) -> Reply | None:
        """What the worker said to the observation."""
        return getattr(self.observation, "reply", None)

    @property
    def begins_from(self) -> LoggedLevel | None:
        """What the worker logged last, on the ladder that stands now: where their self-rating may begin."""
        latest = next(iter(self.logged), None)
        return latest if latest and latest.descriptor.aspect_id == self.focus.aspect_id else None

    @property
    def top(self) -> int:
        return self.focus.top

    @property
    def marks_exist(self) -> bool:
        return bool(self.rating or self.observation)

    @property
    def rating_disc(self) -> int:
        return disc(self.rating.level, top=self.top) if self.rating else 1

    @property
    def observation_disc(self) -> int:
        return (
            disc(self.observation.level, top=self.top) if self.observation and self.observation.level else 1
        )

    @property
    def target(self) -> Target | None:
        """The target that stood when the two talked: a raise in this session comes after it, and so do later ones."""
        until = self.decision.decided_at if self.decision else self.closed_at
        targets = [target for target in self.focus.targets.all() if until is None or target.set_at < until]
        return targets[-1] if targets else None

    @property
    def has_reached(self) -> bool:
        """Whether the worker placed themselves at the target that stood then; one that is chosen later is ahead still."""
        if self.rating is None or self.target is None:
            return False
        return self.rating.level >= self.target.level and self.target.set_at <= self.rating.shared_at

    @property
    def raised_to(self) -> Target | None:
        """The new target, when this session raised it."""
        if self.decision and self.decision.choice == Decision.Choice.RAISE:
            return next((t for t in self.focus.targets.all() if t.set_at >= self.decision.decided_at), None)
        return None


@dataclass
class Review:
    session: CoachingSession
    reflection: Reflection | None
    focuses: list[FocusReview]

    @property
    def all_rated(self) -> bool:
        return all(one.rating for one in self.focuses)

    @property
    def is_done(self) -> bool:
        return bool(self.focuses) and all(one.decision for one in self.focuses)

    def turn(self, one: FocusReview) -> Turn:
        """What comes next on a focus, whoever does it."""
        if self.reflection is None:
            return Turn.LOOK_BACK
        if one.rating is None or not self.all_rated:
            return Turn.RATE
        if one.observation is None:
            return Turn.OBSERVE
        return Turn.DONE if one.decision else Turn.DECIDE

    def of(self, aspect_slug: str) -> FocusReview | None:
        return next((one for one in self.focuses if one.focus.aspect_slug == aspect_slug), None)

    def place(self, one: FocusReview) -> int:
        return self.focuses.index(one) + 1

    @property
    def next_unrated(self) -> FocusReview | None:
        return next((one for one in self.focuses if one.rating is None), None)

    @property
    def next_undecided(self) -> FocusReview | None:
        return next((one for one in self.focuses if one.decision is None), None)

    def after(self, one: FocusReview) -> FocusReview | None:
        """The next focus to talk about, if one is left."""
        following = self.focuses[self.place(one) :] + self.focuses[: self.place(one) - 1]
        return next((other for other in following if other.decision is None), None)


def review_for(user: User, session: CoachingSession, *, with_goals: bool = False) -> Review:
    """The review as `user` may see it: five queries at the most, and four or five more with the goals and logged levels.

    `session` comes from `session_or_404`, with its reflection. What can't be there yet is not asked for: the order
    of the review says so. An observation, its reply and a decision have their focus's readers, so they come along with it.
    """
    rows = (
        Focus.objects.visible_to(user)
        # said twice, since what it says here leads to the rows: the other way they were all read through
        .filter(partnership=session.partnership_id, pk__in=review_focuses(session).values("pk"))
        .for_list()
        .annotate(
            decided=FilteredRelation("decisions", condition=Q(decisions__session=session)),
            seen=FilteredRelation("observations", condition=Q(observations__session=session)),
        )
        .select_related(
            *(
                "aspect__profile",
                "aspect__edition__provenance",
                "decided",
                "seen__descriptor__level",
                "seen__reply__author",
            )
        )
    )
    focuses = [
        FocusReview(
            focus,
            session.closed_at,
            observation=getattr(focus, "seen", None),
            decision=getattr(focus, "decided", None),
        )
        for focus in rows
    ]
    by_pk = {one.focus.pk: one for one in focuses}
    for rating in SelfRating.objects.visible_to(user).filter(session=session, focus__in=by_pk).for_list():
        by_pk[rating.focus_id].rating = rating
    review = Review(session, getattr(session, "reflection", None), focuses)
    if any(one.decision for one in focuses):
        words = Congratulation.objects.visible_to(user).filter(session=session, focus__in=by_pk)
        for congratulation in words.select_related("author"):
            if congratulation.focus_id:
                by_pk[congratulation.focus_id].congratulations.append(congratulation)
    if with_goals:
        goals = Goal.objects.visible_to(user).filter(focus__in=by_pk).stood_at(session.closed_at)
        found = list(goals.annotate(met_last=Subquery(_met_before(user, session))))
        with_shared_lines(user, found)
        for goal in found:
            one = by_pk[goal.focus_id]
            met_last: datetime | None = goal.met_last  # type: ignore[attr-defined]  # annotated above
            (one.goals if goal.ran_since(met_last) else one.earlier_goals).append(goal)
        since = found[0].met_last if found else met_before(user, session)  # type: ignore[attr-defined]
        for key, logged in logged_since(user, rows, since, until=session.closed_at).items():
            by_pk[key].logged = logged
    lay_beside(user, [review.reflection, *(words for one in focuses for words in one.words)])
    return review


def met_before(user: User, session: CoachingSession) -> datetime | None:
    """When the two last met before this session, by its closing."""
    return _met_before(user, session).values_list("closed_at", flat=True).first()


def _met_before(user: User, session: CoachingSession) -> QuerySet[CoachingSession, Any]:
    """When the meeting before this one was closed; a conversation doesn't count as one."""
    earlier = CoachingSession.objects.visible_to(user).filter(
        partnership=session.partnership_id,
        closed_at__isnull=False,
        opened_at__isnull=False,
        number__lt=session.number,
    )
    return earlier.exclude(kind=CoachingSession.Kind.CONVERSATION).order_by("-number").values("closed_at")[:1]


def aspect_with_ladder(one: FocusReview) -> SkillAspect:
    """The aspect with what its ladder needs: one query.

    What was rated before the pair moved to another edition is shown in the words that it was rated by: two queries.
    """
    if one.rating and one.rating.descriptor.aspect_id != one.focus.aspect_id:
        return (
            SkillAspect.objects.with_ladder()
            .select_related("profile")
            .get(pk=one.rating.descriptor.aspect_id)
        )
    prefetch_related_objects([one.focus.aspect], SkillAspect.ladder_prefetch())
    return one.focus.aspect
