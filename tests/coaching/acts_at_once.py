"""What two people may do at the same instant: every verb of a pair, by each side that it is for, in the worlds in which
it can be done. A verb that is missing here fails the suite (test_postgres_verbs_at_once)."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import models
from django.utils import timezone

from coaching.models import (
    AgreementDraft,
    CoachingSession,
    Congratulation,
    Correction,
    Draft,
    EditionMove,
    Focus,
    Invitation,
    LoggedLevel,
    OrientationWish,
    Partnership,
    Placement,
    PracticeEntry,
    Promise,
    SelfRating,
    Target,
    carry,
    engagement,
    trying_on,
)
from coaching.models.asked_otherwise import put_otherwise, withdraw
from coaching.models.decision import decide
from coaching.models.erasing import (
    agree_to_erase,
    ask_to_erase,
    erase_all,
    erase_private,
    withdraw_from_erasing,
)
from coaching.models.left_open import close_as_of, plan_anew, say_it_went_on, take_back_beginning
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.release import release
from coaching.models.reply import reply
from coaching.models.self_rating import share_self_rating
from coaching.models.walkthrough import finish_marking, mark_interests
from sopcoach.models import User
from tests.cast import Cast
from tests.coaching import steps
from tests.coaching.test_edition_move import newer_edition_of

type Rows = Mapping[str, models.Model]
type Do = Callable[[], object]


class NotThere(LookupError):
    """What an act is about isn't in this world, or not any more, or not for this person: a page would be a 404."""


@dataclass(frozen=True)
class Here:
    """One side's desk in a world: what they have before them, loaded when their page was."""

    cast: Cast
    me: User
    rows: Rows

    def __getattr__(self, name: str) -> Any:
        """A row of the world by its name; `own_…` is this side's."""
        row = self.rows.get(name.replace("own", self.me.short_name.lower()))
        if row is None:
            raise NotThere(name)
        found = type(row)._default_manager.visible_to(self.me).filter(pk=row.pk).first()
        if found is None:
            raise NotThere(name)
        return found

    @property
    def is_worker(self) -> bool:
        return self.me == self.cast.wanda

    @property
    def other(self) -> User:
        return self.cast.sam if self.is_worker else self.cast.wanda


WORKER, SUPERVISOR, EITHER = ("Wanda",), ("Sam",), ("Wanda", "Sam")


def soon(days: int = 14) -> Any:
    return timezone.now() + timedelta(days=days)


def _words(here: Here, verb: Callable[..., object], **more: object) -> Do:
    return partial(verb, "purpose", by=here.me, field="words", text=here.me.name, revision=0, **more)


def _term(here: Here) -> Do:
    revisions = AgreementDraft.begin(here.pair, by=here.me).revisions
    return partial(
        AgreementDraft.keep,
        here.pair,
        by=here.me,
        field="place",
        text=f"At {here.me.name}’s desk.",
        revision=revisions["place"],
    )


def _terms(here: Here) -> Do:
    draft = here.own_draft
    terms = {name: getattr(draft, name) for name in AgreementDraft.FIELDS} | {"minutes": 90}
    return partial(draft.put, by=here.me, **terms)


def _draft(here: Here) -> Do:
    if here.is_worker:
        return partial(Draft.put, here.session, by=here.me, field="went_well", text="I wait.", revision=0)
    return partial(Draft.put, here.session, by=here.me, field="congratulation", text="Well done.", revision=0)


def _aspect(here: Here, place: int) -> Any:
    return steps.aspects_of(here.pair)[place]


ACTS: dict[str, tuple[tuple[str, ...], Callable[[Here], Do]]] = {
    "Invitation.send": (
        SUPERVISOR,
        lambda h: partial(Invitation.send, by=h.me, to=h.other, words="Would you?"),
    ),
    "Invitation.send_to_all": (
        SUPERVISOR,
        lambda h: partial(Invitation.send_to_all, by=h.me, to=[h.other, h.cast.petra], words="Would you?"),
    ),
    "Invitation.ask": (
        WORKER,
        lambda h: partial(Invitation.ask, by=h.me, to=h.other, wish="formal", words="Would you?"),
    ),
    "Invitation.reply": (EITHER, lambda h: partial(h.asked_of_own.reply, by=h.me, answer="formal")),
    "withdraw": (EITHER, lambda h: partial(withdraw, h.asked_by_own, by=h.me)),
    "put_otherwise": (EITHER, lambda h: partial(put_otherwise, h.asked_by_own, by=h.me, words="Please.")),
    "observe": (WORKER, lambda h: partial(trying_on.observe, h.pair, by=h.me)),
    "try_on": (WORKER, lambda h: partial(trying_on.try_on, h.pair, by=h.me)),
    "formalize": (WORKER, lambda h: partial(engagement.formalize, h.pair, by=h.me)),
    "pause": (EITHER, lambda h: partial(engagement.pause, h.pair, by=h.me)),
    "resume": (EITHER, lambda h: partial(engagement.resume, h.pair, by=h.me)),
    "Partnership.choose_path": (EITHER, lambda h: partial(h.pair.choose_path, "one_by_one", by=h.me)),
    "end": (EITHER, lambda h: partial(engagement.end, h.pair, by=h.me)),
    "CoachingSession.open": (EITHER, lambda h: partial(h.session.open, by=h.me)),
    "take_back_beginning": (EITHER, lambda h: partial(take_back_beginning, h.session, by=h.me)),
    "close_as_of": (EITHER, lambda h: partial(close_as_of, h.left_open, by=h.me)),
    "say_it_went_on": (EITHER, lambda h: partial(say_it_went_on, h.left_open, by=h.me)),
    "plan_anew": (EITHER, lambda h: partial(plan_anew, h.session, by=h.me)),
    "CoachingSession.close": (
        EITHER,
        lambda h: partial(h.session.close, by=h.me, next_starts_at=soon(), minutes=60),
    ),
    "Planned.call_off": (EITHER, lambda h: partial(h.session.call_off, by=h.me)),
    "Planned.see_move": (EITHER, lambda h: partial(h.session.see_move, by=h.me)),
    "Planned.move_to": (EITHER, lambda h: partial(h.session.move_to, soon(20), by=h.me)),
    "CoachingSession.converse": (EITHER, lambda h: partial(CoachingSession.converse, h.pair, by=h.me)),
    "CoachingSession.end_conversation": (EITHER, lambda h: partial(h.talk.end_conversation, by=h.me)),
    "CoachingSession.say": (EITHER, lambda h: _words(h, h.session.say)),
    "AgreementDraft.keep": (EITHER, _term),
    "AgreementDraft.put": (EITHER, _terms),
    "AgreementDraft.sign": (EITHER, lambda h: partial(h.own_draft.sign, by=h.me)),
    "Agreement.sign": (WORKER, lambda h: partial(h.agreement.sign, by=h.me)),
    "mark_interests": (
        EITHER,
        lambda h: partial(mark_interests, h.pair, by=h.me, aspects={_aspect(h, 0), _aspect(h, 4)}),
    ),
    "finish_marking": (EITHER, lambda h: partial(finish_marking, h.pair, by=h.me)),
    "Focus.choose": (
        EITHER,
        lambda h: partial(Focus.choose, h.pair, [_aspect(h, 4 if h.is_worker else 5)], by=h.me),
    ),
    "Focus.rest": (WORKER, lambda h: partial(h.focus.rest, by=h.me)),
    "SelfRating.start": (WORKER, lambda h: partial(SelfRating.start, h.new_focus, by=h.me, level=3)),
    "Target.set": (WORKER, lambda h: partial(Target.set, h.unaimed, 4, by=h.me)),
    "Target.raise_by_one": (
        WORKER,
        lambda h: partial(Target.raise_by_one, h.focus, by=h.me, reached=h.rating),
    ),
    "Goal.set": (WORKER, lambda h: partial(steps.set_goal, h.focus)),
    "Goal.put_down": (WORKER, lambda h: partial(h.goal.put_down, by=h.me)),
    "PracticeEntry.note": (
        WORKER,
        lambda h: partial(PracticeEntry.note, h.goal, by=h.me, client_key=uuid.UUID(int=7)),
    ),
    "PracticeEntry.say_when": (
        WORKER,
        lambda h: partial(h.entry.say_when, by=h.me, practised_on=timezone.localdate()),
    ),
    "PracticeEntry.undo": (WORKER, lambda h: partial(h.entry.undo, by=h.me)),
    "PracticeEntry.write_line": (
        WORKER,
        lambda h: partial(h.entry.write_line, by=h.me, text="It went well.", share=True),
    ),
    "LoggedLevel.log": (
        WORKER,
        lambda h: partial(LoggedLevel.log, h.focus, by=h.me, level=4, client_key=uuid.UUID(int=8)),
    ),
    "LoggedLevel.say_when": (
        WORKER,
        lambda h: partial(h.logged.say_when, by=h.me, logged_on=timezone.localdate()),
    ),
    "LoggedLevel.undo": (WORKER, lambda h: partial(h.logged.undo, by=h.me)),
    "LoggedLevel.write_line": (
        WORKER,
        lambda h: partial(h.logged.write_line, by=h.me, text="It came by itself.", share=True),
    ),
    "carry": (WORKER, lambda h: partial(carry, [h.placement], into=h.pair, by=h.me)),
    "share_reflection": (
        WORKER,
        lambda h: partial(share_reflection, h.session, by=h.me, went_well="I waited.", differently=""),
    ),
    "share_self_rating": (
        WORKER,
        lambda h: partial(share_self_rating, h.session, h.unrated, by=h.me, level=4),
    ),
    "share_observation": (
        SUPERVISOR,
        lambda h: partial(share_observation, h.session, h.unseen, by=h.me, saw="You waited.", level=4),
    ),
    "reply": (WORKER, lambda h: partial(reply, h.session, h.seen, by=h.me, text="I saw it otherwise.")),
    "decide": (WORKER, lambda h: partial(decide, h.session, h.focus, by=h.me, choice="raise")),
    "Congratulation.give": (
        EITHER,
        lambda h: partial(Congratulation.give, h.pair, by=h.me, text="Well done."),
    ),
    "Correction.put": (EITHER, lambda h: partial(Correction.put, h.own_words, by=h.me, text="I meant this.")),
    "Draft.put": (EITHER, _draft),
    "Draft.drop": (EITHER, lambda h: partial(Draft.drop, h.session, by=h.me, field="promise")),
    "Promise.make": (
        EITHER,
        lambda h: partial(Promise.make, h.session, by=h.me, text="I will.", due_on=soon().date()),
    ),
    "Promise.keep": (EITHER, lambda h: partial(h.promise_of_own.keep, by=h.me)),
    "Promise.take_on": (
        EITHER,
        lambda h: partial(h.promise_of_own.take_on, by=h.me, into=h.session, due_on=soon().date()),
    ),
    "Promise.take_back": (EITHER, lambda h: partial(h.new_promise_of_own.take_back, by=h.me)),
    "OrientationWish.propose": (EITHER, lambda h: partial(OrientationWish.propose, h.pair, by=h.me)),
    "EditionMove.propose": (EITHER, lambda h: partial(EditionMove.propose, h.pair, by=h.me)),
    "EditionMove.agree": (SUPERVISOR, lambda h: partial(h.move.agree, by=h.me)),
    "Wish.take_back": (EITHER, lambda h: partial(h.wish.take_back, by=h.me)),
    "ask_to_erase": (WORKER, lambda h: partial(ask_to_erase, h.pair, by=h.me)),
    "agree_to_erase": (SUPERVISOR, lambda h: partial(agree_to_erase, h.pair, by=h.me)),
    "withdraw_from_erasing": (EITHER, lambda h: partial(withdraw_from_erasing, h.pair, by=h.me)),
    "erase_private": (WORKER, lambda h: partial(erase_private, h.pair, by=h.me)),
    "erase_all": (WORKER, lambda h: partial(erase_all, h.pair, by=h.me)),
    "release": (
        WORKER,
        lambda h: partial(
            release, h.pair, by=h.me, into=h.next_pair, aspects=[h.focus.aspect_slug], sessions=[1]
        ),
    ),
    "Release.take_back": (WORKER, lambda h: partial(h.release.take_back, by=h.me)),
}


# ------------------------------------------------------------ worlds


def _pair(pair: Partnership, **more: models.Model) -> dict[str, models.Model]:
    return {"pair": pair} | more


def nobody_has_asked(cast: Cast) -> Rows:
    return {}


def sam_has_asked(cast: Cast) -> Rows:
    asked = Invitation.send(by=cast.sam, to=cast.wanda, words="Would you?")
    return {"asked_of_wanda": asked, "asked_by_sam": asked}


def wanda_has_asked(cast: Cast) -> Rows:
    asked = Invitation.ask(by=cast.wanda, to=cast.sam, wish="formal", words="Would you?")
    return {"asked_of_sam": asked, "asked_by_wanda": asked}


def trying(cast: Cast) -> Rows:
    invitation = Invitation.send(by=cast.sam, to=cast.wanda, words="Would you?")
    return _pair(invitation.reply(by=cast.wanda, answer="trying_on"))


def beginning(cast: Cast) -> Rows:
    """Session 1 goes on; Sam has proposed an agreement, and each has a draft of another."""
    pair = steps.begin(cast.wanda, cast.sam)
    session = steps.open_session(pair)
    proposed = _new_draft(pair, cast.sam, 60).sign(by=cast.sam)
    return _pair(
        pair,
        session=session,
        agreement=proposed,
        wanda_draft=_new_draft(pair, cast.wanda, 90),
        sam_draft=_new_draft(pair, cast.sam, 120),
    )


def _new_draft(pair: Partnership, author: User, minutes: int) -> AgreementDraft:
    draft = AgreementDraft.begin(pair, by=author)
    terms = {name: getattr(draft, name) for name in AgreementDraft.FIELDS}
    draft.put(by=author, **terms | {"rhythm": "fortnightly", "minutes": minutes, "place": "Here."})
    return draft


def looking_around(cast: Cast) -> Rows:
    """Agreed; in the walk-through, with focuses that have no target yet; Wanda wishes for orientation."""
    pair = steps.begin(cast.wanda, cast.sam)
    session = steps.open_session(pair)
    steps.agree(pair)
    first, *_ = aspects = steps.aspects_of(pair)
    mark_interests(pair, by=cast.wanda, aspects={first})
    unaimed, new = Focus.choose(pair, aspects[:2], by=cast.wanda)
    SelfRating.start(unaimed, by=cast.wanda, level=3)
    wish = OrientationWish.propose(pair, by=cast.wanda)
    placement = Placement.place(aspects[3], by=cast.wanda, level=3, note="As I see it.")
    return _pair(
        pair, session=session, unaimed=unaimed, new_focus=new, focus=unaimed, wish=wish, placement=placement
    )


def between_sessions(cast: Cast) -> Rows:
    """Session 2 is planned, with goals and promises; both would erase, and Wanda would move to a newer edition."""
    ready = _ready(cast)
    newer_edition_of(ready.pair)
    move = EditionMove.propose(ready.pair, by=cast.wanda)
    Draft.put(ready.session, by=cast.sam, field="promise", text="I will.", revision=0)
    ask_to_erase(ready.pair, by=cast.wanda)
    agree_to_erase(ready.pair, by=cast.sam)
    return ready.rows() | {"move": move, "wish": move}


@dataclass
class _Ready:
    pair: Partnership
    session: CoachingSession
    more: dict[str, models.Model]

    def rows(self) -> dict[str, models.Model]:
        return _pair(self.pair, session=self.session) | self.more


def _ready(cast: Cast, *, focuses: int = 2) -> _Ready:
    pair = steps.begin(cast.wanda, cast.sam)
    first = steps.open_session(pair)
    steps.agree(pair)
    steps.walk_through(pair)
    made = steps.focus_on(pair, focuses)
    goal = steps.set_goal(made[0])
    (entry,) = steps.practise(goal)
    logged = steps.log_level(made[0], level=5)
    promises = {
        f"promise_of_{person.short_name.lower()}": Promise.make(
            first, by=person, text="I will.", due_on=soon().date()
        )
        for person in (cast.wanda, cast.sam)
    }
    following = steps.close(first)
    return _Ready(
        pair, following, {"focus": made[0], "goal": goal, "entry": entry, "logged": logged, **promises}
    )


def in_session(cast: Cast) -> Rows:
    """Session 2 goes on and nothing has been shared in it; a conversation goes on beside it."""
    ready = _ready(cast)
    ready.session.open(by=cast.sam)
    new = {
        f"new_promise_of_{person.short_name.lower()}": Promise.make(
            ready.session, by=person, text="I will too.", due_on=soon().date()
        )
        for person in (cast.wanda, cast.sam)
    }
    talk = CoachingSession.converse(ready.pair, by=cast.sam)
    CoachingSession.objects.filter(pk=talk.pk).update(opened_at=timezone.now() - timedelta(days=2))
    return ready.rows() | new | {"talk": talk, "left_open": talk}


def just_begun(cast: Cast) -> Rows:
    """Session 2 has begun, and nobody has said anything in it."""
    ready = _ready(cast)
    ready.session.open(by=cast.sam)
    return ready.rows()


def half_rated(cast: Cast) -> Rows:
    ready = _ready(cast)
    ready.session.open(by=cast.sam)
    first, second = ready.pair.focuses.order_by("slot")
    share_reflection(ready.session, by=cast.wanda, went_well="I waited.", differently="")
    share_self_rating(ready.session, first, by=cast.wanda, level=4)
    return ready.rows() | {"unrated": second}


def rated(cast: Cast) -> Rows:
    """Both focuses are rated, one is seen as well."""
    ready = _ready(cast)
    ready.session.open(by=cast.sam)
    first, second = ready.pair.focuses.order_by("slot")
    share_reflection(ready.session, by=cast.wanda, went_well="I waited.", differently="")
    rating, _ = (share_self_rating(ready.session, one, by=cast.wanda, level=4) for one in (first, second))
    seen = share_observation(ready.session, first, by=cast.sam, saw="You waited.", level=4)
    words = {"wanda_words": rating, "sam_words": seen}
    return ready.rows() | {"unseen": second, "seen": first, "rating": rating} | words


def with_a_next_supervisor(cast: Cast) -> Rows:
    """Wanda is coached by Nia as well, and has released something to her."""
    ready = _ready(cast)
    following = steps.begin(cast.wanda, cast.nia)
    (shown,) = release(ready.pair, by=cast.wanda, into=following, sessions=[1])
    return ready.rows() | {"next_pair": following, "release": shown}


def paused(cast: Cast) -> Rows:
    ready = _ready(cast)
    engagement.pause(ready.pair, by=cast.sam)
    return ready.rows()


def ended(cast: Cast) -> Rows:
    ready = _ready(cast)
    engagement.end(ready.pair, by=cast.sam)
    return ready.rows()


WORLDS: tuple[Callable[[Cast], Rows], ...] = (
    nobody_has_asked,
    sam_has_asked,
    wanda_has_asked,
    trying,
    beginning,
    looking_around,
    in_session,
    just_begun,
    half_rated,
    rated,
    with_a_next_supervisor,
    paused,
    ended,
    between_sessions,  # last, since a newer edition stays
)
