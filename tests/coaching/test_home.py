"""Home: for each partnership, who does what next (product.md, 7)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.models import Invitation, Promise, engagement
from coaching.models.reflection import share_reflection
from coaching.models.self_rating import share_self_rating
from tests.coaching import steps
from tests.factories import UserFactory
from tests.limits import HOME_QUERIES

TUESDAY_MORNING = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_a_tuesday_morning():
    with time_machine.travel(TUESDAY_MORNING, tick=False):
        yield


def page(client_for, user) -> str:
    response = client_for(user).get(reverse("home"))
    assert response.status_code == 200
    return response.content.decode()


def lead(html: str) -> str:
    """The block of the next step."""
    return (
        html.split('<section class="next')[1].split("</section>")[0] if '<section class="next' in html else ""
    )


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html.split("<main")[1].split("</main>")[0]).split())


@pytest.fixture
def ready(cast, edition):
    """Wanda and Sam before their first progress session, which is today at 10:00 AM, with a promise of each."""
    with time_machine.travel(TUESDAY_MORNING - timedelta(days=14), tick=True):
        partnership = steps.begin(cast.wanda, cast.sam)
        session = steps.open_session(partnership)
        steps.agree(partnership)
        steps.walk_through(partnership)
        steps.set_goal(steps.focus_on(partnership)[0])
        due_on = timezone.localdate() + timedelta(days=10)
        Promise.make(session, by=cast.wanda, text="Try the impact question with a teacher.", due_on=due_on)
        Promise.make(session, by=cast.sam, text="Join one home visit, and only listen.", due_on=due_on)
        return steps.close(session, next_starts_at=TUESDAY_MORNING + timedelta(hours=1))


def look_back(session) -> None:
    share_reflection(session, by=session.partnership.worker, went_well="I waited.", differently="")
    for focus in session.partnership.focuses.all():
        share_self_rating(session, focus, by=session.partnership.worker, level=4)


def test_the_worker_is_asked_to_look_back_before_the_meeting(cast, ready, client_for):
    html = page(client_for, cast.wanda)
    assert "Good morning, Wanda" in html
    assert "Sam Ortiz sees your goals and their counts; nobody else sees anything." in html
    assert "Your next step" in lead(html)
    assert "You meet Sam today at 10:00 AM." in lead(html)
    assert reverse("stage", args=[ready.partnership.slug, 2, "content"]) in lead(html)
    assert html.count("btn-primary") == 1


def test_the_worker_finds_goals_to_tap_the_meeting_and_the_promises(cast, ready, client_for):
    html = page(client_for, cast.wanda)
    goal = ready.partnership.goals.get()
    assert f'action="{reverse("practice_plus", args=[goal.pk])}"' in html
    assert "Use Three Questions with caregivers on 5 cases" in html
    assert "Today, 10:00 AM to 11:00 AM" in html
    assert "You: Try the impact question with a teacher." in html
    assert "Sam: Join one home visit, and only listen." in html
    assert "step 6 of 7, with one focus. Meeting every other week for one hour." in html


def test_a_tap_without_javascript_leads_back_home(cast, ready, client_for):
    client = client_for(cast.wanda)
    html = client.get(reverse("home")).content.decode()
    goal = ready.partnership.goals.get()
    key = re.search(r'name="client_key" value="([^"]+)"', html)[1]
    response = client.post(
        reverse("practice_plus", args=[goal.pk]), {"client_key": key, "next": reverse("home")}, follow=True
    )
    assert response.redirect_chain[-1][0] == reverse("home")
    assert "<strong>1 of 5</strong>" in response.content.decode()


def test_the_supervisor_reads_what_the_worker_shared_first(cast, ready, client_for):
    look_back(ready)
    html = page(client_for, cast.sam)
    assert "Wanda has looked back" in lead(html)
    assert "Each of these is between you and one person." in html
    row = html.split("The people you coach")[1]
    assert (
        "Session 2 is today at 10:00 AM. Last time you promised: Join one home visit, and only listen." in row
    )
    assert "Try the impact question" not in row
    assert "Your turn" in row


def test_the_people_one_coaches_stand_by_name_with_whose_turn_it_is(cast, edition, client_for):
    steps.begin(cast.wanda, cast.sam)
    petra = steps.begin(cast.petra, cast.sam)
    opening = steps.open_session(petra)
    steps.agree(petra)
    steps.walk_through(petra)
    steps.focus_on(petra)
    steps.close(opening)
    text = plain(page(client_for, cast.sam)).split("The people you coach")[1]
    assert text.index("Petra Lindqvist") < text.index("Wanda Reyes")
    assert "Petra’s turn" in text
    assert "2 of 7, Open" in text
    assert not re.search(r"\b\d+ days?\b", text)


def test_where_several_wait_for_others_no_step_is_put_on_top(cast, edition, client_for):
    for worker in (cast.wanda, cast.petra):
        partnership = steps.begin(worker, cast.sam)
        opening = steps.open_session(partnership)
        steps.agree(partnership)
        steps.walk_through(partnership)
        steps.focus_on(partnership)
        steps.close(opening)
    html = page(client_for, cast.sam)
    assert not lead(html)
    assert "Wanda’s turn" in html
    assert "Petra’s turn" in html


def test_the_only_one_shows_whose_turn_it_is_on_top(cast, edition, client_for):
    partnership = steps.begin(cast.wanda, cast.sam)
    opening = steps.open_session(partnership)
    steps.agree(partnership)
    steps.walk_through(partnership)
    steps.focus_on(partnership)
    steps.close(opening)
    assert "Wanda’s turn" in lead(page(client_for, cast.sam))


def test_a_meeting_that_is_near_comes_before_other_steps(cast, edition, ready, client_for):
    with time_machine.travel(TUESDAY_MORNING - timedelta(days=20), tick=True):
        steps.begin(cast.petra, cast.sam)
    assert "You meet Wanda today at 10:00 AM." in lead(page(client_for, cast.sam))


def test_a_session_that_is_going_on_comes_first(cast, edition, ready, client_for):
    petra = steps.begin(cast.petra, cast.sam)
    steps.open_session(petra)
    assert reverse("session", args=[petra.slug, 1]) in lead(page(client_for, cast.sam))
    assert "Going on now" in page(client_for, cast.petra)


def test_promises_are_those_of_last_time(cast, ready, client_for):
    ready.open(by=cast.sam)
    due_on = timezone.localdate() + timedelta(days=10)
    Promise.make(ready, by=cast.wanda, text="Say my sorting back.", due_on=due_on)
    assert "Say my sorting back." not in page(client_for, cast.wanda)
    with time_machine.travel(TUESDAY_MORNING + timedelta(hours=2), tick=False):
        steps.close(ready)
        html = page(client_for, cast.wanda)
    assert "Say my sorting back." in html
    assert "Try the impact question" not in html


def test_an_invitation_is_the_next_step_of_whom_it_is_for(cast, edition, client_for):
    invitation = Invitation.send(by=cast.sam, to=cast.wanda)
    html = page(client_for, cast.wanda)
    assert "Sam would like to learn with you." in lead(html)
    assert reverse("partnership", args=[invitation.slug]) in lead(html)
    assert html.count("btn-primary") == 1


def test_whoever_invited_sees_that_it_waits_and_that_it_was_answered(cast, edition, client_for):
    waiting = Invitation.send(by=cast.sam, to=cast.wanda)
    Invitation.send(by=cast.sam, to=cast.petra).reply(by=cast.petra, answer=Invitation.Answer.NOT_NOW)
    text = plain(page(client_for, cast.sam))
    assert "Wanda Reyes Invited on December 1. The answer comes in its own time." in text
    assert "Petra Lindqvist Not now. That is a good answer, and it asks for no reason." in text
    assert reverse("partnership", args=[waiting.slug]) in page(client_for, cast.sam)
    assert "Not now" not in plain(page(client_for, cast.petra))


def test_one_who_coaches_and_is_coached_gets_both(cast, ready, client_for):
    steps.begin(cast.sam, cast.nia)
    html = page(client_for, cast.sam)
    assert "Each of these is between you and one other person." in html
    assert "Coaching with Nia" in html
    assert "The people you coach" in html
    assert "Wanda Reyes" in html
    assert "You meet Wanda today at 10:00 AM." in lead(html)
    assert "Sit down with Nia and begin with a conversation" in html


def test_somebody_without_coaching_is_shown_a_place_to_begin(cast, edition, client_for):
    html = page(client_for, cast.wanda)
    assert "Welcome, Wanda" in html
    assert "you don’t have to be" in html
    assert reverse("profiles:detail", args=["listening"]) in lead(html)
    assert "Ask a supervisor" in html
    assert "Invite a worker" not in html


def test_a_not_now_leaves_the_places_to_begin(cast, edition, client_for):
    Invitation.send(by=cast.sam, to=cast.wanda).reply(by=cast.wanda, answer=Invitation.Answer.NOT_NOW)
    html = page(client_for, cast.wanda)
    assert "Read Listening" in lead(html)
    assert "Ask a supervisor" in html


def test_before_any_edition_the_page_still_opens(cast, client_for):
    html = page(client_for, cast.wanda)
    assert "Welcome, Wanda" in html
    assert not lead(html)


def test_whoever_may_coach_is_led_to_invite_somebody(cast, edition, client_for):
    html = page(client_for, cast.nia)
    assert "already curious" in lead(html)
    assert html.count(reverse("invite")) == 1


def test_an_administrator_is_shown_the_way_to_people_and_no_coaching(cast, ready, client_for):
    html = page(client_for, cast.ada)
    assert reverse("manage_people") in html
    assert "Wanda" not in html
    assert "Sam Ortiz" not in html


@pytest.mark.parametrize("name", ["olaf", "nia", "petra", "root"])
def test_nobody_else_sees_that_two_coach_together(cast, ready, client_for, name):
    html = page(client_for, getattr(cast, name))
    assert "Wanda" not in html
    assert ready.partnership.slug not in html


def test_what_has_ended_is_no_longer_on_the_page(cast, ready, client_for):
    engagement.end(ready.partnership, by=cast.sam)
    assert "Three Questions with caregivers" not in page(client_for, cast.wanda)
    html = page(client_for, cast.sam)
    assert "The people you coach" not in html
    assert html.count(ready.partnership.slug) == html.count(f"{ready.partnership.slug}/agreement/") == 1


@pytest.mark.parametrize(
    ("hour", "greeting"), [(3, "Hello"), (8, "Good morning"), (13, "Good afternoon"), (20, "Good evening")]
)
def test_the_greeting_knows_the_time_of_day(cast, partnership, client_for, hour, greeting):
    local = timezone.localtime().replace(hour=hour)
    with time_machine.travel(local, tick=False):
        assert f"{greeting}, Wanda" in page(client_for, cast.wanda)


def test_home_is_only_read(cast, partnership, client_for):
    assert client_for(cast.wanda).post(reverse("home")).status_code == 405


def test_home_asks_the_database_the_same_for_one_partnership_and_for_many(cast, ready, client_for):
    def count(user) -> int:
        client = client_for(user)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("home")).status_code == 200
        return len(queries)

    one = count(cast.sam)
    for name in ("Dele Adeyemi", "Linh Tran", "Tomas Ek"):
        session = steps.ready_for_review(UserFactory(name=name), cast.sam)
        session.open(by=cast.sam)
        Promise.make(session, by=cast.sam, text="Listen.", due_on=timezone.localdate())
        Invitation.send(by=cast.sam, to=UserFactory())
    assert count(cast.sam) == one <= HOME_QUERIES

    both = count(cast.wanda)
    second = steps.ready_for_review(cast.wanda, cast.nia, focuses=3).partnership
    steps.set_goal(second.focuses.all()[0])
    assert count(cast.wanda) == both <= HOME_QUERIES
    assert count(UserFactory()) <= HOME_QUERIES
