"""Finding somebody in a long list, by keyboard, with scripts and without them."""

import re

import pytest
from playwright.sync_api import Browser, expect

from coaching.models import Invitation
from tests.factories import PASSWORD, UserFactory

WORDS = "Would you like to try it?"


@pytest.fixture
def colleagues(cast):
    """Forty of them, two of one name, and one whose name nobody types with its marks."""
    for number in range(40):
        UserFactory(name=f"Colleague Number{number:02}", unit=cast.unit)
    twins = [
        UserFactory(name="Alex Fenn", email=f"alex.{number}@agency.example", unit=cast.unit)
        for number in range(2)
    ]
    return [UserFactory(name="Áine Ñandú", email="aine@agency.example"), *twins]


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_somebody_is_found_while_typing_and_whoever_is_ticked_stays(cast, colleagues, sits_down, width):
    sam = sits_down(cast.sam, width)
    sam.page.goto("/invite/")
    sam.reads("Invite a worker, or several")
    sam.is_told("8 of 47 people are shown, those of your own unit first.")
    sam.writes(WORDS, into="A few words from you")
    find = sam.page.get_by_label("Name or e-mail")
    find.press_sequentially("nandu")
    sam.is_told("One person fits.")
    expect(find).to_be_focused()
    sam.page.keyboard.press("Tab")
    sam.page.keyboard.press("Tab")
    sam.page.keyboard.press("Space")
    expect(sam.page.get_by_role("checkbox", name="Áine Ñandú")).to_be_checked()
    find.fill("")
    find.press_sequentially("alex")
    sam.is_told("2 people fit.")
    expect(sam.page.get_by_role("checkbox", name="Áine Ñandú")).to_be_checked()
    sam.ticks(re.compile("Alex Fenn.*alex.1"))
    find.press("Enter")
    sam.is_told("One person fits.")
    expect(sam.page.get_by_role("checkbox", name=re.compile("Alex Fenn.*alex.1"))).to_be_checked()
    sam.looks_closely()
    assert not Invitation.objects.exists(), "Enter looks for people, and sends nothing"
    sam.presses("Send it")
    sam.is_told(re.compile("Your invitations are with .*Áine Ñandú"))
    assert {one.worker.email for one in Invitation.objects.all()} == {
        "aine@agency.example",
        "alex.1@agency.example",
    }
    assert {one.words for one in Invitation.objects.all()} == {WORDS}


@pytest.mark.browser
def test_without_scripts_find_keeps_who_is_ticked_and_what_is_typed(
    cast, colleagues, live_server, browser: Browser
):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/invite/")
    page.get_by_label("Work e-mail").fill(cast.sam.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("checkbox", name=re.compile("Alex Fenn.*alex.0")).check(force=True)
    page.get_by_label("A few words from you").fill(WORDS)
    page.get_by_label("Name or e-mail").fill("nandu")
    page.get_by_role("button", name="Find people").click()
    expect(page.get_by_role("status").filter(has_text="One person fits.")).to_be_visible()
    expect(page.get_by_role("checkbox", name=re.compile("Alex Fenn.*alex.0"))).to_be_checked()
    expect(page.get_by_label("A few words from you")).to_have_value(WORDS)
    assert "nandu" not in page.url
    page.get_by_role("checkbox", name="Áine Ñandú").check(force=True)
    page.get_by_role("button", name="Send it").click()
    expect(page).to_have_title("Home · SOP Coach")
    assert Invitation.objects.count() == 2
    context.close()
