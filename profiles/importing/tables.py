"""The tables that a workbook and a CSV file hold, and how they become the nested text that `from_raw` checks.

A workbook has one sheet a table; a CSV file has them one below the other (docs/editions.md). What a file leaves out
comes from `base`, the edition that it is compared with.
"""

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify

from profiles.importing.source import EditionSource, GoalSource, Problem, ProfileSource, UnreadableSourceError

EDITION, SCALE, PROFILES, ASPECTS, QUESTIONS, GOALS = TABLES = (
    "edition",
    "scale",
    "profiles",
    "aspects",
    "questions",
    "goals",
)
GUIDE = "read me"
"""A sheet for people, which no reader looks at."""

COLUMNS: dict[str, tuple[str, ...]] = {
    EDITION: ("title", "edition", "slug", "note"),
    SCALE: ("level", "name", "gist", "band", "band slug"),
    PROFILES: ("slug", "title", "order", "purpose", "runs through all"),
    ASPECTS: ("profile", "slug", "title"),
    QUESTIONS: ("profile", "question"),
    GOALS: ("profile", "goal", "verb", "practice", "with whom", "count", "unit", "when"),
}
"""The aspects have a column a level as well: “level 1”, “level 2”…"""

ALSO: dict[str, tuple[str, ...]] = {ASPECTS: ("edition", "edition title", "purpose", "order")}
"""Columns for a file that has no other table."""

NEEDED: dict[str, tuple[str, ...]] = {
    EDITION: ("edition",),
    SCALE: ("level", "name", "band"),
    PROFILES: ("title",),
    ASPECTS: ("profile", "title"),
    QUESTIONS: ("profile", "question"),
    GOALS: ("profile", "goal", "practice", "with whom", "count", "unit", "when"),
}

FIELD: dict[tuple[str, str], str] = {
    (EDITION, "note"): "use_rule",
    (SCALE, "level"): "number",
    (PROFILES, "runs through all"): "cross_cutting",
    (GOALS, "goal"): "text",
    (GOALS, "with whom"): "with_whom",
}
"""What the format calls a column that people know by another name."""

LEVEL_COLUMN = re.compile(r"(?:level\s*)?0*(\d{1,3})(?:\s*[:.\u2013-]\s*(?P<name>.*))?", re.IGNORECASE)


class Placed(dict[str, Any]):
    """A mapping that knows where in the file it and its values stand, and what the file calls them."""

    def __init__(self, place: str = "", values: dict[str, Any] | None = None) -> None:
        super().__init__(values or {})
        self.place = place
        self.places: dict[str, str] = {}
        self.titles: dict[str, str] = {}

    def put(self, name: str, cell: "Cell", title: str = "") -> None:
        self[name], self.places[name], self.titles[name] = cell.text, cell.place, title or name


class PlacedList(list[Any]):
    """A list that knows where in the file each of its entries stands."""

    def __init__(self) -> None:
        super().__init__()
        self.places: dict[int, str] = {}

    def put(self, cell: "Cell") -> None:
        self.places[len(self)] = cell.place
        self.append(cell.text)


@dataclass(frozen=True)
class Cell:
    text: str
    place: str


@dataclass
class Grid:
    """A table as it stands in the file, before anybody has looked for its heading."""

    name: str
    place: str
    """How a place in it begins: “Sheet “goals”, ” or nothing."""
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    def cell(self, row: int, column: int, text: str = "") -> Cell:
        return Cell(text, self.at(row, column))

    def at(self, row: int, column: int | None = None) -> str:
        where = f"row {row}" if column is None else f"row {row}, column {letter(column)}"
        return f"{self.place}{where}" if self.place else f"{where[0].upper()}{where[1:]}"


@dataclass
class Table:
    """A table whose columns are known. Rows hold the columns that the table has, even where nothing is written."""

    name: str
    heading: str
    """Where its heading stands."""
    rows: list[tuple[str, dict[str, Cell]]]
    levels: dict[int, str] = field(default_factory=dict)
    """Of the aspects: the number of each level column, and the name of the level if the heading says it."""


def letter(column: int) -> str:
    """The letter over a column: A for 0, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def plain(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).casefold()


# From grids to tables


def tables_from(grids: list[Grid]) -> tuple[dict[str, Table], list[Problem]]:
    """Find the heading of each table and name its columns. Problems are columns amiss and tables doubled."""
    tables: dict[str, Table] = {}
    problems: list[Problem] = []
    scale_names: dict[str, int] = {}
    for grid in sorted(grids, key=lambda grid: TABLES.index(grid.name)):
        if not grid.rows:
            continue
        if grid.name in tables:
            problems.append(Problem(grid.at(grid.rows[0][0]), f"The table “{grid.name}” stands twice."))
            continue
        tables[grid.name] = table = _table(grid, scale_names, problems)
        if grid.name == SCALE:
            scale_names = {
                plain(row["name"].text): int(row["level"].text)
                for _, row in table.rows
                if "name" in row and "level" in row and row["level"].text.isdecimal()
            }
    return tables, problems


def _table(grid: Grid, scale_names: dict[str, int], problems: list[Problem]) -> Table:
    heading_row, heading = grid.rows[0]
    columns: dict[int, str] = {}
    levels: dict[int, str] = {}
    stands: dict[str, int] = {}
    for index, title in enumerate(heading):
        if not title.strip():
            continue
        column = _column(grid, title, scale_names, levels)
        if column is None:
            fitting = _fitting(plain(title), [*COLUMNS[grid.name], *ALSO.get(grid.name, ())])
            sentence = f"“{shown(title)}” is not a column of {grid.name}.{fitting}"
            problems.append(Problem(grid.at(heading_row, index), sentence))
        elif column in stands:
            also = letter(stands[column])
            sentence = f"“{column}” stands twice, in column {also} as well. Leave one of them out."
            problems.append(Problem(grid.at(heading_row, index), sentence))
        else:
            columns[index], stands[column] = column, index
    for needed in NEEDED[grid.name]:
        if needed not in stands:
            sentence = f"The column “{needed}” of {grid.name} is missing."
            problems.append(Problem(grid.at(heading_row), sentence))
    if grid.name == ASPECTS and not levels:
        sentence = "The columns of the levels are missing: “level 1”, “level 2” and so on."
        problems.append(Problem(grid.at(heading_row), sentence))
    rows = []
    for number, texts in grid.rows[1:]:
        padded = {index: texts[index] if index < len(texts) else "" for index in columns}
        row = {column: grid.cell(number, index, padded[index]) for index, column in columns.items()}
        stray = [i for i, text in enumerate(texts) if text.strip() and i not in columns]
        for index in stray:
            if index >= len(heading) or not heading[index].strip():
                sentence = "This stands under no heading. Move it under one, or take it out."
                problems.append(Problem(grid.at(number, index), sentence))
        rows.append((grid.at(number), row))
    return Table(grid.name, grid.at(heading_row), rows, levels)


def _column(grid: Grid, title: str, scale_names: dict[str, int], levels: dict[int, str]) -> str | None:
    name = plain(title)
    if name in COLUMNS[grid.name] or name in ALSO.get(grid.name, ()):
        return name
    if grid.name != ASPECTS:
        return None
    numbered = LEVEL_COLUMN.fullmatch(" ".join(title.split()))
    number = int(numbered[1]) if numbered else scale_names.get(name)
    if number is None:
        return None
    levels.setdefault(number, (numbered["name"] or "").strip() if numbered else " ".join(title.split()))
    return f"level {number}"


# From tables to the nested text of the format


class _Reading:
    """One file's tables on their way to raw text; gathers what is wrong on the way."""

    def __init__(self, tables: dict[str, Table], base: EditionSource | None, *, extends: bool) -> None:
        self.tables = tables
        self.base = base
        self.extends = extends
        self.problems: list[Problem] = []
        self.profiles: dict[str, Placed] = {}
        self.by_name: dict[str, str] = {}

    def raw(self) -> Placed:
        aspects = self.tables.get(ASPECTS)
        if aspects is None or not aspects.rows:
            sentence = f"The table “{ASPECTS}” has no rows: it holds one row for each skill aspect."
            raise UnreadableSourceError(Problem(aspects.heading if aspects else "", sentence))
        used = self._used_levels(aspects)
        raw = Placed()
        raw["meta"] = self._meta(aspects)
        raw["scale"] = self._scale(aspects, used)
        for place, row in self._rows(PROFILES):
            self._profile(place, row)
        listed = PROFILES in self.tables
        for place, row in aspects.rows:
            self._aspect(place, row, used, listed=listed)
        self._questions()
        self._goals()
        raw["profiles"] = list(self.profiles.values())
        return raw

    def _rows(self, name: str) -> list[tuple[str, dict[str, Cell]]]:
        return self.tables[name].rows if name in self.tables else []

    def _used_levels(self, aspects: Table) -> list[int]:
        """Level columns with something in them. A column for a level of the scale is used even when it's empty."""
        numbers = {row["level"].text.strip() for _, row in self._rows(SCALE) if "level" in row}
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
            meta = self._placed(EDITION, place, row, skip_empty={"title", "slug"})
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
                "Say which edition this is, for example 2027.1: in a table “edition” or a column “edition”."
            )
            raise UnreadableSourceError(*self.problems, Problem(aspects.heading, sentence))
        if self.base:
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
        for place, row in self.tables[SCALE].rows:
            level = self._placed(SCALE, place, row, skip_empty={"band", "band slug", "gist"})
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

    def _profile(self, place: str, row: dict[str, Cell]) -> None:
        profile = self._placed(PROFILES, place, row, skip_empty={"slug", "order", "runs through all"})
        title = profile.get("title", "")
        profile.setdefault("slug", self._slug_for(title, f"profile-{len(self.profiles) + 1}"))
        self._add_profile(profile)

    def _add_profile(self, profile: Placed) -> None:
        slug = profile["slug"]
        known = self._in_base(slug)
        profile.setdefault("order", str(known.order if known and self.extends else len(self.profiles) + 1))
        if "purpose" not in profile and known:
            profile["purpose"] = known.purpose
        profile["aspects"] = []
        profile["coaching_questions"] = PlacedList()
        profile["example_goals"] = []
        key = slug
        while key in self.profiles:  # a doubled slug is for the plan to find
            key += "\0"
        self.profiles[key] = profile
        self.by_name.setdefault(plain(slug), key)
        self.by_name.setdefault(plain(profile.get("title", "")), key)

    def _aspect(self, place: str, row: dict[str, Cell], used: list[int], *, listed: bool) -> None:
        profile = self._profile_of(place, row, may_add=not listed)
        if profile is None:
            return
        aspect = Placed(place)
        for column in ("slug", "title"):
            if column in row:
                aspect.put(column, row[column])
        if not aspect.get("slug", "").strip():
            title = aspect.get("title", "")
            aspect["slug"] = self._aspect_slug(profile["slug"], title)
        levels = Placed(place)
        for number in used:
            levels.put(str(number), row[f"level {number}"])
        aspect["levels"] = levels
        profile["aspects"].append(aspect)

    def _questions(self) -> None:
        if QUESTIONS not in self.tables:
            self._from_base("coaching_questions", lambda profile: list(profile.questions))
        for place, row in self._rows(QUESTIONS):
            profile = self._profile_of(place, row)
            if profile is not None and "question" in row:
                profile["coaching_questions"].put(row["question"])

    def _goals(self) -> None:
        if GOALS not in self.tables:
            self._from_base("example_goals", lambda profile: [_goal_of(g) for g in profile.example_goals])
        for place, row in self._rows(GOALS):
            profile = self._profile_of(place, row)
            if profile is not None:
                goal = self._placed(GOALS, place, row, skip_empty={"verb"})
                goal.pop("profile", None)
                profile["example_goals"].append(goal)

    def _from_base(self, name: str, of: Callable[[ProfileSource], list[Any]]) -> None:
        for profile in self.profiles.values():
            known = self._in_base(profile["slug"])
            if known:
                profile[name] = of(known)

    def _profile_of(self, place: str, row: dict[str, Cell], *, may_add: bool = False) -> Placed | None:
        cell = row.get("profile")
        name = cell.text if cell else ""
        if not plain(name):
            where = cell.place if cell else place
            self.problems.append(Problem(where, "Name the practice profile that this belongs to."))
            return None
        key = self.by_name.get(plain(name))
        if key is None and may_add:
            known = self._in_base(name) or self._in_base(slugify(name))
            profile = Placed(place, {"slug": known.slug if known else self._slug_for(name, "profile")})
            if known and plain(name) == known.slug:
                profile["title"] = known.title
            else:
                profile.put("title", Cell(name, cell.place if cell else place), "profile")
            for column in ("purpose", "order"):
                if column in row and row[column].text.strip():
                    profile.put(column, row[column])
            self._add_profile(profile)
            self.by_name.setdefault(plain(name), profile["slug"])
            key = profile["slug"]
        if key is None:
            fitting = _fitting(plain(name), list(self.by_name))
            sentence = f"“{shown(name)}” isn’t a practice profile of this file.{fitting}"
            self.problems.append(Problem(cell.place if cell else place, sentence))
            return None
        return self.profiles[key]

    def _in_base(self, name: str) -> ProfileSource | None:
        profiles = self.base.profiles if self.base else ()
        return next((p for p in profiles if plain(name) in {p.slug, plain(p.title)}), None)

    def _slug_for(self, title: str, otherwise: str) -> str:
        """A profile that the base knows by its title keeps its slug, so that it stays the same one."""
        known = self._in_base(title)
        return known.slug if known else slugify(title)[:60].strip("-") or otherwise

    def _aspect_slug(self, profile_slug: str, title: str) -> str:
        """The same for an aspect: its slug is what focuses and movement hold on to."""
        known = self._in_base(profile_slug)
        for aspect in known.aspects if known else ():
            if plain(aspect.title) == plain(title):
                return aspect.slug
        return slugify(title)[:60].strip("-") or "aspect"

    def _placed(self, table: str, place: str, row: dict[str, Cell], *, skip_empty: set[str]) -> Placed:
        placed = Placed(place)
        for column, cell in row.items():
            if cell.text.strip() or column not in skip_empty:
                placed.put(FIELD.get((table, column), column), cell, column)
        return placed


def raw_from(
    tables: dict[str, Table], base: EditionSource | None, *, extends: bool
) -> tuple[Placed, list[Problem]]:
    """The nested text of the format, and what is wrong with how the tables refer to each other.

    Raises `UnreadableSourceError` when there is too little to go on.
    """
    reading = _Reading(tables, base, extends=extends)
    return reading.raw(), reading.problems


def _scale_of(source: EditionSource) -> dict[str, Any]:
    return {
        "bands": [
            {"slug": band.slug, "title": band.title, "levels": [str(n) for n in band.levels]}
            for band in source.bands
        ],
        "levels": [{"number": str(v.number), "name": v.name, "gist": v.gist} for v in source.levels],
    }


def _goal_of(goal: GoalSource) -> dict[str, str]:
    names = ("text", "verb", "practice", "with_whom", "count", "unit", "when")
    return {name: str(getattr(goal, name)) for name in names}


def _fitting(name: str, names: list[str]) -> str:
    close = difflib.get_close_matches(name, names, n=1)
    return f" Did you mean “{close[0]}”?" if close else ""


def shown(value: object) -> str:
    """Something from the file, safe to print on a terminal and short enough for a sentence."""
    text = "".join(c for c in " ".join(str(value).split()) if c.isprintable())
    return text if len(text) <= 60 else f"{text[:59]}…"


# From an edition to tables


def rows_of(source: EditionSource) -> dict[str, list[list[str]]]:
    """Every table of an edition, its heading first. What `tables_from` and `raw_from` read as the same edition."""
    numbers = sorted(level.number for level in source.levels)
    band_of = {number: band for band in source.bands for number in band.levels}
    tables = {name: [list(COLUMNS[name])] for name in TABLES}
    tables[ASPECTS][0] += [f"level {number}" for number in numbers]
    tables[EDITION].append([source.title, source.name, source.slug, source.note])
    for level in source.levels:
        band = band_of[level.number]
        tables[SCALE].append([str(level.number), level.name, level.gist, band.title, band.slug])
    for profile in source.profiles:
        runs = "yes" if profile.cross_cutting else "no"
        tables[PROFILES].append([profile.slug, profile.title, str(profile.order), profile.purpose, runs])
        for aspect in profile.aspects:
            text_of = dict(aspect.descriptors)
            texts = [text_of.get(number, "") for number in numbers]
            tables[ASPECTS].append([profile.slug, aspect.slug, aspect.title, *texts])
        tables[QUESTIONS] += [[profile.slug, question] for question in profile.questions]
        tables[GOALS] += [[profile.slug, *_goal_of(goal).values()] for goal in profile.example_goals]
    return tables


def empty_rows(levels: int) -> dict[str, list[list[str]]]:
    """The tables of an edition that has yet to be written: headings, and the numbers of the levels."""
    tables = {name: [list(COLUMNS[name])] for name in TABLES}
    tables[ASPECTS][0] += [f"level {number}" for number in range(1, levels + 1)]
    tables[SCALE] += [[str(number)] for number in range(1, levels + 1)]
    return tables


def used(texts: list[str]) -> list[str]:
    """A row without the empty cells at its end."""
    while texts and not texts[-1].strip():
        texts.pop()
    return texts


def filled(rows: Iterator[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    return [(number, texts) for number, row in rows if (texts := used(list(row)))]
