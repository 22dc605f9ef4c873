"""What both agreed to, and what was erased, as events of a record."""

from collections.abc import Iterable

from coaching.models import EditionMove, ErasureLog, OrientationWish
from coaching.record import shape


def events_of(
    moves: Iterable[EditionMove], wishes: Iterable[OrientationWish], erasures: Iterable[ErasureLog]
) -> list[shape.Event]:
    events = [
        shape.Event(f"Both went on with {row.edition}", row.agreed_at) for row in moves if row.agreed_at
    ]
    events += [
        shape.Event(
            "Both said that orientation was over" if row.is_over else "Orientation began", row.agreed_at
        )
        for row in wishes
        if row.agreed_at
    ]
    events += [shape.Event(f"Erased: {', '.join(row.lines)}", row.erased_at) for row in erasures]
    return sorted(events, key=lambda event: event.at)
