"""How far a worker has come in: observing, trying on, formal coaching, a pause; and who may say so."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from coaching.models import AgreementDraft, Goal, Invitation, Partnership, engagement, trying_on
from coaching.models.release import release
from coaching.models.walkthrough import mark_interests
from sopcoach.words import dates
from sopcoach.words.refusal import Refused
from tests.coaching import steps

pytestmark = pytest.mark.both_databases


def observing(worker, supervisor) -> Partnership:
    invitation = Invitation.send(by=supervisor, to=worker)
    partnership = invitation.reply(by=worker, answer="observing")
    assert partnership is not None
    return partnership


@pytest.fixture
def watching(cast, edition):
    return observing(cast.wanda, cast.sam)


@pytest.fixture
def trying(watching):
    trying_on.try_on(watching, by=watching.worker, until=timezone.localdate() + timedelta(days=20))
    return watching


def at(partnership, name="partnership"):
    return reverse(name, args=[partnership.slug])


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def test_the_worker_moves_between_observing_and_trying_on_and_into_formal_coaching(watching, cast):
    trying_on.try_on(watching, by=cast.wanda)
    assert (watching.engagement, watching.until_on) == ("trying_on", in_days(30))
    trying_on.observe(watching, by=cast.wanda)
    assert (watching.engagement, watching.until_on) == ("observing", None)
    assert watching.formal_on is None
    engagement.formalize(watching, by=cast.wanda)
    engagement.formalize(watching, by=cast.wanda)
    assert (watching.engagement, watching.formal_on) == ("formal", timezone.localdate())
    assert [session.number for session in watching.sessions.all()] == [1]


def test_no_supervisor_moves_a_worker(trying, cast):
    for verb in (trying_on.observe, trying_on.try_on, engagement.formalize):
        with pytest.raises(Refused, match="How far to come in is Wanda’s choice alone"):
            verb(trying, by=cast.sam)
    trying.refresh_from_db()
    assert trying.engagement == "trying_on"


def test_formal_coaching_does_not_go_back_to_trying_on(partnership, cast):
    for verb in (trying_on.observe, trying_on.try_on):
        with pytest.raises(Refused, match="You are in formal coaching already"):
            verb(partnership, by=cast.wanda)


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_day_gone_by_or_far_away_is_no_day_to_look_again(watching, cast, days):
    with pytest.raises(ValidationError, match="Choose a day that is still to come"):
        trying_on.try_on(watching, by=cast.wanda, until=in_days(days))


def test_before_formal_coaching_nothing_of_it_exists(trying, cast):
    aspects = set(steps.aspects_of(trying)[:1])
    for act in (
        lambda: AgreementDraft.begin(trying, by=cast.sam).put(by=cast.sam, rhythm="monthly"),
        lambda: mark_interests(trying, by=cast.wanda, aspects=aspects),
        lambda: engagement.pause(trying, by=cast.sam),
    ):
        with pytest.raises(Refused):
            act()
    assert not Goal.objects.exists()


PAGES = [
    "agreement",
    "agreement_draft",
    "walkthrough",
    "goals",
    "sessions",
    "progress",
    "celebrations",
    "handover",
    "released",
    "erase",
    "carry",
    "edition_move",
    "orientation",
    "path",
    "pause",
]


@pytest.mark.parametrize("name", PAGES)
def test_pages_of_formal_coaching_say_to_both_that_they_open_with_it(trying, cast, client_for, name):
    for person in (cast.wanda, cast.sam):
        response = client_for(person).get(at(trying, name))
        assert response.status_code == 403
        assert "Wanda is trying things on. This opens with formal coaching" in response.text
    assert client_for(cast.olaf).get(at(trying, name)).status_code == 404


def test_the_supervisor_sees_that_somebody_tries_on_and_until_when_and_nothing_else(trying, cast, client_for):
    page = client_for(cast.sam).get(at(trying)).text
    assert "Wanda Reyes is trying things on" in page
    day = dates.day(trying.until_on)
    assert f"{day}. Then Wanda says what comes next." in page
    assert "since" not in page
    home = client_for(cast.sam).get(reverse("home")).text
    assert f"Trying on until {day}" in home
    assert "Wanda’s turn" not in home


def test_stopped_before_formal_coaching_there_is_nothing_of_it_to_read_or_to_show(trying, cast, client_for):
    engagement.end(trying, by=cast.wanda)
    following = steps.begin(cast.wanda, cast.nia)
    with pytest.raises(Refused, match="ended before formal coaching began"):
        release(trying, by=cast.wanda, into=following, sessions=[1])
    for name in ("handover", "goals", "progress", "erase", "agreement"):
        response = client_for(cast.wanda).get(at(trying, name))
        assert response.status_code == 403
        assert "This ended before formal coaching began" in response.text
    assert client_for(cast.sam).get(at(trying, "goals")).status_code == 403
    response = client_for(cast.sam).post(at(trying, "end"))
    assert response.headers["Location"] == reverse("home")


def test_after_the_day_the_supervisor_is_not_told_that_it_has_gone_by(trying, cast, client_for):
    day = dates.day(trying.until_on)
    with time_machine.travel(timezone.now() + timedelta(days=25), tick=False):
        for page in (at(trying), reverse("home")):
            text = client_for(cast.sam).get(page).text
            assert day not in text
            assert "trying things on" in text


def test_on_the_day_the_worker_is_asked_and_nothing_is_chosen_beforehand(trying, cast, client_for):
    client = client_for(cast.wanda)
    assert "The day you set is here" not in client.get(at(trying)).text
    with time_machine.travel(timezone.now() + timedelta(days=20), tick=False):
        page = client_for(cast.wanda).get(at(trying)).text
        home = client_for(cast.wanda).get(reverse("home")).text
    assert "The day you set is here" in page
    assert "“the same again” is an answer" in page
    assert " checked" not in page
    for value in ("trying_on", "formal", "observing", "stop"):
        assert f'value="{value}"' in page
    assert "Say what’s next" in home


@pytest.mark.parametrize(
    ("choice", "engagement"),
    [("trying_on", "trying_on"), ("formal", "formal"), ("observing", "observing"), ("stop", "ended")],
)
def test_each_answer_does_what_it_says(trying, cast, client_for, choice, engagement):
    client = client_for(cast.wanda)
    response = client.post(at(trying, "engagement"), {"choice": choice}, follow=True)
    assert response.status_code == 200
    trying.refresh_from_db()
    assert trying.engagement == engagement
    again = client.post(at(trying, "engagement"), {"choice": choice})
    assert again.status_code == 302


def test_a_worker_may_set_another_day_on_any_day(trying, cast, client_for):
    day = in_days(60)
    client_for(cast.wanda).post(at(trying, "engagement"), {"choice": "trying_on", "until": day.isoformat()})
    trying.refresh_from_db()
    assert trying.until_on == day


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose what suits you now."),
        ({"choice": "everything"}, "Choose one of these."),
        ({"choice": "trying_on", "until": "2020-01-01"}, "Choose a day that is still to come"),
        ({"choice": "trying_on", "until": "some day"}, "Write a day such as"),
    ],
)
def test_what_does_not_fit_gets_a_sentence_and_changes_nothing(trying, cast, client_for, sent, sentence):
    before = trying.until_on
    response = client_for(cast.wanda).post(at(trying, "engagement"), sent)
    assert response.status_code == 200
    assert sentence in response.text
    assert sent.get("until", "") in response.text
    trying.refresh_from_db()
    assert (trying.engagement, trying.until_on) == ("trying_on", before)


def test_only_the_worker_opens_the_page_that_asks(trying, cast, client_for):
    for response in (
        client_for(cast.sam).get(at(trying, "engagement")),
        client_for(cast.sam).post(at(trying, "engagement"), {"choice": "formal"}),
    ):
        assert response.status_code == 403
        assert "How far to come in is Wanda’s choice alone." in response.text
    for name in ("olaf", "nia", "petra", "ada", "root"):
        client = client_for(getattr(cast, name))
        assert client.get(at(trying, "engagement")).status_code == 404
        assert client.post(at(trying, "engagement"), {"choice": "formal"}).status_code == 404
    trying.refresh_from_db()
    assert trying.engagement == "trying_on"


def test_formal_coaching_begins_with_the_opening_session_for_both(trying, cast, client_for):
    client_for(cast.wanda).post(at(trying, "engagement"), {"choice": "formal"})
    for person in (cast.wanda, cast.sam):
        assert "begin with a conversation" in client_for(person).get(at(trying)).text


def test_stopping_before_formal_coaching_leaves_the_worker_theirs_and_the_supervisor_a_line(
    trying, cast, client_for
):
    client_for(cast.wanda).post(at(trying, "engagement"), {"choice": "stop"})
    page = client_for(cast.wanda).get(at(trying)).text
    assert "You’ve stopped, and that’s fine" in page
    assert "See how you moved" not in page
    sam = client_for(cast.sam)
    assert sam.get(at(trying)).status_code == 404
    assert "Observing or trying on with Wanda Reyes, until" in sam.get(reverse("home")).text
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert "Wanda" not in client_for(cast.sam).get(reverse("home")).text


def test_a_supervisors_home_says_in_words_who_is_where(cast, edition, client_for):
    watching = observing(cast.wanda, cast.sam)
    engagement.pause(steps.begin(cast.petra, cast.sam), by=cast.petra, until=in_days(9))
    home = client_for(cast.sam).get(reverse("home")).text
    assert "Wanda is observing. Wanda says what comes next." in home
    assert f"Paused until {dates.day(in_days(9))}" in home
    for counting in ("days ago", "overdue", "still hasn’t"):
        assert counting not in home
    assert watching.slug in home


def test_either_side_pauses_with_a_day_and_either_goes_on(agreed, cast, client_for):
    client = client_for(cast.sam)
    page = client.get(at(agreed, "pause")).text
    assert "nobody is asked for a reason" in page
    client.post(at(agreed, "pause"), {"until": in_days(14).isoformat()})
    agreed.refresh_from_db()
    assert (agreed.engagement, agreed.until_on) == ("paused", in_days(14))
    day = dates.day(in_days(14))
    for person in (cast.wanda, cast.sam):
        text = client_for(person).get(at(agreed)).text
        assert f"Paused until {day}" in text
        assert "Go on where we were" in text
        goals = client_for(person).get(at(agreed, "goals"))
        assert goals.status_code == 200
        assert f"Paused until {day}" in goals.text
    client_for(cast.wanda).post(at(agreed, "resume"))
    agreed.refresh_from_db()
    assert (agreed.engagement, agreed.until_on) == ("formal", None)
    assert client_for(cast.wanda).post(at(agreed, "resume")).status_code == 302


def test_a_pause_into_another_year_says_its_year(agreed, cast, client_for):
    year = timezone.localdate().year + 1
    engagement.pause(agreed, by=cast.sam, until=date(year, 1, 1))
    assert agreed.engagement_text == f"Paused until January 1, {year}"
    for person in (cast.wanda, cast.sam):
        assert f"Paused until January 1, {year}" in client_for(person).get(at(agreed)).text


def test_in_a_pause_all_is_readable_and_nothing_is_added(agreed, cast, client_for):
    engagement.pause(agreed, by=cast.wanda)
    response = client_for(cast.wanda).post(at(agreed, "walkthrough"), {"interest": ["listening-opening"]})
    assert response.status_code == 403
    assert "This coaching is paused. Either of you can resume it" in response.text
    assert client_for(cast.sam).get(at(agreed, "agreement")).status_code == 200
    assert not agreed.walkthrough_done.exists()


@pytest.mark.parametrize("day", ["2020-01-01", "never"])
def test_a_pause_to_no_day_is_no_pause(agreed, cast, client_for, day):
    response = client_for(cast.wanda).post(at(agreed, "pause"), {"until": day})
    assert response.status_code == 200
    assert day in response.text
    agreed.refresh_from_db()
    assert agreed.engagement == "formal"


def test_what_is_not_paused_is_not_resumed(trying, partnership_of_petra, cast, client_for):
    engagement.end(partnership_of_petra, by=cast.petra)
    with pytest.raises(Refused, match="This coaching isn’t paused"):
        engagement.resume(partnership_of_petra, by=cast.petra)
    assert client_for(cast.wanda).post(at(trying, "resume")).status_code == 403


@pytest.fixture
def partnership_of_petra(cast, edition):
    return steps.begin(cast.petra, cast.sam)


def test_nobody_but_the_two_pauses_or_resumes(agreed, cast, client_for):
    for name in ("olaf", "nia", "petra", "ada", "root"):
        client = client_for(getattr(cast, name))
        for route in ("pause", "resume"):
            assert client.post(at(agreed, route), {"until": in_days(3).isoformat()}).status_code == 404
    agreed.refresh_from_db()
    assert agreed.engagement == "formal"


def test_what_is_known_of_the_two_outside_of_the_pair_does_not_change_with_it(agreed, cast, client_for):
    before = client_for(cast.ada).get(reverse("home")).text
    engagement.pause(agreed, by=cast.wanda)
    assert "paused" not in client_for(cast.ada).get(reverse("home")).text.lower()
    assert "Wanda" not in before


def test_a_supervisor_may_stop_before_formal_coaching_too(trying, cast, client_for):
    client = client_for(cast.sam)
    page = client.get(at(trying, "end")).text
    assert "Stop with Wanda?" in page
    assert "agreement" not in page.split("<main")[1].split("</main>")[0]
    response = client.post(at(trying, "end"), follow=True)
    assert response.redirect_chain[-1][0] == reverse("home")
    trying.refresh_from_db()
    assert trying.is_ended
