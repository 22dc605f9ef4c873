"""What a next supervisor reads of one aspect, or of one session, that was released to them."""

from dataclasses import dataclass, field
from datetime import date, datetime

from coaching.models import (
    CoachingSession,
    Congratulation,
    Correction,
    Decision,
    EntryLine,
    Focus,
    Goal,
    LoggedLevel,
    Observation,
    Promise,
    Reflection,
    Reply,
    SelfRating,
    StageWords,
    Target,
)
from coaching.models.correction import Shared
from coaching.queries.corrections import corrections_in
from profiles.models import SkillAspect
from sopcoach.models import User
from sopcoach.words import dates
from sopcoach.words.amounts import counted, listed


@dataclass
class SideBySide:
    """What both said on a focus at one time: a session, or the start."""

    at: datetime
    rating: SelfRating | None = None
    observation: Observation | None = None
    reply: Reply | None = None
    decision: Decision | None = None
    rating_disc: int = 1
    observation_disc: int = 1
    """The shades of the discs of both levels, 1 to 7."""


@dataclass
class AspectRecord:
    """All that was shared on one aspect, in the one or more times it was in focus."""

    aspect: SkillAspect
    focuses: list[Focus] = field(default_factory=list)
    occasions: list[SideBySide] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    lines: list[EntryLine] = field(default_factory=list)
    logged: list[LoggedLevel] = field(default_factory=list)
    congratulations: list[Congratulation] = field(default_factory=list)
    marked_by: list[User] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return self.aspect.slug

    @property
    def words(self) -> list[Shared]:
        """All that has an author, who may put something right in it."""
        said = [
            row
            for occasion in self.occasions
            for row in (occasion.rating, occasion.observation, occasion.reply)
            if row
        ]
        return [*said, *self.lines, *self.logged, *self.congratulations]

    @property
    def corrections(self) -> list[Correction]:
        return corrections_in(self.words)

    @property
    def months(self) -> str:
        """When it was worked on: "September to November"."""
        days = [at for focus in self.focuses for at in (focus.opened_at, focus.rested_at) if at]
        days += [occasion.at for occasion in self.occasions]
        since, until = dates.month(min(days)), dates.month(max(days))
        return since if since == until else f"{since} to {until}"

    @property
    def amount(self) -> str:
        """How much there is of everything in it: "2 self-ratings, 1 observation, 1 decision and 2 targets"."""
        ratings, observations, replies, decisions = (
            sum(1 for occasion in self.occasions if getattr(occasion, kind))
            for kind in ("rating", "observation", "reply", "decision")
        )
        return listed(
            counted(count, one, many)
            for count, one, many in (
                (ratings, "self-rating", ""),
                (observations, "observation", ""),
                (replies, "answer to what was seen", "answers to what was seen"),
                (decisions, "decision", ""),
                (len(self.targets), "target", ""),
                (len(self.goals), "goal with its count", "goals with their counts"),
                (len(self.lines), "line you shared", "lines you shared"),
                (len(self.logged), "level you logged and shared", "levels you logged and shared"),
                (len(self.congratulations), "word of congratulation", "words of congratulation"),
                (len(self.corrections), "correction", ""),
                (len(self.marked_by), "mark in the walk-through", "marks in the walk-through"),
            )
            if count
        )


@dataclass
class SessionRecord:
    session: CoachingSession
    stages: list[tuple[str, list[tuple[str, list[StageWords]]]]]
    """Each stage's title, and of each of its fields the label and what was said in it, the worker first."""
    reflection: Reflection | None
    promises: list[Promise]
    congratulations: list[Congratulation]

    @property
    def corrections(self) -> list[Correction]:
        return corrections_in([self.reflection, *self.congratulations])

    @property
    def held_on(self) -> date:
        return self.session.held_on

    @property
    def when(self) -> str:
        """Its day; of a conversation, whose title is its day, the time."""
        return (
            dates.clock(self.session.begins_at) if self.session.is_conversation else dates.day(self.held_on)
        )

    @property
    def amount(self) -> str:
        """How much there is of everything in it: "words in 3 stages, the looking back and 1 promise"."""
        parts = [f"words in {counted(len(self.stages), 'stage')}"] if self.stages else []
        parts += ["the looking back"] if self.reflection else []
        parts += [counted(len(self.promises), "promise")] if self.promises else []
        cheers = len(self.congratulations)
        parts += [counted(cheers, "word of congratulation", "words of congratulation")] if cheers else []
        parts += [counted(len(self.corrections), "correction")] if self.corrections else []
        return listed(parts) or "nothing was written in it"
