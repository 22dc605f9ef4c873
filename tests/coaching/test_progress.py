"""Movement: what each side sees of how practice has moved (product.md, 4.8)."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.models import CoachingSession, Focus, Partnership, engagement
from coaching.queries.chart import chart_of
from coaching.queries.movement import Series, story_of
from coaching.rules.movement import Aim, Occasion
from profiles.models import SkillAspect
from tests.coaching import steps
from tests.limits import MOST_QUERIES
from tests.profiles.factories import small_edition

TODAY = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_the_first_of_december():
    with time_machine.travel(TODAY, tick=False):
        yield


def at(month: int, day: int, *, year: int = 2026) -> datetime:
    return datetime(year, month, day, 18, 0, tzinfo=UTC)


def series(*occasions: Occasion, aims: tuple[Aim, ...] = (), resting_since=None, top: int = 7) -> Series:
    return Series(SkillAspect(slug="listening-opening"), top, resting_since, occasions, aims)


@pytest.fixture
def wandas(partnership):
    return partnership.seat_of(partnership.worker)


@pytest.fixture
def sams(partnership):
    return partnership.seat_of(partnership.supervisor)


def page(client_for, user, partnership) -> str:
    response = client_for(user).get(reverse("progress", args=[partnership.slug]))
    assert response.status_code == 200
    return response.content.decode()


def rows(html: str) -> list[list[str]]:
    """The cells of every table row, in order."""
    bodies = re.findall(r"<tr>(.*?)</tr>", html, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", body) for body in bodies]


def held(session: CoachingSession, on: datetime, **review) -> CoachingSession:
    """Hold a whole progress session on a day; returns the next one."""
    with time_machine.travel(on, tick=True):
        session.open(by=session.partnership.supervisor)
        steps.review(session, **review)
        return steps.close(session)


def begun(worker, supervisor, on: datetime, *, focuses: int = 1) -> CoachingSession:
    with time_machine.travel(on, tick=True):
        return steps.ready_for_review(worker, supervisor, focuses=focuses)


@pytest.fixture
def moved(cast, edition) -> Partnership:
    """A start at 3 in September, then three sessions with a way back in the last."""
    session = begun(cast.wanda, cast.sam, at(9, 15))
    session = held(session, at(10, 13), level=4, glimpse=5, seen=3, choice="raise")
    session = held(session, at(11, 10), level=5, glimpse=6, seen=4, choice="carry_on")
    return held(session, at(11, 24), level=4, glimpse=None, seen=None, choice="carry_on").partnership


def test_the_worker_reads_in_a_sentence_how_practice_moved(cast, moved, client_for):
    html = page(client_for, cast.wanda, moved)
    assert "You moved from 3 in September to 5, then 4 in November." in html
    assert "Sam placed it at 3, then 4." in html
    assert "The target rose from 4 to 5 on October 13." in html
    assert "How your practice has moved" in html
    assert "Only you and Sam Ortiz can read this page." in html


def test_the_supervisor_reads_the_same_by_name(cast, moved, client_for):
    html = page(client_for, cast.sam, moved)
    assert "Wanda moved from 3 in September to 5, then 4 in November." in html
    assert "You placed it at 3, then 4." in html
    assert "How Wanda’s practice has moved" in html
    assert "Some of Wanda’s work" in html


def test_the_table_holds_every_fact_of_the_chart(cast, moved, client_for):
    header, *facts = rows(page(client_for, cast.wanda, moved))
    assert header == ["Date", "You", "Some work at", "Sam", "Target"]
    assert facts == [
        ["Sep 15", "3", "–", "–", "4"],
        ["Oct 13", "4", "5", "3", "4, then 5"],
        ["Nov 10", "5", "6", "4", "5"],
        ["Nov 24", "4", "–", "–", "5"],
    ]


def test_the_chart_has_a_title_and_a_description_and_no_inline_style(cast, moved, client_for):
    html = page(client_for, cast.wanda, moved)
    assert '<title id="listening-opening-t">Opening in listening over time</title>' in html
    assert '<desc id="listening-opening-d">You moved from 3' in html
    assert html.count('class="wd"') == 5  # four occasions and the name at the line's end
    assert html.count('class="gd"') == 2
    assert "style=" not in html


def test_no_total_average_or_share_is_shown(cast, moved, client_for):
    html = page(client_for, cast.wanda, moved).lower()
    assert "average" not in html
    assert "%" not in re.sub(r"<[^>]*>", "", html)


def test_the_words_of_the_levels_stand_on_the_page(cast, moved, client_for):
    html = page(client_for, cast.wanda, moved)
    assert "Opening in listening, as it looks at level 4." in html
    assert "Opening in listening, as it looks at level 5." in html
    assert "Opening in listening, as it looks at level 1." not in html
    assert "/profiles/listening/?edition=small-profiles-1#listening-opening" in html


def test_a_rating_shared_before_the_meeting_stands_under_the_day_of_the_meeting(cast, edition, client_for):
    session = begun(cast.wanda, cast.sam, at(9, 15))
    with time_machine.travel(at(10, 11), tick=True):
        steps.share_reflection(session, by=cast.wanda, went_well="I waited.", differently="")
        focus = session.partnership.focuses.get()
        steps.share_self_rating(session, focus, by=cast.wanda, level=4)
    assert rows(page(client_for, cast.sam, session.partnership))[-1][0] == "Oct 11"
    with time_machine.travel(at(10, 13), tick=True):
        session.open(by=cast.sam)
        steps.share_observation(session, focus, by=cast.sam, saw="You waited.", level=4)
    assert rows(page(client_for, cast.sam, session.partnership))[-1] == ["Oct 13", "4", "–", "4", "4"]


def test_a_focus_that_rests_and_comes_back_is_one_line(cast, edition, client_for):
    session = begun(cast.wanda, cast.sam, at(9, 15))
    partnership = session.partnership
    held(session, at(10, 13), level=4, glimpse=None, seen=4, choice="new_focus")
    html = page(client_for, cast.wanda, partnership)
    assert "Resting now" in html
    assert "The target was 4. It has rested since October 13." in html
    with time_machine.travel(at(11, 10), tick=True):
        steps.focus_on(partnership, start=3, target=5)
    html = page(client_for, cast.wanda, partnership)
    assert html.count('<svg class="chart"') == 1
    assert "Resting now" not in html
    assert [row[0] for row in rows(html)[1:]] == ["Sep 15", "Oct 13", "Nov 10"]
    assert "You moved from 3 in September to 4 in October, then 3 in November." in html


def test_active_focuses_come_before_those_that_rest(cast, edition, client_for):
    session = begun(cast.wanda, cast.sam, at(9, 15), focuses=2)
    first = session.partnership.focuses.get(slot=1)
    first.rest(by=cast.wanda)
    html = page(client_for, cast.wanda, session.partnership)
    assert html.index("Following in listening</h2>") < html.index("Resting now")
    assert html.index("Resting now") < html.index("Opening in listening</h3>")


def test_a_focus_without_a_start_says_whose_turn_it_is(cast, agreed, client_for):
    Focus.choose(agreed, steps.aspects_of(agreed)[:1], by=cast.sam)
    assert "Find where I am" in page(client_for, cast.wanda, agreed)
    assert "It begins when Wanda says where to start." in page(client_for, cast.sam, agreed)


def test_with_nothing_to_draw_the_page_leads_to_where_the_pair_is(cast, partnership, client_for):
    html = page(client_for, cast.wanda, partnership)
    assert "Nothing to draw yet, and that’s fine." in html
    assert reverse("partnership", args=[partnership.slug]) in html


@pytest.mark.parametrize("name", ["olaf", "nia", "petra", "ada", "root"])
def test_nobody_else_finds_the_page(cast, moved, client_for, name):
    response = client_for(getattr(cast, name)).get(reverse("progress", args=[moved.slug]))
    assert response.status_code == 404


def test_after_the_end_the_worker_keeps_the_page_and_the_supervisor_does_not(cast, moved, client_for):
    engagement.end(moved, by=cast.wanda)
    assert "You moved from 3" in page(client_for, cast.wanda, moved)
    assert client_for(cast.sam).get(reverse("progress", args=[moved.slug])).status_code == 404


def test_the_page_asks_the_database_the_same_however_much_has_happened(cast, edition, client_for):
    little = held(begun(cast.wanda, cast.sam, at(9, 1)), at(9, 15)).partnership
    session = begun(cast.petra, cast.sam, at(9, 1), focuses=3)
    for n in range(5):
        session = held(session, at(9, 15) + timedelta(days=7 * n), choice="carry_on")
    client = client_for(cast.sam)

    def count(partnership: Partnership) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("progress", args=[partnership.slug])).status_code == 200
        return len(queries)

    assert count(little) == count(session.partnership) <= MOST_QUERIES + 1  # and what was logged


# The sentence


def test_one_rating_is_a_start(wandas):
    story = story_of(series(Occasion(at(9, 15), 3), aims=(Aim(5, at(9, 15)),)), wandas)
    assert story == "You started at 3 in September. Sam hasn’t placed it yet. The target is 5."


def test_a_level_that_stayed_is_told_as_such(sams):
    said = series(Occasion(at(9, 15), 3), Occasion(at(11, 10), 3, glimpse=4))
    assert story_of(said, sams) == (
        "Wanda stayed at 3 from September to November, with some work at 4. "
        "You haven’t placed it yet. There’s no target yet."
    )


def test_within_one_month_the_month_is_named_once(wandas):
    said = series(Occasion(at(11, 3), 3), Occasion(at(11, 10), 4), Occasion(at(11, 17), 5))
    assert story_of(said, wandas).startswith("You moved from 3 to 5 in November.")


def test_a_way_back_is_told_without_judging(wandas):
    said = series(Occasion(at(9, 1), 3), Occasion(at(10, 1), 5), Occasion(at(11, 1), 3))
    assert story_of(said, wandas).startswith(
        "You moved from 3 in September to 5 in October, then 3 in November."
    )


def test_a_long_story_is_told_by_its_ends_and_its_range(wandas):
    levels = [3, 4, 2, 5, 3, 6, 4]
    said = series(
        *(Occasion(at(9, 1) + timedelta(days=14 * n), level, seen=level) for n, level in enumerate(levels))
    )
    story = story_of(said, wandas)
    assert "You moved from 3 in September to 4 in November, between 2 and 6 on the way." in story
    assert "Sam placed it at 3 first and at 4 last." in story


def test_days_of_another_year_are_told_with_their_year(wandas):
    said = series(
        Occasion(at(11, 1, year=2025), 3),
        Occasion(at(2, 1), 4),
        aims=(Aim(4, at(11, 1, year=2025)), Aim(5, at(2, 1))),
    )
    story = story_of(said, wandas)
    assert "from 3 in November 2025 to 4 in February 2026" in story
    assert "rose from 4 to 5 on February 1, 2026" in story


def test_each_raise_of_the_target_is_told_with_its_day(wandas):
    aims = (Aim(4, at(9, 1), at(9, 29)), Aim(5, at(9, 29), at(10, 27)), Aim(6, at(10, 27)))
    story = story_of(series(Occasion(at(9, 1), 3), aims=aims), wandas)
    assert story.endswith("The target rose from 4 to 5 on September 29, then to 6 on October 27.")


# The drawing


def test_the_lines_follow_the_number_of_levels(wandas):
    for top in (3, 7, 10):
        chart = chart_of(series(Occasion(at(9, 15), 1), Occasion(at(11, 10), top), top=top), wandas)
        assert [level for level, _ in chart.lines] == list(range(1, top + 1))
        assert (chart.lines[0][1], chart.lines[-1][1]) == (256, 28)
        assert [dot.level_y for dot in chart.dots] == [256, 28]


def test_a_level_holds_until_the_next_is_placed(wandas):
    said = series(Occasion(at(9, 1), 3), Occasion(at(10, 1), 3, seen=2), Occasion(at(10, 31), 4))
    chart = chart_of(said, wandas)
    assert chart.worker_path == "M24.0 180.0H126.0V180.0H228.0V142.0H228.0"
    assert chart.supervisor_path == "M126.0 218.0H228.0"


def test_a_single_occasion_is_a_point_with_its_target(wandas):
    chart = chart_of(series(Occasion(at(9, 15), 3), aims=(Aim(4, at(9, 15)),)), wandas)
    assert chart.worker_path == chart.supervisor_path == ""
    assert chart.target_path == "M24.0 136.0H236"
    assert [(dot.x, dot.level_y) for dot in chart.dots] == [(24, 180)]
    assert [day for _, day in chart.dates] == ["Sep 15"]


def test_the_target_steps_up_and_stops_where_the_focus_rested(wandas):
    aims = (Aim(4, at(9, 1), at(10, 1)), Aim(5, at(10, 1), at(10, 31)))
    said = series(Occasion(at(9, 1), 3), Occasion(at(10, 31), 4), aims=aims, resting_since=at(10, 31))
    assert chart_of(said, wandas).target_path == "M24.0 136.0H126.0V98.0H228.0"


def test_names_at_the_line_ends_never_overlap(wandas):
    for level in (1, 4, 7):
        said = series(Occasion(at(9, 15), level, seen=level), aims=(Aim(level, at(9, 15)),))
        chart = chart_of(said, wandas)
        assert [label.text for label in chart.labels] == [f"Target {level}", f"You {level}", f"Sam {level}"]
        ys = [label.y for label in chart.labels]
        assert all(below - above >= 16 for above, below in pairwise(ys))
        assert ys[-1] <= 272


def test_of_forty_dates_only_those_with_room_are_named(wandas):
    said = series(*(Occasion(at(1, 6) + timedelta(days=7 * n), 1 + n % 7, seen=3) for n in range(40)))
    chart = chart_of(said, wandas)
    xs = [x for x, _ in chart.dates]
    assert (xs[0], xs[-1]) == (24, 228)
    assert all(right - left >= 58 for left, right in pairwise(xs))
    assert len(chart.dots) == 40
    assert chart.radius < 3


def test_a_long_name_is_shortened_and_given_room(partnership, sams):
    partnership.worker.called = "Christopherson"
    chart = chart_of(series(Occasion(at(9, 15), 3)), partnership.seat_of(partnership.supervisor))
    assert chart.labels[0].text == "Christo… 3"
    assert chart.width > 320


def test_a_scale_of_ten_levels_fits_the_page(cast, client_for):
    small_edition(top=10)
    session = begun(cast.wanda, cast.sam, at(9, 15))
    html = page(client_for, cast.wanda, session.partnership)
    assert html.count('<line class="g"') == 10
