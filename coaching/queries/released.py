"""What the worker releases of one aspect or one session: the rows that a next supervisor reads.

The list before a release and the page after it are made from the same records, so that neither leaves anything out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Max, Q

from coaching.dialogue.stages import STAGES
from coaching.models import (
    CoachingSession,
    Congratulation,
    Correction,
    Decision,
    EntryLine,
    Focus,
    Goal,
    InterestMark,
    Observation,
    Promise,
    Reflection,
    Release,
    Seat,
    SelfRating,
    StageWords,
    Target,
)
from coaching.models.base import private_keeper
from coaching.models.correction import Shared
from coaching.queries.corrections import corrections_in, lay_beside
from profiles.ladder import disc
from profiles.models import Level, LevelDescriptor, SkillAspect
from sopcoach.models import User
from sopcoach.vault.keyring import keyring
from sopcoach.words import dates


def counted(count: int, one: str, many: str = "") -> str:
    """A number of things in words: "3 goals"."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def listed(parts: Iterable[str]) -> str:
    """Parts as people list them: "3 goals, 2 levels and 1 observation"; nothing where there are none."""
    *first, last = list(parts) or [""]
    return f"{', '.join(first)} and {last}" if first else last


@dataclass
class Occasion:
    """What both said on a focus at one time: a session, or the start."""

    at: datetime
    rating: SelfRating | None = None
    observation: Observation | None = None
    decision: Decision | None = None


@dataclass
class AspectRecord:
    """All that was shared on one aspect, in the one or more times it was in focus."""

    aspect: SkillAspect
    focuses: list[Focus] = field(default_factory=list)
    occasions: list[Occasion] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    lines: list[EntryLine] = field(default_factory=list)
    congratulations: list[Congratulation] = field(default_factory=list)
    marked_by: list[User] = field(default_factory=list)

    @property
    def slug(self) -> str:
        return self.aspect.slug

    @property
    def words(self) -> list[Shared]:
        """All that has an author, who may put something right in it."""
        said = [row for occasion in self.occasions for row in (occasion.rating, occasion.observation) if row]
        return [*said, *self.lines, *self.congratulations]

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
        ratings, observations, decisions = (
            sum(1 for occasion in self.occasions if getattr(occasion, kind))
            for kind in ("rating", "observation", "decision")
        )
        return listed(
            counted(count, one, many)
            for count, one, many in (
                (ratings, "self-rating", ""),
                (observations, "observation", ""),
                (decisions, "decision", ""),
                (len(self.targets), "target", ""),
                (len(self.goals), "goal with its count", "goals with their counts"),
                (len(self.lines), "line you shared", "lines you shared"),
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


@dataclass(frozen=True)
class Released:
    aspects: list[AspectRecord]
    sessions: list[SessionRecord]

    @property
    def is_empty(self) -> bool:
        return not (self.aspects or self.sessions)


def released_in(seat: Seat) -> Released:
    """What the worker has released into this partnership: the same for both of its sides."""
    person, worker = seat.person, seat.partnership.worker
    releases = list(Release.objects.visible_to(person).standing().filter(into=seat.partnership))
    if not releases:
        return Released([], [])
    fetch_keys({release.partnership_id for release in releases}, worker)
    places = [(release.partnership_id, release.aspect_slug) for release in releases if release.aspect_slug]
    keys = [release.session_id for release in releases if release.session_id]
    sessions = CoachingSession.objects.visible_to(person).filter(pk__in=keys).order_by("-opened_at")
    return Released(
        aspect_records(person, places),
        session_records(person, list(sessions) if keys else [], worker=worker),
    )


def fetch_keys(keepers: set[UUID], worker: User) -> None:
    """Fetch at once the keys of what stands in these partnerships and is shared or the worker's own."""
    keyring().fetch(keepers | {private_keeper(keeper, worker.pk) for keeper in keepers})


def session_records(reader: User, sessions: list[CoachingSession], *, worker: User) -> list[SessionRecord]:
    """What `reader` may read of these sessions, in their order; each kind of row is asked for once."""
    if not sessions:
        return []

    def rows(model):
        return model.objects.visible_to(reader).filter(session__in=[session.pk for session in sessions])

    words: dict[tuple[UUID, str, str], list[StageWords]] = defaultdict(list)
    for said in rows(StageWords).select_related("author"):
        if said.text:
            words[said.session_id, said.stage, said.field].append(said)
            words[said.session_id, said.stage, said.field].sort(key=lambda row: row.author_id != worker.pk)
    promises, cheers = defaultdict(list), defaultdict(list)
    for promise in rows(Promise).select_related("keeper"):
        promises[promise.session_id].append(promise)
    for cheer in rows(Congratulation).filter(focus=None).select_related("author"):
        cheers[cheer.session_id].append(cheer)
    reflections = {reflection.session_id: reflection for reflection in rows(Reflection)}
    lay_beside(reader, [*reflections.values(), *(cheer for given in cheers.values() for cheer in given)])
    return [
        SessionRecord(
            session,
            _said(session, words),
            reflections.get(session.pk),
            promises[session.pk],
            cheers[session.pk],
        )
        for session in sessions
    ]


def _said(
    session: CoachingSession, words: dict[tuple[UUID, str, str], list[StageWords]]
) -> list[tuple[str, list[tuple[str, list[StageWords]]]]]:
    stages = []
    for stage in STAGES:
        fields = [
            (field.label, words[session.pk, stage.key, field.key]) for field in session.fields_in(stage)
        ]
        if spoken := [(label, rows) for label, rows in fields if rows]:
            stages.append((stage.title, spoken))
    return stages


def aspect_records(reader: User, places: Collection[tuple[UUID, str]]) -> list[AspectRecord]:
    """What `reader` may read of aspects, each named by its partnership and its slug: a record of each.

    What was worked on with two supervisors is two stories, though both are of the same aspect. Asks for each kind once. Nothing here joins the partnership it comes from, which a next supervisor may not read.
    """
    if not places:
        return []
    one_of = reduce(or_, (Q(partnership=keeper, aspect_slug=slug) for keeper, slug in places))
    focuses = list(
        Focus.objects.visible_to(reader)
        .filter(one_of)
        .select_related("aspect__profile")
        .order_by("opened_at", "slot")
    )
    found = {(focus.partnership_id, focus.aspect_slug): AspectRecord(focus.aspect) for focus in focuses}
    of = {focus.pk: found[focus.partnership_id, focus.aspect_slug] for focus in focuses}
    for focus in focuses:
        of[focus.pk].focuses.append(focus)

    def rows(model, path: str = "focus"):
        return model.objects.visible_to(reader).filter(**{f"{path}__in": list(of)})

    _put_occasions(
        of,
        rows(SelfRating).for_list(),
        rows(Observation).select_related("descriptor__level", "author"),
        rows(Decision),
    )
    for target in rows(Target).for_list():
        of[target.focus_id].targets.append(target)
    for goal in rows(Goal).annotate(done=Count("entries")).order_by("set_at"):
        of[goal.focus_id].goals.append(goal)
    shared = rows(EntryLine, "entry__goal__focus").exclude(shared_at=None).select_related("entry__goal")
    for line in shared.order_by("shared_at"):
        of[line.entry.goal.focus_id].lines.append(line)
    for cheer in rows(Congratulation).select_related("author"):
        of[cheer.focus_id].congratulations.append(cheer)
    lay_beside(reader, (words for aspect in found.values() for words in aspect.words))
    marks = InterestMark.objects.visible_to(reader).revealed().select_related("person")
    marked = reduce(or_, (Q(partnership=keeper, aspect_slug=slug) for keeper, slug in places))
    for mark in marks.filter(marked):
        found[mark.partnership_id, mark.aspect_slug].marked_by.append(mark.person)
    return list(found.values())


def _put_occasions(
    of: dict[UUID, AspectRecord],
    ratings: Iterable[SelfRating],
    observations: Iterable[Observation],
    decisions: Iterable[Decision],
) -> None:
    """Lay side by side what was said on a focus in the same session, in the order of the days."""
    by_place: dict[tuple[UUID, UUID | None], Occasion] = {}
    rated, seen, decided = list(ratings), list(observations), list(decisions)
    cited = [rating.descriptor for rating in rated] + [row.descriptor for row in seen if row.descriptor]
    tops = _tops(cited)
    for rating in rated:
        rating.disc = disc(rating.level, top=tops[rating.descriptor.level.edition_id])  # type: ignore[attr-defined]
        by_place[rating.focus_id, rating.session_id] = Occasion(rating.shared_at, rating=rating)
    for observation in seen:
        if observation.descriptor and observation.level:
            top = tops[observation.descriptor.level.edition_id]
            observation.disc = disc(observation.level, top=top)  # type: ignore[attr-defined]
        place = observation.focus_id, observation.session_id
        by_place.setdefault(place, Occasion(observation.shared_at)).observation = observation
    for decision in decided:
        place = decision.focus_id, decision.session_id
        by_place.setdefault(place, Occasion(decision.decided_at)).decision = decision
    for (focus, _), occasion in by_place.items():
        of[focus].occasions.append(occasion)
    for aspect in of.values():
        aspect.occasions.sort(key=lambda occasion: occasion.at)


def _tops(descriptors: Iterable[LevelDescriptor]) -> dict[int, int]:
    editions = {descriptor.level.edition_id for descriptor in descriptors}
    tops = Level.objects.filter(edition__in=editions).order_by().values_list("edition")
    return dict(tops.annotate(top=Max("number")))
