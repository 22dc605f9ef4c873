"""What somebody belongs to, asked once a statement: the lists that the policies look their rows up in (ADR 29).

A policy is added to every query of its table. One that looks into other tables brings their policies along, and those
the next ones: PostgreSQL planned and ran the same few questions hundreds of times. Here each is a function that takes
nothing and returns the keys that whoever asks may follow, so a policy compares a column of its own row with a list.

A function sees what whoever asks may see, for it runs as they do: the policies stand before it as before any query.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Membership:
    """A function of the database that lists keys for whoever asks: `selects` says which, `of` their type."""

    name: str
    selects: str
    of: str = "uuid"

    @property
    def sql(self) -> str:
        return f"""CREATE OR REPLACE FUNCTION {self.name}() RETURNS {self.of}[] LANGUAGE plpgsql STABLE
    SET search_path = public, pg_temp AS $$ BEGIN RETURN ARRAY(
    {self.selects}); END $$"""


FEW = 10
"""What is released to somebody, about."""


@dataclass(frozen=True)
class PairedMembership:
    """As a `Membership`, of two keys that count together only: `columns` with their types.

    PostgreSQL takes a function for a thousand rows unless it is told, and would then rather read a whole table of what
    people wrote than look a few of them up.
    """

    name: str
    columns: str
    selects: str

    @property
    def sql(self) -> str:
        return f"""CREATE OR REPLACE FUNCTION {self.name}() RETURNS TABLE ({self.columns}) LANGUAGE plpgsql STABLE ROWS {FEW}
    SET search_path = public, pg_temp AS $$ BEGIN RETURN QUERY
    {self.selects}; END $$"""


_SELECT = "SELECT %s FROM %s WHERE %s"


def _select(what: str, table: str, condition: str) -> str:
    """`table` comes with its alias, and with what it is joined to."""
    return _SELECT % (what, table, condition)


def _partnerships(name: str, condition: str) -> Membership:
    return Membership(name, _select("keeper.id", "coaching_partnership keeper", condition))


_WORKS = "keeper.worker_id = app_me()"
_SUPERVISES = "keeper.supervisor_id = app_me() AND keeper.engagement <> 'ended'"

CONTENT = _partnerships("app_content", f"{_WORKS} OR ({_SUPERVISES})")
"""The worker for ever, the supervisor until the partnership ends."""
AS_WORKER = _partnerships("app_as_worker", _WORKS)
AS_SUPERVISOR = _partnerships("app_as_supervisor", _SUPERVISES)
AS_EITHER = _partnerships("app_as_either", "app_me() IN (keeper.worker_id, keeper.supervisor_id)")
"""Both sides, also after it has ended."""
ENDED = Membership(
    "app_ended",
    "SELECT keeper.slug FROM coaching_partnership keeper "
    "WHERE app_me() IN (keeper.worker_id, keeper.supervisor_id) AND keeper.engagement = 'ended'",
    of="varchar",
)

_RELEASED = "FROM coaching_release r WHERE r.reader_id = app_coach() AND r.taken_back_at IS NULL"
RELEASED = Membership("app_released", f"SELECT r.partnership_id {_RELEASED}")
"""The partnerships of which something stands released to whoever asks."""
RELEASED_ASPECTS = PairedMembership(
    "app_released_aspects",
    "partnership uuid, slug varchar",
    f"SELECT r.partnership_id, r.aspect_slug {_RELEASED}",
)
RELEASED_SESSIONS = PairedMembership(
    "app_released_sessions",
    "partnership uuid, session uuid",
    f"SELECT r.partnership_id, r.session_id {_RELEASED} AND r.session_id IS NOT NULL",
)
RELEASED_FOCUSES = Membership(
    "app_released_focuses",
    "SELECT f.id FROM coaching_focus f JOIN app_released_aspects() r "
    "ON r.partnership = f.partnership_id AND r.slug = f.aspect_slug",
)
RELEASED_GOALS = Membership(
    "app_released_goals",
    "SELECT g.id FROM coaching_goal g WHERE g.focus_id = ANY (app_released_focuses())",
)
RELEASED_ENTRIES = Membership(
    "app_released_entries",
    "SELECT e.id FROM coaching_practiceentry e WHERE e.goal_id = ANY (app_released_goals())",
)
REVEALED = Membership(
    "app_revealed",
    "SELECT d.partnership_id FROM coaching_walkthroughdone d "
    "WHERE d.partnership_id = ANY (app_content() || app_released()) GROUP BY d.partnership_id HAVING count(*) = 2",
)
"""The partnerships in which both have said that they are done with their marks."""


_RELEASED_PAIR = "(w.partnership_id, w.session_id) IN (SELECT * FROM app_released_sessions())"


def _of_a_session(name: str, table: str) -> Membership:
    return Membership(name, _select("w.id", f"{table} w", _RELEASED_PAIR))


def _of_a_focus(name: str, table: str) -> Membership:
    return Membership(name, _select("w.id", f"{table} w", "w.focus_id = ANY (app_released_focuses())"))


RELEASED_WORDS = {
    "reflection": _of_a_session("app_released_reflections", "coaching_reflection"),
    "self_rating": _of_a_focus("app_released_self_ratings", "coaching_selfrating"),
    "observation": _of_a_focus("app_released_observations", "coaching_observation"),
    "reply": _of_a_focus("app_released_replies", "coaching_reply"),
    "congratulation": Membership(
        "app_released_congratulations",
        _select(
            "w.id",
            "coaching_congratulation w",
            f"w.focus_id = ANY (app_released_focuses()) OR (w.focus_id IS NULL AND {_RELEASED_PAIR})",
        ),
    ),
    "line": Membership(
        "app_released_lines",
        "SELECT w.id FROM coaching_entryline w WHERE w.entry_id = ANY (app_released_entries()) AND w.shared_at IS NOT NULL",
    ),
    "logged_level": Membership(
        "app_released_logged_levels",
        _select(
            "w.id",
            "coaching_loggedlevel w",
            "w.focus_id = ANY (app_released_focuses()) AND w.shared_at IS NOT NULL",
        ),
    ),
}
"""What a correction may stand beside, by the field that names it."""

_LISTED = "FROM coaching_groupmember listed WHERE"
LISTED_GROUPS = Membership(
    "app_listed_groups", f"SELECT listed.group_id {_LISTED} listed.person_id = app_coach()"
)
LED_GROUPS = Membership(
    "app_led_groups", f"SELECT DISTINCT listed.group_id {_LISTED} listed.facilitator_id = app_coach()"
)
_SEATS = "FROM coaching_groupseat seat WHERE seat.person_id = app_coach()"
SEATED_SESSIONS = Membership("app_seated_sessions", f"SELECT seat.session_id {_SEATS}")
SEATED_GROUPS = Membership("app_seated_groups", f"SELECT DISTINCT seat.group_id {_SEATS}")
LINKED_GROUPS = Membership(
    "app_linked_groups",
    "SELECT link.group_id FROM coaching_grouplink link "
    "WHERE link.token = nullif(current_setting('app.group_link', true), '')",
)
"""The group whose link somebody holds in this very request."""

_TRAINEES = "FROM coaching_trainee listed WHERE"
ATTENDED_COHORTS = Membership(
    "app_attended_cohorts", f"SELECT listed.cohort_id {_TRAINEES} listed.person_id = app_me()"
)
ROOMS = Membership(
    "app_rooms",
    f"SELECT DISTINCT listed.cohort_id {_TRAINEES} app_me() IN (listed.person_id, listed.facilitator_id)",
)
"""The trainings in which somebody learns, or which they lead."""

SORTED = Membership(
    "app_sorted",
    "SELECT s.sort_id FROM coaching_sorter s WHERE s.person_id = app_coach() AND s.kept <> '[]'::jsonb",
)
"""The blind sorts of which somebody has sorted something."""

MEMBERSHIPS: tuple[Membership | PairedMembership, ...] = (
    CONTENT,
    AS_WORKER,
    AS_SUPERVISOR,
    AS_EITHER,
    ENDED,
    RELEASED,
    RELEASED_ASPECTS,
    RELEASED_SESSIONS,
    RELEASED_FOCUSES,
    RELEASED_GOALS,
    RELEASED_ENTRIES,
    REVEALED,
    *RELEASED_WORDS.values(),
    LISTED_GROUPS,
    LED_GROUPS,
    SEATED_SESSIONS,
    SEATED_GROUPS,
    LINKED_GROUPS,
    ATTENDED_COHORTS,
    ROOMS,
    SORTED,
)


def within(column: str, membership: Membership) -> str:
    """That the row’s column is one of these keys, which are asked for once a statement."""
    return f"{{t}}.{column} = ANY ((SELECT {membership.name}())::{membership.of}[])"


def outside(column: str, membership: Membership) -> str:
    return f"{{t}}.{column} <> ALL ((SELECT {membership.name}())::{membership.of}[])"


_IN_PAIRS = "({t}.%s, {t}.%s) IN (SELECT * FROM %s())"


def both_within(columns: tuple[str, str], membership: PairedMembership) -> str:
    """That the row’s two columns are one of these pairs."""
    first, second = columns
    return _IN_PAIRS % (first, second, membership.name)
