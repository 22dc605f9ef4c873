"""What loading an edition would do, as a value: the dry run shows it, `apply` does it (house style, rule 16)."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from profiles.importing.entries import Action, Entry, EntryKind, Wording
from profiles.importing.faults import problems_of, warnings_of
from profiles.importing.parts import PROVENANCE, Key, Part, aligned, parts_of
from profiles.importing.source import EditionSource

__all__ = ["Action", "Current", "Entry", "EntryKind", "Plan", "Wording", "plan"]


@dataclass(frozen=True)
class Current:
    """What the catalogue holds: the edition of the same slug, or else the one in use."""

    source: EditionSource
    is_fixed: bool
    """Published, so that it can't take any change."""


@dataclass(frozen=True)
class Plan:
    source: EditionSource
    current: Current | None
    entries: tuple[Entry, ...]

    @property
    def problems(self) -> tuple[Entry, ...]:
        return self.having(Action.PROBLEM)

    @property
    def warnings(self) -> tuple[Entry, ...]:
        return self.having(Action.WARNING)

    @property
    def changes_something(self) -> bool:
        return bool(self.having(Action.ADD, Action.CHANGE, Action.REMOVE))

    @property
    def fingerprint(self) -> str:
        """The same as long as the plan means the same: its source, and what the catalogue holds."""
        said = repr((self.source, self.current))
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def having(self, *actions: Action) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.action in actions)

    def counts(self, action: Action) -> dict[EntryKind, int]:
        """How many of each kind the action touches; kinds it doesn't touch are left out."""
        counted = Counter(entry.kind for entry in self.having(action))
        return {kind: counted[kind] for kind in EntryKind if counted[kind]}


def plan(source: EditionSource, current: Current | None) -> Plan:
    """Compare what was read with what the catalogue holds. Pure: touches no database."""
    problems = list(problems_of(source))
    changes = [] if problems else list(_changes(source, current))
    is_fixed = current is not None and current.is_fixed and current.source.slug == source.slug
    if current and is_fixed and any(change.action is not Action.UNCHANGED for change in changes):
        sentence = (
            f"{current.source} is published and never changes: give what you changed a new edition name, and leave "
            "its slug empty."
        )
        problems, changes = [Entry(Action.PROBLEM, EntryKind.EDITION, "", sentence)], []
    return Plan(source, current, (*problems, *warnings_of(source), *changes))


def _changes(source: EditionSource, current: Current | None) -> Iterator[Entry]:
    before = parts_of(current.source) if current else {}
    after = aligned(parts_of(source), source, current.source if current else None)
    if (
        current
        and current.is_fixed
        and current.source.provenance is None
        and current.source.slug == source.slug
    ):
        after.pop(PROVENANCE, None)  # published before the catalogue kept it
    for key, part in after.items():
        was = before.get(key)
        if was is None:
            yield _entry(Action.ADD, key, part)
        elif was.texts != part.texts:
            yield _entry(Action.CHANGE, key, part, was)
        else:
            yield _entry(Action.UNCHANGED, key, part)
    for key, part in before.items():
        if key not in after and key[0] is not EntryKind.EDITION:
            yield _entry(Action.REMOVE, key, part)


def _entry(action: Action, key: Key, part: Part, was: Part | None = None) -> Entry:
    wordings = tuple(
        Wording(label, text if action is Action.REMOVE else "", "" if action is Action.REMOVE else text)
        for label, text in part.texts
    )
    if was is not None:
        wordings = tuple(
            Wording(label, old, new)
            for (label, old), (_, new) in zip(was.texts, part.texts, strict=True)
            if old != new
        )
    return Entry(
        action,
        key[0],
        part.where,
        profile=part.profile,
        aspect=part.aspect,
        level=part.level,
        key=key[1],
        wordings=wordings,
    )
