"""What can be seen: without our colours, in a low window, with large type, on paper (WCAG 2.2 AA)."""

from collections.abc import Callable, Iterable

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from coaching.models import CoachingSession
from coaching.models.decision import decide
from coaching.models.observation import share_observation
from coaching.models.reflection import share_reflection
from coaching.models.self_rating import share_self_rating
from tests.cast import Cast, make_cast
from tests.coaching import gathering, steps
from tests.profiles.factories import small_edition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "\n".join(f"Line {number}: we began with what works, and stayed with it." for number in range(40))


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    small_edition()
    return make_cast()


@pytest.fixture
def session(cast: Cast) -> CoachingSession:
    """A review in which Wanda has shared and Sam hasn't, with a goal that is on its way."""
    session = steps.ready_for_review(cast.wanda, cast.sam)
    session.open(by=cast.sam)
    share_reflection(session, by=cast.wanda, went_well="I waited.", differently="")
    return session


def looks_like(place: Locator) -> bytes:
    """A picture of it, with the focus elsewhere."""
    place.page.evaluate("document.activeElement.blur()")
    place.page.mouse.move(0, 0)
    return place.screenshot(animations="disabled")


# ---------------------------------------------------------------- the reader's own colours


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_our_colours_what_is_chosen_done_or_current_can_be_told(
    session: CoachingSession, cast: Cast, enter: Callable[..., Page], scheme: str
) -> None:
    partnership, focus = session.partnership, session.partnership.focuses.get()
    goal = partnership.goals.get()
    steps.practise(goal)
    page = enter(cast.wanda, 1280)
    page.emulate_media(forced_colors="active", color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]

    # the chosen level, the spine of the ladder, and a radio
    page.goto(reverse("review_focus", args=[partnership.slug, session.number, focus.aspect_slug]))
    rung, below = (page.locator(".rung").nth(place) for place in (2, 1))
    not_reached, not_reached_below = looks_like(rung), looks_like(below)
    page.locator(".lvl").nth(2).check(force=True)
    chosen, passed_below = looks_like(rung), looks_like(below)
    page.locator(".lvl").nth(4).check(force=True)
    passed = looks_like(rung)
    assert len({not_reached, chosen, passed}) == 3
    assert passed_below != not_reached_below  # the spine is filled up to the chosen one

    # the current step of the review and the current tab are filled, the others aren't
    for address, current, other in (
        (page.url, ".rail [aria-current]", ".rail li:last-child b"),
        (reverse("home"), ".tabs [aria-current]", ".tabs a:not([aria-current])"),
        (reverse("goals", args=[partnership.slug]), ".sub [aria-current]", ".sub a:not([aria-current])"),
    ):
        page.goto(address)
        pseudo = "::before" if "rail" in current else None
        fills = [fill_of(page.locator(one).first, pseudo) for one in (current, other)]
        assert fills[0] != fills[1], current

    # a dot that is done, and one that isn't
    page.goto(reverse("practice"))
    done, open_ = page.locator(".pips .y").first, page.locator(".pips i:not(.y)").first
    assert looks_like(done) != looks_like(open_)

    # worker, supervisor, glimpse and target in the drawing
    share_self_rating(session, focus, by=cast.wanda, level=4, glimpse=5)
    share_observation(session, focus, by=cast.sam, saw="You waited.", level=5)
    decide(session, focus, by=cast.wanda, choice="carry_on")
    page.goto(reverse("progress", args=[partnership.slug]))
    legend = [looks_like(one) for one in page.locator("main .shape").all()[:4]]
    assert len(set(legend)) == 4
    kinds = [page.locator(f".chart .{kind}").first for kind in ("wd", "sd", "gd")]
    assert len({looks_like(one) for one in kinds}) == 3


def fill_of(place: Locator, pseudo: str | None) -> str:
    return place.evaluate("(node, pseudo) => getComputedStyle(node, pseudo).backgroundColor", pseudo)


# ---------------------------------------------------------------- where the focus is

UNDER = """() => {
    const one = document.activeElement;
    if (!one || one === document.body) return null;
    const { left, right, top, bottom } = one.getBoundingClientRect();
    const [x0, x1] = [Math.max(left, 0), Math.min(right, innerWidth)];
    const [y0, y1] = [Math.max(top, 0), Math.min(bottom, innerHeight)];
    const name = `${one.tagName} ${(one.textContent || one.name || "").trim().slice(0, 40)}`;
    if (x1 <= x0 || y1 <= y0) return [name, true];
    const around = one.closest(".opt, .rung") || one;
    const isSeen = (x, y) => {
        const found = document.elementFromPoint(x, y);
        return found && (one.contains(found) || around.contains(found) || found.contains(one));
    };
    const at = (from, to) => [0.1, 0.5, 0.9].map(part => from + (to - from) * part);
    return [name, !at(x0, x1).some(x => at(y0, y1).some(y => isSeen(x, y)))];
}"""


@pytest.mark.parametrize(("width", "height"), [(320, 256), (390, 844)], ids=["400 %", "phone"])
def test_nothing_that_has_the_focus_lies_under_a_bar(
    session: CoachingSession, cast: Cast, enter: Callable[..., Page], width: int, height: int
) -> None:
    partnership, focus = session.partnership, session.partnership.focuses.get()
    group = gathering.begin(cast, gathering.peers(cast))
    slug = partnership.slug
    page = enter(cast.wanda, width)
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(reduced_motion="reduce")
    for address in (
        reverse("home"),
        reverse("practice"),
        reverse("goals", args=[slug]),
        reverse("agreement_draft", args=[slug]),
        *(
            reverse("stage", args=[slug, session.number, key])
            for key in ("purpose", "next_steps", "feedback")
        ),
        reverse("review_focus", args=[slug, session.number, focus.aspect_slug]),
        reverse("group_step", args=[group.group.slug, group.number, "purpose"]),
        reverse("group_screen", args=[group.group.slug, group.number]),
        reverse("progress", args=[slug]),
        reverse("me"),
    ):
        page.goto(address)
        reached = list(through(page))
        assert len(reached) > 1, address
        assert [name for name, is_covered in reached if is_covered] == [], address


def through(page: Page) -> Iterable[tuple[str, bool]]:
    """All that Tab reaches on a page, each with whether it is hidden there."""
    for _ in range(150):
        page.keyboard.press("Tab")
        found = page.evaluate(UNDER)
        if found is None:
            return
        yield tuple(found)


@pytest.mark.parametrize("width", [390, 1280])
def test_type_of_twice_the_size_leaves_navigation_on_the_page(
    session: CoachingSession, cast: Cast, enter: Callable[..., Page], width: int
) -> None:
    page = enter(cast.wanda, width)
    slug = session.partnership.slug
    for address in (reverse("home"), reverse("practice"), reverse("goals", args=[slug])):
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        for link in page.get_by_role("navigation", name="Main").get_by_role("link").all():
            box = link.bounding_box()
            assert box, address
            assert box["x"] >= 0, address
            assert box["x"] + box["width"] <= width, address
            assert link.evaluate("node => node.scrollWidth <= node.clientWidth + 1"), address


# ---------------------------------------------------------------- on paper


def test_an_open_stage_prints_all_that_is_written_in_it(
    session: CoachingSession, cast: Cast, enter: Callable[..., Page]
) -> None:
    page = enter(cast.wanda, 1280)
    page.goto(reverse("stage", args=[session.partnership.slug, session.number, "purpose"]))
    words = page.get_by_role("textbox", name="My words")
    words.fill(LONG)
    page.emulate_media(media="print")
    assert words.evaluate("field => field.scrollHeight <= field.clientHeight + 1")  # also without a script
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = page.locator(".on-paper")
    expect(printed).to_be_visible()
    expect(printed).to_have_text(LONG)
    expect(words).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(printed).to_have_count(0)
    expect(words).to_have_value(LONG)


def test_paper_is_light_and_says_nothing_that_holds_of_the_screen_alone(
    session: CoachingSession, cast: Cast, enter: Callable[..., Page]
) -> None:
    page = enter(cast.wanda, 1280)
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(reverse("agreement", args=[session.partnership.slug]))
    label = page.get_by_text("In force", exact=True)
    expect(label).to_be_visible()
    assert label.evaluate("node => getComputedStyle(node).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert label.evaluate("node => getComputedStyle(node).color") == "rgb(0, 0, 0)"
    expect(page.get_by_text("can read this page")).to_be_hidden()
    page.goto(reverse("progress", args=[session.partnership.slug]))
    expect(page.get_by_text("Read the words of each level").first).to_be_hidden()
