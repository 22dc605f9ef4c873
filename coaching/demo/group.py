"""The North unit's peers: a consultation that has been held, and one that is going on, with Petra's question."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from coaching.demo.clock import Clock, at, is_workday, workdays_from
from coaching.demo.people import DELE, LINH, PETRA, SAM, WANDA, Person
from coaching.groups.models import Group, GroupSeat, GroupSession, GroupWords, planning
from profiles.models import Edition, PracticeProfile
from sopcoach.models import User
from sopcoach.requests.actor import acting_as

TITLE = "North unit, thinking together"
PEERS = (LINH, PETRA, WANDA, DELE)
HELD_ON, GOING_ON = "three-questions", "safety-mapping"
PROFILES = frozenset({HELD_ON, GOING_ON})

type Line = tuple[str, Person, str]
"""A step, who speaks in it, and what they say; an empty text is "I pass"."""

HELD: tuple[Line, ...] = (
    ("purpose", LINH, "To hear how others start when nobody in the room wants to talk."),
    ("purpose", SAM, "To think with you, and to keep my own answers for last."),
    ("agreements", DELE, "Nobody has to finish a sentence for somebody else."),
    (
        "question",
        LINH,
        "A grandmother answered my first question, and from then on the parents only nodded. How do I get three "
        "questions to three people without running an interview?",
    ),
    ("works_well", PETRA, "You noticed who had gone quiet. That’s where it starts."),
    ("works_well", WANDA, "The grandmother trusts you enough to answer."),
    ("works_well", DELE, ""),
    ("works_well", SAM, "I heard three strengths of the family in your first two sentences."),
    ("worries", WANDA, "That the child’s day at home is told by somebody who isn’t there in the evening."),
    ("worries", DELE, "That we take nodding for agreeing."),
    ("prompts", PETRA, "What would the parents say works well about the grandmother’s help?"),
    ("prompts", WANDA, "Who would answer if you put the question on paper, in the middle of the table?"),
    ("prompts", DELE, "What did you do the last time a quiet person spoke?"),
    ("prompts", SAM, "What would be different for the child if all three answered?"),
    ("stood_out", DELE, "The question on paper. Nobody has to go first when everybody can write."),
    ("stood_out", PETRA, "We learn that a balanced inquiry begins with who is asked, before what is asked."),
    ("stood_out", WANDA, "A nod is not an answer yet. I’ll listen for that."),
    ("takes", LINH, "Paper in the middle, and the parents’ pens first. I’ll leave my own in my bag."),
    ("next_steps", LINH, "Use the Three Questions on paper with parents on 2 visits in the next 30 days."),
    ("next_steps", WANDA, "Use relationship questions with relatives on 3 calls in the next 30 days."),
    ("next_steps", PETRA, "Ask the quietest person first, once."),
    ("next_steps", DELE, "Sit in on one visit where somebody puts the questions on the table."),
)
HELD_FEEDBACK = (
    (LINH, "plus", "Nobody told me what to do, and I know what to do."),
    (DELE, "plus", "That I could pass."),
    (WANDA, "delta", "Ten minutes more for the prompts."),
)
RUNNING: tuple[Line, ...] = (
    ("purpose", PETRA, "To sort a map that I keep sorting by myself."),
    ("agreements", WANDA, "Speak for yourself. I need that one most."),
    (
        "question",
        PETRA,
        "A family and I sorted a map together. One card went back and forth: a grandmother comes by in the evenings. I "
        "put it under safety, a parent took it out again. I left it in the middle and have been thinking of it since.",
    ),
    ("works_well", LINH, "The parent felt free to take a card out of your hand."),
    ("works_well", DELE, "You left it in the middle. That took something."),
    ("works_well", SAM, "It sounds as if the map belongs to the family already."),
    ("worries", WANDA, "We don’t know what the evenings are like when the grandmother can’t come."),
    ("worries", LINH, ""),
    ("prompts", LINH, "What would make the grandmother’s evenings count as safety?"),
)


def tell(users: Mapping[Person, User], clock: Clock, now: datetime) -> None:
    """Tell it up to now: Linh has asked, and Sam waits for one more of the peers."""
    began = now - timedelta(minutes=20)
    today = timezone.localdate(began)
    if not is_workday(today):
        today = workdays_from(today, -1)
        began = at(today, 14)
    clock.go(at(workdays_from(today, -14), 11))
    with acting_as(users[SAM]):
        group = Group.open(by=users[SAM], title=TITLE, people=[users[peer] for peer in PEERS])
    _hold(group, users, clock, at(workdays_from(today, -10), 14))
    _sit_down(group, users, clock, began, GOING_ON, presenter=PETRA, advisor=WANDA, lines=RUNNING, seconds=20)


def _hold(group: Group, users: Mapping[Person, User], clock: Clock, moment: datetime) -> None:
    session = _sit_down(group, users, clock, moment, HELD_ON, presenter=LINH, advisor=PETRA, lines=HELD)
    _go(session, users, "feedback")
    for person, field, text in HELD_FEEDBACK:
        clock.later()
        with acting_as(users[person]):
            GroupWords.say(session, "feedback", by=users[person], field=field, text=text, revision=0)
    clock.later(300)
    with acting_as(users[SAM]):
        session.close(by=users[SAM])


def _sit_down(
    group: Group,
    users: Mapping[Person, User],
    clock: Clock,
    moment: datetime,
    profile: str,
    *,
    presenter: Person,
    advisor: Person,
    lines: tuple[Line, ...],
    seconds: int = 80,
) -> GroupSession:
    clock.go(moment - timedelta(minutes=10))
    with acting_as(users[SAM]):
        session = planning.plan(group, by=users[SAM], profile=_profile(profile), starts_at=moment)
    for peer in PEERS:
        clock.later(20)
        with acting_as(users[peer]):
            GroupSeat.join(session, by=users[peer])
    clock.go(moment)
    with acting_as(users[SAM]):
        session.give_parts(by=users[SAM], presenter=users[presenter], advisor=users[advisor])
        session.begin(by=users[SAM])
    for step, person, text in lines:
        clock.later(seconds)
        _go(session, users, step)
        with acting_as(users[person]):
            if text:
                GroupWords.say(session, step, by=users[person], field="words", text=text, revision=0)
            else:
                GroupWords.pass_on(session, step, by=users[person])
    return session


def _go(session: GroupSession, users: Mapping[Person, User], step: str) -> None:
    if session.step != step:
        with acting_as(users[SAM]):
            session.go_to(step, by=users[SAM])


def _profile(slug: str) -> PracticeProfile:
    return PracticeProfile.objects.get(edition=Edition.objects.current(), slug=slug)
