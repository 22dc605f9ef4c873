"""Fewer bytes than were announced are no form: nothing of them is stored."""

from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from coaching.models import ShadowNote

pytestmark = pytest.mark.both_databases


def sent_by(client: Client, body: bytes, content_type: str, *, announced: int) -> HttpResponse:
    """As a server hands it on when the connection breaks off: the stream ends early."""
    return client.generic(
        "POST",
        reverse("shadow_note_new"),
        body,
        content_type=content_type,
        CONTENT_LENGTH=str(announced),
        **{"wsgi.input": BytesIO(body)},
    )


def as_form(aspect: str) -> tuple[bytes, str]:
    typed = {"aspect": aspect, "stood_out": "A long pause, and then it came."}
    return urlencode(typed).encode(), "application/x-www-form-urlencoded"


def as_parts(aspect: str) -> tuple[bytes, str]:
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {"aspect": aspect, "stood_out": "A long pause, and then it came."}.items()
    ]
    return "".join([*parts, "--edge--\r\n"]).encode(), "multipart/form-data; boundary=edge"


@pytest.mark.parametrize("made", [as_form, as_parts])
def test_a_form_that_was_cut_off_is_refused_and_nothing_of_it_stored(made, cast, edition, client_for):
    client = client_for(cast.petra)
    body, content_type = made(edition.aspects.all()[0].slug)
    for cut in (12, 5, 1):
        answer = sent_by(client, body[:-cut], content_type, announced=len(body))
        assert (answer.status_code, "broke off" in answer.text) == (400, True)
    assert not ShadowNote.objects.exists()
    assert sent_by(client, body, content_type, announced=len(body)).status_code == 302
    assert ShadowNote.objects.get().stood_out == "A long pause, and then it came."
