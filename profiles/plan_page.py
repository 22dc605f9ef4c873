"""A plan as its page shows it: what is new or gone as a whole once, and changed words beside what they were."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from profiles.importing.plan import Action, Entry, EntryKind, Plan
from profiles.ladder import disc
from sopcoach.words.amounts import counted
from sopcoach.words.wording import Run, compare

MOST_SHOWN = 100
"""Of each sort; a page with ten thousand lines helps nobody."""

WHOLE = {EntryKind.PROFILE: "practice profile", EntryKind.ASPECT: "skill aspect"}


@dataclass(frozen=True)
class Changed:
    title: str
    where: str
    level: int | None
    disc: int
    texts: tuple[tuple[str, list[Run]], ...]
    """What is compared (nothing for the text itself) and the words of both."""


@dataclass(frozen=True)
class Line:
    """Something added or removed."""

    title: str
    what: str
    text: str = ""


@dataclass(frozen=True)
class Part[T]:
    """Some of many."""

    shown: tuple[T, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.shown)


@dataclass(frozen=True)
class PlanPage:
    plan: Plan
    problems: Part[Entry]
    warnings: Part[Entry]
    changed: Part[Changed]
    added: Part[Line]
    removed: Part[Line]
    unchanged: tuple[str, ...]
    unchanged_total: int


def page_of(planned: Plan) -> PlanPage:
    changed = planned.having(Action.CHANGE)
    top = max((level.number for level in planned.source.levels), default=1)
    return PlanPage(
        plan=planned,
        problems=_some(planned.problems),
        warnings=_some(planned.warnings),
        changed=Part(tuple(_changed(entry, top) for entry in changed[:MOST_SHOWN]), len(changed)),
        added=_some(tuple(_lines(planned, Action.ADD))),
        removed=_some(tuple(_lines(planned, Action.REMOVE))),
        unchanged=tuple(_unchanged(planned)),
        unchanged_total=len(planned.having(Action.UNCHANGED)),
    )


def _some[T](all_of_them: tuple[T, ...]) -> Part[T]:
    return Part(all_of_them[:MOST_SHOWN], len(all_of_them))


def _changed(entry: Entry, top: int) -> Changed:
    texts = tuple((wording.label, compare(wording.before, wording.after)) for wording in entry.wordings)
    return Changed(
        title=entry.aspect or entry.profile or _capital(entry.where),
        where=_where(entry),
        level=entry.level,
        disc=disc(min(entry.level or 1, top), top=top),
        texts=texts,
    )


def _where(entry: Entry) -> str:
    match entry.kind:
        case EntryKind.DESCRIPTOR:
            return f"{entry.profile}, level {entry.level}"
        case EntryKind.ASPECT:
            return f"{entry.profile}, skill aspect"
        case EntryKind.QUESTION | EntryKind.GOAL | EntryKind.PROFILE:
            return _capital(str(entry.kind))
        case _:
            return ""


def _lines(planned: Plan, action: Action) -> Iterator[Line]:
    """Leave out the parts of what is new, or gone, as a whole."""
    entries = planned.having(action)
    profiles = {entry.profile for entry in entries if entry.kind is EntryKind.PROFILE}
    aspects = {(entry.profile, entry.aspect) for entry in entries if entry.kind is EntryKind.ASPECT}
    aspects_in = Counter(entry.profile for entry in entries if entry.kind is EntryKind.ASPECT)
    for entry in entries:
        if entry.kind is EntryKind.PROFILE:
            count = aspects_in[entry.profile]
            holding = f"a practice profile with {counted(count, 'skill aspect')}"
            yield Line(entry.profile, holding)
        elif entry.profile in profiles or entry.kind is EntryKind.EDITION:
            continue
        elif entry.kind is EntryKind.ASPECT:
            yield Line(entry.aspect, f"a skill aspect of {entry.profile}")
        elif entry.kind is EntryKind.DESCRIPTOR:
            if (entry.profile, entry.aspect) not in aspects:
                yield Line(entry.aspect, f"level {entry.level}", _text(entry))
        elif entry.kind in {EntryKind.QUESTION, EntryKind.GOAL}:
            yield Line(entry.profile, str(entry.kind), _text(entry))
        else:
            yield Line(_capital(entry.where), "", _text(entry))


def _text(entry: Entry) -> str:
    texts = [wording.before or wording.after for wording in entry.wordings]
    if entry.kind is EntryKind.LEVEL:
        return f"{texts[0]}. {texts[1]}"
    return texts[0] if entry.kind is not EntryKind.BAND else ""


def _unchanged(planned: Plan) -> Iterator[str]:
    same = Counter(entry.profile for entry in planned.having(Action.UNCHANGED))
    touched = {
        entry.profile for entry in planned.having(Action.CHANGE, Action.ADD, Action.REMOVE) if entry.profile
    }
    for profile in planned.source.profiles:
        if profile.title in touched:
            if same[profile.title]:
                yield f"{profile.title}, the rest of it"
        elif same[profile.title]:
            yield f"{profile.title}, all of it"


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
