import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.urls import reverse

from coaching.models import Invitation
from coaching.models.invitation import MOST_A_DAY
from sopcoach.models import User
from tests.factories import UserFactory
from tests.profiles.factories import small_edition
from tests.sopcoach.getting_in import person, sign_in, signed_in_as, words_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TOO_MANY = "Those were too many tries"


@pytest.fixture(autouse=True)
def _the_clock_stands(time_machine) -> None:
    time_machine.move_to(datetime(2026, 11, 24, 9, 0, tzinfo=UTC), tick=False)


@pytest.fixture
def wanda() -> User:
    return person()


def another_process() -> None:
    """What this process keeps in memory of the cache is gone, as in a process beside it."""
    del caches["default"]


def ask_for_link(client: Client, email: str):
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True)


# ---------------------------------------------------------------- signing in


def test_tries_are_counted_together_by_all_processes_of_the_server(client, wanda):
    for _ in range(5):
        sign_in(client, wanda, "a guess")
        another_process()

    assert "Wait five minutes" in words_of(sign_in(Client(), wanda))
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from sopcoach_cache")
        assert cursor.fetchone()[0] > 0


def test_after_five_minutes_the_right_password_signs_in_again(client, wanda, time_machine):
    for _ in range(6):
        sign_in(client, wanda, "a guess")
    time_machine.shift(5 * 60 + 1)

    assert sign_in(client, wanda).url == reverse("home")


def test_many_addresses_tried_from_one_place_come_to_an_end_too(client, wanda):
    for number in range(10):
        sign_in(client, f"guess{number}@agency.example", "a guess")

    assert "Wait five minutes" in words_of(sign_in(client, wanda))


def test_a_known_and_an_unknown_address_are_counted_in_the_same_way(wanda):
    def answers(email: str) -> list[str]:
        client = Client(REMOTE_ADDR="10.1.1.1" if email == wanda.email else "10.1.1.2")
        return [words_of(sign_in(client, email, "a guess")) for _ in range(7)]

    assert answers(wanda.email) == answers("nobody@agency.example")


def test_a_flood_is_answered_with_a_page_that_says_so(client, wanda):
    for _ in range(30):
        client.post(reverse("account_login"), {"login": "", "password": ""})

    answer = sign_in(client, wanda)

    assert answer.status_code == 429
    assert TOO_MANY in words_of(answer)
    assert signed_in_as(client) is None


def test_behind_a_proxy_each_person_has_an_address_of_their_own(settings, wanda):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    guesser = Client(headers={"X-Forwarded-For": "10.2.2.2"})
    for number in range(11):
        sign_in(guesser, f"guess{number}@agency.example", "a guess")

    client = Client(headers={"X-Forwarded-For": "10.3.3.3"})
    assert sign_in(client, wanda).url == reverse("home")


def test_nobody_makes_up_a_new_address_with_each_try(settings, wanda):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client()
    for number in range(10):
        headers = {"X-Forwarded-For": f"10.4.4.{number}, 10.2.2.2"}
        client.post(
            reverse("account_login"), {"login": f"g{number}@agency.example", "password": "g"}, headers=headers
        )

    last = client.post(
        reverse("account_login"),
        {"login": wanda.email, "password": "four words in a row"},
        headers={"X-Forwarded-For": "10.9.9.9, 10.2.2.2"},
    )

    assert "Wait five minutes" in words_of(last)


def test_passkeys_are_tried_ten_times_a_minute_at_most(client):
    answers = [client.post(reverse("mfa_login_webauthn"), {"credential": "{}"}) for _ in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert TOO_MANY in words_of(answers[-1])


# ---------------------------------------------------------------- links to choose a password


@pytest.mark.parametrize("email", ["wanda@agency.example", "nobody@agency.example"])
def test_nobodys_mailbox_is_filled_with_links(client, wanda, email):
    answers = [ask_for_link(client, email) for _ in range(6)]
    another_process()

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert TOO_MANY in words_of(ask_for_link(Client(REMOTE_ADDR="10.1.1.9"), email))
    assert len(mail.outbox) == (5 if email == wanda.email else 0)


def test_links_for_many_addresses_come_to_an_end_too(client, wanda):
    for number in range(20):
        ask_for_link(client, f"somebody{number}@agency.example")

    assert ask_for_link(client, wanda.email).status_code == 429
    assert mail.outbox == []


# ---------------------------------------------------------------- invitations


def test_one_supervisor_sends_twenty_invitations_a_day_at_most(db, client_for, time_machine):
    small_edition()
    sam = UserFactory(name="Sam Ortiz", may_supervise=True)
    workers = UserFactory.create_batch(MOST_A_DAY + 2)
    for worker in workers[:MOST_A_DAY]:
        Invitation.send(by=sam, to=worker)
    client = client_for(sam)
    form = {"to": workers[-1].pk, "words": "Would you like to?"}

    page = client.post(reverse("invite"), form)
    assert f"You have sent {MOST_A_DAY} invitations since yesterday. Go on tomorrow." in words_of(page)
    assert "Would you like to?" in page.content.decode()
    assert Invitation.objects.filter(supervisor=sam).count() == MOST_A_DAY

    time_machine.shift(timedelta(days=1, minutes=1))
    client.force_login(sam)
    assert client.post(reverse("invite"), form).url == reverse("home")


# ---------------------------------------------------------------- at once


@pytest.mark.django_db(transaction=True)
def test_guesses_sent_at_once_are_counted_one_by_one(wanda):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        guesses = [sign_in(Client(), wanda, "a guess") for _ in range(12)]
    else:
        guesses = at_once(12, lambda: sign_in(Client(), wanda, "a guess"))

    told_to_wait = [guess for guess in guesses if "Wait five minutes" in words_of(guess)]
    assert len(told_to_wait) >= 12 - 5


def at_once(count: int, act) -> list:
    answers: list = []
    begin = threading.Barrier(count)

    def run() -> None:
        begin.wait()
        try:
            answers.append(act())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
