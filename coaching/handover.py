"""What can be shown to a next supervisor, and what they then read: counts to choose by, and the rows themselves."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.formats import date_format

from coaching.models import (
    CoachingSession,
    Congratulation,
    Decision,
    EntryLine,
    Focus,
    Goal,
    InterestMark,
    Observation,
    Partnership,
    Promise,
    Reflection,
    Release,
    Seat,
    SelfRating,
    StageWords,
    Target,
)
from coaching.models.base import private_keeper
from coaching.stages import STAGES
from profiles.ladder import disc
from profiles.models import Level, LevelDescriptor, SkillAspect
from sopcoach.models import User
from sopcoach.vault.keyring import keyring


def counted(count: int, one: str, many: str = "") -> str:
    """A number of things in words: "3 goals"."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def listed(parts: Iterable[str]) -> str:
    """Parts as people list them: "3 goals, 2 levels and 1 observation"."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last


@dataclass
class AspectOffer:
    """One aspect that was in focus, with how much there is on it."""

    aspect: SkillAspect
    since: datetime
    until: datetime
    ratings: int = 0
    observations: int = 0
    goals: int = 0

    @property
    def slug(self) -> str:
        return self.aspect.slug

    @property
    def months(self) -> str:
        since, until = (date_format(timezone.localtime(at), "F") for at in (self.since, self.until))
        return since if since == until else f"{since} to {until}"

    @property
    def amount(self) -> str:
        parts = [counted(self.ratings, "self-rating")]
        parts += [counted(self.observations, "observation")] if self.observations else []
        parts += [counted(self.goals, "goal")] if self.goals else []
        return listed(parts)


@dataclass(frozen=True)
class Offer:
    """All that the worker may release of a partnership to one reader, and what that reader can see already."""

    aspects: list[AspectOffer]
    sessions: list[CoachingSession]
    shown: list[Release]

    @property
    def open_aspects(self) -> list[AspectOffer]:
        taken = {release.aspect_slug for release in self.shown}
        return [offer for offer in self.aspects if offer.slug not in taken]

    @property
    def open_sessions(self) -> list[CoachingSession]:
        taken = {release.session_id for release in self.shown}
        return [session for session in self.sessions if session.pk not in taken]

    @property
    def shown_titles(self) -> list[tuple[Release, str, str]]:
        """What is released, each with its name and how much that is."""
        by_slug = {offer.slug: offer for offer in self.aspects}
        by_pk = {session.pk: session for session in self.sessions}
        titles = []
        for release in self.shown:
            if session := by_pk.get(release.session_id):  # type: ignore[arg-type]
                titles.append((release, f"Session {session.number}", date_format(session.held_on, "j F")))
            elif offer := by_slug.get(release.aspect_slug):
                titles.append((release, offer.aspect.title, offer.amount))
        return titles


def offer_of(partnership: Partnership, user: User, into: Partnership | None) -> Offer:
    focuses = (
        Focus.objects.visible_to(user)
        .filter(partnership=partnership)
        .select_related("aspect__profile")
        .annotate(
            ratings=Count("self_ratings", distinct=True),
            seen=Count("observations", distinct=True),
            goal_count=Count("goals", distinct=True),
            rated_at=Max("self_ratings__shared_at"),
        )
        .order_by("opened_at", "slot")
    )
    offers: dict[str, AspectOffer] = {}
    for focus in focuses:
        last = max(filter(None, [focus.rested_at, focus.rated_at, focus.opened_at]))
        offer = offers.setdefault(focus.aspect_slug, AspectOffer(focus.aspect, focus.opened_at, last))
        offer.until = max(offer.until, last)
        offer.ratings += focus.ratings
        offer.observations += focus.seen
        offer.goals += focus.goal_count
    sessions = CoachingSession.objects.visible_to(user).filter(
        partnership=partnership, closed_at__isnull=False
    )
    shown = Release.objects.visible_to(user).standing().filter(partnership=partnership, into=into)
    held = [session for session in sessions.order_by("-number") if session.was_held]
    return Offer(list(offers.values()), held, list(shown) if into else [])


@dataclass
class Occasion:
    """What both said on a focus at one time: a session, or the start."""

    at: datetime
    rating: SelfRating | None = None
    observation: Observation | None = None
    decision: Decision | None = None


@dataclass
class ReleasedAspect:
    aspect: SkillAspect
    occasions: list[Occasion] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    lines: list[EntryLine] = field(default_factory=list)
    congratulations: list[Congratulation] = field(default_factory=list)
    marked_by: list[User] = field(default_factory=list)


@dataclass
class ReleasedSession:
    session: CoachingSession
    stages: list[tuple[str, list[tuple[str, list[StageWords]]]]]
    """Each stage's title, and of each of its fields the label and what was said in it, the worker first."""
    reflection: Reflection | None
    promises: list[Promise]
    congratulations: list[Congratulation]

    @property
    def held_on(self) -> date:
        return self.session.held_on


@dataclass(frozen=True)
class Released:
    aspects: list[ReleasedAspect]
    sessions: list[ReleasedSession]

    @property
    def is_empty(self) -> bool:
        return not (self.aspects or self.sessions)


def released_in(seat: Seat) -> Released:
    """What the worker has released into this partnership: the same for both of its sides.

    Asks for each kind once. Nothing here joins the partnership it comes from, which the reader may not read.
    """
    found = Release.objects.visible_to(seat.person).standing().filter(into=seat.partnership)
    releases = list(found)
    worker = seat.partnership.worker
    keepers = {release.partnership_id for release in releases}
    keyring().fetch(keepers | {private_keeper(keeper, worker.pk) for keeper in keepers})
    return Released(_aspects(seat, releases), _sessions(seat, releases)) if releases else Released([], [])


def _sessions(seat: Seat, releases: list[Release]) -> list[ReleasedSession]:
    keys = [release.session_id for release in releases if release.session_id]
    if not keys:
        return []

    def rows(model):
        return model.objects.visible_to(seat.person).filter(session__in=keys)

    words: dict[tuple[UUID, str, str], list[StageWords]] = defaultdict(list)
    for said in rows(StageWords).select_related("author"):
        if said.text:
            words[said.session_id, said.stage, said.field].append(said)
            words[said.session_id, said.stage, said.field].sort(
                key=lambda row: row.author_id != seat.partnership.worker_id
            )
    promises, cheers = defaultdict(list), defaultdict(list)
    for promise in rows(Promise).select_related("keeper"):
        promises[promise.session_id].append(promise)
    for cheer in rows(Congratulation).filter(focus=None).select_related("author"):
        cheers[cheer.session_id].append(cheer)
    reflections = {reflection.session_id: reflection for reflection in rows(Reflection)}
    sessions = CoachingSession.objects.visible_to(seat.person).filter(pk__in=keys).order_by("-opened_at")
    return [
        ReleasedSession(
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
            (field.label, words[session.pk, stage.key, field.key])
            for field in stage.fields_in(opening=session.is_opening)
        ]
        if spoken := [(label, rows) for label, rows in fields if rows]:
            stages.append((stage.title, spoken))
    return stages


def _aspects(seat: Seat, releases: list[Release]) -> list[ReleasedAspect]:
    wanted = [release for release in releases if release.aspect_slug]
    if not wanted:
        return []
    one_of = reduce(or_, (Q(partnership=r.partnership_id, aspect_slug=r.aspect_slug) for r in wanted))
    focuses = list(
        Focus.objects.visible_to(seat.person)
        .filter(one_of)
        .select_related("aspect__profile")
        .order_by("opened_at", "slot")
    )
    found = {focus.aspect_slug: ReleasedAspect(focus.aspect) for focus in focuses}
    of = {focus.pk: found[focus.aspect_slug] for focus in focuses}

    def rows(model, path: str = "focus"):
        return model.objects.visible_to(seat.person).filter(**{f"{path}__in": list(of)})

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
    marks = InterestMark.objects.visible_to(seat.person).revealed().select_related("person", "aspect")
    for mark in marks.filter(partnership__in={r.partnership_id for r in wanted}, aspect__slug__in=found):
        if mark.person not in found[mark.aspect.slug].marked_by:
            found[mark.aspect.slug].marked_by.append(mark.person)
    return list(found.values())


def _put_occasions(
    of: dict[UUID, ReleasedAspect],
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
