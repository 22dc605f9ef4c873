from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from sopcoach.requests.reading import is_for_phone
from sopcoach.sending.given_back import KEPT, page_of
from sopcoach.sending.htmx import is_driven


def site(request: HttpRequest) -> dict[str, object]:
    """What the shell of every page needs: whether this is the demo, whether words wait for their author
    (sopcoach/sending/given_back.py), whether it belongs to the workflow (sopcoach/sending/htmx.py), since when the page
    stands where a phone keeps it, and for the answer to a form which page to load instead of sending it once more
    (static/js/sent.js)."""
    # a request may be refused before anybody has asked who sends it, or to which host
    user = getattr(request, "user", None)
    return {
        "demo": settings.SOPCOACH_DEMO,
        "words_wait": user is not None and user.is_authenticated and bool(request.session.get(KEPT)),
        "for_phone": timezone.now() if is_for_phone(request) else None,
        "is_driven": is_driven(request) and not is_for_phone(request),
        "reload": page_of(request) if user is not None and request.method == "POST" else "",
    }
