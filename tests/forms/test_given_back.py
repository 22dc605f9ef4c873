"""What was sent after a sign-out, or after signing in anew, is given back to whoever wrote it (ADR 17)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.models import ShadowNote
from tests.forms.pages import form_to

pytestmark = pytest.mark.both_databases

WORDS = "A long pause, and then it came."
PASSWORD = "a long enough secret"


def with_password(user):
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, user, *, to: str = "") -> object:
    address = reverse("account_login") + (f"?next={to}" if to else "")
    page = client.get(address)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    return client.post(
        address,
        {"login": user.email, "password": PASSWORD, "next": to, "csrfmiddlewaretoken": token},
        follow=True,
    )


def sign_out(client: Client) -> None:
    page = client.get(reverse("account_logout"))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    client.post(reverse("account_logout"), {"csrfmiddlewaretoken": token})


def browser_with_a_note(user, edition) -> tuple[Client, dict[str, object]]:
    """Somebody who has opened the form in a real browser's way, with its token, and has written."""
    client = Client(enforce_csrf_checks=True)
    sign_in(client, with_password(user))
    address = reverse("shadow_note_new")
    sent = form_to(client.get(address).text, address).sends(
        aspect=edition.aspects.all()[0].slug, stood_out=WORDS
    )
    return client, sent


def send_it_now(client: Client, page) -> object:
    address = reverse("shadow_note_new")
    return client.post(address, form_to(page.text, address).sends())


def test_words_sent_after_a_sign_out_are_there_after_signing_in_and_one_press_sends_them(cast, edition):
    client, sent = browser_with_a_note(cast.petra, edition)
    sign_out(client)
    answer = client.post(reverse("shadow_note_new"), sent)
    assert answer.url == f"{reverse('account_login')}?next={reverse('given_back')}"
    assert "kept here for an hour" in client.get(answer.url).text
    page = sign_in(client, cast.petra, to=reverse("given_back"))
    assert WORDS in page.text
    assert not ShadowNote.objects.exists()
    assert send_it_now(client, page).status_code == 302
    assert ShadowNote.objects.get().stood_out == WORDS
    assert "Nothing waits here" in client.get(reverse("given_back")).text


def test_words_sent_after_signing_in_anew_are_there_at_once_and_one_press_sends_them(cast, edition):
    client, sent = browser_with_a_note(cast.petra, edition)
    sign_out(client)
    sign_in(client, cast.petra)
    page = client.post(reverse("shadow_note_new"), sent, follow=True)
    assert WORDS in page.text
    assert not ShadowNote.objects.exists()
    assert send_it_now(client, page).status_code == 302
    assert ShadowNote.objects.get().stood_out == WORDS


def test_every_page_says_that_words_wait_until_they_are_sent_or_thrown_away(cast, edition):
    client, sent = browser_with_a_note(cast.petra, edition)
    sign_out(client)
    client.post(reverse("shadow_note_new"), sent)
    sign_in(client, cast.petra)
    assert "Your words are here" in client.get("/").text
    page = client.get(reverse("given_back"))
    away = form_to(page.text, reverse("given_back"))
    client.post(reverse("given_back"), away.sends(**dict(away.buttons)))
    assert "Your words are here" not in client.get("/").text
    assert WORDS not in client.get(reverse("given_back")).text


def test_whoever_else_signs_in_is_shown_nothing_and_it_is_destroyed(cast, edition):
    client, sent = browser_with_a_note(cast.petra, edition)
    sign_out(client)
    client.post(reverse("shadow_note_new"), sent)
    page = sign_in(client, with_password(cast.wanda), to=reverse("given_back"))
    assert WORDS not in page.text
    assert "Nothing waits here" in page.text
    sign_out(client)
    assert WORDS not in sign_in(client, cast.petra, to=reverse("given_back")).text


def test_an_old_page_of_somebody_else_gives_nothing_back(cast, edition):
    client, sent = browser_with_a_note(cast.petra, edition)
    sign_out(client)
    sign_in(client, with_password(cast.wanda))
    answer = client.post(reverse("shadow_note_new"), sent)
    assert answer.status_code == 403
    assert WORDS not in answer.text
    assert WORDS not in client.get(reverse("given_back")).text


def test_what_is_kept_can_be_read_by_nobody_who_has_the_database_and_only_for_an_hour(cast, edition):
    client, sent = browser_with_a_note(cast.petra, edition)
    sign_out(client)
    client.post(reverse("shadow_note_new"), sent)
    held = "".join(str(Session(session_data=row.session_data).get_decoded()) for row in Session.objects.all())
    assert "kept_forms" in held
    assert "pause" not in held
    assert client.cookies["sopcoach_kept"].value not in held
    assert client.cookies["sopcoach_kept"]["httponly"]
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert WORDS not in sign_in(client, cast.petra, to=reverse("given_back")).text


def test_another_site_can_neither_plant_words_nor_have_them_sent(cast, edition):
    client, sent = browser_with_a_note(cast.petra, edition)
    made_up = {"aspect": sent["aspect"], "stood_out": WORDS, "form_key": f"{'0' * 32}.{'0' * 16}.{'0' * 43}"}
    for body, headers in (
        (made_up, {}),
        ({**made_up, "form_key": ""}, {}),
        (sent, {"Origin": "https://elsewhere.example"}),
    ):
        answer = client.post(reverse("shadow_note_new"), body, headers=headers)
        assert answer.status_code == 403
        assert WORDS not in client.get(reverse("given_back")).text
    sign_out(client)
    client.post(reverse("shadow_note_new"), made_up)
    assert WORDS not in sign_in(client, cast.petra, to=reverse("given_back")).text
    assert not ShadowNote.objects.exists()


def test_a_password_is_never_kept(cast, edition):
    client, _ = browser_with_a_note(cast.petra, edition)
    address = reverse("account_change_password")
    sent = form_to(client.get(address).text, address).sends(
        oldpassword=PASSWORD, password1="another long secret", password2="another long secret"
    )
    sign_out(client)
    client.post(address, sent)
    assert "kept_forms" not in client.session
    sign_in(client, cast.petra)
    assert client.post(address, sent).status_code == 403
    assert "secret" not in client.get(reverse("given_back")).text


def test_a_file_is_not_kept_and_its_page_says_so(cast, edition, client_for):
    client = client_for(cast.ada)
    address = reverse("manage_people_import")
    sent = form_to(client.get(address).text, address).sends()
    client.get(reverse("account_logout"))
    client.logout()

    client.post(address, sent | {"file": SimpleUploadedFile("people.csv", b"name,email\n")})
    client.force_login(cast.ada)
    page = client.get(reverse("given_back"))
    assert "The file that you chose wasn’t kept" in page.text
    assert "Send it now" not in page.text
