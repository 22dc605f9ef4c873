"""How a view finds the desk it is at: the one way from an address to a partnership and its rows."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from coaching.models import CoachingSession, Partnership, Seat
from coaching.models.partnership import Engagement
from sopcoach.models import User
from sopcoach.models.written import once
from sopcoach.requests.typed import HttpRequest
from sopcoach.sign_in import idle
from sopcoach.words.refusal import Refused


def seat_or_404(request: HttpRequest, slug: str) -> Seat:
    """The reader's seat. Outsiders get a 404, as for an address that doesn't exist (product.md, 6).

    So does the supervisor of a partnership that has ended: what stays with them are the agreements. Raises Refused
    before formal coaching, in which there is nothing to share yet.
    """
    return with_content_or_404(begun_seat_or_404(request, slug))


def begun_seat_or_404(request: HttpRequest, slug: str) -> Seat:
    """The reader's seat in formal coaching, also where it has ended. Raises Refused before it begins."""
    seat = any_seat_or_404(request, slug)
    seat.partnership.require_begun()
    return seat


def with_content_or_404(seat: Seat) -> Seat:
    """The seat, unless it is a supervisor's in a partnership that has ended."""
    if seat.is_supervisor and seat.partnership.engagement == Engagement.ENDED:
        raise Http404
    return seat


def any_seat_or_404(request: HttpRequest, slug: str) -> Seat:
    """The reader's seat, wherever the two are: in formal coaching, before it, or after it has ended."""
    found = next(iter(once(_partnership_at, request.user, [slug])), None)
    if found is None:
        raise Http404
    return found.seat_of(request.user)


def _partnership_at(user: User, address: Sequence[str]) -> QuerySet[Partnership]:
    return Partnership.objects.visible_to(user).for_list().filter(slug__in=address)


def session_going_on(request: HttpRequest, seat: Seat) -> CoachingSession | None:
    """The session that the two are in now, for a page that it leads to and that leads back. One query."""
    sessions = CoachingSession.objects.visible_to(request.user).filter(
        partnership=seat.partnership, opened_at__isnull=False, closed_at=None
    )
    return sessions.exclude(kind=CoachingSession.Kind.CONVERSATION).first()


def session_or_404(request: HttpRequest, slug: str, number: int) -> tuple[Seat, CoachingSession]:
    """The reader's seat and one of its sessions with its reflection, which has the same readers: one query.

    While it goes on, whoever has it open counts as being there (sopcoach.sign_in.idle). Raises Refused for the supervisor of a
    partnership that has ended, who may be in the middle of a sentence: no session is theirs any more, whichever it was.
    """
    session = next(iter(once(_session_at, request.user, [slug, number])), None)
    if session is None:
        _say_that_it_has_ended(any_seat_or_404(request, slug))
        raise Http404
    if session.is_open:
        idle.stay(request, session)
    return session.partnership.seat_of(request.user), session


def _session_at(user: User, address: Sequence[Any]) -> QuerySet[CoachingSession]:
    slug, number = address
    sessions = CoachingSession.objects.visible_to(user).select_related(
        "partnership__worker", "partnership__supervisor", "partnership__edition", "reflection"
    )
    sides = Partnership.objects.visible_to(user).filter(slug=slug)
    return sessions.filter(partnership__in=sides, number=number)


def _say_that_it_has_ended(seat: Seat) -> None:
    if seat.is_supervisor and seat.partnership.is_ended and seat.partnership.formal_on:
        raise Refused(
            f"Your coaching with {seat.other.short_name} has ended, so nothing of its sessions can be opened or added to. "
            "The agreements that you both signed stay with you."
        )
