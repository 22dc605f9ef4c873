"""What the figures must show, as a table that says of each row whether it holds, and as a file."""

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.bench.measuring import Figure
from tests.bench.requests import MAIN, WRITES


@dataclass(frozen=True)
class Row:
    """One of the figures that are asked for. `found` is the worst of what it is about."""

    what: str
    of: str
    found: float
    must: float
    goal: float

    @property
    def verdict(self) -> str:
        if self.found > self.must:
            return "FALLS SHORT"
        return "holds" if self.found > self.goal else "reaches the goal"


def rows_of(figures: Mapping[str, Figure]) -> list[Row]:
    bare, catalogue = figures["bare"].p50_ms, figures["catalogue"].p50_ms
    pages = [figure for figure in figures.values() if not figure.is_write]
    most = max(pages, key=lambda figure: figure.queries)
    return [
        *(Row("x bare", name, round(figures[name].p50_ms / bare, 1), 25, 15) for name in MAIN),
        *(Row("x catalogue", name, round(figures[name].p50_ms / catalogue, 2), 1.6, 1.2) for name in MAIN),
        *(Row("x bare", name, round(figures[name].p50_ms / bare, 1), 12, 8) for name in WRITES),
        Row("queries", most.name, most.queries, 10, 8),
    ]


NOT_ASKED_HERE = (
    "p50 at 100,000 partnerships against 1,000",
    "1,000 people in 500 open sessions",
    "kB over the wire",
    "bin/demo from a fresh clone",
    "/invite/ at 60,000 people",
)
"""Rows of the issue that need other data, or another tool."""


def machine() -> dict[str, str]:
    cores, load = os.cpu_count() or 0, os.getloadavg()[0]
    return {
        "cores": str(cores),
        "system": platform.platform(),
        "python": platform.python_version(),
        "load before": f"{load:.1f}",
        "measured at": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def told(figures: Mapping[str, Figure], about: Mapping[str, str]) -> str:
    bare = figures["bare"].p50_ms
    lines = ["", ", ".join(f"{name} {value}" for name, value in about.items()), ""]
    lines.append(
        f"{'request':18} {'p50 ms':>8} {'p95 ms':>8} {'x bare':>7} {'CPU ms':>7} {'queries':>8} {'kB':>6}"
    )
    lines += [
        f"{one.name:18} {one.p50_ms:8.2f} {one.p95_ms:8.2f} {one.p50_ms / bare:7.1f} {one.cpu_ms:7.2f} {one.queries:8} {one.size / 1000:6.1f}"
        for one in figures.values()
    ]
    lines += ["", f"{'must show':40} {'found':>7} {'must':>6} {'goal':>6}"]
    lines += [
        f"{row.what + ': ' + row.of:40} {row.found:7g} {row.must:6g} {row.goal:6g}  {row.verdict}"
        for row in rows_of(figures)
    ]
    lines += [f"{what:40} {'':7} not asked by this run" for what in NOT_ASKED_HERE]
    return "\n".join(lines)


def write(path: Path, figures: Mapping[str, Figure], about: Mapping[str, str]) -> None:
    path.parent.mkdir(exist_ok=True)
    rows = [asdict(row) | {"verdict": row.verdict} for row in rows_of(figures)]
    found = {"about": dict(about), "figures": [asdict(one) for one in figures.values()], "must_show": rows}
    path.write_text(json.dumps(found, indent=1) + "\n")
