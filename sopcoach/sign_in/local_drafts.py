"""What a browser needs to keep unsaved text for one signed-in person alone, since office machines are shared.

The key goes out with that person's own pages only. It is derived rather than stored: a new SECRET_KEY makes text that
is still kept somewhere unreadable, which is at most a week of unsaved words. A laptop that goes round a room has a key
and a name of its own: whoever holds it reads nothing that its owner has kept elsewhere (ADR 12).
"""

import base64

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from sopcoach.sign_in.kept_to import scope_of


def keep_key(request: HttpRequest) -> str:
    """The key for text that whoever is signed in keeps in this browser: 32 bytes, base64."""
    return base64.b64encode(_derived("key", request)).decode()


def person_id(request: HttpRequest) -> str:
    """A name for whoever is signed in that says nothing, so that a browser can tell one's kept text from another's."""
    return _derived("person", request).hex()[:16]


def _derived(purpose: str, request: HttpRequest) -> bytes:
    # the salt is older than this module: another one would make kept words unreadable
    value = " ".join(filter(None, (str(request.user.pk), scope_of(request))))
    return salted_hmac(f"sopcoach.sign_in.local_drafts.{purpose}", value, algorithm="sha256").digest()
