"""One coaching cycle in a real browser, from an invitation to a target raised by one (product.md, 4).

Two people sit in two browsers before the product itself, with the edition that ships. What one of them writes comes to
the other by itself. Then the worker's parts again on a phone, while the supervisor acts through the domain.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from coaching.dialogue.stages import STAGES
from coaching.models import (
    AgreementDraft,
    CoachingSession,
    Congratulation,
    Decision,
    EntryLine,
    Invitation,
    Observation,
    Partnership,
    PracticeEntry,
    Promise,
    StageWords,
)
from coaching.models.observation import share_observation
from coaching.models.walkthrough import finish_marking, mark_interests
from tests.browser.person import Person
from tests.cast import Cast
from tests.coaching import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GOAL = "Use Three Questions with caregivers on 5 cases in the next 30 days"
CHEER = "You waited for the answer, and it came."


def test_two_people_go_from_an_invitation_to_a_target_raised_by_one(
    cast: Cast, sits_down: Callable[..., Person]
) -> None:
    sam, wanda = sits_down(cast.sam), sits_down(cast.wanda)
    supervisor_invites(sam)
    worker_accepts(wanda)
    partnership = Partnership.objects.get()

    worker_begins_the_opening_session(wanda)
    supervisor_joins(sam)
    both_talk_along_the_stages(sam, wanda)
    supervisor_drafts_and_signs(sam)
    worker_reads_and_signs(wanda)
    sam.shows_what_is_new()
    sam.reads("Our agreement")
    worker_marks(wanda)
    wanda.reads("You’re done. Sam is still marking")
    supervisor_marks(sam)
    wanda.shows_what_is_new()
    wanda.reads("Where your marks meet")
    both_pick_what_to_work_on(sam, wanda)
    worker_says_where_to_start_and_aim(wanda)
    worker_sets_a_goal(wanda)
    both_close_the_opening_session(sam, wanda)

    worker_practises(wanda)

    worker_looks_at_last_times_promises(wanda)
    supervisor_waits_and_drafts(sam)
    worker_looks_back_and_rates(wanda)
    supervisor_shares(sam)
    worker_raises_the_target(wanda)
    supervisor_congratulates(sam)
    sam.follows("On to next steps")
    both_close_the_progress_session(sam, wanda)

    for person, whose in ((wanda, "your"), (sam, "Wanda’s")):
        sees_movement(person, whose)
        sees_celebrations(person)
    assert partnership.agreements.get().is_signed_by_both
    assert [target.level for target in partnership.focuses.get().targets.all()] == [4, 5]
    assert [session.status for session in partnership.sessions.all()] == ["closed", "closed", "planned"]


def test_a_worker_goes_the_same_way_on_a_phone(cast: Cast, sits_down: Callable[..., Person]) -> None:
    Invitation.send(by=cast.sam, to=cast.wanda, words="Would you like company in trying them?")
    wanda = sits_down(cast.wanda, 390)
    worker_accepts(wanda)
    partnership = Partnership.objects.get()

    worker_begins_the_opening_session(wanda)
    session = partnership.sessions.get()
    for stage in STAGES[:5]:
        supervisor_says(session, stage.key)
        worker_talks_in(wanda, stage.key)
    wanda.reads("How do we want to work?")
    draft = AgreementDraft.begin(partnership, by=cast.sam)
    draft.sign(by=cast.sam)
    worker_reads_and_signs(wanda)
    worker_marks(wanda)
    mark_interests(partnership, by=cast.sam, aspects=set(steps.aspects_of(partnership)[:2]))
    finish_marking(partnership, by=cast.sam)
    wanda.shows_what_is_new()
    wanda.reads("Where your marks meet")
    worker_picks(wanda)
    worker_says_where_to_start_and_aim(wanda)
    worker_sets_a_goal(wanda)
    opens_the_session(wanda, 1)
    wanda.follows("Next steps")
    week = timezone.localdate() + timedelta(days=7)
    Promise.make(session, by=cast.sam, text="Sam will ask before telling.", due_on=week)
    worker_closes(wanda, "Wanda will ask before telling.")

    worker_practises(wanda)

    worker_looks_at_last_times_promises(wanda)
    session = partnership.sessions.get(number=2)
    session.open(by=cast.sam)
    worker_looks_back_and_rates(wanda)
    focus = partnership.focuses.get()
    share_observation(
        session, focus, by=cast.sam, saw="You asked, and then you waited.", try_next="Say it back.", level=4
    )
    worker_raises_the_target(wanda)
    Congratulation.give(partnership, by=cast.sam, text=CHEER, session=session, focus=focus)
    worker_closes(wanda, "Wanda will say it back.", CHEER)

    sees_movement(wanda, "your")
    sees_celebrations(wanda)
    assert Decision.objects.get().choice == Decision.Choice.RAISE
    assert focus.target.level == 5


# ---------------------------------------------------------------- engage


def supervisor_invites(sam: Person) -> None:
    sam.reads(re.compile("Welcome, Sam"))
    sam.follows("Invite a worker")
    sam.reads("Invite a worker")
    sam.ticks("Wanda Reyes")
    sam.writes("You asked good questions about the Three Houses.", into="A few words from you")
    sam.presses("Send it")
    sam.is_told("Your invitation is with Wanda Reyes.")


def worker_accepts(wanda: Person) -> None:
    wanda.goes_home()
    wanda.reads(re.compile("Wanda"))
    wanda.follows("Read Sam’s invitation")
    wanda.reads("Sam Ortiz would like to learn with you")
    wanda.chooses("Formal coaching")
    wanda.writes("Gladly.", into="A word to Sam?")
    wanda.presses("Send my answer")
    wanda.reads("Coaching with Sam Ortiz")


# ---------------------------------------------------------------- open


def worker_begins_the_opening_session(wanda: Person) -> None:
    wanda.follows("Open the first session")
    wanda.reads("Our opening session")
    wanda.presses("Begin session 1")


def supervisor_joins(sam: Person) -> None:
    sam.goes_home()
    sam.reads(re.compile("Sam"))
    sam.follows("Open session 1 with Wanda Reyes")
    sam.reads("Our opening session")
    sam.follows("Go on with Purpose")


def both_talk_along_the_stages(sam: Person, wanda: Person) -> None:
    for stage in STAGES[:5]:
        for person in (sam, wanda):
            writes_in(person, stage.key)
        if stage.key in {"purpose", "outcome"}:  # in the others the way on saves what is written
            both_read_each_other(sam, wanda, stage.key)
        for person in (sam, wanda):
            person.presses(re.compile("^On to "))
    for person in (sam, wanda):
        person.reads("How do we want to work?")
    said = {(words.author.short_name, words.stage) for words in StageWords.objects.select_related("author")}
    assert said == {(name, stage.key) for name in ("Sam", "Wanda") for stage in STAGES[:5]}


def both_read_each_other(sam: Person, wanda: Person, stage: str) -> None:
    for person in (sam, wanda):
        person.has_saved()
    if stage != "purpose":  # there the words come without anybody's doing
        sam.comes_back()
        wanda.comes_back()
    sam.sees(words_of("Wanda", stage), under="Wanda’s words")
    wanda.sees(words_of("Sam", stage), under="Sam’s words")


def words_of(name: str, stage: str) -> str:
    return f"{name} hopes for talk about practice." if stage == "outcome" else f"{name}, on {stage}."


def writes_in(person: Person, stage: str) -> None:
    opening = next(one for one in STAGES if one.key == stage)
    person.reads(opening.question_in(opening=True))
    if stage == "outcome":
        person.writes(words_of(person.name, stage), into="Best hopes")
        person.writes("That these words turn up in a review.", into="Worst fears")
    else:
        person.writes(words_of(person.name, stage), into="My words")


def worker_talks_in(wanda: Person, stage: str) -> None:
    writes_in(wanda, stage)
    wanda.comes_back()
    wanda.sees(words_of("Sam", stage), under="Sam’s words")
    wanda.presses(re.compile("^On to "))


def supervisor_says(session: CoachingSession, stage: str) -> None:
    field = "best_hopes" if stage == "outcome" else "words"
    text = words_of("Sam", stage)
    session.say(stage, by=session.partnership.supervisor, field=field, text=text, revision=0)


# ---------------------------------------------------------------- agree


def supervisor_drafts_and_signs(sam: Person) -> None:
    sam.follows("Draft an agreement")
    sam.reads("Draft an agreement")
    sam.writes("On Tuesdays at ten, at Sam’s desk.", into="Where and when")
    sam.presses("Sign it and show it to Wanda")
    sam.reads("Waiting for Wanda")


def worker_reads_and_signs(wanda: Person) -> None:
    wanda.page.reload()
    wanda.follows("Read the agreement")
    wanda.reads("An agreement to sign, or not")
    wanda.presses("Sign as Wanda Reyes")
    wanda.reads("Our agreement")
    wanda.is_told("You have both signed.")


# ---------------------------------------------------------------- walk through


def worker_marks(wanda: Person) -> None:
    wanda.follows("Walk through the profiles")
    wanda.reads("What interests you?")
    wanda.ticks("Balanced inquiry")
    wanda.is_told("1 marked. Saved at")
    wanda.ticks("Listening and following")
    wanda.is_told("2 marked. Saved at")
    wanda.presses("I’m done marking")
    wanda.reads("Are you done marking?")
    wanda.presses("Yes, I’m done")


def supervisor_marks(sam: Person) -> None:
    sam.follows("Walk through the profiles")
    sam.reads("What interests you?")
    sam.ticks("Balanced inquiry")
    sam.ticks("Quality of the goal")
    sam.is_told("2 marked. Saved at")
    sam.presses("I’m done marking")
    sam.reads("Are you done marking?")
    sam.presses("Yes, I’m done")
    sam.reads("Where your marks meet")


def both_pick_what_to_work_on(sam: Person, wanda: Person) -> None:
    for person in (sam, wanda):
        person.sees("Balanced inquiry", under="You both marked")
    worker_picks(wanda)


def worker_picks(wanda: Person) -> None:
    wanda.ticks("Balanced inquiry")
    wanda.is_told("1 picked, room for 2 more. Fewer is fine.")
    wanda.presses("Work on these first")
    wanda.reads("What will you try next?")
    wanda.is_told("You work on “Balanced inquiry” now.")


# ---------------------------------------------------------------- set goals


def worker_says_where_to_start_and_aim(wanda: Person) -> None:
    wanda.follows("Say where you are")
    wanda.reads("Where are you now?")
    wanda.chooses("Level 3, Practicing")
    wanda.writes("I ask all three, and then I explain too much.", into="What tells you so?")
    wanda.presses("Share with Sam")
    wanda.reads("Where would you like to be?")
    expect(wanda.page.get_by_role("radio", name="Level 4, Purposeful")).to_be_checked()
    wanda.presses("Set this target")
    wanda.reads("What will you try next?")


def worker_sets_a_goal(wanda: Person) -> None:
    """Example a of the source, word for word; and never on every case (FAQ, goal step 2)."""
    sentence = wanda.page.get_by_role("status", name="Your goal reads")
    wanda.writes("Three Questions", into="What")
    wanda.writes("caregivers", into="With whom")
    wanda.writes("every", into="How many")
    wanda.writes("case", into="Of what")
    wanda.presses("Set this goal")
    wanda.reads("What will you try next?")
    expect(wanda.page.get_by_role("alert")).to_contain_text("leaves no room for a hard day")
    expect(wanda.page.get_by_label("With whom")).to_have_value("caregivers")
    wanda.writes("5", into="How many")
    wanda.writes("", into="Of what").press_sequentially("cas")
    expect(sentence).to_contain_text("Use Three Questions with caregivers on 5 cas")
    wanda.page.keyboard.type("es")
    wanda.chooses(re.compile("In 30 days"))
    expect(sentence).to_contain_text(GOAL)
    wanda.presses("Set this goal")
    wanda.is_told(f"Your goal is set: {GOAL}")
    wanda.reads("What will you try next?")


# ---------------------------------------------------------------- close a session


def opens_the_session(person: Person, number: int) -> None:
    person.goes_home()
    person.follows(re.compile(f"^(Open|Go on with) session {number}"))


def both_close_the_opening_session(sam: Person, wanda: Person) -> None:
    for person in (sam, wanda):
        opens_the_session(person, 1)
        person.follows("Next steps")
        promises(person, f"{person.name} will ask before telling.")
        looks_at_what_helped(person)
    closes(sam, "Wanda Reyes")
    wanda.shows_what_is_new()
    wanda.sees("Closed on")
    wanda.sees("Wanda will ask before telling.", under="Who does what by when")


def both_close_the_progress_session(sam: Person, wanda: Person) -> None:
    for person in (sam, wanda):
        promises(person, f"{person.name} will say it back.")
        looks_at_what_helped(person)
        person.sees(CHEER, under="Worth celebrating")
    closes(wanda, "Sam Ortiz")
    sam.shows_what_is_new()
    sam.sees("Closed on")
    sam.follows("Coaching with Wanda Reyes")
    sam.reads("Coaching with Wanda Reyes")


def closes(person: Person, other: str) -> None:
    """Where the other side has written only just now, a page asks first."""
    person.presses("Keep this date and close")
    anyway = person.page.get_by_role("button", name="Close anyway")
    closed = person.page.get_by_role("heading", level=1, name=f"Coaching with {other}")
    expect(anyway.or_(closed).first).to_be_visible()
    if anyway.is_visible():
        person.looks_closely()
        anyway.click()
    person.reads(f"Coaching with {other}")


def worker_closes(wanda: Person, promise: str, cheer: str = "") -> None:
    promises(wanda, promise)
    looks_at_what_helped(wanda)
    if cheer:
        wanda.sees(cheer, under="Worth celebrating")
    closes(wanda, "Sam Ortiz")


def promises(person: Person, text: str) -> None:
    person.reads("Who does what by when?")
    person.writes(text, into="What will you do?")
    day = timezone.localdate() + timedelta(days=7)
    person.page.get_by_label("by", exact=True).fill(day.isoformat())
    person.presses("Promise this")
    person.sees(text, under="I will")


def looks_at_what_helped(person: Person) -> None:
    person.follows("On to Plus / delta")
    person.reads("What helped, and what would we change?")
    person.writes("The silence.", into="Plus: what helped")
    person.writes("Begin with the ladder.", into="Delta: what we’d change")
    person.has_saved()
    expect(person.page.get_by_role("heading", name=re.compile("^You meet again on "))).to_be_visible()


# ---------------------------------------------------------------- practise


def worker_practises(wanda: Person) -> None:
    """Five times, each in one tap; a line of the first, in which a case number is refused."""
    wanda.follows("Practice")
    wanda.reads("What did you try?")
    taps(wanda, 1)
    wanda.writes("With the caregiver in case 18-20417.", into="A line for yourself?")
    wanda.presses("Keep it for myself")
    line = wanda.page.get_by_label("A line for yourself?")
    expect(line).to_have_accessible_description(re.compile("“18-20417”"))
    expect(line).to_have_value("With the caregiver in case 18-20417.")
    assert not EntryLine.objects.exists()
    line.fill("I waited, and the answer came.")
    wanda.presses("Keep it for myself")
    wanda.is_told("Kept, for you only")
    wanda.looks_closely()
    for done in (2, 3, 4, 5):
        taps(wanda, done)
    wanda.sees("Done")
    wanda.looks_closely()
    assert PracticeEntry.objects.count() == 5


def taps(wanda: Person, done: int) -> None:
    wanda.presses(re.compile(r"^\+1 for: Use Three Questions"))
    wanda.sees(f"{done} of 5")


# ---------------------------------------------------------------- review


def worker_looks_at_last_times_promises(wanda: Person) -> None:
    opens_the_session(wanda, 2)
    wanda.reads("Session 2 with Sam")
    wanda.sees("Sam will ask before telling.", under="First: what we promised last time")
    wanda.presses(re.compile("^Done ?: Wanda will ask before telling."))
    wanda.sees("Done, on ", under="First: what we promised last time")
    wanda.looks_closely()


def supervisor_waits_and_drafts(sam: Person) -> None:
    """Before the worker has shared: words of one's own may be written, and nothing more, by hand neither."""
    opens_the_session(sam, 2)
    sam.reads("Session 2 with Wanda")
    sam.presses("Begin session 2")
    sam.reads("Why are we meeting today?")
    sam.follows("Content")
    sam.reads("Wanda hasn’t shared yet")
    sam.writes("You asked, and then you waited.", into="What I saw that fits the goals")
    sam.has_saved()
    expect(sam.page.get_by_role("radio")).to_have_count(0)
    expect(sam.page.get_by_role("button", name="Share")).to_have_count(0)
    token = sam.page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    answer = sam.page.request.post(
        sam.page.url,
        form={"csrfmiddlewaretoken": token, "act": "observe", "saw": "I saw it.", "level": "4"},
        headers={"Referer": sam.page.url},
    )
    assert answer.status == 403
    assert "Wanda" in answer.text()
    assert not Observation.objects.exists()


def worker_looks_back_and_rates(wanda: Person) -> None:
    wanda.page.reload()
    wanda.follows("Content")
    wanda.reads("What went well since you last met?")
    wanda.writes("I waited for the answer.", into="What went well?")
    wanda.writes("Say my sorting back.", into="What would you do differently?")
    wanda.has_saved()
    wanda.presses("Share with Sam")
    wanda.reads("Where are you now?")
    wanda.chooses("Level 4, Purposeful")
    wanda.ticks(re.compile("^Some of my work is here ?, at level 5$"))
    wanda.writes("It came up twice.", into="What tells you so?")
    wanda.has_saved()
    wanda.presses("Share with Sam")
    wanda.reads("You’ve shared. Sam comes next.")
    wanda.sees("and some work at 5, Partnering", under="What you shared")


def supervisor_shares(sam: Person) -> None:
    sam.shows_what_is_new()
    sam.reads("What did you see that fits Wanda’s goals?")
    sam.sees("and some work at 5, Partnering", under="In Wanda’s words")
    expect(sam.page.get_by_label("What I saw that fits the goals")).to_have_value(
        "You asked, and then you waited."
    )
    sam.writes("Say it back before you go on.", into="Something to try next")
    sam.chooses("Level 4, Purposeful")
    sam.has_saved()
    sam.presses("Share with Wanda")
    sam.reads("What has each of you seen that the other hasn’t?")


def worker_raises_the_target(wanda: Person) -> None:
    wanda.comes_back()
    wanda.reads("What has each of you seen that the other hasn’t?")
    wanda.sees("Level 4, Purposeful", under="In your words")
    wanda.sees("You asked, and then you waited.", under="What Sam saw")
    wanda.sees("Level 4, Purposeful", under="What Sam saw")
    wanda.looks_closely()
    wanda.presses("Raise the target to 5")
    wanda.is_told("what comes next in Balanced inquiry.")
    wanda.reads("Who does what by when?")


def supervisor_congratulates(sam: Person) -> None:
    sam.comes_back()
    sam.sees("The target rises to 5, Partnering")
    sam.writes(CHEER, into="What would you like to congratulate Wanda on")
    sam.presses("Say it")
    sam.sees(CHEER, under="Congratulations, Wanda")
    sam.looks_closely()


# ---------------------------------------------------------------- see movement


def sees_movement(person: Person, whose: str) -> None:
    person.follows("Movement")
    person.reads(f"How {whose} practice has moved")
    table = person.page.get_by_role("table", name="Balanced inquiry, levels by date")
    expect(table.get_by_role("row").last).to_contain_text("4, then 5")
    expect(person.page.get_by_role("img", name="Balanced inquiry over time")).to_be_visible()


def sees_celebrations(person: Person) -> None:
    person.follows("Celebrations")
    person.reads("Worth celebrating")
    person.sees(CHEER)
    person.sees("Use Three Questions")
