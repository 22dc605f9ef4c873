"""Who can read the pages of a partnership, in the words that each of them says."""

from coaching.models import Release, Seat


def readers_of(seat: Seat) -> str:
    """Who can read the pages of this partnership, as each of them says (product.md, 6).

    The worker reads to whom they have released something; the supervisor, that they may.
    """
    sides = f"Only you and {seat.other.name}"
    if seat.is_supervisor:
        return (
            f"{sides} can read this page, and a next supervisor what {seat.other.short_name} releases of it."
        )
    shown = Release.objects.visible_to(seat.person).standing().filter(partnership=seat.partnership)
    names = shown.order_by("reader__name_folded").values_list("reader__name", flat=True).distinct()
    also = "".join(f", and {name} what you have released of it" for name in names)
    return f"{'Only you' if seat.partnership.is_ended else sides} can read this page{also}."
