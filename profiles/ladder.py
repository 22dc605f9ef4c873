"""The ladder: the levels of one aspect as every page shows them, to read, to choose from or to compare.

`ladder_for` builds it, `profiles/_ladder.html` draws it: `{% include "profiles/_ladder.html" %}` with `ladder` in
the context. It is plain data, so that a page can be handed nothing but the marks its reader may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from profiles.models import Edition, Level, LevelDescriptor, SkillAspect
from profiles.models.edition import MOST_LEVELS
from profiles.models.level import CUMULATIVE, CUMULATIVE_CHOICE, EACH_BY_ITSELF, HIGHEST_POINT

DISCS = 7


class Mode(StrEnum):
    READ = "read"
    CHOOSE = "choose"
    COMPARE = "compare"


class MarkKind(StrEnum):
    """Shape carries who it is, colour never does: circle, square, dotted circle, flag."""

    WORKER = "worker"
    SUPERVISOR = "supervisor"
    GLIMPSE = "glimpse"
    TARGET = "target"


@dataclass(frozen=True)
class Mark:
    """Who stands on a rung. The label says it in words; `initial` stands in the shape."""

    level: int
    kind: MarkKind
    label: str
    initial: str = ""


@dataclass(frozen=True)
class Rung:
    number: int
    name: str
    text: str
    disc: int
    descriptor_pk: int | None = None
    occasion: str = ""
    """What this level waits for, if it can't be shown on any day."""
    marks: tuple[Mark, ...] = ()
    is_chosen: bool = False
    takes_glimpse: bool = False
    has_glimpse: bool = False
    stands_alone: bool = False
    is_far: bool = False
    """Folded away until all levels are asked for."""

    @property
    def is_on(self) -> bool:
        return bool(self.marks)


@dataclass(frozen=True)
class LadderBand:
    slug: str
    title: str
    rungs: tuple[Rung, ...]

    @property
    def is_far(self) -> bool:
        return all(rung.is_far for rung in self.rungs)


@dataclass(frozen=True)
class Ladder:
    prefix: str
    mode: Mode
    bands: tuple[LadderBand, ...]
    note: str = ""
    definition: str = ""
    """What varies over its levels; a page that reads a whole profile says it in its head instead."""
    status: str = ""
    """How far its words can be relied on, said to whoever places somebody by them."""
    level_name: str = "level"
    glimpse_name: str = "glimpse"
    error_id: str = ""
    is_slim: bool = False
    is_bare: bool = False
    level_revision: int | None = None
    glimpse_revision: int | None = None

    @property
    def rungs(self) -> tuple[Rung, ...]:
        return tuple(rung for band in self.bands for rung in band.rungs)

    @property
    def rule(self) -> str:
        """What a level means, said on every ladder (FAQ, Purpose): its highest point, and cumulative."""
        choosing_own = any(rung.takes_glimpse for rung in self.rungs)
        holds = CUMULATIVE_CHOICE if choosing_own else CUMULATIVE
        if any(rung.stands_alone for rung in self.rungs):
            holds = EACH_BY_ITSELF
        sentences = [HIGHEST_POINT, holds, self.note]
        return " ".join(filter(None, sentences))

    def rung(self, number: int) -> Rung | None:
        return next((rung for rung in self.rungs if rung.number == number), None)


def disc(number: int, *, top: int) -> int:
    """Spread the seven shades of the disc over a scale of any length."""
    return 1 + round((number - 1) * (DISCS - 1) / max(top - 1, 1))


def ladder_for(
    aspect: SkillAspect,
    *,
    mode: Mode = Mode.READ,
    prefix: str = "",
    marks: Iterable[Mark] = (),
    chosen: int | None = None,
    with_glimpses: bool = False,
    glimpse: int | None = None,
    only_marked: bool = False,
    note: str = "",
    level_name: str = "level",
    glimpse_name: str = "glimpse",
    error_id: str = "",
    is_slim: bool = False,
    is_bare: bool = False,
    level_revision: int | None = None,
    glimpse_revision: int | None = None,
    near: int | None = None,
) -> Ladder:
    """Build the ladder of an aspect that came with `SkillAspect.objects.with_ladder()`.

    `prefix` starts every id in it, so that several ladders can stand on one page (the aspect's slug by default).
    `chosen` and `glimpse` are level numbers to show as put in. Glimpses are the worker's alone; the lowest level
    takes none. `only_marked` leaves out the rungs that nobody stands on, unless nobody stands anywhere. `note` is
    one more sentence after the rule. `error_id` names the element that says what is wrong with the choice.
    `is_bare` draws the read ladder without its sheet. With a revision, the choice saves itself as a draft
    (static/js/autosave.js). With `near`, the page folds away (`.fold`) what lies further from that level than its
    neighbours.
    """
    standing = _by_level(marks)
    described = [(d.level, d) for d in aspect.descriptors.all()]
    top = max((level.number for level, _ in described), default=1)
    bottom = min((level.number for level, _ in described), default=1)
    offers_glimpses = with_glimpses and mode is Mode.CHOOSE

    def rung(level: Level, descriptor: LevelDescriptor) -> Rung:
        takes_glimpse = offers_glimpses and level.number > bottom
        return Rung(
            number=level.number,
            name=level.name,
            text=descriptor.text,
            disc=disc(level.number, top=top),
            descriptor_pk=descriptor.pk,
            stands_alone=level.stands_alone,
            occasion=descriptor.occasion,
            marks=standing.get(level.number, ()),
            is_chosen=mode is Mode.CHOOSE and level.number == chosen,
            takes_glimpse=takes_glimpse,
            has_glimpse=takes_glimpse and level.number == glimpse,
            is_far=near is not None and abs(level.number - near) > 1,
        )

    shown = [row for row in described if not (only_marked and standing) or row[0].number in standing]
    return Ladder(
        prefix=prefix or aspect.slug,
        mode=mode,
        bands=_in_bands((row[0], rung(*row)) for row in shown),
        note=note,
        definition="" if mode is Mode.READ else aspect.definition,
        status=aspect.edition.words_status if mode is Mode.CHOOSE else "",
        level_name=level_name,
        glimpse_name=glimpse_name,
        error_id=error_id,
        is_slim=is_slim,
        is_bare=is_bare,
        level_revision=level_revision,
        glimpse_revision=glimpse_revision,
    )


def scale_ladder(edition: Edition, *, prefix: str = "scale", is_bare: bool = False) -> Ladder:
    """The edition's scale itself, each level with its gist instead of a descriptor."""
    levels = list(edition.levels.select_related("band"))
    top = max((level.number for level in levels), default=MOST_LEVELS)
    rungs = (
        (
            level,
            Rung(
                level.number,
                level.name,
                level.gist,
                disc(level.number, top=top),
                stands_alone=level.stands_alone,
            ),
        )
        for level in levels
    )
    return Ladder(prefix=prefix, mode=Mode.READ, bands=_in_bands(rungs), is_bare=is_bare)


def _by_level(marks: Iterable[Mark]) -> dict[int, tuple[Mark, ...]]:
    standing: dict[int, tuple[Mark, ...]] = {}
    for mark in marks:
        standing[mark.level] = (*standing.get(mark.level, ()), mark)
    return standing


def _in_bands(rungs: Iterable[tuple[Level, Rung]]) -> tuple[LadderBand, ...]:
    in_order = sorted(rungs, key=lambda pair: pair[0].number)
    return tuple(
        LadderBand(slug, title, tuple(rung for _, rung in group))
        for (slug, title), group in groupby(
            in_order, key=lambda pair: (pair[0].band.slug, pair[0].band.title)
        )
    )
