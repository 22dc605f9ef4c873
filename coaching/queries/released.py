"""What the worker releases of one aspect or one session: the rows that a next supervisor reads.

The list before a release and the page after it are made from the same records, so that neither leaves anything out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q

from coaching.dialogue.stages import STAGES
from coaching.models import (
    CoachingSession,
    Congratulation,
    Decision,
    EntryLine,
    Focus,
    Goal,
    InterestMark,
    LoggedLevel,
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
from coaching.queries.corrections import lay_beside
from coaching.queries.released_records import AspectRecord, SessionRecord, SideBySide
from profiles.ladder import disc
from profiles.models import Level, LevelDescriptor
from sopcoach.models import User
from sopcoach.vault.keyring import keyring


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

    def rows(model: Any) -> Any:
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

    def rows(model: Any, path: str = "focus") -> Any:
        return model.objects.visible_to(reader).filter(**{f"{path}__in": list(of)})

    _put_occasions(
        of,
        rows(SelfRating).for_list(),
        rows(Observation).select_related("descriptor__level", "author", "reply__author"),
        rows(Decision),
    )
    for target in rows(Target).for_list():
        of[target.focus_id].targets.append(target)
    for goal in rows(Goal).annotate(done=Count("entries")).order_by("set_at"):
        of[goal.focus_id].goals.append(goal)
    shared = rows(EntryLine, "entry__goal__focus").exclude(shared_at=None).select_related("entry__goal")
    for line in shared.order_by("shared_at"):
        of[line.entry.goal.focus_id].lines.append(line)
    for logged in rows(LoggedLevel).exclude(shared_at=None).for_list():
        of[logged.focus_id].logged.append(logged)
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
    by_place: dict[tuple[UUID, UUID | None], SideBySide] = {}
    rated, seen, decided = list(ratings), list(observations), list(decisions)
    cited = [rating.descriptor for rating in rated] + [row.descriptor for row in seen if row.descriptor]
    tops = _tops(cited)
    for rating in rated:
        shade = disc(rating.level, top=tops[rating.descriptor.level.edition_id])
        by_place[rating.focus_id, rating.session_id] = SideBySide(
            rating.shared_at, rating=rating, rating_disc=shade
        )
    for observation in seen:
        place = observation.focus_id, observation.session_id
        beside = by_place.setdefault(place, SideBySide(observation.shared_at))
        beside.observation = observation
        beside.reply = getattr(observation, "reply", None)
        if observation.descriptor and observation.level:
            top = tops[observation.descriptor.level.edition_id]
            beside.observation_disc = disc(observation.level, top=top)
    for decision in decided:
        place = decision.focus_id, decision.session_id
        by_place.setdefault(place, SideBySide(decision.decided_at)).decision = decision
    for (focus, _), occasion in by_place.items():
        of[focus].occasions.append(occasion)
    for aspect in of.values():
        aspect.occasions.sort(key=lambda occasion: occasion.at)


def _tops(descriptors: Iterable[LevelDescriptor]) -> dict[int, int]:
    editions = {descriptor.level.edition_id for descriptor in descriptors}
    tops = Level.objects.filter(edition__in=editions).order_by().values_list("edition")
    return dict(tops.annotate(top=Max("number")))
