from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from sopcoach import idle
from sopcoach.models import User
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


def in_a_session(client: Client, minutes: int) -> None:
    """As the runner of sessions does while a session is open."""
    request = RequestFactory().get("/")
    request.session = client.session
    idle.stay(request, timezone.now() + timedelta(minutes=minutes))
    request.session.save()


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


def test_an_open_session_counts_as_being_there(client, wanda, time_machine):
    in_a_session(client, minutes=90)
    time_machine.shift(85 * MINUTE)
    client.get(reverse("still_here"), headers={"X-Live": "1"})

    assert signed_in_as(client) == wanda


def test_after_the_sessions_time_the_half_hour_holds_again(client, time_machine):
    in_a_session(client, minutes=90)
    time_machine.shift(91 * MINUTE)

    assert signed_in_as(client) is None


def test_a_session_that_was_closed_counts_no_more(client, time_machine):
    in_a_session(client, minutes=90)
    request = RequestFactory().get("/")
    request.session = client.session
    idle.leave(request)
    request.session.save()
    time_machine.shift(31 * MINUTE)

    assert signed_in_as(client) is None


def test_a_later_page_of_a_session_never_shortens_its_time(client):
    request = RequestFactory().get("/")
    request.session = client.session
    idle.stay(request, timezone.now() + timedelta(minutes=90))
    longest = request.session[idle.PRESENT_UNTIL]

    idle.stay(request, timezone.now() + timedelta(minutes=10))

    assert request.session[idle.PRESENT_UNTIL] == longest


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
