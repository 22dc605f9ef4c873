"""Who can read the pages of a partnership, in the words that each of them says."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet

from coaching.models import Release, Seat
from sopcoach.models import User
from sopcoach.models.written import once


def readers_of(seat: Seat, shown_to: Iterable[str] | None = None) -> str:
    """Who can read the pages of this partnership, as each of them says (product.md, 6). One query for the worker, unless
    the page knows already to whom they have released something (`shown_to`).

    The worker reads to whom they have released something; the supervisor, that they may.
    """
    sides = f"Only you and {seat.other.name}"
    if seat.is_supervisor:
        return (
            f"{sides} can read this page, and a next supervisor what {seat.other.short_name} releases of it."
        )
    names = once(_names, seat.person, [seat.partnership.pk]) if shown_to is None else shown_to
    also = "".join(f", and {name} what you have released of it" for name in names)
    return f"{'Only you' if seat.partnership.is_ended else sides} can read this page{also}."


def _names(user: User, partnerships: Sequence[UUID]) -> QuerySet[Release, str]:
    shown = Release.objects.visible_to(user).standing().filter(partnership__in=partnerships)
    return shown.order_by("reader__name_folded").values_list("reader__name", flat=True).distinct()
