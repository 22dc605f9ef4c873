"""What PostgreSQL lets become of a session of two (ADR 14)."""

from coaching.row_security.conditions import (
    BY_WORKER,
    IN_CONTENT,
    both,
    either,
    exists,
    mine,
    released_session,
    system,
)
from coaching.row_security.policy import Wall, change, once

SESSIONS = "coaching_coachingsession"
"""Their table, for what the wall asks of a row in one of them."""

_WRITTEN = ("coaching_stagewords", "coaching_promise", "coaching_observation", "coaching_decision")
_NOTHING_WRITTEN = both(*(f"NOT {exists(f'{table} w', 'w.session_id = {t}.id')}" for table in _WRITTEN))
_TAKEN_BACK = both("{t}.opened_at IS NULL", _NOTHING_WRITTEN)

WALL = Wall(
    read=either(
        IN_CONTENT,
        released_session("id"),
        system("ending", "retention", "counting", "reminding"),
    ),
    insert=IN_CONTENT,
    update=either(IN_CONTENT, system("ending")),
    delete=BY_WORKER,
    changes=(
        change(
            "opened_at", when=both("{t}.closed_at IS NULL", either("{old}.opened_at IS NULL", _TAKEN_BACK))
        ),
        change("planned_at", when=either("{old}.opened_at IS NULL", _TAKEN_BACK)),
        change("went_on_at", when="{old}.closed_at IS NULL"),
        once("closed_at", when=either("{t}.opened_at IS NOT NULL", system("ending"))),
        once("closed_by_id", when=both("{old}.closed_at IS NULL", mine("closed_by_id"))),
        change("starts_at", when=either("{old}.opened_at IS NULL", _TAKEN_BACK)),
        change("sequence", "moved_from", "moved_at", when="{old}.opened_at IS NULL"),
        change("moved_by_id", when=both("{old}.opened_at IS NULL", mine("moved_by_id"))),
        change("move_seen_at", when="{old}.opened_at IS NULL"),
    ),
)
