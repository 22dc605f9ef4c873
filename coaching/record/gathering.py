"""Gathers an export: each kind of row is asked for once, however many there are, and only what the worker may read."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone

from coaching.dialogue.consultation import CONSULTATION_STEPS, CONVERSATION_STEPS
from coaching.dialogue.stages import BY_KEY, STAGES
from coaching.groups.models import GroupWords
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
    Invitation,
    Observation,
    OrientationWish,
    Partnership,
    Placement,
    PracticeEntry,
    PrivateEntry,
    Promise,
    Reflection,
    Release,
    ReviewedFocus,
    SelfRating,
    ShadowNote,
    ShownNote,
    StageWords,
    Target,
)
from coaching.record import shape
from coaching.training.models import TrainingNote
from profiles.models import LevelDescriptor
from sopcoach.models import User
from sopcoach.vault.keyring import keyring

FIELD_LABELS = {
    (stage.key, field.key): field.label
    for stage in STAGES
    for field in (*stage.opening_fields, *stage.fields)
}
STEP_TITLES = {step.key: step.title for step in (*CONVERSATION_STEPS, *CONSULTATION_STEPS)}


def export_for(user: User, partnership: Partnership | None = None) -> shape.Export:
    """Everything that `user` may read as a worker; with a partnership, of that one alone and nothing private."""
    own = (
        Partnership.objects.visible_to(user)
        .filter(worker=user)
        .for_list()
        .select_related("edition__provenance")
    )
    chosen = list(own.filter(pk=partnership.pk) if partnership else own)
    rows = _Rows(user, chosen)
    private = None if partnership else _PrivateRows(user)
    keyring().fetch({*rows.keepers, *(private.keepers if private else ())})
    return shape.Export(
        format=shape.FORMAT,
        notice=shape.NOTICE,
        made_at=timezone.now(),
        person=user.name,
        partnerships=[rows.coaching(one) for one in chosen],
        private=private.shaped() if private else None,
    )


def _level(descriptor: LevelDescriptor) -> shape.LevelWords:
    return shape.LevelWords(descriptor.level.number, descriptor.level.name, descriptor.text)


def _level_or_none(descriptor: LevelDescriptor | None) -> shape.LevelWords | None:
    return _level(descriptor) if descriptor else None


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _keepers(rows: Iterable[Any]) -> set[UUID]:
    return {row.erasable_unit().keeper for row in rows}


class _Rows:
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
        self.observations = self._by(by_focus, Observation, "author", descriptor, order="shared_at")
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
        self.keepers |= _keepers(self._all(found))
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
            agreements=self._agreements(one),
            marks=self._marks(one),
            focuses=[self._focus(focus) for focus in self.focuses[one.pk]],
            sessions=[self._session(session) for session in self.sessions[one.pk]],
            congratulations=[self._congratulation(row) for row in self.congratulations[one.pk]],
            brought_along=[self._brought(row) for row in self.carried[one.pk]],
            drafts=self._drafts(one),
            released=[self._release(row) for row in self.releases[one.pk]],
            events=self._events(one),
            opened=[shape.Opened(row.reader.name, row.label, row.first_at) for row in self.opened[one.pk]],
        )

    def _agreements(self, one: Partnership) -> list[shape.AgreementVersion]:
        rows = self.agreements[one.pk]
        in_force = next((row for row in rows if row.is_signed_by_both), None)
        return [
            shape.AgreementVersion(
                version=row.number,
                is_in_force=row == in_force and not one.is_ended,
                proposed_by=row.worker_signed_as
                if row.proposed_by_id == one.worker_id
                else row.supervisor_signed_as,
                worker_signed_at=row.worker_signed_at,
                worker_signed_as=row.worker_signed_as,
                supervisor_signed_at=row.supervisor_signed_at,
                supervisor_signed_as=row.supervisor_signed_as,
                rhythm=row.rhythm_text,
                place=row.place,
                purpose=row.purpose,
                readers=row.readers,
                concerns=row.concerns,
                limits=row.limits,
                changing=row.changing,
            )
            for row in rows
        ]

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
                    _level(row.descriptor),
                    _level_or_none(row.glimpse),
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
                    _level_or_none(row.descriptor),
                    row.shared_at,
                    self._put_right(row),
                )
                for row in self.observations[focus.pk]
            ],
            decisions=[
                shape.Decided(self._title(row.session_id), row.get_choice_display(), row.decided_at)
                for row in self.decisions[focus.pk]
            ],
            targets=[shape.Aimed(_level(row.descriptor), row.set_at) for row in self.targets[focus.pk]],
            goals=[self._goal(row) for row in self.goals[focus.pk]],
        )

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
            level=_level_or_none(row.descriptor),
            note=row.note,
            noted_on=row.noted_on,
        )

    def _drafts(self, one: Partnership) -> list[shape.Drafted]:
        drafts = []
        for row in self.drafts[one.pk]:
            about = f", {row.focus.aspect.title}" if row.focus else ""
            place = f"{self._title(row.session_id)}{about}"
            drafts.append(shape.Drafted(place, _label(row.field), row.text, row.saved_at))
        for row in self.agreement_drafts[one.pk]:
            words = [
                ("How often", row.rhythm_text),
                *((_label(name), getattr(row, name)) for name in row.WORDS),
            ]
            drafts += [shape.Drafted("Agreement", name, text, row.saved_at) for name, text in words]
        return [draft for draft in drafts if draft.text]

    def _release(self, row: Release) -> shape.Shown:
        titles = {focus.aspect_slug: focus.aspect.title for focus in self.focuses[row.partnership_id]}
        what = self._title(row.session_id) or titles.get(row.aspect_slug, row.aspect_slug)
        return shape.Shown(row.reader.name, what, row.released_at, row.taken_back_at)

    def _events(self, one: Partnership) -> list[shape.Event]:
        events = [
            shape.Event(f"Both went on with {row.edition}", row.agreed_at)
            for row in self.moves[one.pk]
            if row.agreed_at
        ]
        events += [
            shape.Event(
                "Both said that orientation was over" if row.is_over else "Orientation began", row.agreed_at
            )
            for row in self.wishes[one.pk]
            if row.agreed_at
        ]
        events += [
            shape.Event(f"Erased: {', '.join(row.lines)}", row.erased_at) for row in self.erasures[one.pk]
        ]
        return sorted(events, key=lambda event: event.at)


class _PrivateRows:
    """What the person keeps outside of any partnership."""

    def __init__(self, user: User) -> None:
        self.placements = list(Placement.objects.visible_to(user).for_list())
        self.entries = list(PrivateEntry.objects.visible_to(user).for_list())
        self.notes = list(ShadowNote.objects.visible_to(user).for_list().select_related("owner"))
        self.shown = list(ShownNote.objects.visible_to(user).filter(reader=user).for_list())
        self.training = list(TrainingNote.objects.visible_to(user))
        words = GroupWords.objects.visible_to(user).filter(author=user).select_related("session__group")
        self.group_words = list(words.order_by("saved_at"))
        asked = Invitation.objects.visible_to(user).for_list()
        # with a yes began a coaching, whose record is its worker's
        self.invitations = [row for row in asked if not row.is_yes or row.worker_id == user.pk]
        groups = [row.session.group for row in self.group_words]
        own = (self.placements, self.entries, self.notes, self.shown, self.training, self.group_words)
        self.keepers = _keepers(row for rows in (*own, groups, self.invitations) for row in rows)

    def shaped(self) -> shape.Private:
        return shape.Private(
            placements=[
                shape.Placed(
                    row.aspect.profile.title,
                    row.aspect.title,
                    _level(row.descriptor),
                    row.note,
                    row.placed_at,
                )
                for row in self.placements
            ],
            entries=[
                shape.Tried(row.aspect.profile.title, row.aspect.title, row.line, row.practised_on)
                for row in self.entries
            ],
            shadow_notes=[
                *(_shadowed(row, row.owner, row.colleague) for row in self.notes),
                *(_shadowed(row, row.author, row.reader) for row in self.shown),
            ],
            training_notes=[row.text for row in self.training if row.text],
            group_words=[
                shape.SaidInGroup(
                    row.session.group.title,
                    row.session.number,
                    STEP_TITLES[row.step],
                    row.text or "I pass",
                    row.saved_at,
                )
                for row in self.group_words
                if row.has_spoken
            ],
            invitations=[
                shape.Asked(
                    by=row.asker.name,
                    to=row.answerer.name,
                    words=row.words,
                    answer=row.get_answer_display(),
                    answer_words=row.answer_words,
                    sent_at=row.sent_at,
                )
                for row in self.invitations
            ],
        )


def _shadowed(row: ShadowNote | ShownNote, by: User, about: User | None) -> shape.Shadowed:
    return shape.Shadowed(
        by=by.name,
        about=about.name if about else "",
        profile=row.aspect.profile.title,
        aspect=row.aspect.title,
        stood_out=row.stood_out,
        question=row.question,
        seen_on=row.seen_on,
    )
