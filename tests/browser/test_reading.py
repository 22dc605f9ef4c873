"""What every page owes its reader: words that stay on their paper, and a keyboard that is seen wherever it is."""

import re
from collections.abc import Callable
from typing import Literal

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from coaching.dialogue.stages import STAGES
from coaching.groups.models import GroupSession
from coaching.models import AgreementDraft, CoachingSession, Congratulation, Promise, ShadowNote
from coaching.models.decision import decide
from coaching.models.goal import LINE
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.release import release
from coaching.models.self_rating import share_self_rating
from sopcoach.models import User
from tests.cast import Cast, make_cast
from tests.coaching import gathering, steps
from tests.profiles.factories import small_edition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORD = ("Kindeswohlgefährdungseinschätzungsbogen" * 4)[:120]
URL = ("https://county.example.org/safety/practice/" + "handouts-and-resources-" * 4)[:109]
LONG = f"{WORD} {URL}"


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    small_edition()
    return make_cast()


def a_session_of_long_words(cast: Cast) -> CoachingSession:
    """Each place that takes words of Wanda or Sam holds a word and an address that are wider than a phone."""
    session = steps.ready_for_review(cast.wanda, cast.sam)
    partnership, focus = session.partnership, session.partnership.focuses.get()
    terms = {"rhythm": "monthly", "minutes": 60} | dict.fromkeys(AgreementDraft.WORDS, LONG)
    draft = AgreementDraft.begin(partnership, by=cast.sam)
    draft.put(by=cast.sam, **terms)
    draft.sign(by=cast.sam).sign(by=cast.wanda)
    AgreementDraft.begin(partnership, by=cast.wanda).put(by=cast.wanda, **terms | {"place": URL})
    goal = steps.set_goal(focus, practice=WORD[:LINE], with_whom=URL, unit=WORD[:LINE])
    steps.practise(goal)[0].write_line(by=cast.wanda, text=LONG, share=True)
    session.open(by=cast.sam)
    for stage in STAGES:
        for field in stage.fields_in(opening=False):
            for person in (cast.wanda, cast.sam):
                session.say(stage.key, by=person, field=field.key, text=LONG, revision=0)
    for person in (cast.wanda, cast.sam):
        Promise.make(session, by=person, text=LONG, due_on=session.held_on)
    share_reflection(session, by=cast.wanda, went_well=LONG, differently=LONG)
    share_self_rating(session, focus, by=cast.wanda, level=4, because=LONG)
    share_observation(session, focus, by=cast.sam, saw=LONG, try_next=LONG, level=4)
    decide(session, focus, by=cast.wanda, choice="carry_on")
    Congratulation.give(partnership, by=cast.sam, text=LONG, session=session, focus=focus)
    return session


def a_group_of_long_words(cast: Cast) -> GroupSession:
    people = gathering.peers(cast)
    session = gathering.begin(cast, people)
    for person in people:
        gathering.say(session, "purpose", person, LONG)
    return session


def test_a_long_word_or_address_stays_on_its_paper_on_a_phone(cast: Cast, enter: Callable[..., Page]) -> None:
    session = a_session_of_long_words(cast)
    partnership, focus = session.partnership, session.partnership.focuses.get()
    ShadowNote.write(
        by=cast.wanda,
        aspect=focus.aspect,
        stood_out=LONG,
        question=LONG,
    )
    group = a_group_of_long_words(cast)
    into = steps.begin(cast.wanda, cast.nia)
    release(partnership, by=cast.wanda, into=into, aspects=[focus.aspect_slug])
    mine = [
        reverse("home"),
        *(
            reverse(name, args=[partnership.slug])
            for name in ("partnership", "agreement", "agreement_draft", "goals", "celebrations")
        ),
        *(
            reverse("stage", args=[partnership.slug, session.number, stage.key])
            for stage in STAGES
            if stage.key in ("purpose", "next_steps", "feedback")
        ),
        reverse("review_focus", args=[partnership.slug, session.number, focus.aspect_slug]),
        reverse("look_back", args=[partnership.slug, session.number]),
        reverse("released", args=[into.slug]),
        reverse("practice"),
        reverse("shadowing"),
        reverse("export"),
    ]
    step = [group.group.slug, group.number, "purpose"]
    mine += [reverse("group_step", args=step), reverse("group_screen", args=step[:2])]
    page = enter(cast.wanda, 390)
    assert [address for address in mine if sticks_out(page, address)] == []


def test_a_draft_of_an_agreement_is_there_again_after_the_page_is_loaded_anew(
    cast: Cast, enter: Callable[..., Page]
) -> None:
    partnership = steps.begin(cast.wanda, cast.sam)
    page = enter(cast.sam, 390)
    page.goto(reverse("agreement_draft", args=[partnership.slug]))
    page.get_by_label("Where and when").fill("On Tuesdays at ten.")
    page.get_by_label("How often").select_option("Once a month")
    saved = page.get_by_role("status").filter(
        has_text=re.compile(r"^\s*Saved at \d{1,2}:\d\d [AP]M, for you only")
    )
    expect(saved).to_be_visible()
    expect(page.locator("form[data-unsaved]")).to_have_count(0)
    page.reload()
    expect(page.get_by_label("Where and when")).to_have_value("On Tuesdays at ten.")
    expect(page.get_by_label("How often")).to_have_value("monthly")
    page.get_by_role("button", name="Sign it and show it to Wanda").click()
    expect(page.get_by_text("Once a month for one hour. On Tuesdays at ten.")).to_be_visible()


def test_a_record_is_printed_with_a_button_where_the_browser_can(
    cast: Cast, enter: Callable[..., Page], axe: Callable[[Page], None]
) -> None:
    steps.begin(cast.wanda, cast.sam)
    page = enter(cast.wanda, 390)
    page.add_init_script("window.print = () => document.documentElement.setAttribute('data-printed', '')")
    page.goto(reverse("export"))
    expect(page.get_by_text("choose Print in your browser’s menu")).to_be_hidden()
    axe(page)
    page.get_by_role("button", name="Print it").click()
    expect(page.locator("html[data-printed]")).to_have_count(1)


RINGED = """() => {
  const probe = document.body.appendChild(document.createElement("span"));
  probe.style.color = "var(--plum)";
  const plum = getComputedStyle(probe).color;
  probe.remove();
  const reached = [], bare = [];
  for (const one of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
    if (one.disabled || !one.checkVisibility()) continue;
    one.focus();
    if (document.activeElement !== one) continue;
    reached.push(one.type && one.tagName === "INPUT" ? one.type : one.tagName.toLowerCase());
    const worn = [one, one.closest(".rung")].filter(Boolean).map((node) => getComputedStyle(node));
    const isRinged = worn.some((style) => style.outlineStyle === "solid" && style.outlineColor === plum
      && parseFloat(style.outlineWidth) >= 3);
    if (!isRinged) bare.push(one.outerHTML.slice(0, 120));
  }
  return [reached, bare];
}"""

KINDS = {"a", "button", "checkbox", "date", "file", "radio", "select", "summary", "textarea"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whatever_the_keyboard_reaches_wears_the_same_ring(
    cast: Cast,
    enter: Callable[..., Page],
    client_for: Callable[[User], Client],
    scheme: Literal["light", "dark"],
) -> None:
    session = steps.ready_for_review(cast.wanda, cast.sam)
    partnership, focus = session.partnership, session.partnership.focuses.get()
    entry = steps.practise(partnership.goals.get())[0]
    share_reflection(session, by=cast.wanda, went_well="I waited.", differently="")
    session.open(by=cast.sam)
    reached: set[str] = set()

    def looks_at(page: Page, address: str, *, choose: str = "") -> None:
        page.emulate_media(color_scheme=scheme)
        page.goto(address)
        if choose:
            page.locator(choose).check(force=True)
        page.keyboard.press("Tab")  # from here on the focus is the keyboard's
        kinds, bare = page.evaluate(RINGED)
        reached.update(kinds)
        assert bare == [], address

    wanda = enter(cast.wanda, 390)
    rating = reverse("review_focus", args=[partnership.slug, session.number, focus.aspect_slug])
    looks_at(wanda, rating, choose="#r-4")
    looks_at(wanda, f"{reverse('practice')}?just={entry.pk}")
    looks_at(wanda, reverse("goals", args=[partnership.slug]))
    looks_at(wanda, reverse("agreement_draft", args=[partnership.slug]))
    looks_at(wanda, reverse("private_practice"))
    share_self_rating(session, focus, by=cast.wanda, level=4)
    share_observation(session, focus, by=cast.sam, saw="You waited.")
    looks_at(wanda, rating)
    cast.wanda.is_administrator = True
    cast.wanda.save()
    client_for(cast.wanda)  # with the second factor that goes with it
    looks_at(wanda, reverse("manage_editions"))
    assert reached >= KINDS


def sticks_out(page: Page, address: str) -> bool:
    page.goto(address)
    expect(page.get_by_role("main")).to_contain_text(WORD[:30])
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
