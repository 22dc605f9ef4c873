"""The key that a form of somebody signed in carries: which form it is, and who wrote it.

`{% csrf_token %}` puts it beside the token, as a hidden field `form_key` of three parts with dots between them: 32 hex
digits made with the page, a name of its person that says nothing, and the server's signature of both. So a form that
comes back knows its author even when nobody is signed in, and nobody can make one in somebody else's name.

When a form has been sent, its answer says so to scripts by a cookie that lasts five minutes, `sopcoach_sent`: the first
parts of the last forms that were sent, the newest last, with dots between them. What a browser has kept of such a form
is done with: a script asks whether `cookie.split(".").includes(field.value.split(".")[0])`.
"""

import re
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.core.signing import Signer
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare

from sopcoach.sign_in.local_drafts import person_id

FIELD = "form_key"
SENT = "sopcoach_sent"
SENT_FOR = 300
"""Seconds for which the browser remembers what it sent."""
SENT_MANY = 8
_SHAPE = re.compile(r"([0-9a-f]{32})\.([0-9a-f]{16})\.([\w-]{43})", re.ASCII)
_signer = Signer(salt="sopcoach.sending.form_key")


@dataclass(frozen=True)
class FormKey:
    once: str
    person: str
    """What `sopcoach.sign_in.local_drafts` calls the author."""

    def __str__(self) -> str:
        return f"{self.once}.{self.person}.{_signer.signature(f'{self.once}.{self.person}')}"

    def is_by(self, request: HttpRequest) -> bool:
        """Whether whoever is signed in now has written it."""
        return request.user.is_authenticated and constant_time_compare(self.person, person_id(request))


def new_key(request: HttpRequest) -> FormKey:
    return FormKey(uuid.uuid4().hex, person_id(request))


def key_of(request: HttpRequest) -> FormKey | None:
    """The key of the form that was sent; None for one without, or with one that the server hasn't made."""
    shaped = _SHAPE.fullmatch(request.POST.get(FIELD, ""))
    if not shaped:
        return None
    key = FormKey(shaped[1], shaped[2])
    return key if constant_time_compare(str(key), shaped[0]) else None


def tell_that_it_was_sent(response: HttpResponseBase, request: HttpRequest, key: FormKey) -> None:
    before = re.findall(r"[0-9a-f]{32}", request.COOKIES.get(SENT, ""))
    sent = [*(one for one in before if one != key.once), key.once][-SENT_MANY:]
    response.set_cookie(
        SENT,
        ".".join(sent),
        max_age=SENT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
