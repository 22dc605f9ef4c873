"""Mails go out behind the page, are tried again for a day, and leave nothing of themselves (ADR 25)."""

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from sopcoach.mailing.models import INVITATION, PAUSES, Letter
from sopcoach.mailing.posting import deliver, in_silence, post, take_up_what_was_left
from sopcoach.models import User
from tests.cast import make_cast
from tests.coaching.dumping import dump
from tests.factories import UserFactory
from tests.tasks import AtOnce

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("db")]


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def server(monkeypatch):
    """A mail server that can be told what to answer, by the address: an error, or nothing."""
    answers: dict[str, Exception] = {}
    send = locmem.EmailBackend.send_messages

    def answer(self, messages):
        for message in messages:
            if error := answers.get(message.to[0]) or answers.get("everybody"):
                raise error
        return send(self, messages)

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", answer)
    AtOnce.later.clear()
    return answers


def invited(*people: User, by: User) -> None:
    post(Letter(person=person, template=INVITATION, by=by) for person in people)


def new_people(number: int) -> list[User]:
    return [UserFactory(name=f"Ines {n}", email=f"ines{n}@agency.example") for n in range(number)]


def test_what_has_gone_out_leaves_no_row(cast):
    invited(*new_people(3), by=cast.ada)

    assert len(mail.outbox) == 3
    assert not Letter.objects.exists()


def test_one_refused_address_stops_nobody_elses_mail(cast, server):
    people = new_people(3)
    server[people[1].email] = SMTPRecipientsRefused({people[1].email: (550, b"no such user")})
    invited(*people, by=cast.ada)

    assert [message.to for message in mail.outbox] == [[people[0].email], [people[2].email]]
    assert Letter.objects.get().person == people[1]
    assert User.objects.get(pk=people[1].pk).invited_at is None


def test_it_is_tried_again_with_growing_pauses_for_a_day_and_then_given_up(cast, server, time_machine):
    server["everybody"] = ConnectionRefusedError()
    began = timezone.now()
    time_machine.move_to(began, tick=False)
    [ines] = new_people(1)
    invited(ines, by=cast.ada)
    times = []
    while AtOnce.later:
        time_machine.move_to(AtOnce.later.pop(), tick=False)
        times.append(timezone.now() - began)
        deliver.enqueue()

    assert [later - sooner for sooner, later in zip([timedelta(), *times], times, strict=False)] == list(
        PAUSES
    )
    assert sorted(PAUSES) == list(PAUSES)
    assert times[-1] == timedelta(days=1)
    given_up = Letter.objects.get()
    assert given_up.given_up_at == timezone.now()
    assert (given_up.template, given_up.by, given_up.until_on) == ("", None, None)
    assert not mail.outbox


def test_once_the_server_answers_again_it_goes_out(cast, server, time_machine):
    server["everybody"] = ConnectionRefusedError()
    [ines] = new_people(1)
    invited(ines, by=cast.ada)
    server.clear()
    time_machine.move_to(AtOnce.later.pop())
    deliver.enqueue()

    assert [message.to for message in mail.outbox] == [[ines.email]]
    assert not Letter.objects.exists()


def test_administrators_read_that_a_mail_was_not_delivered_and_not_which(cast, client_for):
    Letter.objects.create(person=cast.wanda, given_up_at=timezone.now())
    ada = client_for(cast.ada)
    assert "A mail was not delivered, " in ada.get(reverse("manage_people")).text
    assert (
        "A mail to this address was not delivered"
        in ada.get(reverse("manage_person", args=[cast.wanda.pk])).text
    )
    assert "not delivered" not in ada.get(reverse("manage_person", args=[cast.petra.pk])).text


def test_a_mail_on_its_way_is_shown_to_nobody_but_an_invitation_to_administrators(cast):
    Letter.objects.create(person=cast.wanda, template="account/email/password_changed")
    Letter.objects.create(person=cast.petra, template=INVITATION, by=cast.ada)
    assert [letter.person for letter in Letter.objects.visible_to(cast.ada)] == [cast.petra]
    for person in (cast.wanda, cast.petra, cast.sam):
        assert not Letter.objects.visible_to(person).exists()


def test_the_log_says_what_kind_of_error_it_was_and_no_address(cast, server, caplog):
    [ines] = new_people(1)
    server[ines.email] = SMTPRecipientsRefused({ines.email: (550, b"no such user")})
    with caplog.at_level(logging.DEBUG):
        invited(ines, by=cast.ada)

    assert "A mail could not be sent: SMTPRecipientsRefused in" in caplog.text
    assert ines.email not in caplog.text
    assert ines.name not in caplog.text


def test_nothing_is_mailed_of_what_is_told_in_silence(cast):
    with in_silence():
        invited(*new_people(1), by=cast.ada)
    assert not mail.outbox
    assert not Letter.objects.exists()


def test_what_a_worker_died_over_is_taken_up(cast, server, settings):
    [ines] = new_people(1)
    ago = timezone.now() - timedelta(minutes=11)
    Letter.objects.create(person=ines, template=INVITATION, by=cast.ada, made_at=ago, due_at=ago)
    take_up_what_was_left()
    assert [message.to for message in mail.outbox] == [[ines.email]]


def test_whoever_has_signed_in_meanwhile_gets_no_invitation(cast):
    [ines] = new_people(1)
    ines.last_login = timezone.now()
    ines.save()
    invited(ines, by=cast.ada)
    assert not mail.outbox
    assert not Letter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_page_sends_nothing_and_a_worker_does_and_the_table_of_tasks_says_nothing_of_whom(
    settings, client_for
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    cast = make_cast()
    ada = client_for(cast.ada)
    fields = {"name": "Tomas Vela", "email": "tomas@agency.example", "unit": ""}
    ada.post(reverse("manage_people_invite"), fields)
    assert not mail.outbox
    assert "0 of 1 invitation has gone out" in ada.get(reverse("manage_people")).text
    tomas = User.objects.get(email="tomas@agency.example")

    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)

    assert [message.to for message in mail.outbox] == [["tomas@agency.example"]]
    assert "invitation has gone out" not in ada.get(reverse("manage_people")).text
    tasks = [line for line in dump().splitlines() if "mailing.posting" in line]
    assert len(tasks) == 1
    for word in ("tomas", "Tomas", f" {tomas.pk}]", f"[{tomas.pk}", INVITATION):
        assert word not in tasks[0]
