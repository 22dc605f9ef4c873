from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from coaching.groups.models import GroupSession
from coaching.models import CoachingSession, Partnership, engagement
from sopcoach.models import User
from sopcoach.sign_in import idle
from tests.cast import Cast, make_cast
from tests.coaching import gathering, steps
from tests.factories import PASSWORD as THEIR_PASSWORD
from tests.profiles.factories import small_edition
from tests.sopcoach.getting_in import PASSWORD, person, sign_in, signed_in_as, words_of

pytestmark = pytest.mark.django_db
AWAY = "You had been away for a while"
MINUTE = 60


@pytest.fixture(autouse=True)
def _the_clock_stands(time_machine) -> None:
    time_machine.move_to(datetime(2026, 11, 24, 9, 0, tzinfo=UTC), tick=False)


@pytest.fixture
def wanda() -> User:
    return person()


@pytest.fixture
def client(wanda) -> Client:
    client = Client()
    sign_in(client, wanda)
    return client


@pytest.fixture
def cast(db) -> Cast:
    small_edition()
    return make_cast()


@pytest.fixture
def pair(cast: Cast) -> Partnership:
    """Wanda and Sam, in formal coaching."""
    return steps.begin(cast.wanda, cast.sam)


def come_in(user: User, meeting: CoachingSession | GroupSession) -> Client:
    """Sign in and open the page of the meeting."""
    client = Client()
    sign_in(client, user, THEIR_PASSWORD)
    if isinstance(meeting, CoachingSession):
        page = reverse("stage", args=[meeting.partnership.slug, meeting.number, "purpose"])
    else:
        page = reverse("group_step", args=[meeting.group.slug, meeting.number, "purpose"])
    assert client.get(page).status_code == 200
    return client


def test_whoever_has_been_away_for_half_an_hour_is_signed_out(client, time_machine):
    time_machine.shift(30 * MINUTE)

    to_sign_in = client.get(reverse("limits") + "?of=things"), client.get(reverse("me") + "?a=b")

    assert to_sign_in[0].status_code == 200
    assert not to_sign_in[0].context["user"].is_authenticated
    assert to_sign_in[1].url == f"{reverse('account_login')}?next=/me/%3Fa%3Db"


def test_the_sign_in_page_says_why_and_leads_back(client, wanda, time_machine):
    time_machine.shift(30 * MINUTE)
    page = client.get(reverse("me"), follow=True)

    assert AWAY in words_of(page)
    assert sign_in(client, wanda, next=reverse("me")).url == reverse("me")
    assert AWAY not in words_of(client.get(reverse("me")))


def test_each_request_of_a_person_begins_the_half_hour_anew(client, wanda, time_machine):
    for _ in range(5):
        time_machine.shift(29 * MINUTE)
        assert signed_in_as(client) == wanda


def test_a_minute_before_nobody_is_signed_out(client, wanda, time_machine):
    time_machine.shift(29 * MINUTE)

    assert signed_in_as(client) == wanda


def test_what_a_page_asks_for_by_itself_is_not_being_there(client, time_machine):
    for _ in range(6):
        time_machine.shift(4 * MINUTE)
        assert client.get(reverse("still_here"), headers={"X-Live": "1"}).status_code == 204
    time_machine.shift(7 * MINUTE)

    answer = client.get(reverse("still_here"), headers={"X-Live": "1"})

    assert answer.status_code == 401
    assert answer.content == b""
    assert signed_in_as(client) is None


def test_a_page_hears_how_long_it_has_so_that_it_can_ask_in_time(client, time_machine):
    def left() -> str:
        return client.get(reverse("still_here"), headers={"X-Live": "1"})["X-Seconds-Left"]

    assert left() == "1800"
    time_machine.shift(28 * MINUTE)
    assert left() == "120"
    client.get(reverse("still_here"))
    assert left() == "1800"


def test_a_session_that_goes_on_gives_its_people_more_time(pair, time_machine):
    client = come_in(pair.worker, steps.open_session(pair))
    time_machine.shift(29 * MINUTE)
    left = client.get(reverse("still_here"), headers={"X-Live": "1"})["X-Seconds-Left"]

    assert int(left) == 61 * MINUTE


def test_typing_is_being_there(client, wanda, time_machine):
    for _ in range(3):
        time_machine.shift(29 * MINUTE)
        client.post(reverse("me"), headers={"X-Autosave": "1"})

    assert signed_in_as(client) == wanda


def test_a_page_that_is_read_without_a_click_says_so_itself(client, wanda, time_machine):
    for _ in range(3):
        time_machine.shift(29 * MINUTE)
        assert client.get(reverse("still_here")).status_code == 204

    assert signed_in_as(client) == wanda


def test_words_being_saved_after_the_sign_out_get_an_answer_that_a_script_understands(client, time_machine):
    time_machine.shift(31 * MINUTE)

    for _ in range(2):
        answer = client.post(reverse("me"), {"text": "As I was"}, headers={"X-Autosave": "1"})
        assert answer.status_code == 401
        assert answer.json() == {"status": "You’re signed out.", "sign_in": reverse("account_login")}
    assert AWAY in words_of(client.get(reverse("account_login")))


def test_a_fragment_is_never_answered_with_the_sign_in_page(client, time_machine):
    time_machine.shift(31 * MINUTE)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/practice/?all=1"}

    answer = client.post(reverse("me"), headers=headers)

    assert answer["HX-Redirect"] == f"{reverse('account_login')}?next=/practice/%3Fall%3D1"
    assert answer.content == b""


def test_a_form_sent_too_late_leads_back_to_its_page(client, time_machine):
    time_machine.shift(31 * MINUTE)

    answer = client.post(
        reverse("account_change_password"), headers={"Referer": "http://testserver/profiles/"}
    )

    assert answer.url == f"{reverse('account_login')}?next=/profiles/"


@pytest.mark.parametrize(
    "page", ["https://evil.example/me/", "//evil.example/", "javascript:alert(1)", "", "\\\\x"]
)
def test_the_way_back_never_leads_to_another_site(page):
    answer = Client().post(reverse("me"), headers={"Referer": page})

    assert answer.url == f"{reverse('account_login')}?next={reverse('home')}"


def test_an_open_session_counts_as_being_there_for_both(pair, time_machine):
    session = steps.open_session(pair)
    both = [come_in(person, session) for person in (pair.worker, pair.supervisor)]
    for _ in range(17):
        time_machine.shift(5 * MINUTE)
        for client in both:
            assert client.get(reverse("still_here"), headers={"X-Live": "1"}).status_code == 204

    assert [signed_in_as(client) for client in both] == [pair.worker, pair.supervisor]


def test_after_the_sessions_time_the_half_hour_holds_again(pair, time_machine):
    client = come_in(pair.worker, steps.open_session(pair))
    time_machine.shift(91 * MINUTE)

    assert signed_in_as(client) is None


def test_once_a_session_is_closed_the_half_hour_holds_again_for_both(pair, time_machine):
    session = steps.open_session(pair)
    both = [come_in(person, session) for person in (pair.worker, pair.supervisor)]
    time_machine.shift(40 * MINUTE)
    steps.close(session)
    time_machine.shift(29 * MINUTE)
    for client in both:
        assert client.get(reverse("still_here"), headers={"X-Live": "1"}).status_code == 204
    time_machine.shift(MINUTE)

    assert [signed_in_as(client) for client in both] == [None, None]


def test_a_conversation_begun_and_ended_buys_nobody_more_than_the_half_hour(pair, time_machine):
    client = Client()
    sign_in(client, pair.worker, THEIR_PASSWORD)
    client.get(client.post(reverse("conversation", args=[pair.slug])).url)
    talk = CoachingSession.objects.get(kind=CoachingSession.Kind.CONVERSATION)
    client.post(reverse("session_close", args=[pair.slug, talk.number]), {"act": "close"})
    time_machine.shift(30 * MINUTE)

    assert signed_in_as(client) is None


def test_a_group_that_goes_on_counts_as_being_there_until_it_is_closed(cast, time_machine):
    people = gathering.peers(cast)
    session = gathering.begin(cast, people)
    client = come_in(people[0], session)
    time_machine.shift(115 * MINUTE)
    assert client.get(reverse("still_here"), headers={"X-Live": "1"}).status_code == 204
    session.close(by=session.facilitator)
    time_machine.shift(6 * MINUTE)

    assert signed_in_as(client) is None  # its two hours are over, before the half hour after its closing


def test_a_supervisor_who_has_lost_the_content_is_in_no_meeting_of_it(pair, time_machine):
    client = come_in(pair.supervisor, steps.open_session(pair))
    engagement.end(pair, by=pair.worker)
    time_machine.shift(31 * MINUTE)

    assert signed_in_as(client) is None


def test_the_time_is_a_setting(client, settings, time_machine):
    settings.IDLE_MINUTES = 5
    time_machine.shift(5 * MINUTE)

    assert signed_in_as(client) is None


def test_nobody_signs_in_to_a_session_that_was_left(client, wanda, time_machine):
    left = client.session.session_key
    time_machine.shift(31 * MINUTE)
    client.get(reverse("me"))

    other = Client()
    other.cookies["sessionid"] = left

    assert signed_in_as(other) is None


def test_being_there_is_noted_at_most_once_a_minute(client, time_machine):
    began = client.session[idle.SEEN_AT]
    for since in (30, 59, 61):
        time_machine.move_to(began + since)
        client.get(reverse("still_here"))
        noted = client.session[idle.SEEN_AT]
        assert noted == (began if since < MINUTE else began + since)


def test_one_who_comes_back_is_somebody_new_to_the_page(client, wanda, time_machine):
    """The page that was covered shows itself again to the same person only (static/js/idle.js)."""
    mine = client.get(reverse("still_here"))["X-Person"]
    olaf = Client()
    sign_in(olaf, person("Olaf Berg"), PASSWORD)

    assert olaf.get(reverse("still_here"))["X-Person"] != mine
    assert client.get(reverse("still_here"))["X-Person"] == mine
