"""One file’s tables of an edition and its scale, on their way to raw text."""

import re
from typing import Any

from django.utils.text import slugify

from profiles.importing.columns import EDITION, FIELD, SCALE
from profiles.importing.headings import level_in
from profiles.importing.source import (
    EditionSource,
    Problem,
    UnreadableSourceError,
)
from profiles.importing.tables import Cell, Placed, PlacedList, Table, plain

NOT_TO_BE_HELD = re.compile(
    r"\b(unacceptable|not acceptable|harmful|inadequate|unsatisfactory)\b", re.IGNORECASE
)


class EditionReading:
    """Gathers what is wrong on the way."""

    def __init__(self, tables: dict[str, Table], base: EditionSource | None, *, extends: bool) -> None:
        self.tables = tables
        self.base = base
        self.extends = extends
        self.problems: list[Problem] = []

    def _rows(self, name: str) -> list[tuple[str, dict[str, Cell]]]:
        return self.tables[name].rows if name in self.tables else []

    def _used_levels(self, aspects: Table) -> list[int]:
        """Level columns with something in them. A column for a level of the scale is used even when it's empty."""
        numbers = {_numbered(row)["level"].text.strip() for _, row in self._rows(SCALE) if "level" in row}
        return [
            number
            for number in aspects.levels
            if str(number) in numbers or any(row[f"level {number}"].text.strip() for _, row in aspects.rows)
        ]

    def _meta(self, aspects: Table) -> Placed:
        rows = self._rows(EDITION)
        if self.extends and self.base:
            return Placed("", self._base_meta(self.base))
        if rows:
            place, row = rows[0]
            for more, _ in rows[1:]:
                self.problems.append(Problem(more, "A file holds one edition: leave the other rows out."))
            meta = self._placed(EDITION, place, row, skip_empty={"title", "slug", "scale name"})
        else:
            place, row = next(
                ((p, r) for p, r in aspects.rows if "edition" in r and r["edition"].text.strip()),
                (aspects.heading, {}),
            )
            meta = Placed(place)
            if "edition" in row:
                meta.put("edition", row["edition"])
            if "edition title" in row and row["edition title"].text.strip():
                meta.put("title", row["edition title"], "edition title")
        if "edition" not in meta:
            sentence = (
                "Say which edition this is: add a column “edition” and write its name under it, for example "
                "2027.1. A workbook has a sheet “edition” for it."
            )
            raise UnreadableSourceError(*self.problems, Problem(aspects.heading, sentence))
        if self.base:
            if meta.get("slug") == self.base.slug and meta["edition"] != self.base.name:
                del meta["slug"]  # left over from the workbook that was filled with the edition in use
            meta.setdefault("title", self.base.title)
            meta.setdefault("use_rule", self.base.note)
        return meta

    @staticmethod
    def _base_meta(base: EditionSource) -> dict[str, Any]:
        return {"title": base.title, "edition": base.name, "slug": base.slug, "use_rule": base.note}

    def _scale(self, aspects: Table, used: list[int]) -> Placed:
        if self._rows(SCALE):
            return self._own_scale()
        if self.base and (self.extends or {level.number for level in self.base.levels} == set(used)):
            return Placed("", _scale_of(self.base))
        named = {number: aspects.levels[number] for number in used}
        if not all(named.values()):
            sentence = (
                f"There is no table “{SCALE}”, and the edition in use has another number of levels. "
                "Add the table, or name the levels in the heading: “level 1: Discovering”."
            )
            raise UnreadableSourceError(*self.problems, Problem(aspects.heading, sentence))
        levels = [{"number": str(n), "name": name, "gist": f"{name}."} for n, name in named.items()]
        band = {"slug": "all-levels", "title": "All levels", "levels": [str(n) for n in sorted(used)]}
        return Placed("", {"bands": [band], "levels": levels})

    def _own_scale(self) -> Placed:
        levels: list[Placed] = []
        bands: dict[str, Placed] = {}
        for place, written in self.tables[SCALE].rows:
            row = _numbered(written)
            level = self._placed(
                SCALE, place, row, skip_empty={"band", "band slug", "gist", "stands by itself"}
            )
            level.setdefault("stands_alone", "yes" if self._is_of_its_own_kind else "no")
            if "gist" not in level:
                level["gist"] = f"{level.get('name', '')}."
            title, slug = level.pop("band", ""), level.pop("band slug", "")
            levels.append(level)
            if not title:
                title_place = row["band"].place if "band" in row else place
                self.problems.append(Problem(title_place, "Name the band that this level belongs to."))
                continue
            band = bands.setdefault(plain(title), Placed(place))
            if not band:
                band.put("title", row["band"], "band")
                band["slug"] = slug or slugify(title) or f"band-{len(bands)}"
                band["levels"] = PlacedList()
            if "level" in row:
                band["levels"].put(row["level"])
        return Placed("", {"bands": list(bands.values()), "levels": levels})

    @property
    def _is_of_its_own_kind(self) -> bool:
        """Whether the scale's names say that its levels don't hold each other: nobody who does well does harm as well."""
        names = [row["name"].text for _, row in self._rows(SCALE) if "name" in row]
        return any(NOT_TO_BE_HELD.search(name) for name in names)

    def _placed(self, table: str, place: str, row: dict[str, Cell], *, skip_empty: set[str]) -> Placed:
        placed = Placed(place)
        for column, cell in row.items():
            if cell.text.strip() or column not in skip_empty:
                placed.put(FIELD.get((table, column), column), cell, column)
        return placed


def _numbered(row: dict[str, Cell]) -> dict[str, Cell]:
    """A row of the scale with the number alone in its column “level”: people write “1 - Discovering” there."""
    found = level_in(row["level"].text) if "level" in row else None
    return row | {"level": Cell(str(found[0]), row["level"].place)} if found else row


def _scale_of(source: EditionSource) -> dict[str, Any]:
    return {
        "name": source.scale_name,
        "bands": [
            {"slug": band.slug, "title": band.title, "levels": [str(n) for n in band.levels]}
            for band in source.bands
        ],
        "levels": [
            {
                "number": str(v.number),
                "name": v.name,
                "gist": v.gist,
                "stands_alone": "yes" if v.stands_alone else "no",
            }
            for v in source.levels
        ],
    }
