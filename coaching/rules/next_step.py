"""Who does what next in a partnership: one sentence, one button (product.md, 4). Pure: facts in, a sentence out."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from coaching.rules.slot import next_ahead
from coaching.rules.standing import Meeting, Situation
from sopcoach.words import dates
from sopcoach.words.wording import spelled

SOON = timedelta(days=3)
"""How long before a meeting the worker is reminded to look back, which takes five minutes."""


@dataclass(frozen=True)
class NextStep:
    """What happens next, in a sentence for the reader. `is_mine` says whether it is the reader's turn.

    `is_going_on`: the two sit together, and the step leads back to where they are.
    """

    place: int
    sentence: str
    label: str
    url: str
    is_mine: bool = True
    is_going_on: bool = False
    plan_at: datetime | None = None
    """Where a meeting was missed, or has no day, whose `number` this is: the day for which one press plans it."""
    number: int | None = None


def day_text(day: date | datetime) -> str:
    """A day as people say it: "today", "tomorrow", or "on Tuesday, December 8"."""
    distance = (dates.local_day(day) - timezone.localdate()).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(distance) or f"on {dates.day(day, 'weekday')}"


def moment_text(moment: datetime) -> str:
    """A meeting's time as people say it: "today at 10:00"."""
    return f"{day_text(moment)} at {dates.hour(moment)}"


def next_step(situation: Situation, *, within_session: bool = False) -> NextStep:
    """Say what happens next, to one of the two. Within a session it is the step that the session itself leads to."""
    here = situation.to("partnership")
    if situation.ended_at:
        sentence = f"Coaching with {situation.other} ended {day_text(situation.ended_at)}."
        return NextStep(6, sentence, "See what stays with you", here, is_mine=False)
    if situation.is_before_formal:
        return _before_formal(situation)
    following = _going_on(situation)
    if situation.is_paused:
        if situation.until_on and situation.until_on <= timezone.localdate():
            sentence = (
                "Your coaching is paused, and the day to look again is here. Go on, or set another day."
            )
            return NextStep(following.place, sentence, "Go on, or set another day", here)
        sentence = f"{situation.engagement_text}. Either of you can go on, on any day."
        return NextStep(following.place, sentence, "See where you are", here, is_mine=False)
    if situation.session and situation.session.is_open and not within_session:
        return _in_session(situation, situation.session, following)
    return following


def _before_formal(situation: Situation) -> NextStep:
    """To the worker what they can do; to the supervisor that it is going on, and until when (product.md, 6)."""
    here, other = situation.to("partnership"), situation.other
    day = day_text(situation.until_on or timezone.localdate()).removeprefix("on ")
    if situation.is_supervisor:
        until = "" if situation.is_check_in_due else f" until {day}"
        doing = f"is trying things on{until}" if situation.is_trying_on else "is observing"
        return NextStep(
            0, f"{other} {doing}. {other} says what comes next.", "See where you are", here, is_mine=False
        )
    if situation.is_check_in_due:
        return NextStep(0, "The day you set is here. What next? You say.", "Say what’s next", here)
    if situation.is_trying_on:
        return NextStep(
            0,
            f"You’re trying things on until {day}. What you keep is for your eyes only.",
            "Note what I tried",
            reverse("private_practice"),
        )
    return NextStep(
        0,
        "You’re observing. Go along with a colleague, and note what stood out to you.",
        "See whom I could shadow",
        reverse("shadowing"),
    )


def _in_session(situation: Situation, session: Meeting, following: NextStep) -> NextStep:
    """Back to where the two sit. The opening is at its conversation until the agreement has been proposed."""
    sentence, label = (
        f"You and {situation.other} are in session {session.number}.",
        f"Go on with session {session.number}",
    )
    if session.is_opening:
        is_talk = not situation.facts.rhythm and not situation.facts.has_proposal
        place, url = 1 if is_talk else following.place, situation.to("session", session.number)
        return NextStep(place, sentence, label, url, is_going_on=True)
    if not situation.has_looked_back:
        if situation.is_supervisor:
            sentence += f" {situation.other} looks back first. You come after."
        elif situation.has_reflection:
            sentence += f" {_left(situation)}"
        else:
            sentence += " You look back first."
    url = situation.to("stage", session.number, "content")
    return NextStep(following.place, sentence, label, url, is_going_on=True)


def _left(situation: Situation) -> str:
    left = situation.focuses_left
    return f"Go on: {spelled(left)} {'focus' if left == 1 else 'focuses'} left."


def _going_on(situation: Situation) -> NextStep:
    """The next step of formal coaching."""
    facts, session = situation.facts, situation.session
    if session and session.is_opening and not session.opened_at:
        return NextStep(
            1,
            f"Sit down with {situation.other} and begin with a conversation: best hopes, worst fears.",
            "Open the first session",
            situation.to("session", session.number),
        )
    if not facts.rhythm:
        return _agree(situation)
    if not facts.focus_count:
        return _walk_through(situation)
    if facts.has_proposal and facts.newest_proposed_by != situation.reader:
        return NextStep(
            5,
            f"{situation.other} has proposed a change to your agreement. Until you both sign, the old one stands.",
            "Read the change",
            situation.to("agreement"),
        )
    goal = _small_goal(situation) if situation.orientation else _goal(situation)
    is_begun = facts.has_had_goal and situation.in_review
    if session is None or (goal and not is_begun):
        sentence = "Your last session is closed."
        return goal or NextStep(5, sentence, "See where you are", situation.to("partnership"), is_mine=False)
    if session.is_open:
        return goal or _close(situation, session)
    return _practise_and_review(situation, session, goal)


def _agree(situation: Situation) -> NextStep:
    facts, other = situation.facts, situation.other
    if facts.has_proposal and facts.newest_proposed_by == situation.reader:
        sentence = f"{other} is reading the agreement you signed."
        return NextStep(2, sentence, "Read the agreement", situation.to("agreement"), is_mine=False)
    if facts.has_proposal:
        sentence = f"{other} has proposed how you’ll work together. Read it, and sign if it fits."
        return NextStep(2, sentence, "Read the agreement", situation.to("agreement"))
    return NextStep(
        2,
        "Agree on how you’ll work together: how often, for how long, and what this is for.",
        "Go on with your draft" if facts.has_draft else "Draft an agreement",
        situation.to("agreement_draft"),
    )


def _walk_through(situation: Situation) -> NextStep:
    other, url = situation.other, situation.to("walkthrough")
    mine_marked, theirs_marked = situation.facts.worker_marked, situation.facts.supervisor_marked
    if situation.is_supervisor:
        mine_marked, theirs_marked = theirs_marked, mine_marked
    if not mine_marked:
        sentence = f"Walk through the profiles and mark what interests you. {other} does the same."
        return NextStep(3, sentence, "Walk through the profiles", url)
    if not theirs_marked:
        sentence = f"{other} is still marking. Then you lay your marks side by side."
        return NextStep(3, sentence, "See where it stands", url, is_mine=False)
    sentence = "Lay your marks side by side, and pick up to three to work on first."
    return NextStep(3, sentence, "See where your marks meet", url)


def _small_goal(situation: Situation) -> NextStep | None:
    """In orientation one small goal is plenty, in whichever focus."""
    if situation.facts.has_goal:
        return None
    if situation.is_supervisor:
        sentence = f"{situation.other} finds something small to try. There’s no hurry, and no target."
        return NextStep(4, sentence, "See the goals", situation.to("goals"), is_mine=False)
    sentence = "Find something small to try, once or twice. There’s no hurry, and no target."
    return NextStep(4, sentence, "Set a small goal", situation.to("goals"))


def _goal(situation: Situation) -> NextStep | None:
    """What is missing before there is something to try out in each focus: a start, a target, or a goal (FAQ, goals)."""
    facts, goals = situation.facts, situation.to("goals")
    if facts.unaimed_count:
        what, others = f"“{facts.unaimed_title}”", facts.unaimed_count - 1
        if situation.is_supervisor:
            does, at = (
                ("chooses a target", "for") if facts.unaimed_has_start else ("says where to start", "in")
            )
            sentence = f"{situation.other} {does} {at} {what} next{_then(at, others)}. Ask what would be worth reaching."
            return NextStep(4, sentence, "See the goals", goals, is_mine=False)
        if facts.unaimed_has_start:
            url = situation.to("focus_target", facts.unaimed_slug)
            return NextStep(
                4, f"Say where you’d like to be in {what}.{_more(others)}", "Choose my target", url
            )
        sentence = f"Say where you are in {what}, and where you’d like to be.{_more(others)}"
        return NextStep(4, sentence, "Find where I am", situation.to("focus_start", facts.unaimed_slug))
    if not facts.goalless_count:
        return None
    what, others = f"“{facts.goalless_title}”", facts.goalless_count - 1
    if situation.is_supervisor:
        sentence = f"{situation.other} sets a goal for {what} next{_then('for', others)}. Ask what would be worth trying."
        return NextStep(4, sentence, "See the goals", goals, is_mine=False)
    sentence = f"Set a goal for {what}: something you can count, by a day you can name.{_more(others)}"
    return NextStep(4, sentence, "Set a goal", f"{goals}?focus={facts.goalless_slug}")


def _then(at: str, others: int) -> str:
    return f", and then {at} {spelled(others)} more" if others else ""


def _more(others: int) -> str:
    if not others:
        return ""
    return f" {spelled(others).capitalize()} more {'focus waits' if others == 1 else 'focuses wait'} for the same."


def _close(situation: Situation, session: Meeting) -> NextStep:
    """What is left to do within a session whose content is done."""
    return NextStep(
        5,
        f"Close session {session.number} with next steps, plus / delta, and a day to meet again.",
        f"Go on with session {session.number}",
        situation.to("stage", session.number, "next_steps"),
    )


def _practise_and_review(situation: Situation, session: Meeting, goal: NextStep | None) -> NextStep:
    """Between two sessions. `goal` is what is missing to try something out, which waits while a meeting is near."""
    other, title, page = situation.other, f"session {session.number}", situation.to("session", session.number)
    review = situation.to("stage", session.number, "content")
    if not situation.has_reflection and (nothing := _nothing_planned(situation, session, page)):
        return nothing
    when = moment_text(session.starts_at) if session.starts_at else "again"
    is_over = session.ends_at is not None and session.ends_at < timezone.now()
    meet = f"You planned to meet {other} {when}." if is_over else f"You meet {other} {when}."
    meet = meet if session.starts_at else f"You and {other} have no day to meet yet."
    if situation.is_supervisor:
        if situation.has_looked_back:
            return NextStep(
                5,
                f"{other} has looked back. {meet} Read it, then jot down what you saw that fits the goals.",
                f"Read what {other} shared",
                review,
            )
        if session.starts_at and dates.local_day(session.starts_at) <= timezone.localdate():
            begin = " Begin whenever you sit down." if is_over else ""
            return NextStep(5, f"{meet}{begin}", f"Open {title}", page)
        doing = f"{other} tries things out until you meet {when}."
        return goal or NextStep(5, doing, f"Look at {title}", page, is_mine=False)
    if situation.has_looked_back:
        return NextStep(5, f"You’ve looked back. {meet}", f"Open {title}", page)
    if situation.has_reflection:
        return NextStep(5, f"{_left(situation)} {meet}", "Go on with looking back", review)
    if session.starts_at and session.starts_at - timezone.now() < SOON:
        held_at, before = situation.facts.last_held_at, "Before you do" if is_over else "Before that"
        since = f" since {dates.day(held_at)}" if held_at else ""
        return NextStep(
            5,
            f"{meet} {before}, take five minutes: what went well{since}?",
            "Start with what went well",
            review,
        )
    return goal or NextStep(
        5,
        f"Try things out until you meet {other} {when}, and note what you tried.",
        "Note what I tried",
        reverse("practice"),
    )


def _nothing_planned(situation: Situation, session: Meeting, page: str) -> NextStep | None:
    """Where the day of the meeting has gone by without it, or it has none: the next day is one press away."""
    starts_at, facts = session.starts_at, situation.facts
    if starts_at and dates.local_day(starts_at) >= timezone.localdate():
        return None
    sentence = (
        f"No day is planned with {situation.other} at the moment, and that’s fine. Find one that suits you."
    )
    if starts_at:
        sentence = f"You planned to meet {situation.other} {moment_text(starts_at)}. Find another day whenever it suits you both."
    since = starts_at or facts.last_held_at or timezone.now()
    plan_at = next_ahead(since, facts.rhythm or "fortnightly", facts.slot)
    return NextStep(5, sentence, "Choose another day", page, plan_at=plan_at, number=session.number)
