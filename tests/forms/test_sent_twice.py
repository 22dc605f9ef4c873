"""A form that is sent twice makes one, and is answered the same (ADR 17)."""

import pytest
from django.test import Client
from django.urls import reverse

from coaching.models import Goal, ShadowNote
from sopcoach.sending.models import SentForm
from tests.coaching import steps
from tests.forms.pages import form_to

pytestmark = pytest.mark.both_databases


def note_form(client: Client, **typed: object) -> dict[str, object]:
    address = reverse("shadow_note_new")
    return form_to(client.get(address).text, address).sends(**typed)


def test_a_note_sent_twice_is_one_and_the_second_is_answered_as_the_first(cast, edition, client_for):
    client, address = client_for(cast.petra), reverse("shadow_note_new")
    sent = note_form(client, aspect=edition.aspects.all()[0].slug, stood_out="A long pause.")
    first, second = client.post(address, sent), client.post(address, sent)
    assert ShadowNote.objects.count() == 1
    assert (first.status_code, first.url) == (302, second.url)
    assert client.get(second.url).text.count("Kept, for you only.") == 1


def test_the_second_answer_says_what_the_first_said_which_may_never_have_come_through(
    cast, edition, client_for
):
    client, address = client_for(cast.petra), reverse("shadow_note_new")
    sent = note_form(client, aspect=edition.aspects.all()[0].slug, stood_out="A long pause.")
    client.post(address, sent)
    del client.cookies["messages"]
    assert "Kept, for you only." in client.get(client.post(address, sent).url).text


def test_other_words_from_the_same_page_are_another_note(cast, edition, client_for):
    client, address = client_for(cast.petra), reverse("shadow_note_new")
    sent = note_form(client, aspect=edition.aspects.all()[0].slug, stood_out="A long pause.")
    client.post(address, sent)
    client.post(address, sent | {"stood_out": "And what came after it."})
    assert ShadowNote.objects.count() == 2


def test_a_page_opened_anew_may_say_the_same_again(cast, edition, client_for):
    client, address = client_for(cast.petra), reverse("shadow_note_new")
    for _ in range(2):
        client.post(address, note_form(client, aspect=edition.aspects.all()[0].slug, stood_out="A pause."))
    assert ShadowNote.objects.count() == 2


def test_a_refused_form_can_be_put_right_and_sent_again(cast, edition, client_for):
    client, address = client_for(cast.petra), reverse("shadow_note_new")
    sent = note_form(client, aspect="", stood_out="A pause.")
    assert client.post(address, sent).status_code == 200
    assert not SentForm.objects.exists()
    assert client.post(address, sent | {"aspect": edition.aspects.all()[0].slug}).status_code == 302
    assert ShadowNote.objects.count() == 1


def test_a_goal_set_by_a_double_click_is_one(session, cast, client_for):
    focus = session.partnership.focuses.get()
    client, address = client_for(cast.wanda), reverse("goals", args=[session.partnership.slug])
    before = Goal.objects.count()
    sent = form_to(client.get(address).text, address, holding="with_whom").sends(
        focus=focus.pk,
        verb="Use",
        practice="Three Questions",
        with_whom="caregivers",
        joiner="on",
        count="5",
        unit="cases",
        by="thirty_days",
    )
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 303]
    assert Goal.objects.count() == before + 1


def test_the_browser_hears_which_form_was_sent(cast, edition, client_for):
    client, address = client_for(cast.petra), reverse("shadow_note_new")
    keys = []
    for words in ("A pause.", "Another."):
        sent = note_form(client, aspect=edition.aspects.all()[0].slug, stood_out=words)
        answer = client.post(address, sent)
        keys.append(sent["form_key"][0].split(".")[0])
    cookie = answer.cookies["sopcoach_sent"]
    assert cookie.value.split(".") == keys
    assert not cookie["httponly"]  # it is for scripts
    assert cookie["max-age"] == 300


def test_what_was_sent_stands_nowhere_and_the_key_by_which_it_opens_neither(cast, edition, client_for):
    client, address = client_for(cast.petra), reverse("shadow_note_new")
    sent = note_form(client, aspect=edition.aspects.all()[0].slug, stood_out="A long pause.")
    client.post(address, sent)
    row = SentForm.objects.get()
    held = f"{row.mark} {bytes(row.sealed)!r}"
    once = sent["form_key"][0].split(".")[0]
    for hidden in ("pause", "shadowing", once):
        assert hidden not in held


def test_a_key_of_somebody_else_or_one_that_was_made_up_counts_for_nothing(cast, edition, client_for):
    client, address = client_for(cast.petra), reverse("shadow_note_new")
    of_wanda = note_form(client_for(cast.wanda))["form_key"][0]
    for key in (of_wanda, of_wanda[:-1] + ("A" if of_wanda[-1] != "A" else "B"), "", "none"):
        sent = {
            "aspect": edition.aspects.all()[0].slug,
            "stood_out": "A pause.",
            "form_key": key,
        }
        client.post(address, sent)
    assert not SentForm.objects.exists()
    assert ShadowNote.objects.count() == 4


def test_a_page_without_somebody_signed_in_has_no_key(client, db):
    assert "form_key" not in client.get(reverse("account_login")).text


def test_promises_are_made_once_each(session, cast, client_for):
    session.open(by=cast.sam)
    client = client_for(cast.wanda)
    page = reverse("stage", args=[session.partnership.slug, session.number, "next_steps"])
    address = reverse("promise_make", args=[session.partnership.slug, session.number])
    sent = form_to(client.get(page).text, address, address=page).sends(
        promise="Listen.", due_on=steps.timezone.localdate().isoformat()
    )
    assert [client.post(address, sent).status_code for _ in range(2)] == [302, 303]
    assert session.promises.count() == 1
