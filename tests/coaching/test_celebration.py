"""Celebrations: goals reached, levels reached, targets raised, and words for each other (FAQ, measure step 4)."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.models import (
    AgreementDraft,
    CoachingSession,
    Congratulation,
    Focus,
    Partnership,
    Target,
    engagement,
)
from tests.coaching import steps
from tests.limits import MOST_QUERIES

TODAY = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
WORDS = "I asked what the grandmother heard, and didn’t fill the silence."


@pytest.fixture(autouse=True)
def _on_the_first_of_december():
    with time_machine.travel(TODAY, tick=False):
        yield


def on(month: int, day: int):
    return time_machine.travel(datetime(2026, month, day, 18, 0, tzinfo=UTC), tick=True)


def address(partnership) -> str:
    return reverse("celebrations", args=[partnership.slug])


def page(client_for, user, partnership) -> str:
    response = client_for(user).get(address(partnership))
    assert response.status_code == 200
    return response.content.decode()


def moments(html: str) -> list[tuple[str, str, str]]:
    """Title, text and day of each, as they stand on the page."""
    found = re.findall(r"<h3[^>]*>(.*?)</h3>\s*<p[^>]*>(.*?)</p><p[^>]*>(.*?)</p>", html)
    return [tuple(unescape(part) for part in moment) for moment in found]


def held(session: CoachingSession, **review) -> CoachingSession:
    session.open(by=session.partnership.supervisor)
    steps.review(session, glimpse=None, **review)
    return steps.close(session)


@pytest.fixture
def ready(cast, edition) -> CoachingSession:
    """Agreed on September 1, one focus at 3 with target 4 and a goal of five; session 2 planned."""
    with on(9, 1):
        return steps.ready_for_review(cast.wanda, cast.sam)


def test_what_happened_stands_newest_first(cast, ready, client_for):
    partnership = ready.partnership
    with on(9, 20):
        steps.practise(partnership.goals.get(), 5)
    with on(9, 29):
        session = held(ready, level=4, choice="raise")
    with on(10, 13):
        Congratulation.give(partnership, by=cast.wanda, text=WORDS)
    with on(10, 27):
        held(session, level=5, choice="carry_on")
    assert moments(page(client_for, cast.wanda, partnership)) == [
        (
            "You placed yourself at 5, Partnering",
            "Opening in listening. It was your target since September.",
            "October 27",
        ),
        ("Words from you", f"“{WORDS}”", "October 13"),
        ("Words from Sam", "“The answer came because you waited.”", "September 29"),
        ("Target raised by one", "Opening in listening, from 4 to 5.", "September 29"),
        (
            "You placed yourself at 4, Purposeful",
            "Opening in listening. It was your target since September.",
            "September 29",
        ),
        ("Goal reached", "Use Three Questions with caregivers on 5 cases.", "September 20"),
        ("You made an agreement", "Every other week for one hour.", "September 1"),
    ]


def test_the_latest_words_stand_large_with_what_they_were_said_about(cast, ready, client_for):
    held(ready)
    html = page(client_for, cast.wanda, ready.partnership)
    assert "Today, from Sam" in html
    assert "“The answer came because you waited.”</h2>" in html
    assert "Said about Opening in listening, in session 2." in html
    assert "Words from Sam" not in html


def test_the_supervisor_reads_of_the_worker_by_name(cast, ready, client_for):
    held(ready)
    html = page(client_for, cast.sam, ready.partnership)
    assert "Wanda reached 4, Purposeful" in html
    assert "It was the target since September." in html
    assert "Today, from you" in html


def test_a_way_back_or_the_same_level_again_is_no_level_reached(cast, ready, client_for):
    with on(9, 29):
        session = held(ready, level=5, choice="carry_on")
    with on(10, 13):
        session = held(session, level=4, choice="carry_on")
    with on(10, 27):
        held(session, level=5, choice="carry_on")
    titles = [title for title, _, _ in moments(page(client_for, cast.wanda, ready.partnership))]
    assert [title for title in titles if "placed yourself" in title] == [
        "You placed yourself at 5, Partnering"
    ]


def test_a_level_below_the_target_is_no_level_reached(cast, ready, client_for):
    held(ready, level=3, choice="carry_on")
    assert "placed yourself" not in page(client_for, cast.wanda, ready.partnership)


def test_a_target_set_anew_before_the_first_review_is_no_raise(cast, ready, client_for):
    Target.set(ready.partnership.focuses.get(), 5, by=cast.wanda)
    assert "Target raised" not in page(client_for, cast.wanda, ready.partnership)


def test_a_goal_not_reached_is_not_listed(cast, ready, client_for):
    steps.practise(ready.partnership.goals.get(), 4)
    assert "Goal reached" not in page(client_for, cast.wanda, ready.partnership)


def test_a_changed_agreement_is_told_apart_from_the_first(cast, ready, client_for):
    draft = AgreementDraft.begin(ready.partnership, by=cast.wanda)
    terms = {name: getattr(draft, name) for name in AgreementDraft.FIELDS} | {
        "rhythm": "monthly",
        "minutes": 120,
    }
    draft.put(by=cast.wanda, **terms)
    draft.sign(by=cast.wanda).sign(by=cast.sam)
    assert moments(page(client_for, cast.sam, ready.partnership)) == [
        ("You changed your agreement", "Once a month for two hours.", "Today"),
        ("You made an agreement", "Every other week for one hour.", "September 1"),
    ]


def test_days_of_another_year_have_their_year(cast, ready, client_for):
    with time_machine.travel(datetime(2027, 2, 1, 18, 0, tzinfo=UTC), tick=False):
        html = page(client_for, cast.wanda, ready.partnership)
    assert "Since September 2026" in html
    assert "September 1, 2026" in html


def test_each_year_stands_under_its_own_heading_and_only_the_newest_is_open(cast, ready, client_for):
    for hour in (18, 19):
        with time_machine.travel(datetime(2027, 2, 1, hour, 0, tzinfo=UTC), tick=False):
            Congratulation.give(ready.partnership, by=cast.sam, text=f"{WORDS} {hour}")
    with time_machine.travel(datetime(2027, 2, 2, 18, 0, tzinfo=UTC), tick=False):
        html = page(client_for, cast.wanda, ready.partnership)
    newest, older = re.findall(r"<details[^>]*>\s*<summary>.*?</details>", html, re.DOTALL)
    assert re.match(r"<details[^>]* open>\s*<summary>2027</summary>", newest)
    assert re.match(r'<details class="mb-3">\s*<summary>2026</summary>', older)
    assert [day for _, _, day in moments(newest)] == ["Yesterday"]
    assert [day for _, _, day in moments(older)] == ["September 1, 2026"]


def test_one_year_alone_is_a_plain_list(cast, ready, client_for):
    html = page(client_for, cast.wanda, ready.partnership)
    assert "<summary>2026</summary>" not in html
    assert [title for title, _, _ in moments(html)] == ["You made an agreement"]


@pytest.mark.parametrize("name", ["wanda", "sam"])
def test_either_side_adds_something_that_went_well(cast, partnership, client_for, name):
    client = client_for(getattr(cast, name))
    response = client.post(address(partnership), {"text": WORDS}, follow=True)
    html = response.content.decode()
    assert "Shared with " in html
    assert f"“{WORDS}”</h2>" in html
    added = Congratulation.objects.get()
    assert (added.text, added.author, added.session) == (WORDS, getattr(cast, name), None)


def test_words_that_point_to_a_family_are_stopped_and_kept_in_the_form(cast, partnership, client_for):
    words = "Case no. 4417-B went well."
    response = client_for(cast.wanda).post(address(partnership), {"text": words})
    html = response.content.decode()
    assert response.status_code == 200
    assert 'role="alert"' in html
    assert "4417-B" in html.split("<textarea")[0]
    assert words in html.split("<textarea")[1]
    assert not Congratulation.objects.exists()


@pytest.mark.parametrize("text", ["", "   \n "])
def test_nothing_written_is_answered_with_what_to_do(cast, partnership, client_for, text):
    response = client_for(cast.sam).post(address(partnership), {"text": text})
    assert response.status_code == 200
    assert "Write what is worth celebrating, however small." in response.content.decode()
    assert not Congratulation.objects.exists()


def test_what_is_too_long_stays_in_the_form(cast, partnership, client_for):
    words = "It went well. " * 100
    response = client_for(cast.sam).post(address(partnership), {"text": words})
    html = response.content.decode()
    assert response.status_code == 200
    assert "Shorten it a little" in html
    assert words.strip() in html
    assert not Congratulation.objects.exists()


def test_words_are_shown_as_they_were_written(cast, partnership, client_for):
    Congratulation.give(partnership, by=cast.sam, text="First <b>line</b>\nsecond line")
    assert "First &lt;b&gt;line&lt;/b&gt;<br>second line" in page(client_for, cast.wanda, partnership)


def test_before_anything_happened_the_page_says_that_it_is_fine(cast, partnership, client_for):
    html = page(client_for, cast.wanda, partnership)
    assert "The first one is still to come" in html
    assert "Only you and Sam Ortiz can read this page." in html
    assert "Add something that went well" in html


@pytest.mark.parametrize("name", ["olaf", "nia", "petra", "ada", "root"])
def test_nobody_else_finds_the_page_or_adds_to_it(cast, partnership, client_for, name):
    client = client_for(getattr(cast, name))
    assert client.get(address(partnership)).status_code == 404
    assert client.post(address(partnership), {"text": WORDS}).status_code == 404
    assert not Congratulation.objects.exists()


def test_after_the_end_the_worker_reads_on_and_nothing_is_added(cast, ready, client_for):
    engagement.end(ready.partnership, by=cast.wanda)
    assert "Add something" not in page(client_for, cast.wanda, ready.partnership)
    response = client_for(cast.wanda).post(address(ready.partnership), {"text": WORDS})
    assert response.status_code == 403
    assert "nothing can be added to it" in response.content.decode()
    assert client_for(cast.sam).get(address(ready.partnership)).status_code == 404


def test_the_page_asks_the_database_the_same_however_much_has_happened(cast, ready, client_for):
    with on(9, 1):
        session = steps.ready_for_review(cast.petra, cast.sam, focuses=3)
    for n in range(4):
        session = held(session, level=4 + min(n, 3), choice="raise" if n < 3 else "carry_on")
    for goal in session.partnership.goals.all():
        steps.practise(goal, 5)
    steps.set_goal(
        Focus.objects.filter(partnership=session.partnership)[0], by_on=(TODAY + timedelta(days=3)).date()
    )
    held(ready)
    client = client_for(cast.sam)

    def count(partnership: Partnership) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(partnership)).status_code == 200
        return len(queries)

    assert count(ready.partnership) == count(session.partnership) <= MOST_QUERIES
