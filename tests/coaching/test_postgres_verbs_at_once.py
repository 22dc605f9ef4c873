"""Every verb of a pair × every verb of the other side, at the same instant (ADR 16).

Here each two that share a row, once; `bin/verbs-at-once 50` does the whole table fifty times over.
"""

import os
import time
from collections import Counter

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from coaching.models.locking import VERBS
from tests.cast import make_cast
from tests.coaching.acts_at_once import ACTS
from tests.coaching.at_once import all_acts, build_worlds, cases, learn, two_sides, wrong_with
from tests.coaching.putting_back import plans_kept
from tests.profiles.factories import small_edition

TIMES = int(os.environ.get("VERBS_AT_ONCE", "0"))
"""How often the whole table is done; 0 is what the suite does."""
PARTS = 1 if TIMES else 2
"""The suite's two processes share it."""
OF_OTHERS = (
    "coaching.groups.",
    "coaching.sorting.",
    "coaching.training.",
    "coaching.models.placement",
    "coaching.models.private_entry",
    "coaching.models.shadowing",
)
"""Modules whose verbs are no pair's: a group's, a room's, and what somebody keeps for themselves."""


def of_a_pair() -> set[str]:
    return {name for name, act in VERBS.items() if not act.__module__.startswith(OF_OTHERS)}


def test_every_verb_of_a_pair_is_in_the_table():
    assert ACTS.keys() == of_a_pair()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", range(PARTS))
def test_whatever_both_do_at_once_ends_as_if_one_of_them_had_come_first(
    part, request, capsys, record_property
):
    cache.clear()
    began, worlds, wrong, seen, size = time.monotonic(), [], Counter(), set(), 0

    def say(line: str) -> None:
        with capsys.disabled():
            took = time.monotonic() - began
            request.config.get_terminal_writer().line(f"{line}, in {took:.0f} s.")

    morning = timezone.localtime().replace(
        hour=9, minute=0
    )  # what is done today is so to the end of the table
    with time_machine.travel(morning), plans_kept(), two_sides() as sides:
        people = make_cast()
        small_edition()  # before the newer one of a world, at whatever hour this runs
        for world in build_worlds(people):
            learn(world, all_acts())
            worlds.append(world)
        nowhere = {
            act: {world.name: world.alone[act] for world in worlds}
            for act in all_acts()
            if all(world.alone[act] != "done" for world in worlds)
        }
        assert not nowhere, "An act that can be done in no world shows nothing."
        for turn in range(max(TIMES, 1)):
            for world, pairs in cases(worlds, turn=turn if TIMES else None):
                world.enter()
                for acts in pairs[part::PARTS]:
                    seen.add(acts)
                    size += 1
                    if found := wrong_with(world, sides, acts):
                        wrong[found] += 1
            if TIMES:
                say(f"{turn + 1} of {TIMES}: {size} so far, {wrong.total()} of them wrong")
    say(
        f"\nTwo at once: {len(ACTS)} verbs, {len(seen)} pairs of them in {len(worlds)} worlds, {size} times in all, "
        f"{wrong.total()} wrong"
    )
    assert not wrong, "\n".join(f"{count} times: {said}" for said, count in wrong.most_common())
    record_property(f"at_once_{part}", f"{len(ACTS)} verbs, {len(seen)} pairs of them that share a row")
