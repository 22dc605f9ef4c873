"""The same form in two requests of the same instant: the second waits for the first and is answered as it was."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from coaching.groups.models import Group
from coaching.models import ShadowNote
from sopcoach.models import User
from sopcoach.sending.models import SentForm
from tests.cast import make_cast
from tests.coaching.walled import assert_refused, seen, update
from tests.forms.pages import form_to
from tests.profiles.factories import small_edition

AT_ONCE = 4


def sent_at_once(address: str, *sent: tuple[User, dict[str, object]]) -> list[tuple[int, str, str]]:
    """Each form at the same instant, in a thread with connections of its own: status, where it led, and its page."""
    ready = Barrier(len(sent))

    def send(user: User, fields: dict[str, object]) -> tuple[int, str, str]:
        client = Client()
        client.force_login(user)
        ready.wait(timeout=10)
        try:
            answer = client.post(address, fields)
            return answer.status_code, answer.headers.get("Location", ""), answer.text
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(sent)) as threads:
        return [sending.result(timeout=30) for sending in [threads.submit(send, *one) for one in sent]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["shadow_note_new", "group_new"])
def test_two_requests_at_once_make_one(what, client_for, transactional_db):
    edition, cast = small_edition(), make_cast()
    client, address = client_for(cast.sam), reverse(what)
    typed = {"title": "Ours"}
    if what == "shadow_note_new":
        typed = {"aspect": edition.aspects.all()[0].slug, "stood_out": "A pause."}
    sent = form_to(client.get(address).text, address).sends(**typed)
    answers = sent_at_once(address, *[(cast.sam, sent)] * AT_ONCE)
    assert sorted(status for status, _, _ in answers) == [302, 303, 303, 303]
    assert len({to for _, to, _ in answers}) == 1
    assert {"shadow_note_new": ShadowNote, "group_new": Group}[what].objects.count() == 1
    assert SentForm.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_at_once_the_second_is_shown_what_the_first_has_changed(
    client_for, transactional_db
):
    cast = make_cast()
    address = reverse("manage_person", args=[cast.wanda.pk])
    pages = [
        (by, form_to(client_for(by).get(address).text, address, holding="email"))
        for by in (cast.ada, cast.root)
    ]
    (ada, hers), (root, theirs) = pages
    answers = sent_at_once(
        address, (ada, hers.sends(name="Wanda R.")), (root, theirs.sends(may_supervise="on"))
    )
    assert sorted(status for status, _, _ in answers) == [200, 302]
    assert "changed meanwhile" in next(page for status, _, page in answers if status == 200)
    wanda = User.objects.get(pk=cast.wanda.pk)
    assert (wanda.name == "Wanda R.") != wanda.may_supervise


def test_a_sent_form_is_its_persons_alone(cast, edition, client_for):
    client, address = client_for(cast.petra), reverse("shadow_note_new")
    aspect = edition.aspects.all()[0].slug
    client.post(
        address, form_to(client.get(address).text, address).sends(aspect=aspect, stood_out="A pause.")
    )
    assert [seen(SentForm, person) for person in (cast.petra, cast.wanda, cast.ada, cast.root, None)] == [
        1,
        0,
        0,
        0,
        0,
    ]
    assert_refused(cast.petra, update("sopcoach_sentform", f"person_id = {cast.wanda.pk}"))
    assert_refused(cast.petra, update("sopcoach_sentform", "mark = 'another'"))
