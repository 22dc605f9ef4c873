"""The one call by which a page tells a worker that somebody else has opened it (coaching.models.access)."""

from coaching.models import Seat, access
from coaching.models.access import Thing
from sopcoach.requests.typed import HttpRequest


def note(request: HttpRequest, seat: Seat, thing: Thing, *about: object) -> None:
    """Write down that the reader opens something of the worker's, unless the reader is the worker.

    Call it where the page is made, with what it shows; also where a page asks for news of itself, since whoever asks
    may say so of any request.
    """
    if seat.is_supervisor:
        access.note([seat.partnership.pk], by=request.user, thing=thing, about=about)
