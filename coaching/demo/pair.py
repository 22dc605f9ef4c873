"""Plays a story for one pair: each line of the script through the verb that a page would call."""

import uuid
from datetime import date, datetime, timedelta

from django.utils import timezone

from coaching.demo import script
from coaching.demo.clock import Clock, at, workdays_from
from coaching.demo.script import Opening, Said, Story, Terms
from coaching.models import (
    AgreementDraft,
    CoachingSession,
    Congratulation,
    Focus,
    Goal,
    Invitation,
    Partnership,
    PracticeEntry,
    Promise,
    SelfRating,
    Side,
    Target,
)
from coaching.models.agreement import require_agreement
from coaching.models.decision import decide
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.reply import reply
from coaching.models.self_rating import share_self_rating
from coaching.models.walkthrough import finish_marking, mark_interests
from coaching.rules.goal_days import day_meant
from profiles.models import SkillAspect
from sopcoach.models import User
from sopcoach.requests.actor import acting_as

FIRST_STAGES = ("purpose", "context", "agreements", "network", "outcome")
LAST_STAGES = ("feedback",)

TALK = 300
"""Seconds that go by with talking, and no typing, before a supervisor shares what they saw."""

FEEDBACK = timedelta(minutes=8)


class Pair:
    """Two people on their way: the story so far is what the database holds and what these few names point to."""

    def __init__(self, worker: User, supervisor: User, *, clock: Clock, first_on: date, hour: int) -> None:
        self.people = {Side.WORKER: worker, Side.SUPERVISOR: supervisor}
        self.worker, self.supervisor = worker, supervisor
        self.clock = clock
        self.first_on, self.hour = first_on, hour
        self.held_on = first_on
        self.focuses: dict[str, Focus] = {}
        self.goals: dict[str, Goal] = {}
        self.promises: dict[str, Promise] = {}

    def tell(self, story: Story, *, ahead: datetime) -> None:
        """Play the whole story; it ends with the next session planned for `ahead`."""
        with acting_as(self.worker):
            self._tell(story, ahead)

    def _tell(self, story: Story, ahead: datetime) -> None:
        self.partnership = self._begin(story.opening)
        self._hold_opening(story.opening)
        for meeting in story.meetings:
            self._live(meeting.since)
            self._hold(meeting)
        self._live(story.lately)
        if self.session.starts_at != ahead:
            self.clock.later(600)
            with acting_as(self.supervisor):
                self.session.move_to(ahead, by=self.supervisor)
            self.session.see_move(by=self.worker)

    # ------------------------------------------------------------ beginning

    def _begin(self, opening: Opening) -> Partnership:
        self._go_before(self.first_on, 6)
        with acting_as(self.supervisor):
            invitation = Invitation.send(by=self.supervisor, to=self.worker, words=opening.invitation)
        self._go_before(self.first_on, 4)
        partnership = invitation.reply(by=self.worker, answer=Invitation.Answer.FORMAL, words=opening.answer)
        if partnership is None:
            raise ValueError("A yes to formal coaching begins it.")
        self.session = partnership.sessions.get()
        self.clock.later()
        self.session.move_to(at(self.first_on, self.hour), by=self.supervisor)
        return partnership

    def _hold_opening(self, opening: Opening) -> None:
        self._open()
        self._say(opening.words, FIRST_STAGES)
        self._agree(opening.terms)
        self._promise(opening.promises)
        self._close(opening.words)
        self._go_after(3)
        self._mark(self.worker, opening.worker_marks)
        self._go_after(4)
        self._mark(self.supervisor, opening.supervisor_marks)
        self._go_after(6)
        self._start(opening.starts)
        for wish in opening.wishes:
            self._set(wish)

    def _mark(self, person: User, marks: tuple[str, ...]) -> None:
        with acting_as(person):
            mark_interests(self.partnership, by=person, aspects=set(self._aspects(marks)))
            self.clock.later()
            finish_marking(self.partnership, by=person)

    # ------------------------------------------------------------ a meeting

    def _hold(self, meeting: script.Meeting) -> None:
        if meeting.is_shared_early:
            self._go_before(self.day, 1)
            self._share(meeting)
        self._open()
        for name in meeting.kept:
            self._keep(name)
        for name in meeting.taken_on:
            self.clock.later()
            promise = self.promises[name]
            with acting_as(promise.keeper):
                self.promises[name] = promise.take_on(
                    by=promise.keeper, into=self.session, due_on=self._next_day
                )
        self._say(meeting.words, FIRST_STAGES)
        if not meeting.is_shared_early:
            self._share(meeting)
        self._review(meeting)
        self._start(meeting.starts)
        for name in meeting.let_go:
            self.clock.later()
            self.goals[name].put_down(by=self.worker)
        for wish in meeting.wishes:
            self._set(wish)
        if meeting.terms:
            self._agree(meeting.terms)
        self._promise(meeting.promises)
        self._close(meeting.words)

    def _share(self, meeting: script.Meeting) -> None:
        self.clock.later()
        share_reflection(
            self.session, by=self.worker, went_well=meeting.went_well, differently=meeting.differently
        )
        for looked in meeting.looked:
            self.clock.later()
            share_self_rating(
                self.session,
                self.focuses[looked.aspect],
                by=self.worker,
                level=looked.level,
                glimpse=looked.glimpse,
                because=looked.because,
            )

    def _review(self, meeting: script.Meeting) -> None:
        for looked in meeting.looked:
            focus = self.focuses[looked.aspect]
            self.clock.later(TALK)
            with acting_as(self.supervisor):
                share_observation(
                    self.session,
                    focus,
                    by=self.supervisor,
                    saw=looked.saw,
                    try_next=looked.try_next,
                    level=looked.supervisor_level,
                )
            if looked.reply:
                self.clock.later()
                reply(self.session, focus, by=self.worker, text=looked.reply)
            self.clock.later()
            decide(self.session, focus, by=self.worker, choice=looked.choice)
            for cheer in meeting.cheers:
                if cheer.aspect == looked.aspect:
                    self._cheer(cheer.by, cheer.text, session=self.session, focus=focus)

    def _open(self) -> None:
        self.clock.go(at(self.day, self.hour, 1))
        self.session.open(by=self.supervisor)

    def _close(self, words: tuple[Said, ...]) -> None:
        """Plus and delta in the last minutes, then the day of the next meeting in the rhythm agreed."""
        agreement = require_agreement(self.partnership)
        self._go_to_the_end()
        self._say(words, LAST_STAGES)
        self.clock.later()
        self.held_on = self.day
        with acting_as(self.supervisor):
            self.session = self.session.close(
                by=self.supervisor,
                next_starts_at=agreement.next_after(at(self.day, self.hour)),
                minutes=agreement.minutes,
            )

    def _go_to_the_end(self) -> None:
        ends_at = self.session.ends_at
        if ends_at and timezone.now() < ends_at - FEEDBACK:
            self.clock.go(ends_at - FEEDBACK)

    def _say(self, words: tuple[Said, ...], stages: tuple[str, ...]) -> None:
        for said in words:
            for person, text in ((self.worker, said.worker), (self.supervisor, said.supervisor)):
                if said.stage in stages and text:
                    self.clock.later(50)
                    with acting_as(person):
                        self.session.say(said.stage, by=person, field=said.field, text=text, revision=0)

    def _agree(self, terms: Terms) -> None:
        drafter = self.people[terms.drafter]
        other = self.people[SIDES_ACROSS[terms.drafter]]
        self.clock.later()
        with acting_as(drafter):
            draft = AgreementDraft.begin(self.partnership, by=drafter)
            draft.put(
                by=drafter,
                rhythm=terms.rhythm,
                minutes=terms.minutes,
                place=terms.place.format(weekday=f"{self.day:%A}"),
                purpose=draft.purpose,
                readers=draft.readers,
                concerns=draft.concerns,
            )
            agreement = draft.sign(by=drafter)
        self.clock.later(120)
        with acting_as(other):
            agreement.sign(by=other)

    def _promise(self, promises: tuple[script.Promised, ...]) -> None:
        for promised in promises:
            self.clock.later()
            keeper = self.people[promised.keeper]
            with acting_as(keeper):
                self.promises[promised.name] = Promise.make(
                    self.session, by=keeper, text=promised.text, due_on=self._next_day
                )

    # ------------------------------------------------------------ between meetings

    def _live(self, events: tuple[script.Event, ...]) -> None:
        for event in events:
            self._go_after(event.workday)
            match event:
                case script.Practised():
                    self._practise(event)
                case script.Kept():
                    self._keep(event.promise)
                case script.WentWell():
                    self._cheer(event.by, event.text)
                case script.Set():
                    self._set(event.wish)

    def _practise(self, practised: script.Practised) -> None:
        entry = PracticeEntry.note(self.goals[practised.goal], by=self.worker, client_key=uuid.uuid4())
        if practised.line:
            self.clock.later()
            entry.write_line(by=self.worker, text=practised.line, share=practised.is_shared)

    def _start(self, starts: tuple[script.Start, ...]) -> None:
        aspects = self._aspects(tuple(start.aspect for start in starts))
        self.focuses |= {
            focus.aspect_slug: focus for focus in Focus.choose(self.partnership, aspects, by=self.worker)
        }
        for start in starts:
            focus = self.focuses[start.aspect]
            self.clock.later()
            SelfRating.start(focus, by=self.worker, level=start.level, because=start.because)
            self.clock.later(20)
            Target.set(focus, start.target, by=self.worker)

    def _set(self, wish: script.Wish) -> None:
        self.clock.later()
        by_on = day_meant(wish.when, self.clock.today)
        if by_on is None:
            raise ValueError(f"“{wish.when}” says no day.")
        self.goals[wish.name] = Goal.set(
            self.focuses[wish.aspect],
            by=self.worker,
            by_on=by_on,
            by_phrase=wish.when,
            verb=wish.verb,
            practice=wish.practice,
            with_whom=wish.with_whom,
            joiner=wish.joiner,
            count=wish.count,
            unit=wish.unit,
        )

    def _keep(self, name: str) -> None:
        self.clock.later(30)
        promise = self.promises[name]
        with acting_as(promise.keeper):
            promise.keep(by=promise.keeper)

    def _cheer(
        self, by: Side, text: str, *, session: CoachingSession | None = None, focus: Focus | None = None
    ) -> None:
        self.clock.later(40)
        with acting_as(self.people[by]):
            Congratulation.give(self.partnership, by=self.people[by], text=text, session=session, focus=focus)

    # ------------------------------------------------------------ days and names

    @property
    def day(self) -> date:
        """The day of the meeting that is planned or going on."""
        return self.session.held_on

    @property
    def _next_day(self) -> date:
        agreement = require_agreement(self.partnership)
        return agreement.next_after(at(self.day, self.hour)).date()

    def _go_before(self, day: date, workdays: int) -> None:
        self.clock.go(at(workdays_from(day, -workdays), 15, 40))

    def _go_after(self, workdays: int) -> None:
        """To that many workdays after the last meeting; to a little later where two things happen on one day."""
        moment = at(workdays_from(self.held_on, workdays), 13, 10)
        if timezone.now() < moment:
            self.clock.go(moment)
        else:
            self.clock.later(1_500)

    def _aspects(self, slugs: tuple[str, ...]) -> list[SkillAspect]:
        found = {aspect.slug: aspect for aspect in self.partnership.edition.aspects.filter(slug__in=slugs)}
        return [found[slug] for slug in slugs]


SIDES_ACROSS = {Side.WORKER: Side.SUPERVISOR, Side.SUPERVISOR: Side.WORKER}
