"""What is typed, ticked or tapped outlives links, reloads, sign-outs and dead networks, and stays with its author."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from coaching.models import Draft, InterestMark, PracticeEntry, StageWords, engagement
from coaching.models.reflection import share_reflection
from coaching.models.walkthrough import finish_marking
from sopcoach.models import User
from tests.browser.conftest import PATIENCE
from tests.cast import Cast
from tests.coaching import steps
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def at(live_server: LiveServer) -> Callable[..., str]:
    return lambda name, *args: live_server.url + reverse(name, args=args)


@pytest.fixture
def signed_in(cast: Cast, open_page: Callable[..., Page], live_server: LiveServer) -> Callable[..., Page]:
    """Somebody at home, in a browser whose network may fail: `signed_in(cast.wanda, 390)`."""

    def come(user: User, width: int = 1280) -> Page:
        page = open_page(user.short_name, width, base_url=live_server.url)
        page.set_default_timeout(PATIENCE)
        sign_in(page, user)
        return page

    return come


def sign_in(page: Page, user: User) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("Work e-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_title("Home · SOP Coach")


def changes_hands(page: Page, user: User) -> None:
    """In another tab of the same browser whoever is signed in goes, and `user` comes."""
    tab = page.context.new_page()
    tab.goto("/accounts/logout/")
    tab.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(tab.get_by_label("Password")).to_be_visible()  # another address asked for meanwhile would stop it
    sign_in(tab, user)
    tab.close()


def is_signed_out(page: Page) -> None:
    """Not by a button of theirs: they have been away for too long, or ended it elsewhere."""
    Session.objects.all().delete()
    page.context.clear_cookies(name="sessionid")


def loses_signal(page: Page) -> None:
    """This page alone: another tab, in which somebody signs in, has it."""
    page.route("**/*", lambda route: route.abort("internetdisconnected"))


def finds_signal(page: Page) -> None:
    page.unroute("**/*")
    page.evaluate("window.dispatchEvent(new Event('online'))")


def tap(page: Page) -> None:
    page.get_by_role("button", name="+1").first.click()


# ---------------------------------------------------------------- +1


@pytest.fixture
def goal(cast: Cast):
    session = steps.ready_for_review(cast.wanda, cast.sam)
    return session.partnership.goals.get()


def test_taps_without_a_signal_are_counted_after_signing_in_anew(signed_in, cast: Cast, goal) -> None:
    """They were sent with the token of their page, refused, and thrown away with words about their goal."""
    page = signed_in(cast.wanda, 390)
    page.goto("/practice/")
    loses_signal(page)
    tap(page)
    expect(page.get_by_text("1 thing waits on this phone")).to_be_visible()
    tap(page)
    expect(page.get_by_text("2 things wait on this phone")).to_be_visible()
    is_signed_out(page)
    tab = page.context.new_page()
    sign_in(tab, cast.wanda)
    tab.close()
    finds_signal(page)
    expect(page.get_by_text("2 of 5", exact=True)).to_be_visible()
    expect(page.get_by_text("on this phone, sealed")).to_have_count(0)
    assert goal.entries.count() == 2


def test_a_tap_on_a_page_that_had_grown_old_counts(signed_in, cast: Cast, goal) -> None:
    page = signed_in(cast.wanda, 390)
    page.goto("/practice/")
    changes_hands(page, cast.wanda)
    tap(page)
    expect(page.get_by_text("1 of 5", exact=True)).to_be_visible()
    assert goal.entries.count() == 1


def test_nobody_sends_the_taps_of_somebody_else(signed_in, cast: Cast, goal) -> None:
    page = signed_in(cast.wanda, 390)
    page.goto("/practice/")
    loses_signal(page)
    tap(page)
    expect(page.get_by_text("1 thing waits on this phone")).to_be_visible()
    is_signed_out(page)
    tab = page.context.new_page()
    sign_in(tab, cast.petra)
    finds_signal(page)
    expect(page.get_by_text("on this phone, sealed")).to_have_count(0)
    tab.goto("/practice/")
    assert not PracticeEntry.objects.exists()


def test_signing_out_throws_away_what_waits_and_says_so_before(signed_in, cast: Cast, goal) -> None:
    page = signed_in(cast.wanda, 390)
    page.goto("/practice/")
    page.context.route("**/plus/", lambda route: route.abort("internetdisconnected"))
    tap(page)
    expect(page.get_by_text("1 thing waits on this phone")).to_be_visible()
    page.goto("/accounts/logout/")
    expect(page.get_by_text("One thing waits on this phone and hasn’t been sent.")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    expect(page.get_by_label("Password")).to_be_visible()
    page.context.unroute("**/plus/")
    sign_in(page, cast.wanda)
    page.goto("/practice/")
    expect(page.get_by_text("0 of 5", exact=True)).to_be_visible()
    assert not PracticeEntry.objects.exists()


def test_a_tap_that_another_window_has_sent_is_counted_here_as_well(signed_in, cast: Cast, goal) -> None:
    page = signed_in(cast.wanda, 390)
    page.goto("/practice/")
    loses_signal(page)
    tap(page)
    expect(page.get_by_text("1 thing waits on this phone")).to_be_visible()
    other = page.context.new_page()
    other.goto("/")
    expect(other.get_by_text("1 of 5", exact=True)).to_be_visible()
    expect(page.get_by_text("on this phone, sealed")).to_have_count(0)
    finds_signal(page)
    expect(page.get_by_text("1 of 5", exact=True)).to_be_visible()
    assert goal.entries.count() == 1


def test_a_tap_in_a_pause_says_why_it_waits_and_counts_once_the_two_go_on(
    signed_in, cast: Cast, goal
) -> None:
    page = signed_in(cast.wanda, 390)
    page.goto("/practice/")
    engagement.pause(goal.partnership, by=cast.sam)
    tap(page)
    expect(page.get_by_text("This coaching is paused.")).to_be_visible()
    expect(page.get_by_text("1 thing waits on this phone")).to_be_visible()
    engagement.resume(goal.partnership, by=cast.sam)
    finds_signal(page)
    expect(page.get_by_text("1 of 5", exact=True)).to_be_visible()
    assert goal.entries.count() == 1


def test_a_tap_that_can_never_count_says_why(signed_in, cast: Cast, goal) -> None:
    page = signed_in(cast.wanda, 390)
    page.goto("/practice/")
    steps.practise(goal, 5)
    tap(page)
    expect(page.get_by_text("was not taken. This goal is reached.")).to_be_visible()
    expect(page.get_by_text("on this phone, sealed")).to_have_count(0)


# ---------------------------------------------------------------- the walk-through


@pytest.fixture
def pair(cast: Cast):
    """About to mark what interests them."""
    partnership = steps.begin(cast.wanda, cast.sam)
    steps.open_session(partnership)
    steps.agree(partnership)
    return partnership


def first_tick(page: Page):
    return page.locator("input[name=interest]").first


def test_ticks_without_a_signal_say_so_and_are_sent_when_it_is_back(signed_in, cast: Cast, pair) -> None:
    page = signed_in(cast.wanda, 390)
    page.goto(reverse("walkthrough", args=[pair.slug]))
    loses_signal(page)
    first_tick(page).check(force=True)
    expect(page.locator("#saved")).to_contain_text("There’s no connection to SOP Coach just now.")
    expect(page.locator("#saved")).to_contain_text("Not saved yet, kept here.")
    assert not InterestMark.objects.exists()
    finds_signal(page)
    expect(page.locator("#saved")).to_contain_text("1 marked. Saved at")
    assert InterestMark.objects.get().person == cast.wanda


def test_ticks_that_never_arrived_are_there_again_and_sent(signed_in, cast: Cast, pair) -> None:
    page = signed_in(cast.wanda, 390)
    page.goto(reverse("walkthrough", args=[pair.slug]))
    loses_signal(page)
    first_tick(page).check(force=True)
    expect(page.locator("#saved")).to_contain_text("kept here")
    page.goto("about:blank")
    finds_signal(page)
    page.goto(reverse("walkthrough", args=[pair.slug]))
    expect(first_tick(page)).to_be_checked()
    expect(page.locator("#saved")).to_contain_text("1 marked. Saved at")
    assert InterestMark.objects.count() == 1
    assert not page.evaluate("Object.keys(localStorage).length")


def test_ticks_on_a_page_that_had_grown_old_are_saved(signed_in, cast: Cast, pair) -> None:
    page = signed_in(cast.wanda, 390)
    page.goto(reverse("walkthrough", args=[pair.slug]))
    changes_hands(page, cast.wanda)
    first_tick(page).check(force=True)
    expect(page.locator("#saved")).to_contain_text("1 marked. Saved at")
    assert InterestMark.objects.count() == 1


def test_ticks_of_one_person_are_not_sent_by_the_next(signed_in, cast: Cast, pair) -> None:
    page = signed_in(cast.wanda, 390)
    page.goto(reverse("walkthrough", args=[pair.slug]))
    changes_hands(page, cast.sam)
    first_tick(page).check(force=True)
    expect(page.locator("#saved")).to_contain_text("somebody else is signed in now")
    assert not InterestMark.objects.exists()
    page.goto(reverse("walkthrough", args=[pair.slug]))
    expect(page.locator("#saved")).to_contain_text("Nothing marked yet")
    page.wait_for_timeout(500)
    expect(first_tick(page)).not_to_be_checked()


def test_a_tick_after_one_is_done_elsewhere_says_why_and_only_offers_the_page(
    signed_in, cast: Cast, pair
) -> None:
    page = signed_in(cast.wanda, 390)
    page.goto(reverse("walkthrough", args=[pair.slug]))
    finish_marking(pair, by=cast.wanda)
    first_tick(page).check(force=True)
    expect(page.locator("#saved")).to_contain_text("your marks stay as they are. Show it")
    expect(first_tick(page)).to_be_checked()
    assert not InterestMark.objects.exists()
    page.locator("#saved").get_by_role("link", name="Show it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You’re done. Sam is still marking")


# ---------------------------------------------------------------- autosave


@pytest.fixture
def review(cast: Cast):
    """A session in which Wanda has looked back and rates now."""
    session = steps.ready_for_review(cast.wanda, cast.sam)
    share_reflection(session, by=cast.wanda, went_well="I waited.", differently="")
    return session


def rating(review) -> str:
    focus = review.partnership.focuses.get()
    return reverse("review_focus", args=[review.partnership.slug, review.number, focus.aspect_slug])


def test_of_two_glimpses_the_last_one_stays(signed_in, cast: Cast, review) -> None:
    page = signed_in(cast.wanda)
    page.goto(rating(review))
    page.locator("input[name=level][value='3']").check(force=True)
    page.locator("label[for=r-g4]").click()
    page.locator("label[for=r-g6]").click()
    expect(page.locator("input[name=glimpse][value='4']")).not_to_be_checked()
    expect(page.locator("[data-unsaved]")).to_have_count(0)
    assert Draft.objects.get(field="glimpse").text == "6"
    page.reload()
    expect(page.locator("input[name=glimpse][value='6']")).to_be_checked()
    expect(page.locator("input[name=glimpse][value='4']")).not_to_be_checked()


def test_words_that_are_refused_for_good_say_why_and_can_be_taken_along(
    signed_in, cast: Cast, review
) -> None:
    page = signed_in(cast.wanda)
    page.goto(rating(review))
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    review.partnership.focuses.get().rest(by=cast.wanda)
    page.get_by_label("What tells you so?").fill("It came up twice.")
    status = page.locator("[data-saved]")
    expect(status).to_contain_text("Your words are kept here.")
    expect(status.get_by_role("button", name="Copy my words")).to_be_visible()
    page.wait_for_timeout(3000)
    assert len(sent) == 1
    expect(page.get_by_label("What tells you so?")).to_have_value("It came up twice.")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    status.get_by_role("button", name="Copy my words").click()
    expect(status.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "It came up twice."


# ---------------------------------------------------------------- forms that don't save themselves


def test_without_a_script_closing_takes_along_what_was_typed_and_enter_does_nothing(
    cast: Cast, review, open_page, live_server: LiveServer
) -> None:
    review.open(by=cast.sam)
    page = open_page("Wanda", base_url=live_server.url, java_script_enabled=False)
    sign_in(page, cast.wanda)
    page.goto(reverse("stage", args=[review.partnership.slug, review.number, "feedback"]))
    page.locator("[name=plus]").fill("You waited.")
    page.locator("[name=congratulation]").fill("That call.")
    page.get_by_text("Choose another day").click()
    page.get_by_label("From").press("Enter")
    expect(page.locator("[name=plus]")).to_have_value("You waited.")
    page.get_by_role("button", name="Keep this date and close").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You wrote something and haven’t shared it")
    expect(page.get_by_text("That call.")).to_be_visible()
    assert StageWords.objects.get().text == "You waited."


LINE = "I asked what they had tried before."


def line(page: Page):
    return page.get_by_label("A line for yourself")


def writes_a_line(page: Page) -> None:
    page.goto(reverse("private_practice"))
    line(page).fill(LINE)
    expect(page.locator("form[data-kept]")).to_be_visible()


def test_a_form_left_by_a_link_is_there_again_until_it_is_sent(signed_in, cast: Cast) -> None:
    page = signed_in(cast.wanda, 390)
    writes_a_line(page)
    assert LINE not in page.evaluate("JSON.stringify(localStorage)")
    page.goto("/")
    page.goto(reverse("private_practice"))
    expect(line(page)).to_have_value(LINE)
    expect(page.get_by_text("What you had typed is here again.")).to_be_visible()
    page.reload()
    expect(line(page)).to_have_value(LINE)
    page.get_by_label("What it was about").select_option(index=1)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text(f"“{LINE}”")).to_be_visible()
    page.goto(reverse("private_practice"))
    expect(line(page)).to_have_value("")
    expect(page.locator("[data-typed]")).to_have_count(0)
    assert page.evaluate("Object.keys(localStorage)") == []


def test_what_came_back_can_be_put_away(signed_in, cast: Cast) -> None:
    page = signed_in(cast.wanda)
    writes_a_line(page)
    page.reload()
    page.get_by_role("button", name="Start empty").click()
    expect(line(page)).to_have_value("")
    page.reload()
    expect(line(page)).to_have_value("")
    expect(page.locator("[data-typed]")).to_have_count(0)


def test_what_a_refusal_shows_stands_and_is_kept(signed_in, cast: Cast) -> None:
    page = signed_in(cast.wanda)
    writes_a_line(page)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Choose what you tried.").first).to_be_visible()
    expect(line(page)).to_have_value(LINE)
    expect(page.locator("[data-typed]")).to_have_count(0)
    page.goto(reverse("private_practice"))
    expect(line(page)).to_have_value(LINE)


def test_who_signs_out_leaves_nothing_of_a_form_at_that_browser(signed_in, cast: Cast) -> None:
    """The page that asks says so: what was typed and not sent goes (ADR 39)."""
    page = signed_in(cast.wanda)
    writes_a_line(page)
    changes_hands(page, cast.petra)
    page.goto(reverse("private_practice"))
    page.wait_for_timeout(500)
    expect(line(page)).to_have_value("")
    changes_hands(page, cast.wanda)
    page.goto(reverse("private_practice"))
    page.wait_for_timeout(500)
    expect(line(page)).to_have_value("")
    kept = page.evaluate(
        "Object.keys(localStorage).filter((name) => name.startsWith('sopcoach.') && localStorage[name].includes('tried'))"
    )
    assert kept == []
