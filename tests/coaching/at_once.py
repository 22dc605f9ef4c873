"""Two people's verbs at the same instant, each in a thread and a connection of its own, and what either order alone
would have come to. Only on PostgreSQL, where there is such an instant."""

import pickle
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from queue import SimpleQueue
from threading import Barrier, Thread
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

from coaching.models.base import StaleError
from sopcoach.models import User
from sopcoach.requests.actor import acting_as
from sopcoach.vault.keyring import fresh_keyring
from sopcoach.words.refusal import Refused
from tests.cast import Cast
from tests.coaching.acts_at_once import ACTS, WORLDS, Do, Here, NotThere, Rows
from tests.coaching.putting_back import AsItWas, Change, Digest, changes, digest, empty
from tests.roles import before_the_wall, past_the_wall

type Act = tuple[str, str]
"""A verb by its name, and who does it."""


@dataclass
class World:
    """A pair at some point of its way."""

    name: str
    cast: Cast
    rows: Rows
    saved: AsItWas
    alone: dict[Act, str] = field(default_factory=dict)
    """What comes of each act where nobody else does anything."""
    touches: dict[Act, tuple[set[str], set[str]]] = field(default_factory=dict)
    """The tables that each act reads, and those that it writes."""
    pages: dict[Act, bytes] = field(default_factory=dict)
    """What each act has before it here as its page is opened: always the same, since the world is. An act that isn't
    in it finds nothing to act on."""
    serial: dict[tuple[Act, Act], tuple[str, str, Digest]] = field(default_factory=dict)

    def enter(self) -> None:
        with past_the_wall():
            self.saved.enter()

    def changes(self) -> list[Change]:
        with past_the_wall():
            return changes()

    def put_back(self, changed: Iterable[Change]) -> None:
        with past_the_wall():
            self.saved.put_back(changed)

    def digest(self, changed: Iterable[Change]) -> Digest:
        return digest(changed, self.saved.rows)

    def open_page(self, act: Act) -> Do:
        """An act with what it has before it, as objects of its own."""
        return cast("Do", pickle.loads(self.pages[act]))  # noqa: S301 - it was packed a moment ago, by `learn`


def build_worlds(people: Cast, only: Iterable[str] = ()) -> Iterator[World]:
    wanted = set(only)
    for build in WORLDS:
        if wanted and build.__name__ not in wanted:
            continue
        with past_the_wall():
            empty()
            with fresh_keyring():
                rows = build(people)
            world = World(build.__name__, people, rows, AsItWas.now())
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


def _act(world: World, act: Act, do: Do | None = None) -> str:
    """Do it as its person, having opened its page first unless that stands open."""

    def act_now() -> None:
        with fresh_keyring(), acting_as(person(world, act)):
            (do or load(world, act))()

    return outcome_of(act_now)


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def in_order(world: World, first: Act, then: Act) -> tuple[str, str, Digest]:
    """What comes of both, and of the world, where one comes wholly before the other. The world must be as it was."""
    if (first, then) not in world.serial:
        with _taken_back():
            with before_the_wall():
                outcomes = _act(world, first), _act(world, then)
            world.serial[first, then] = (*outcomes, world.digest(world.changes()))
    return world.serial[first, then]


def learn(world: World, acts: Iterable[Act]) -> None:
    """Open the page of each act, do it alone, and note what came of it and which tables it touched."""
    world.enter()
    for act in acts:
        reads, writes = set[str](), set[str]()

        def note(
            execute: Any, statement: str, *rest: Any, reads: set[str] = reads, writes: set[str] = writes
        ) -> Any:
            tables = set(re.findall(r'"?(coaching_\w+)"?', statement))
            (reads if statement.startswith("SELECT") else writes).update(tables)
            return execute(statement, *rest)

        with _taken_back(), connection.execute_wrapper(note), before_the_wall():
            world.alone[act] = outcome_of(lambda act=act: _open(world, act))
            if act in world.pages:
                assert not writes, f"To open the page of {act} writes into {writes}."
                world.alone[act] = _act(world, act, world.open_page(act))
        world.touches[act] = reads, writes


def _open(world: World, act: Act) -> None:
    with fresh_keyring(), acting_as(person(world, act)):
        world.pages[act] = pickle.dumps(load(world, act))


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


@contextmanager
def two_sides() -> Iterator[tuple[Side, Side]]:
    sides = Side(), Side()
    try:
        yield sides
    finally:
        for side in sides:
            side.leave()


def at_once(world: World, sides: tuple[Side, Side], acts: tuple[Act, Act]) -> tuple[str, str]:
    """Both load what they have before them, and then act at the same instant. The world must be as it was."""
    gate = Barrier(2)

    def act_with_the_other(act: Act) -> str:
        seen = act in world.pages
        do = world.open_page(act) if seen else None
        gate.wait(30)
        return _act(world, act, do) if seen else world.alone[act]

    for side, act in zip(sides, acts, strict=True):
        side.begin(lambda act=act: act_with_the_other(act))
    return sides[0].answer(), sides[1].answer()


def wrong_with(world: World, sides: tuple[Side, Side], acts: tuple[Act, Act]) -> str:
    """Do both at once and compare with either order; an empty text where one of the two would have come to the same.

    The world must be as it was, and is so again.
    """
    one, other = acts
    came_of_it, changed = at_once(world, sides, acts), world.changes()
    came = (*came_of_it, world.digest(changed))
    world.put_back(changed)
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
