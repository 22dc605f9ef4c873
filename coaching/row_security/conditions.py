"""Who may read, write, change or delete a row, as SQL conditions in which {t} is the row’s table.

A condition reads at most the partnership and the releases, whose own policies look at their own columns only, and what
its row belongs to (an entry’s goal, a goal’s focus); policies that look into each other’s tables recurse.
"""

ME = "app_me()"
COACH = "app_coach()"
"""Whoever asks, as a side or a seat of somebody’s coaching; nobody where that is an administrator (ADR 20)."""
NOBODY = "false"

_EXISTS = "EXISTS (SELECT 1 FROM %s WHERE %s)"


def exists(table: str, condition: str) -> str:
    """That there is such a row; `table` comes with its alias."""
    return _EXISTS % (table, condition)


def _keeper(condition: str) -> str:
    return exists("coaching_partnership keeper", f"keeper.id = {{t}}.partnership_id AND ({condition})")


IN_CONTENT = _keeper(
    f"keeper.worker_id = {ME} OR (keeper.supervisor_id = {ME} AND keeper.engagement <> 'ended')"
)
"""The worker for ever, the supervisor until the partnership ends."""
BY_WORKER = _keeper(f"keeper.worker_id = {ME}")
BY_SUPERVISOR = _keeper(f"keeper.supervisor_id = {ME} AND keeper.engagement <> 'ended'")
BY_EITHER = _keeper(f"{ME} IN (keeper.worker_id, keeper.supervisor_id)")
"""Both sides, also after it has ended."""


def released(link: str) -> str:
    """What the worker has released to a next supervisor. `link` says by which release `r`, in terms of {t}."""
    return exists("coaching_release r", f"r.reader_id = {COACH} AND r.taken_back_at IS NULL AND {link}")


def _same_aspect(focus: str) -> str:
    return f"r.partnership_id = {focus}.partnership_id AND r.aspect_slug = {focus}.aspect_slug"


RELEASED_ASPECT = released(_same_aspect("{t}"))
RELEASED_FOCUS = released(exists("coaching_focus f", f"f.id = {{t}}.focus_id AND {_same_aspect('f')}"))
RELEASED_SESSION = released("r.session_id = {t}.session_id AND r.partnership_id = {t}.partnership_id")


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
