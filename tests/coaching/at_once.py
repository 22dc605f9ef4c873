"""Two people's verbs at the same instant, each in a thread and a connection of its own, and what either order alone
would have come to. Only on PostgreSQL, where there is such an instant."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from queue import SimpleQueue
from threading import Barrier, Thread
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction
from psycopg import sql

from coaching.models.base import StaleError
from sopcoach.models import User
from sopcoach.requests.actor import acting_as
from sopcoach.vault.keyring import fresh_keyring
from sopcoach.words.refusal import Refused
from tests.cast import Cast
from tests.coaching.acts_at_once import ACTS, WORLDS, Do, Here, NotThere, Rows
from tests.roles import before_the_wall, past_the_wall

type Act = tuple[str, str]
"""A verb by its name, and who does it."""

TABLES = sorted(model._meta.db_table for model in apps.get_app_config("coaching").get_models())
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_SEALED = "v1:"
_BY_CHANCE = {"slug", "token", "code", "units"}
"""Names that are drawn; and how many keys there are, since one made for words that were taken back stays."""

type Table = dict[str, dict[str, Any]]
"""The rows of a table by their primary key."""


def _named(statement: str, table: str) -> str:
    return sql.SQL(statement).format(table=sql.Identifier(table), name=sql.Literal(table)).as_string(None)


def _all(using: str, tables: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    each = (_named("SELECT {name}, to_jsonb(t) FROM {table} t", table) for table in tables)
    rows: dict[str, list[dict[str, Any]]] = {table: [] for table in tables}
    with connections[using].cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each))
        for table, row in cursor.fetchall():
            rows[table].append(json.loads(row) if isinstance(row, str) else row)
    return rows


def _put_back(using: str, saved: Mapping[str, list[dict[str, Any]]]) -> None:
    again = "INSERT INTO {table} SELECT * FROM jsonb_populate_recordset(NULL::{table}, %s)"
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("; ".join(_named("DELETE FROM {table}", table) for table in saved))
        for table, rows in saved.items():
            if rows:
                cursor.execute(_named(again, table), [json.dumps(rows)])


KEY_TABLES = [model._meta.db_table for model in apps.get_app_config("vault").get_models()]


@dataclass
class World:
    """A pair at some point of its way, which can be put back as it was."""

    name: str
    cast: Cast
    rows: Rows
    saved: dict[str, list[dict[str, Any]]]
    keys: dict[str, list[dict[str, Any]]]
    alone: dict[Act, str] = field(default_factory=dict)
    """What comes of each act where nobody else does anything."""
    touches: dict[Act, tuple[set[str], set[str]]] = field(default_factory=dict)
    """The tables that each act reads, and those that it writes."""
    serial: dict[tuple[Act, Act], tuple[str, str, Any]] = field(default_factory=dict)

    def put_back(self, tables: Iterable[str] = TABLES) -> None:
        with past_the_wall():
            _put_back("default", {table: self.saved[table] for table in tables})
            keys = _all("keys", KEY_TABLES)
            if any(row not in keys[table] for table, rows in self.keys.items() for row in rows):
                _put_back("keys", self.keys)

    def digest(self) -> Any:
        """What of its rows isn't as it was, without what differs by chance or by the clock."""
        with past_the_wall():
            now = _all("default", TABLES)
        old = {table: {row["id"]: row for row in rows} for table, rows in self.saved.items()}
        known = {str(pk) for rows in old.values() for pk in rows}
        found = []
        for table, rows in now.items():
            for row in rows:
                before = old[table].get(row["id"])
                changed = {
                    column: _plain(column, value, known)
                    for column, value in row.items()
                    if column != "id" and (before is None or before[column] != value)
                }
                if changed or before is None:
                    found.append((table, row["id"] if before else "new", json.dumps(changed, sort_keys=True)))
            gone = old[table].keys() - {row["id"] for row in rows}
            found += [(table, pk, "gone") for pk in gone]
        return tuple(sorted(found))


def _plain(column: str, value: Any, known: set[str]) -> Any:
    if column in _BY_CHANCE:
        return "by chance"
    if not isinstance(value, str):
        return value
    if value.startswith(_SEALED):
        return f"{len(value)} sealed"
    if _UUID.fullmatch(value) and value not in known:
        return "new"
    return "now" if _INSTANT.match(value) else value


def build_worlds(cast: Cast, only: Iterable[str] = ()) -> Iterator[World]:
    wanted = set(only)
    for build in WORLDS:
        if wanted and build.__name__ not in wanted:
            continue
        with past_the_wall():
            _put_back("default", {table: [] for table in TABLES})
            with fresh_keyring():
                rows = build(cast)
            world = World(build.__name__, cast, rows, _all("default", TABLES), _all("keys", KEY_TABLES))
        yield world


# ------------------------------------------------------------ one after the other


def load(world: World, act: Act) -> Do:
    verb, name = act
    me = world.cast.wanda if name == "Wanda" else world.cast.sam
    return ACTS[verb][1](Here(world.cast, me, world.rows))


def person(world: World, act: Act) -> User:
    return world.cast.wanda if act[1] == "Wanda" else world.cast.sam


def outcome_of(do: Callable[[], object]) -> str:
    try:
        do()
    except (NotThere, Refused, ValidationError):
        return "refused"
    except StaleError:
        return "stale"
    except Exception as error:
        return f"{type(error).__name__}: {error}".strip().splitlines()[0]
    return "done"


def _act_alone(world: World, act: Act) -> str:
    """Load and do it, each before the wall, as its person."""

    def do() -> None:
        with fresh_keyring(), before_the_wall(), acting_as(person(world, act)):
            load(world, act)()

    return outcome_of(do)


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def in_order(world: World, first: Act, then: Act) -> tuple[str, str, Any]:
    """What comes of both, and of the world, where one comes wholly before the other. The world must be as it was."""
    if (first, then) not in world.serial:
        with _taken_back():
            outcomes = _act_alone(world, first), _act_alone(world, then)
            world.serial[first, then] = (*outcomes, world.digest())
    return world.serial[first, then]


def learn(world: World, acts: Iterable[Act]) -> None:
    """Do each act alone in it, and note what came of it and which tables it touched."""
    world.put_back()
    for act in acts:
        reads, writes = set[str](), set[str]()

        def note(
            execute: Any, statement: str, *rest: Any, reads: set[str] = reads, writes: set[str] = writes
        ) -> Any:
            tables = set(re.findall(r'"?(coaching_\w+)"?', statement))
            (reads if statement.startswith("SELECT") else writes).update(tables)
            return execute(statement, *rest)

        with _taken_back(), connection.execute_wrapper(note):
            world.alone[act] = _act_alone(world, act)
        world.touches[act] = reads, writes


def share_a_row(world: World, one: Act, other: Act) -> bool:
    """Whether one writes where the other reads or writes. That both hold the pair doesn't count."""
    (reads, writes), (other_reads, other_writes) = world.touches[one], world.touches[other]
    return bool(writes & (other_reads | other_writes) or other_writes & reads)


# ------------------------------------------------------------ at once


class Side:
    """Somebody at work in a thread with connections of their own, for as long as the table takes."""

    def __init__(self) -> None:
        self.asked: SimpleQueue[Callable[[], object] | None] = SimpleQueue()
        self.answers: SimpleQueue[object] = SimpleQueue()
        self.thread = Thread(target=self._work, daemon=True)
        self.thread.start()

    def _work(self) -> None:
        while (ask := self.asked.get()) is not None:
            self.answers.put(ask())
        connections.close_all()

    def begin(self, ask: Callable[[], object]) -> None:
        self.asked.put(ask)

    def answer(self) -> Any:
        return self.answers.get(timeout=60)

    def leave(self) -> None:
        self.asked.put(None)
        self.thread.join(10)


def at_once(world: World, sides: tuple[Side, Side], acts: tuple[Act, Act]) -> tuple[str, str]:
    """Both load what they have before them, and then act at the same instant. The world must be as it was."""
    gate = Barrier(2)

    def act_with_the_other(act: Act) -> str:
        loaded: list[Do] = []

        def look() -> None:
            with acting_as(person(world, act)):
                loaded.append(load(world, act))

        def do() -> None:
            with acting_as(person(world, act)):
                loaded[0]()

        with fresh_keyring():
            seen = outcome_of(look)
            gate.wait(30)
            return outcome_of(do) if loaded else seen

    for side, act in zip(sides, acts, strict=True):
        side.begin(lambda act=act: act_with_the_other(act))
    return sides[0].answer(), sides[1].answer()


def wrong_with(world: World, sides: tuple[Side, Side], acts: tuple[Act, Act]) -> str:
    """Do both at once and compare with either order; an empty text where one of the two would have come to the same.

    The world must be as it was, and is so again.
    """
    one, other = acts
    came = (*at_once(world, sides, acts), world.digest())
    world.put_back({table for table, *_ in came[2]})
    for first, then in ((one, other), (other, one)):
        before, after, state = in_order(world, first, then)
        outcomes = (before, after) if first is one else (after, before)
        if (*outcomes, state) == came:
            return ""
    said = f"{one[0]} by {one[1]} × {other[0]} by {other[1]}, {world.name}: {came[0]} / {came[1]}"
    orders = [in_order(world, one, other)[:2], in_order(world, other, one)[1::-1]]
    differs = "" if came[:2] not in orders else f"; came to {came[2]}, not {in_order(world, one, other)[2]}"
    return f"{said}, where one after the other gives {orders}{differs}"


def all_acts() -> list[Act]:
    return [(verb, name) for verb, (names, _) in ACTS.items() for name in names]


def cases(worlds: list[World], *, turn: int | None) -> list[tuple[World, list[tuple[Act, Act]]]]:
    """Each act of Wanda's with each of Sam's, in a world in which both can be done, and from turn to turn in another; where
    there is none, in one in which one of them can. Without a turn only those that share a row."""
    found: dict[str, list[tuple[Act, Act]]] = {world.name: [] for world in worlds}
    hers, his = ([act for act in all_acts() if act[1] == name] for name in ("Wanda", "Sam"))
    for one, other in product(hers, his):
        done = [[world.alone[act] == "done" for act in (one, other)] for world in worlds]
        both = [world for world, (a, b) in zip(worlds, done, strict=True) if a and b]
        if turn is None:
            chosen = [world for world in both if share_a_row(world, one, other)][:1]
        else:
            chosen = both or [world for world, (a, b) in zip(worlds, done, strict=True) if a or b]
            chosen = [chosen[turn % len(chosen)]]
        for world in chosen:
            found[world.name].append((one, other))
    return [(world, found[world.name]) for world in worlds]
