"""From tables to the nested text that `from_raw` checks, each part knowing where in the file it stands.

What a file leaves out comes from `base`, the edition that it is compared with.
"""

from collections.abc import Callable
from typing import Any

from django.utils.text import slugify

from profiles.importing.columns import ASPECTS, DIVIDER, FIELD, GOALS, HEAD, PROFILES, PROVENANCE, QUESTIONS
from profiles.importing.raw_edition import EditionReading
from profiles.importing.raw_provenance import put_provenance
from profiles.importing.source import (
    AspectSource,
    EditionSource,
    GoalSource,
    Problem,
    ProfileSource,
    UnreadableSourceError,
)
from profiles.importing.tables import Cell, Placed, PlacedList, Table, fitting, plain, shown


class _Reading(EditionReading):
    """One file's tables on their way to raw text: its practice profiles, aspects, questions and goals."""

    def __init__(self, tables: dict[str, Table], base: EditionSource | None, *, extends: bool) -> None:
        super().__init__(tables, base, extends=extends)
        self.profiles: dict[str, Placed] = {}
        self.by_name: dict[str, str] = {}
        self.lost: set[str] = set()
        """Aspects whose row names no practice profile, which has been told once."""

    def raw(self) -> Placed:
        aspects = self.tables.get(ASPECTS)
        if aspects is None or not aspects.rows:
            sentence = f"The table “{ASPECTS}” has no rows: it holds one row for each skill aspect."
            raise UnreadableSourceError(Problem(aspects.heading if aspects else "", sentence))
        used = self._used_levels(aspects)
        raw = Placed()
        raw["meta"] = meta = self._meta(aspects)
        scale_name = meta.pop("scale name", "")
        if not (self.extends and self.base):
            self.problems += put_provenance(meta, self._rows(PROVENANCE))
        raw["scale"] = self._scale(aspects, used)
        if scale_name:
            raw["scale"]["name"] = scale_name
        for place, row in self._rows(PROFILES):
            self._profile(place, row)
        listed = PROFILES in self.tables
        for place, row in aspects.rows:
            self._aspect(place, row, used, listed=listed)
        self._questions()
        self._goals()
        raw["profiles"] = list(self.profiles.values())
        return raw

    def _profile(self, place: str, row: dict[str, Cell]) -> None:
        profile = self._placed(
            PROFILES,
            place,
            row,
            skip_empty={"slug", "order", "runs through all", "also called", "holds at every level"},
        )
        for name in ("aliases", "at_every_level"):
            _divide(profile, name)
        title = profile.get("title", "")
        if "slug" not in profile and plain(title) and plain(title) in self.by_name:
            twin = self.profiles[self.by_name[plain(title)]].place
            sentence = f"“{shown(title)}” stands twice. It’s also at: {twin}."
            self.problems.append(Problem(row["title"].place, sentence))
            return
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
            self.lost |= {plain(row[column].text) for column in ("slug", "title") if column in row}
            return
        aspect = Placed(place)
        for column in ("slug", "title"):
            if column in row:
                aspect.put(column, row[column])
        self._head(aspect, row)
        if not aspect.get("slug", "").strip():
            aspect["slug"] = self._aspect_slug(profile, aspect.get("title", ""))
        levels = Placed(place)
        for number in used:
            levels.put(str(number), row[f"level {number}"])
        aspect["levels"] = levels
        profile["aspects"].append(aspect)

    def _head(self, aspect: Placed, row: dict[str, Cell]) -> None:
        for column in HEAD:
            if column in row and row[column].text.strip():
                aspect.put(FIELD.get((ASPECTS, column), column), row[column], column)
        _divide(aspect, "evidence")
        if "occasions" not in aspect:
            return
        cell, occasions = row["occasions"], Placed(row["occasions"].place)
        for line in _lines(cell.text):
            number, colon, text = line.partition(":")
            if not colon or not number.strip().isdecimal():
                sentence = "Begin each occasion with the number of its level, such as “6: Needs a dispute”."
                self.problems.append(Problem(cell.place, sentence))
                continue
            occasions.put(number.strip(), Cell(text.strip(), cell.place))
        aspect["occasions"] = occasions

    def _questions(self) -> None:
        if QUESTIONS not in self.tables:
            self._from_base("coaching_questions", lambda held: list(held.questions))
        for place, row in self._rows(QUESTIONS):
            owner = self._owner_of(place, row)
            if owner is not None and "question" in row:
                owner.setdefault("coaching_questions", PlacedList()).put(row["question"])

    def _goals(self) -> None:
        if GOALS not in self.tables:
            self._from_base("example_goals", lambda held: [goal_as_text(g) for g in held.example_goals])
        for place, row in self._rows(GOALS):
            owner = self._owner_of(place, row)
            if owner is not None:
                goal = self._placed(GOALS, place, row, skip_empty={"verb", "level"})
                goal.pop("profile", None)
                goal.pop("aspect", None)
                owner.setdefault("example_goals", []).append(goal)

    def _from_base(self, name: str, of: Callable[[ProfileSource | AspectSource], list[Any]]) -> None:
        for profile in self.profiles.values():
            known = self._in_base(profile["slug"])
            if known is None:
                continue
            profile[name] = of(known)
            aspects = {aspect.slug: aspect for aspect in known.aspects}
            for aspect in profile["aspects"]:
                if aspect["slug"] in aspects:
                    aspect[name] = of(aspects[aspect["slug"]])

    def _owner_of(self, place: str, row: dict[str, Cell]) -> Placed | None:
        """The practice profile of the row, or the aspect in it that the row names."""
        profile = self._profile_of(place, row)
        about = row.get("aspect", Cell("", place))
        if profile is None or not plain(about.text):
            return profile
        aspects: list[Placed] = profile["aspects"]
        for aspect in aspects:
            if plain(about.text) in {plain(aspect["slug"]), plain(aspect.get("title", ""))}:
                return aspect
        if plain(about.text) in self.lost:
            return None
        meant = fitting(about.text, (aspect.get("title", "") for aspect in aspects))
        sentence = f"“{shown(about.text)}” isn’t a skill aspect of this practice profile.{meant}"
        self.problems.append(Problem(about.place, sentence))
        return None

    def _profile_of(self, place: str, row: dict[str, Cell], *, may_add: bool = False) -> Placed | None:
        cell = row.get("profile")
        name = cell.text if cell else ""
        if not plain(name):
            where = cell.place if cell else place
            self.problems.append(
                Problem(
                    where,
                    "Name the practice profile that this row belongs to, even if it’s that of the row above.",
                )
            )
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
            meant = fitting(name, (each.get("title", "") for each in self.profiles.values()))
            sentence = f"“{shown(name)}” isn’t a practice profile of this file.{meant}"
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

    def _aspect_slug(self, profile: Placed, title: str) -> str:
        """The same for an aspect: its slug is what focuses and movement hold on to.

        A slug is its aspect's alone in the edition, and practice profiles may well have aspects of one title.
        """
        known = self._in_base(profile["slug"])
        for aspect in known.aspects if known else ():
            if plain(aspect.title) == plain(title):
                return aspect.slug
        slug = slugify(title)[:60].strip("-") or "aspect"
        elsewhere = (other for other in self.profiles.values() if other is not profile)
        if any(aspect["slug"] == slug for other in elsewhere for aspect in other["aspects"]):
            return slugify(f"{profile['slug']} {title}")[:60].strip("-")
        return slug


def _lines(text: str) -> list[str]:
    """Of a cell that holds several."""
    return [line.strip() for line in text.split(DIVIDER) if line.strip()]


def _divide(placed: Placed, name: str) -> None:
    if name in placed:
        lines = PlacedList()
        for line in _lines(placed[name]):
            lines.put(Cell(line, placed.places.get(name, placed.place)))
        placed[name] = lines


def raw_from(
    tables: dict[str, Table], base: EditionSource | None, *, extends: bool
) -> tuple[Placed, list[Problem]]:
    """The nested text of the format, and what is wrong with how the tables refer to each other.

    Raises `UnreadableSourceError` when there is too little to go on.
    """
    reading = _Reading(tables, base, extends=extends)
    return reading.raw(), reading.problems


def goal_as_text(goal: GoalSource) -> dict[str, str]:
    names = ("text", "verb", "practice", "with_whom", "count", "unit", "when")
    level = "" if goal.level is None else str(goal.level)
    return {name: str(getattr(goal, name)) for name in names} | {"level": level}
