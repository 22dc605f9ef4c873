"""What somebody sent when their sign-in had ended, or had begun anew meanwhile, is given back to them (ADR 17).

It is kept for an hour: its ciphertext in the session of that browser, the key to it in a cookie of that browser alone. A
page shows it to whoever is the same person, and one more press sends it, with a token of that page. Whoever else signs
in there is never shown it, and it is destroyed by their signing in. Files aren't kept, and neither is anything of the
pages about accounts: nobody's password is ever shown or stored.

Another site can't plant words here: what is kept has to carry a key that this server made for its author, and to come
from one of our own pages.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from sopcoach.requests.reading import asks_for_part, wants_json
from sopcoach.sending.form_key import FIELD, FormKey, key_of
from sopcoach.sending.sealing import seal, unseal
from sopcoach.sign_in.local_drafts import person_id

KEPT = "kept_forms"
"""Session key: the sealed forms, the newest last."""
COOKIE = "sopcoach_kept"
KEPT_FOR = 3600
MOST = 5
LARGEST = 200_000
"""Letters of one form. What is larger is an upload of some kind, which nobody has typed."""
NOT_OF = ("/accounts/", "/enter-as/")
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)
_TOKENS = ("CSRF cookie not set", "CSRF token")
"""How Django's reasons begin where a token is old or missing, rather than the form another site's."""
_NOT_SHOWN = re.compile(
    r"csrfmiddlewaretoken|form_key|client_key|act|seen|next|shown|follows|(was|revision)[-_].*"
)


class GivenBack(HttpResponseRedirect):
    """The way to the page that gives a form back: it leads on, and nothing has been done."""

    status_code = 303


@dataclass(frozen=True)
class KeptForm:
    """A form that waits for its author."""

    key: FormKey
    to: str
    page: str
    fields: list[tuple[str, list[str]]]
    has_files: bool

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What a person would know again: names of fields and what stood in them."""
        return [
            (name.replace("_", " ").replace("-", " ").capitalize(), value)
            for name, values in self.fields
            for value in values
            if value.strip() and not _NOT_SHOWN.fullmatch(name)
        ]

    @property
    def which(self) -> str:
        """A name of it for its page, which opens nothing."""
        return self.key.once[:8]

    @property
    def form_key(self) -> str:
        return str(self.key)


def page_of(request: HttpRequest) -> str:
    """The page somebody was on, to come back to. A form's own address may know no GET: then the page it stood on."""
    if request.method in {"GET", "HEAD"} and not asks_for_part(request):
        return request.get_full_path()
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return reverse("home")
    parts = urlsplit(page)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def keep(request: HttpRequest) -> Callable[[HttpResponseBase], HttpResponseBase] | None:
    """Keep what was sent, if it is a form of ours with something in it to keep.

    Returns what puts the cookie on the answer, without which nothing can be opened; None where nothing is kept.
    """
    if request.method != "POST" or request.path.startswith(NOT_OF):
        return None
    key = key_of(request)
    if key is None:
        return None
    fields = [
        (name, values) for name, values in request.POST.lists() if name not in {"csrfmiddlewaretoken", FIELD}
    ]
    if sum(len(value) for _, values in fields for value in values) > LARGEST:
        return None
    secret = _secret_of(request) or secrets.token_urlsafe(32)
    form = {
        "once": key.once,
        "person": key.person,
        "to": request.get_full_path(),
        "page": page_of(request),
        "fields": fields,
        "has_files": bool(request.FILES),
    }
    others = [sealed for sealed in request.session.get(KEPT, []) if _once_of(sealed, secret) != key.once]
    request.session[KEPT] = [*others, seal(form, secret).decode()][-MOST:]

    def with_cookie(response: HttpResponseBase) -> HttpResponseBase:
        response.set_cookie(
            COOKIE,
            secret,
            max_age=KEPT_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    return with_cookie


def kept_for(request: HttpRequest) -> list[KeptForm]:
    """What waits for whoever is signed in, the newest first; what is anybody else's is destroyed."""
    opened = _opened(request)
    mine = [form for form in opened if form.key.is_by(request)]
    for form in opened:
        if form not in mine:
            forget(request, form.key.once)
    if not opened:
        forget(request)
    return mine[::-1]


def forget(request: HttpRequest, once: str | None = None) -> None:
    """One of the forms, which has been sent or is thrown away; without a name all of them."""
    secret = _secret_of(request)
    if KEPT not in request.session:
        return
    left = [
        sealed
        for sealed in request.session[KEPT]
        if once is not None and secret and _once_of(sealed, secret) not in {once, None}
    ]  # what is older than an hour goes with it
    if left:
        request.session[KEPT] = left
    else:
        del request.session[KEPT]


@receiver(user_logged_in)
def destroy_what_is_anybody_elses(sender: object, *, request: HttpRequest, **_: Any) -> None:
    secret = _secret_of(request)
    if KEPT not in request.session or not secret:
        return  # without the cookie nobody can open them
    for form in _opened(request):
        if not constant_time_compare(form.key.person, person_id(request)):
            forget(request, form.key.once)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """Answer a form whose token is old: give its words back to whoever has written it, or keep them for them."""
    if reason.startswith(_TOKENS) and not (wants_json(request) or asks_for_part(request)):
        key = key_of(request)
        if key and (key.is_by(request) or not request.user.is_authenticated) and (kept := keep(request)):
            return kept(GivenBack(reverse("given_back")))
    return TemplateResponse(request, "403_csrf.html", status=403).render()


def _opened(request: HttpRequest) -> list[KeptForm]:
    secret = _secret_of(request)
    opened = [
        unseal(sealed.encode(), secret, within=KEPT_FOR) for sealed in request.session.get(KEPT, []) if secret
    ]
    return [
        KeptForm(FormKey(one["once"], one["person"]), one["to"], one["page"], one["fields"], one["has_files"])
        for one in opened
        if one
    ]


def _once_of(sealed: str, secret: str) -> str | None:
    form = unseal(sealed.encode(), secret, within=KEPT_FOR)
    return form["once"] if form else None


def _secret_of(request: HttpRequest) -> str:
    secret = request.COOKIES.get(COOKIE, "")
    return secret if _SECRET.fullmatch(secret) else ""
