"""What the pages of a review hear while they are open."""

from coaching.models import Seat
from coaching.queries.corrections import corrections_in
from coaching.queries.review import FocusReview, Review, Turn
from coaching.views.live import Fact, Live


def live_on(seat: Seat, review: Review, address: str, one: FocusReview | None = None) -> Live:
    """What the pages of a review hear of what the other side does, in the order in which it is done."""
    session = review.session
    worker, supervisor = (
        "You have" if mine else f"{person.short_name} has"
        for mine, person in (
            (seat.is_worker, seat.partnership.worker),
            (seat.is_supervisor, seat.partnership.supervisor),
        )
    )
    begun_or_closed = "The session has begun." if session.is_open else "This session is closed."
    facts = [
        Fact(session.status, begun_or_closed),
        Fact(review.reflection is not None, f"{worker} looked back."),
    ]
    if one is None:
        return Live(address, f"look-back-{review.reflection is not None}-{session.is_closed}", facts)
    facts += [
        Fact(one.rating is not None, f"{worker} shared a level here."),
        Fact(review.all_rated, f"{worker} shared on each focus."),
        Fact(one.observation is not None, f"{supervisor} shared what there was to see."),
        Fact(one.reply is not None, f"{worker} answered it."),
        Fact(one.decision is not None, f"{worker} decided what comes next."),
        Fact(len(one.congratulations), "There is a word of congratulation."),
        Fact(
            len(corrections_in([review.reflection, *one.words])),
            "Something was put right in what was shared.",
        ),
    ]
    return Live(address, page_name(seat, review, one), facts)


def page_name(seat: Seat, review: Review, one: FocusReview) -> str:
    """Which of its pages a focus is at for the reader: another one is offered, never put in place of this one.

    A worker who has shared writes nothing there: what the supervisor saw comes to them where they wait for it.
    """
    turn, session = review.turn(one), review.session
    if session.is_closed:
        return "closed"
    if turn in (Turn.DECIDE, Turn.DONE):
        return "together"
    if seat.is_worker:
        return "together" if one.rating else "rate"
    return "observe" if turn is Turn.OBSERVE and session.is_open else "waiting"
