"""The rows of partnerships, each kind asked for once, however many there are."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from coaching.dialogue.stages import BY_KEY, STAGES
from coaching.models import (
    AccessRecord,
    Agreement,
    AgreementDraft,
    CarriedItem,
    CoachingSession,
    Congratulation,
    Correction,
    Decision,
    Draft,
    EditionMove,
    EntryLine,
    ErasureLog,
    Focus,
    Goal,
    InterestMark,
    LoggedLevel,
    Observation,
    OrientationWish,
    Partnership,
    PracticeEntry,
    Promise,
    Reflection,
    Release,
    Reply,
    ReviewedFocus,
    SelfRating,
    StageWords,
    Target,
)
from coaching.record import shape
from coaching.record.agreement_versions import versions_of
from coaching.record.events import events_of
from coaching.record.labels import FIELD_LABELS, keepers_of, label_of, level_words, level_words_or_none
from sopcoach.models import User


class PartnershipRows:
    """The rows of some partnerships, each kind by what it belongs to."""

    def __init__(self, user: User, partnerships: Collection[Partnership]) -> None:
        self.user = user
        self.partnerships = {one.pk: one for one in partnerships}
        self.keepers: set[UUID] = set()
        by_partnership, by_session, by_focus = "partnership_id", "session_id", "focus_id"
        descriptor = "descriptor__level"

        self.sessions = self._by(by_partnership, CoachingSession, order="number")
        for session in self._all(self.sessions):
            session.partnership = self.partnerships[session.partnership_id]
        self.titles = {session.pk: session.title for session in self._all(self.sessions)}
        self.words = self._by(by_session, StageWords, "author", order="saved_at")
        self.reflections = self._by(by_session, Reflection)
        self.reviewed = self._by(by_session, ReviewedFocus, "focus__aspect", order="focus__opened_at")
        self.promises = self._by(by_session, Promise, "keeper", "taken_on", order="made_at")
        self.agreements = self._by(by_partnership, Agreement, order="-number")
        self.agreement_drafts = self._by(by_partnership, AgreementDraft)
        self.marks = self._by(
            by_partnership, InterestMark, "aspect__profile", "person", order="aspect__profile__order"
        )
        self.focuses = self._by(by_partnership, Focus, "aspect__profile", order="opened_at")
        self.targets = self._by(by_focus, Target, descriptor, order="set_at")
        self.ratings = self._by(by_focus, SelfRating, descriptor, "glimpse__level", order="shared_at")
        self.logged = self._by(by_focus, LoggedLevel, descriptor, "glimpse__level", order="logged_on")
        self.observations = self._by(by_focus, Observation, "author", descriptor, order="shared_at")
        self.replies = {row.observation_id: row for row in self._all(self._by(by_focus, Reply))}
        self.decisions = self._by(by_focus, Decision, order="decided_at")
        self.goals = self._by(by_focus, Goal, order="set_at")
        self.entries = self._by("goal_id", PracticeEntry, order="practised_on")
        self.lines = {line.entry_id: line for line in self._all(self._by("entry_id", EntryLine))}
        self.congratulations = self._by(
            by_partnership, Congratulation, "author", "focus__aspect", order="written_at"
        )
        self.corrections = self._by("corrects", Correction, "author", order="shared_at")
        self.carried = self._by(by_partnership, CarriedItem, "aspect__profile", descriptor, order="noted_on")
        self.drafts = self._by(by_partnership, Draft, "focus__aspect", order="saved_at")
        self.releases = self._by(by_partnership, Release, "reader", order="released_at")
        self.moves = self._by(by_partnership, EditionMove, "edition", order="proposed_at")
        self.wishes = self._by(by_partnership, OrientationWish, order="proposed_at")
        self.erasures = self._by(by_partnership, ErasureLog, order="erased_at")
        self.opened = self._by(by_partnership, AccessRecord, "reader", order="-first_at")

    def _by(
        self, key: str, model: type[Model], *related: str, order: str = "pk"
    ) -> defaultdict[UUID, list[Any]]:
        visible: QuerySet[Any] = model._default_manager.visible_to(self.user)  # type: ignore[attr-defined]
        rows = visible.filter(partnership__in=self.partnerships).order_by(order)
        found: defaultdict[UUID, list[Any]] = defaultdict(list)
        for row in rows.select_related(*related) if related else rows:
            found[getattr(row, key)].append(row)
        self.keepers |= keepers_of(self._all(found))
        return found

    @staticmethod
    def _all(found: dict[UUID, list[Any]]) -> list[Any]:
        return [row for rows in found.values() for row in rows]

    def _title(self, session_id: UUID | None) -> str:
        return self.titles.get(session_id, "") if session_id else ""

    def coaching(self, one: Partnership) -> shape.Coaching:
        return shape.Coaching(
            address=one.slug,
            worker=one.worker.name,
            supervisor=one.supervisor.name,
            engagement=one.get_engagement_display(),
            edition=str(one.edition),
            edition_origin=one.edition.origin_line,
            begun_at=one.begun_at,
            ended_at=one.ended_at,
            agreements=versions_of(self.agreements[one.pk], one),
            marks=self._marks(one),
            focuses=[self._focus(focus) for focus in self.focuses[one.pk]],
            sessions=[self._session(session) for session in self.sessions[one.pk]],
            congratulations=[self._congratulation(row) for row in self.congratulations[one.pk]],
            brought_along=[self._brought(row) for row in self.carried[one.pk]],
            drafts=self._drafts(one),
            released=[self._release(row) for row in self.releases[one.pk]],
            events=events_of(self.moves[one.pk], self.wishes[one.pk], self.erasures[one.pk]),
            opened=[shape.Opened(row.reader.name, row.label, row.first_at) for row in self.opened[one.pk]],
        )

    def _marks(self, one: Partnership) -> list[shape.Mark]:
        by_aspect: dict[str, shape.Mark] = {}
        for row in self.marks[one.pk]:
            mark = shape.Mark(row.aspect.profile.title, row.aspect.title, [])
            by_aspect.setdefault(row.aspect_slug, mark).by.append(row.person.name)
        return list(by_aspect.values())

    def _session(self, session: CoachingSession) -> shape.Session:
        said = [row for row in self.words[session.pk] if row.text.strip()]
        said.sort(key=lambda row: STAGES.index(BY_KEY[row.stage]))
        reflection = next(iter(self.reflections[session.pk]), None)
        return shape.Session(
            title=session.title,
            kind=session.get_kind_display(),
            starts_at=session.starts_at,
            opened_at=session.opened_at,
            closed_at=session.closed_at if session.was_held else None,
            was_held=session.was_held,
            looked_back_on=[row.focus.aspect.title for row in self.reviewed[session.pk]],
            words=[
                shape.Said(
                    stage=BY_KEY[row.stage].title,
                    field=FIELD_LABELS.get((row.stage, row.field), ""),
                    by=row.author.name,
                    text=row.text,
                    saved_at=row.saved_at,
                )
                for row in said
            ],
            reflection=shape.LookedBack(
                reflection.went_well,
                reflection.differently,
                reflection.shared_at,
                self._put_right(reflection),
            )
            if reflection
            else None,
            promises=[
                shape.Promised(
                    row.keeper.name, row.text, row.due_on, row.made_at, row.kept_at, row.is_taken_on
                )
                for row in self.promises[session.pk]
            ],
        )

    def _focus(self, focus: Focus) -> shape.FocusWork:
        return shape.FocusWork(
            profile=focus.aspect.profile.title,
            aspect=focus.aspect.title,
            opened_at=focus.opened_at,
            rested_at=focus.rested_at,
            ratings=[
                shape.Rated(
                    self._title(row.session_id),
                    level_words(row.descriptor),
                    level_words_or_none(row.glimpse),
                    row.because,
                    row.shared_at,
                    self._put_right(row),
                )
                for row in self.ratings[focus.pk]
            ],
            observations=[
                shape.Observed(
                    self._title(row.session_id),
                    row.author.name,
                    row.saw,
                    row.try_next,
                    level_words_or_none(row.descriptor),
                    row.shared_at,
                    self._put_right(row),
                    self._answered(row),
                )
                for row in self.observations[focus.pk]
            ],
            decisions=[
                shape.Decided(self._title(row.session_id), row.get_choice_display(), row.decided_at)
                for row in self.decisions[focus.pk]
            ],
            targets=[shape.Aimed(level_words(row.descriptor), row.set_at) for row in self.targets[focus.pk]],
            goals=[self._goal(row) for row in self.goals[focus.pk]],
            logged=[
                shape.Logged(
                    row.logged_on,
                    level_words(row.descriptor),
                    level_words_or_none(row.glimpse),
                    row.text,
                    row.shared_at,
                    self._put_right(row),
                )
                for row in self.logged[focus.pk]
            ],
        )

    def _answered(self, observation: Observation) -> shape.Answered | None:
        row = self.replies.get(observation.pk)
        return row and shape.Answered(row.text, row.shared_at, self._put_right(row))

    def _goal(self, goal: Goal) -> shape.GoalSet:
        return shape.GoalSet(
            sentence=goal.sentence,
            count=goal.count,
            by_on=goal.by_on,
            set_at=goal.set_at,
            put_down_at=goal.put_down_at,
            entries=[self._entry(row) for row in self.entries[goal.pk]],
        )

    def _entry(self, entry: PracticeEntry) -> shape.Entry:
        line = self.lines.get(entry.pk)
        return shape.Entry(
            practised_on=entry.practised_on,
            line=line.text if line else "",
            line_shared_at=line.shared_at if line else None,
            corrections=self._put_right(line) if line else [],
        )

    def _congratulation(self, row: Congratulation) -> shape.Congratulated:
        return shape.Congratulated(
            by=row.author.name,
            text=row.text,
            aspect=row.focus.aspect.title if row.focus else "",
            session=self._title(row.session_id),
            written_at=row.written_at,
            corrections=self._put_right(row),
        )

    def _put_right(self, words: Model) -> list[shape.PutRight]:
        return [
            shape.PutRight(row.author.name, row.text, row.shared_at) for row in self.corrections[words.pk]
        ]

    def _brought(self, row: CarriedItem) -> shape.Brought:
        return shape.Brought(
            profile=row.aspect.profile.title,
            aspect=row.aspect.title,
            level=level_words_or_none(row.descriptor),
            note=row.note,
            noted_on=row.noted_on,
        )

    def _drafts(self, one: Partnership) -> list[shape.Drafted]:
        drafts = []
        for row in self.drafts[one.pk]:
            about = f", {row.focus.aspect.title}" if row.focus else ""
            place = f"{self._title(row.session_id)}{about}"
            drafts.append(shape.Drafted(place, label_of(row.field), row.text, row.saved_at))
        for row in self.agreement_drafts[one.pk]:
            words = [
                ("How often", row.rhythm_text),
                *((label_of(name), getattr(row, name)) for name in row.WORDS),
            ]
            drafts += [shape.Drafted("Agreement", name, text, row.saved_at) for name, text in words]
        return [draft for draft in drafts if draft.text]

    def _release(self, row: Release) -> shape.Shown:
        titles = {focus.aspect_slug: focus.aspect.title for focus in self.focuses[row.partnership_id]}
        what = self._title(row.session_id) or titles.get(row.aspect_slug, row.aspect_slug)
        return shape.Shown(row.reader.name, what, row.released_at, row.taken_back_at)
