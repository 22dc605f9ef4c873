"""What a browser needs to keep unsaved text for one signed-in person alone, since office machines are shared.

The key goes out with that person's own pages only. It is derived rather than stored: a new SECRET_KEY makes text that
is still kept somewhere unreadable, which is at most a week of unsaved words.
"""

import base64

from django.utils.crypto import salted_hmac

from sopcoach.models import User


def keep_key(user: User) -> str:
    """The person's key for text kept in a browser: 32 bytes, base64."""
    return base64.b64encode(
        salted_hmac("sopcoach.keeping.key", str(user.pk), algorithm="sha256").digest()
    ).decode()


def person_id(user: User) -> str:
    """A name for the person that says nothing, so that a browser can tell one's kept text from another's."""
    return salted_hmac("sopcoach.keeping.person", str(user.pk), algorithm="sha256").hexdigest()[:16]
