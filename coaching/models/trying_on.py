"""Early adopters try on for a while, with nobody looking, or go back to observing (FAQ, with whom; product.md, 4.1)."""

from datetime import date

from coaching.models.engagement import day_ahead, engage, require_before_formal
from coaching.models.locking import in_turn
from coaching.models.partnership import Engagement, Partnership
from sopcoach.models import User


@in_turn
def observe(partnership: Partnership, *, by: User) -> None:
    """The worker goes back to observing, from trying on. What they kept stays theirs."""
    require_before_formal(partnership, by)
    engage(partnership, Engagement.OBSERVING)


@in_turn
def try_on(partnership: Partnership, *, by: User, until: date | None = None) -> None:
    """The worker tries on, or goes on trying, until a day that they set (30 days ahead where they set none).

    Raises Refused for the supervisor and in formal coaching, ValidationError for a day gone by or far away.
    """
    require_before_formal(partnership, by)
    engage(partnership, Engagement.TRYING_ON, until=day_ahead(until))
