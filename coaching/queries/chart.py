"""Where everything in a movement chart stands. Plain numbers, drawn by `coaching/progress/_chart.html`."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from coaching.models import Seat
from coaching.queries.movement import Series
from coaching.rules.movement import Occasion
from sopcoach.words import dates

WIDTH, LEFT, RIGHT, EDGE, NAMES = 320, 24, 228, 236, 257
TOP, BOTTOM = 28, 256
TARGET_LIFT = 6
"""How far a target's line runs above its level, so that a level reached on it stays readable."""

LINE_OF_TEXT = 16
DATE_GAP = 58
LETTER = 8
LONGEST_NAME = 8
MANY, VERY_MANY = 12, 25


@dataclass(frozen=True)
class Dot:
    """What was placed at one occasion: always the worker's level, the others where there is one."""

    x: float
    level_y: float
    glimpse_y: float | None
    seen_y: float | None
    is_private: bool = False


@dataclass(frozen=True)
class Label:
    kind: str
    text: str
    y: float

    @property
    def icon_y(self) -> float:
        """The top of a square, or of the flag, beside the text; of a circle it is the middle that counts."""
        return {"target": self.y - 10, "supervisor": self.y - 9, "worker": self.y - 4}[self.kind]


@dataclass(frozen=True)
class Chart:
    slug: str
    width: int
    lines: list[tuple[int, float]]
    dates: list[tuple[float, str]]
    target_path: str
    worker_path: str
    supervisor_path: str
    dots: list[Dot]
    labels: list[Label]
    radius: float
    half: float

    @property
    def side(self) -> float:
        return self.half * 2

    @property
    def left(self) -> int:
        return LEFT

    @property
    def edge(self) -> int:
        return EDGE

    @property
    def names(self) -> int:
        return NAMES


@dataclass(frozen=True)
class _Scale:
    """From moments and levels to places. Each aspect has its own span of time, since each is a story of its own."""

    first: datetime
    last: datetime
    top: int

    def x(self, at: datetime) -> float:
        span = (self.last - self.first).total_seconds()
        gone = (at - self.first).total_seconds() / span if span else 0.0
        return round(LEFT + min(max(gone, 0.0), 1.0) * (RIGHT - LEFT), 1)

    def y(self, level: int) -> float:
        return round(BOTTOM - (level - 1) * (BOTTOM - TOP) / max(self.top - 1, 1), 1)


def chart_of(series: Series, seat: Seat) -> Chart | None:
    """Place a series on its scale; None where nothing has been placed yet."""
    facts, occasions = series.facts, series.occasions
    if not facts:
        return None
    scale = _Scale(facts[0].at, facts[-1].at, series.top)
    radius, half = _sizes(len(facts))
    labels = _labels(series, seat, scale)
    return Chart(
        slug=series.anchor,
        width=max([WIDTH, *(NAMES + LETTER * len(label.text) for label in labels)]),
        lines=[(level, scale.y(level)) for level in range(1, series.top + 1)],
        dates=_dates(series, scale),
        target_path=_target_path(series, scale),
        worker_path=_steps([(o.at, o.level) for o in occasions], scale),
        supervisor_path=_steps([(o.at, o.seen) for o in occasions], scale),
        dots=[_dot(occasion, scale) for occasion in facts],
        labels=labels,
        radius=radius,
        half=half,
    )


def _sizes(count: int) -> tuple[float, float]:
    """A disc's radius and half a square's side: smaller where there are many, so that they stay apart."""
    if count > VERY_MANY:
        return 2.5, 3.5
    return (3.5, 5) if count > MANY else (4.5, 8)


def _dot(occasion: Occasion, scale: _Scale) -> Dot:
    def y(level: int | None) -> float | None:
        return None if level is None else scale.y(level)

    return Dot(
        scale.x(occasion.at),
        scale.y(occasion.level),
        y(occasion.glimpse),
        y(occasion.seen),
        occasion.is_private,
    )


def _steps(placed: list[tuple[datetime, int | None]], scale: _Scale) -> str:
    """A level holds until another is placed: along, then up or down, and along to the latest occasion."""
    known = [(scale.x(at), scale.y(level)) for at, level in placed if level is not None]
    end = scale.x(scale.last)
    if not known or known[0][0] == end:
        return ""
    (x, y), *others = known
    return f"M{x} {y}" + "".join(f"H{x}V{y}" for x, y in others) + f"H{end}"


def _target_path(series: Series, scale: _Scale) -> str:
    path, ended = "", None
    for aim in series.aims:
        x, y = scale.x(aim.since), round(scale.y(aim.level) - TARGET_LIFT, 1)
        path += f"V{y}" if aim.since == ended else f"M{x} {y}"
        path += f"H{scale.x(aim.until) if aim.until else EDGE}"
        ended = aim.until
    return path


def _dates(series: Series, scale: _Scale) -> list[tuple[float, str]]:
    """The first and the last day, and of those between as many as have room."""
    says = partial(dates.month, how="mark") if series.spans_years else partial(dates.day, how="short")
    ticks = [(scale.x(o.at), says(o.at)) for o in series.facts]
    end = ticks[-1]
    shown = ticks[:1]
    for tick in ticks[1:-1]:
        if (
            tick[1] not in {shown[-1][1], end[1]}
            and min(tick[0] - shown[-1][0], end[0] - tick[0]) >= DATE_GAP
        ):
            shown.append(tick)
    return shown if end[1] == shown[-1][1] else [*shown, end]


def _labels(series: Series, seat: Seat, scale: _Scale) -> list[Label]:
    """The names at the ends of the lines, from the top down, moved apart where they would overlap."""
    worker, supervisor = seat.partnership.worker.short_name, seat.partnership.supervisor.short_name
    ends = [
        ("target", "Target", series.target, TARGET_LIFT + 4),
        ("worker", "You" if seat.is_worker else worker, series.level, -2),
        ("supervisor", "You" if seat.is_supervisor else supervisor, series.seen, -6),
    ]
    labels = [
        Label(kind, f"{_fit(name)} {level}", scale.y(level) - lift)
        for kind, name, level, lift in ends
        if level is not None
    ]
    return _apart(sorted(labels, key=lambda label: label.y))


def _fit(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _apart(labels: list[Label]) -> list[Label]:
    """Push each label down by what it lacks, then all of them up by what the last one has too much."""
    placed: list[float] = []
    for label in labels:
        placed.append(max(label.y, placed[-1] + LINE_OF_TEXT) if placed else label.y)
    over = max(placed[-1] - (BOTTOM + LINE_OF_TEXT), 0) if placed else 0
    return [
        Label(label.kind, label.text, round(y - over, 1)) for label, y in zip(labels, placed, strict=True)
    ]
