"""Two requests that get into each other's way (sopcoach.requests.again)."""

from threading import Barrier, Thread

import pytest
from django.contrib import messages
from django.db import OperationalError, connections, transaction
from django.test import Client
from django.urls import reverse
from psycopg.errors import DeadlockDetected, SerializationFailure

from coaching.models import CoachingSession, Partnership, StageWords, engagement
from sopcoach.models import User
from sopcoach.requests.again import NO_ANSWER_YET
from tests.cast import make_cast
from tests.coaching import steps
from tests.profiles.factories import small_edition

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(transactional_db):
    return make_cast()


@pytest.fixture
def session(cast):
    small_edition()
    session = steps.ready_for_review(cast.wanda, cast.sam)
    session.open(by=cast.sam)
    return session


def collide(times: int, monkeypatch) -> list[str]:
    """Let what is said collide so often with something else; the list tells of each try."""
    say, tries = CoachingSession.say, []

    def say_or_collide(self, *args, **kwargs):
        words = say(self, *args, **kwargs)
        tries.append(words.text)
        if len(tries) <= times:
            raise OperationalError("deadlock detected") from DeadlockDetected()
        return words

    monkeypatch.setattr(CoachingSession, "say", say_or_collide)
    return tries


def says(client: Client, session: CoachingSession, text: str, **headers):
    address = reverse("stage", args=[session.partnership.slug, session.number, "purpose"])
    sent = {"field": "words", "text": text, "revision": "0"}
    return client.post(address, sent, headers={"X-Autosave": "1"} | headers)


def test_a_request_that_collides_is_done_again_and_nobody_learns_of_it(
    session, cast, client_for, monkeypatch
):
    tries = collide(2, monkeypatch)
    answer = says(client_for(cast.wanda), session, "What I hope for.")
    assert answer.status_code == 200
    assert tries == ["What I hope for."] * 3
    assert StageWords.objects.get().revision == 1


def test_where_it_goes_on_colliding_a_script_is_told_to_try_once_more_and_nothing_is_half_done(
    session, cast, client_for, monkeypatch
):
    tries = collide(9, monkeypatch)
    answer = says(client_for(cast.wanda), session, "What I hope for.")
    assert answer.status_code == 503
    assert answer.json() == {"status": NO_ANSWER_YET}
    assert len(tries) == 3
    assert not StageWords.objects.exists()


def test_a_person_reads_a_sentence_then_and_no_traceback(session, cast, client_for, monkeypatch):
    def deadlock(partnership, **kwargs):
        raise OperationalError("deadlock detected") from DeadlockDetected()

    monkeypatch.setattr(engagement, "pause", deadlock)
    answer = client_for(cast.wanda).post(reverse("pause", args=[session.partnership.slug]), {"until": ""})
    assert answer.status_code == 503
    assert "Try once more" in answer.text
    assert NO_ANSWER_YET in answer.text


def test_what_is_said_to_a_person_is_said_once(session, cast, client_for, monkeypatch):
    resume, tries = engagement.resume, []

    def resume_or_collide(partnership, *, by):
        resume(partnership, by=by)
        tries.append(1)

    def end_badly(request, message, **kwargs):
        success(request, message, **kwargs)
        if len(tries) == 1:
            raise OperationalError("could not serialize access") from SerializationFailure()

    success = messages.success
    monkeypatch.setattr(engagement, "resume", resume_or_collide)
    monkeypatch.setattr(messages, "success", end_badly)
    engagement.pause(session.partnership, by=cast.sam)
    client = client_for(cast.wanda)
    answer = client.post(reverse("resume", args=[session.partnership.slug]), follow=True)
    assert len(tries) == 2
    assert answer.text.count("go on where you were") == 1
    assert Partnership.objects.get().is_formal


def test_any_other_failure_of_the_database_stays_one(session, cast, client_for, monkeypatch):
    def full(self, **kwargs):
        raise OperationalError("the disk is full")

    monkeypatch.setattr(engagement, "pause", full)
    client = client_for(cast.wanda)
    client.raise_request_exception = False
    answer = client.post(reverse("pause", args=[session.partnership.slug]), {"until": ""})
    assert answer.status_code == 500


def test_two_who_wait_for_each_other_are_both_answered(session, cast, client_for, monkeypatch):
    """As it would be for a verb that forgets the order of locks: PostgreSQL stops one of them, and it is done again."""
    gate, held, say = Barrier(2), set(), CoachingSession.say

    def say_crosswise(self, *args, by, **kwargs):
        first, then = (by, cast.sam if by.pk == cast.wanda.pk else cast.wanda)
        with transaction.atomic():
            User.objects.select_for_update().get(pk=first.pk)
            if by.pk not in held:
                held.add(by.pk)
                gate.wait(10)
            User.objects.select_for_update().get(pk=then.pk)
            return say(self, *args, by=by, **kwargs)

    monkeypatch.setattr(CoachingSession, "say", say_crosswise)
    answers = {}

    def act(client: Client, text: str) -> None:
        try:
            answers[text] = says(client, session, text).status_code
        finally:
            connections.close_all()

    clients = [(client_for(person), person.short_name) for person in (cast.wanda, cast.sam)]
    threads = [Thread(target=act, args=one) for one in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert answers == {"Wanda": 200, "Sam": 200}
    assert sorted(words.text for words in StageWords.objects.all()) == ["Sam", "Wanda"]
