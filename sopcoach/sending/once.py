"""A form sent twice makes one: a double click, back and send again, two requests in the same instant (ADR 17).

It goes by the form's key, for every form of the product alike. What was sent last by a key, and where that led, is kept
for a week; the same again gets the same answer, and nothing is done. Something else by the same key is something else:
whoever goes back, changes the words and sends them means it. Only an answer that leads on uses a key up, so that a
refused form can be put right and sent again.

What scripts send has ways of its own to count once, since its answers don't lead on: revisions where something saves
itself, and a key for each +1. It passes by here.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone

from sopcoach.requests.reading import asks_for_part, wants_json
from sopcoach.requests.typed import HttpRequest
from sopcoach.sending.form_key import FIELD, FormKey, key_of, tell_that_it_was_sent
from sopcoach.sending.given_back import GivenBack, forget
from sopcoach.sending.models import SentForm
from sopcoach.sending.sealing import seal, unseal

_ABOUT_THE_WAY = {"csrfmiddlewaretoken", FIELD}


def once(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Goes below whatever may refuse a request unseen; what it remembers and what the form made are one
    transaction, so of two in the same instant the second waits for the first, and gets its answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or wants_json(request) or asks_for_part(request):
            return get_response(request)
        key = key_of(request)
        if key is None or not key.is_by(request):
            return get_response(request)
        with transaction.atomic():
            return _answered_once(request, key, get_response)

    return middleware


def _answered_once(
    request: HttpRequest, key: FormKey, get_response: Callable[[HttpRequest], HttpResponse]
) -> HttpResponse:
    sent = _locked(request, key)
    what = _digest(request)
    answered = unseal(bytes(sent.sealed), key.once) if sent.sealed else None
    if answered and answered["what"] == what:
        waiting = {text for _, text in _said(request)}
        for level, text in answered["said"]:
            if text not in waiting:  # the first answer may have come through as well
                messages.add_message(request, level, text)
        response: HttpResponse = HttpResponseRedirect(answered["to"], status=303)
    else:
        response = get_response(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
            return response
        if response.status_code < 400 and not isinstance(response, GivenBack):
            forget(
                request, key.once
            )  # its words stand where they were to go, or on the page that was answered
        if not _leads_on(response):
            if not sent.sealed:
                sent.delete()
            return response
        answer = {"what": what, "to": response["Location"], "said": _said(request)}
        sent.sealed, sent.sent_at = seal(answer, key.once), timezone.now()
        sent.save()
    tell_that_it_was_sent(response, request, key)
    return response


def _locked(request: HttpRequest, key: FormKey) -> SentForm:
    """The row of this key, made now if there is none; another request with the same key waits here."""
    mark = hashlib.sha256(key.once.encode()).hexdigest()
    new = SentForm(person_id=request.user.pk, mark=mark, sent_at=timezone.now())
    SentForm.objects.bulk_create([new], ignore_conflicts=True)
    return SentForm.objects.visible_to(request.user).select_for_update(no_key=True).get(mark=mark)


def _leads_on(response: HttpResponse) -> bool:
    is_led_on = response.status_code in {301, 302, 303} and response.has_header("Location")
    return is_led_on and not isinstance(response, GivenBack)


def _digest(request: HttpRequest) -> str:
    """All that was sent, as one number: its words stand nowhere in it."""
    digest = hashlib.sha256(request.get_full_path().encode())
    fields = ((name, values) for name, values in request.POST.lists() if name not in _ABOUT_THE_WAY)
    for name, values in sorted(fields):
        digest.update(repr((name, values)).encode(errors="backslashreplace"))
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, file.name, file.size)).encode(errors="backslashreplace"))
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return digest.hexdigest()


def _said(request: HttpRequest) -> list[tuple[int, str]]:
    """What the next page is to say, and stays to be said."""
    storage: Any = messages.get_messages(request)
    said = [(message.level, str(message.message)) for message in storage]
    storage.used = False
    return said
