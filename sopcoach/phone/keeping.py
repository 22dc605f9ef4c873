"""Which pages a phone may keep a copy of (ADR 39)."""

from collections.abc import Sequence

from django.http import HttpResponse

from sopcoach.phone.release import release
from sopcoach.requests.reading import is_for_phone
from sopcoach.requests.typed import HttpRequest
from sopcoach.sign_in.kept_to import scope_of
from sopcoach.sign_in.local_drafts import person_id


def kept_on_phone(request: HttpRequest, page: HttpResponse) -> HttpResponse:
    """Let a phone keep this page, where it asks for it: its reader's own words and the catalogue's, and no others.

    Its template leaves the rest out (`for_phone`); tests/coaching/test_phone.py reads each for words of somebody else.
    """
    if is_for_phone(request) and page.status_code == 200 and not scope_of(request):
        page["X-Kept-For"], page["X-Release"] = person_id(request), release()
    return page


def keep_too(page: HttpResponse, addresses: Sequence[str]) -> None:
    """Name what else belongs on the phone of whoever keeps this page."""
    page["X-Keep-Too"] = " ".join(addresses)
