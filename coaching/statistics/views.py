"""How much coaching there is, for administrators: numbers from five people on, of quarters that are over."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from coaching.statistics.figures import Row, UnitRow
from coaching.statistics.models import Snapshot
from coaching.statistics.quarters import Quarter
from profiles.importing.csv_file import LIKE_A_FORMULA
from sopcoach.requests.typed import HttpRequest, administrators_only

QUARTERS = 4
"""As many as are drawn."""
WHY_NOT = {
    "partnerships": "Fewer than 5, or nearly everybody",
    "sessions": "Fewer than 5 people",
    "groups": "Fewer than 5",
}
TITLES = {"partnerships": "Partnerships", "sessions": "Sessions held", "groups": "Groups held"}
AGENCY = "The whole agency"


@require_safe
@administrators_only
def counts(request: HttpRequest) -> HttpResponse:
    snapshots = list(Snapshot.objects.visible_to(request.user)[:QUARTERS])
    snapshots.reverse()
    rows = [(snapshot.quarter, snapshot.figures.agency) for snapshot in snapshots]
    return TemplateResponse(
        request,
        "manage/counts/counts.html",
        {
            "kinds": [_kind(name, rows) for name in TITLES],
            "quarters": [quarter for quarter, _ in rows],
            "latest": snapshots[-1] if snapshots else None,
            "tables": [_table(snapshot) for snapshot in reversed(snapshots)],
            "running": Quarter.of(timezone.localdate()),
        },
    )


@require_safe
@administrators_only
def download(request: HttpRequest) -> HttpResponse:
    """What the page shows, of every quarter, as a CSV with a byte order mark, by which Excel knows that it is UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="counts.csv"'
    table = csv.writer(response)
    table.writerow(["quarter", "of", "what", "number"])
    for snapshot in Snapshot.objects.visible_to(request.user):
        for place, what, number in _lines(snapshot):
            table.writerow([snapshot.quarter, _plain(place), _plain(what), number])
    return response


@dataclass(frozen=True)
class Column:
    """A quarter in a drawing 280 wide, whose ground is at 140."""

    quarter: Quarter
    number: int | None
    x: int
    height: int

    @property
    def middle(self) -> int:
        return self.x + 26

    @property
    def y(self) -> int:
        return 140 - self.height

    @property
    def label_y(self) -> int:
        return self.y - 8


@dataclass(frozen=True)
class CountedKind:
    """One of the things that are counted, over the quarters."""

    name: str
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        return TITLES[self.name]

    @property
    def why_not(self) -> str:
        return WHY_NOT[self.name]


def _kind(name: str, rows: Sequence[tuple[Quarter, Row]]) -> CountedKind:
    numbers: list[int | None] = [getattr(row, name) for _, row in rows]
    most = max((number for number in numbers if number is not None), default=1)
    columns = tuple(
        Column(quarter, number, 9 + 70 * place, 28 if number is None else max(110 * number // most, 6))
        for place, ((quarter, _), number) in enumerate(zip(rows, numbers, strict=True))
    )
    return CountedKind(name, columns)


@dataclass(frozen=True)
class Table:
    """The units of one quarter. Of sessions and groups only what is shown of any unit has a column."""

    quarter: Quarter
    titles: tuple[str, ...]
    rows: tuple[tuple[UnitRow, tuple[int | None, ...]], ...]
    others: tuple[int | None, ...]
    """Empty where nothing of it is shown."""


def _table(snapshot: Snapshot) -> Table:
    figures = snapshot.figures
    names = [
        name
        for name in TITLES
        if name == "partnerships" or any(getattr(unit, name) is not None for unit in figures.units)
    ]

    def cells(row: Row) -> tuple[int | None, ...]:
        return tuple(getattr(row, name) for name in names)

    return Table(
        snapshot.quarter,
        tuple(TITLES[name] for name in names),
        tuple((unit, cells(unit)) for unit in figures.units),
        () if figures.others.is_empty else cells(figures.others),
    )


def _lines(snapshot: Snapshot) -> Iterator[tuple[str, str, int | str]]:
    figures = snapshot.figures
    for name, title in TITLES.items():
        number = getattr(figures.agency, name)
        yield AGENCY, title, WHY_NOT[name] if number is None else number
    for unit in figures.units:
        for name, title in TITLES.items():
            number = getattr(unit, name)
            why = "Fewer than 5 workers" if unit.is_small else "Kept with others"
            yield unit.name, title, why if number is None else number
    for name, title in TITLES.items():
        number = getattr(figures.others, name)
        if number is not None:
            yield "Kept together", title, number
    for profile in figures.profiles:
        yield AGENCY, f"Partnerships with a focus in {profile.title}", profile.partnerships


def _plain(text: str) -> str:
    """Text that a spreadsheet program doesn't calculate with."""
    return f"'{text}" if text.startswith(("=", *LIKE_A_FORMULA)) else text
