"""Who may read, write, change or delete a row, as SQL conditions in which {t} is the row’s table.

What is asked at every query compares the row’s own columns with the lists of `memberships`. Only what is asked when a
row is written looks into other tables, by `exists`.
"""

from coaching.row_security import memberships
from coaching.row_security.memberships import Membership, both_within, within

ME = "app_me()"
COACH = "app_coach()"
"""Whoever asks, as a side or a seat of somebody’s coaching; nobody where that is an administrator (ADR 20)."""
NOBODY = "false"

_EXISTS = "EXISTS (SELECT 1 FROM %s WHERE %s)"


def exists(table: str, condition: str) -> str:
    """That there is such a row; `table` comes with its alias."""
    return _EXISTS % (table, condition)


def _keeper(membership: Membership) -> str:
    return within("partnership_id", membership)


IN_CONTENT = _keeper(memberships.CONTENT)
"""The worker for ever, the supervisor until the partnership ends."""
BY_WORKER = _keeper(memberships.AS_WORKER)
BY_SUPERVISOR = _keeper(memberships.AS_SUPERVISOR)
BY_EITHER = _keeper(memberships.AS_EITHER)
"""Both sides, also after it has ended."""

RELEASED = _keeper(memberships.RELEASED)
"""What belongs to a pair of which the worker has released anything to whoever asks, as a next supervisor."""
RELEASED_ASPECT = both_within(("partnership_id", "aspect_slug"), memberships.RELEASED_ASPECTS)
RELEASED_FOCUS = within("focus_id", memberships.RELEASED_FOCUSES)
RELEASED_GOAL = within("goal_id", memberships.RELEASED_GOALS)
RELEASED_ENTRY = within("entry_id", memberships.RELEASED_ENTRIES)


def released_session(column: str) -> str:
    return both_within(("partnership_id", column), memberships.RELEASED_SESSIONS)


RELEASED_SESSION = released_session("session_id")


def mine(column: str) -> str:
    return f"{{t}}.{column} = {ME}"


def seated(column: str) -> str:
    """That the row names whoever asks, and they may be in coaching at all: no administrator is."""
    return f"{{t}}.{column} = {COACH}"


ADMINISTERS = exists("sopcoach_user a", f"a.id = {ME} AND a.is_active AND a.is_administrator")


def no_administrator(column: str) -> str:
    """That the person of this column isn't one, whoever writes the row."""
    return exists("sopcoach_user person", f"person.id = {{t}}.{column} AND NOT person.is_administrator")


def system(*names: str) -> str:
    return " OR ".join(f"app_system() = '{name}'" for name in names)


def both(*conditions: str) -> str:
    return " AND ".join(f"({condition})" for condition in conditions)


def either(*conditions: str) -> str:
    return " OR ".join(f"({condition})" for condition in conditions)
