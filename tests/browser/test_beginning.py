"""How it begins, in two browsers: from "not now" to observing, trying on, and formal coaching (product.md, 4.1).

What the worker keeps on the way is the worker's alone. At each point the supervisor's pages are read for it.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from coaching.models import (
    CarriedItem,
    Invitation,
    Partnership,
    Placement,
    PrivateEntry,
    ShadowNote,
    ShadowOffer,
)
from sopcoach.words import dates
from tests.browser.person import Person
from tests.cast import Cast
from tests.coaching import steps

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STOOD_OUT = "Petra asked, and then counted to ten."
BROUGHT = "I opened with what works, and the grandfather sat down."
LEFT = "Lost the thread when the phone rang."
PLACED = "Covers all three when somebody is with me."
PLACED_TOO = "I only read about this so far."

CLOSED = ("agreement", "walkthrough", "goals", "sessions", "progress", "celebrations", "bring", "released")
"""Pages of formal coaching under the pair's address."""


def test_a_worker_goes_from_not_now_to_formal_coaching_with_two_things_brought_along(
    cast: Cast, sits_down: Callable[..., Person]
) -> None:
    sam, wanda = sits_down(cast.sam), sits_down(cast.wanda, 390)
    supervisor_invites_two(sam)
    worker_says_not_now(wanda)
    supervisor_reads_not_now(sam)
    assert not Partnership.objects.exists()

    worker_asks_to_observe(wanda)
    supervisor_says_yes(sam)
    partnership = Partnership.objects.get()
    offered = partnership.edition.profiles.get(slug="three-questions")
    ShadowOffer.offer(by=cast.petra, profiles=[offered])
    worker_observes(wanda)
    assert ShadowNote.objects.get().colleague == cast.petra
    supervisor_sees_no_more_than(sam, partnership, "Wanda Reyes is observing")

    until = timezone.localdate() + timedelta(days=10)
    worker_tries_on(wanda, partnership, until)
    aspects = steps.aspects_of(partnership)
    Placement.place(aspects[0], by=cast.wanda, level=3, note=PLACED)
    Placement.place(aspects[1], by=cast.wanda, level=2, note=PLACED_TOO)
    worker_notes_what_was_tried(wanda, aspects[0].title)
    page = supervisor_sees_no_more_than(sam, partnership, "Wanda Reyes is trying things on")
    assert f"Until {dates.day(until, 'weekday')}. Then Wanda says what comes next." in page

    Partnership.objects.filter(pk=partnership.pk).update(until_on=timezone.localdate())
    page = supervisor_sees_no_more_than(sam, partnership, "Wanda Reyes is trying things on")
    today = timezone.localdate()
    for day in (dates.day(today), dates.day(today, "weekday")):
        assert f"until {day}" not in page
        assert f"Until {day}" not in page
    worker_says_what_comes_next(wanda)
    partnership.refresh_from_db()
    assert partnership.engagement == "formal"
    supervisor_sees_no_more_than(sam, partnership, "Coaching with Wanda Reyes")

    steps.open_session(partnership)
    steps.agree(partnership)
    supervisor_sees_no_more_than(sam, partnership, "Coaching with Wanda Reyes")
    worker_brings_two_things_along(wanda, partnership, aspects[0].title)
    supervisor_reads_what_was_brought(sam, partnership)
    assert {item.note for item in CarriedItem.objects.all()} == {PLACED, BROUGHT}
    assert (Placement.objects.count(), PrivateEntry.objects.count()) == (2, 2)


# ---------------------------------------------------------------- what the two do


def supervisor_invites_two(sam: Person) -> None:
    sam.follows("Invite a worker")
    sam.reads("Invite a worker, or several")
    for name in ("Wanda Reyes", "Petra Lindqvist"):
        sam.ticks(name)
    sam.writes("Would you like company in trying them?", into="A few words from you")
    sam.presses("Send it")
    sam.is_told("Your invitations are with")
    assert Invitation.objects.open().count() == 2


def worker_says_not_now(wanda: Person) -> None:
    wanda.goes_home()
    wanda.follows("Read Sam’s invitation")
    wanda.reads("Sam Ortiz would like to learn with you")
    for answer in ("Observe or shadow", "Try on", "Formal coaching"):
        assert not wanda.page.get_by_role("radio", name=answer).is_checked()
    wanda.chooses("Not now")
    wanda.presses("Send my answer")
    wanda.reads("You answered “not now”")


def supervisor_reads_not_now(sam: Person) -> None:
    sam.goes_home()
    sam.sees("Not now. That is a good answer, and it asks for no reason.", under="Whom you’ve asked")
    sam.follows(re.compile("Read the answer"))
    sam.reads("Wanda Reyes says: not now")


def worker_asks_to_observe(wanda: Person) -> None:
    wanda.follows("ask")
    wanda.reads("Ask somebody to work with you")
    wanda.chooses("Sam Ortiz")
    wanda.chooses("Observe or shadow")
    wanda.writes("I’d rather watch first.", into="A few words from you")
    wanda.presses("Ask")
    wanda.is_told("Sam Ortiz can read it now.")


def supervisor_says_yes(sam: Person) -> None:
    sam.goes_home()
    sam.sees("Would like: observe or shadow.", under="Asked to work with you")
    sam.follows("Read what Wanda writes")
    sam.reads("Wanda Reyes would like to work with you")
    sam.sees("I’d rather watch first.")
    sam.chooses("Yes, gladly")
    sam.presses("Send my answer")
    sam.reads("Wanda Reyes is observing")


def worker_observes(wanda: Person) -> None:
    wanda.goes_home()
    wanda.follows("See whom I could shadow")
    wanda.reads("Going along with colleagues")
    wanda.sees("Petra Lindqvist", under="Whom you could shadow")
    wanda.follows(re.compile("Note what I saw with Petra"))
    wanda.reads("What did you see?")
    wanda.page.get_by_label("What it was about").select_option(index=1)
    wanda.writes(STOOD_OUT, into="What stood out to you?")
    wanda.presses("Keep it")
    wanda.reads("Going along with colleagues")
    wanda.sees(STOOD_OUT, under="What I saw")


def worker_tries_on(wanda: Person, partnership: Partnership, until) -> None:
    wanda.page.goto(f"/coaching/{partnership.slug}/")
    wanda.reads("You’re observing")
    wanda.chooses("Try on")
    wanda.writes(until.isoformat(), into="If you try on: until when?")
    wanda.presses("This is what I’d like")
    wanda.reads("You’re trying things on")
    wanda.sees(f"Until {dates.day(until, 'weekday')}.")


def worker_notes_what_was_tried(wanda: Person, aspect: str) -> None:
    wanda.follows("Note what I tried")
    for line in (LEFT, BROUGHT):
        wanda.reads("What I tried")
        wanda.page.get_by_label("What it was about").select_option(label=aspect)
        wanda.writes(line, into="A line for yourself")
        wanda.presses("Keep it")
        wanda.sees(line, under="Earlier")


def worker_says_what_comes_next(wanda: Person) -> None:
    wanda.goes_home()
    wanda.follows("Say what’s next")
    wanda.reads("The day you set is here")
    wanda.sees(BROUGHT, under="What you kept")
    for answer in ("Go on trying", "Back to observing", "Stop here"):
        assert not wanda.page.get_by_role("radio", name=answer).is_checked()
    wanda.chooses("Formal coaching")
    wanda.presses("This is what I’d like")
    wanda.reads("Coaching with Sam Ortiz")


def worker_brings_two_things_along(wanda: Person, partnership: Partnership, aspect: str) -> None:
    wanda.page.goto(f"/coaching/{partnership.slug}/")
    wanda.follows("Bring something along")
    wanda.reads("Bring something along")
    assert wanda.page.locator("input:checked").count() == 0
    for words in (PLACED, BROUGHT):
        wanda.page.locator(".opt", has_text=words).get_by_role("checkbox").check(force=True)
    wanda.presses("Let Sam read these")
    wanda.reads("Coaching with Sam Ortiz")
    wanda.sees(BROUGHT, under="Brought along")
    wanda.looks_closely()


# ---------------------------------------------------------------- what the supervisor reads


def supervisor_sees_no_more_than(sam: Person, partnership: Partnership, heading: str) -> str:
    """Read whatever Sam can open for what Wanda keeps; returns the text of the pair's own page."""
    here = f"/coaching/{partnership.slug}/"
    private = (STOOD_OUT, BROUGHT, LEFT, PLACED, PLACED_TOO)
    for address in ("/", "/shadowing/", "/practice/", "/practice/private/", "/placements/", here):
        sam.page.goto(address)
        text = sam.page.content()
        assert not [words for words in private if words in text], address
    sam.reads(heading)
    text = sam.page.get_by_role("main").inner_text()
    for name in CLOSED:
        answer = sam.page.request.get(f"{here}{name}/")
        assert not [words for words in private if words in answer.text()], name
        if partnership.is_before_formal:
            assert answer.status == 403, name
    return text


def supervisor_reads_what_was_brought(sam: Person, partnership: Partnership) -> None:
    sam.page.goto(f"/coaching/{partnership.slug}/")
    sam.reads("Coaching with Wanda Reyes")
    for words in (PLACED, BROUGHT):
        sam.sees(words, under="Brought along")
    text = sam.page.content()
    assert not [words for words in (STOOD_OUT, LEFT, PLACED_TOO) if words in text]
