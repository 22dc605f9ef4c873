"""What an edition has to hold, whatever the file: checked by pydantic, reported in sentences.

A reader builds nested dicts and lists of text and hands them to `from_raw`.
"""

import dataclasses
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from profiles.importing.source import (
    AspectSource,
    BandSource,
    EditionSource,
    GoalSource,
    LevelSource,
    Problem,
    ProfileSource,
    UnreadableSourceError,
    edition_slug,
)
from profiles.importing.tables import Placed, PlacedList, shown
from profiles.models.edition import MOST_LEVELS

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"

MOST_PROFILES = 200
TURNS_AROUND = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that make the text after them read the other way round."""
STOOD_IN_FOR = {
    "string_too_short",
    "string_too_long",
    "too_short",
    "too_long",
    "string_pattern_mismatch",
    "value_error",
}
LOST_LETTER = "\ufffd"
ADDRESSES_TAKEN = {"print"}
"""Slugs that would be hidden by another page of the catalogue (`profiles.urls`)."""

type Path_ = tuple[int | str, ...]


def from_raw(raw: object) -> EditionSource:
    """Check nested dicts and lists of text against the format. Raises `UnreadableSourceError`."""
    if not isinstance(raw, Mapping):
        raise UnreadableSourceError(
            "The file holds no edition: it starts with “meta”, “scale” and “profiles”."
        )
    found, source = look_at(raw)
    if found or source is None:
        raise UnreadableSourceError(*found)
    return source


def look_at(raw: Mapping[str, Any]) -> tuple[list[Problem], EditionSource | None]:
    """What is wrong with it, and what it says apart from that, if so much can be told.

    Texts that don't hold are then stood in for, so that the rest can still be looked at; `raw` is changed by that.
    """
    try:
        return [], _checked(raw)
    except UnreadableSourceError as error:
        return list(error.found), None
    except ValidationError as error:
        errors = error.errors()
    found = list(dict.fromkeys(_problem(each, raw) for each in errors))
    try:
        for place, each in enumerate(errors):
            _stand_in(raw, each, place)
        return found, _checked(raw)
    except (UnreadableSourceError, ValidationError, LookupError, TypeError):
        return found, None


def _checked(raw: Mapping[str, Any]) -> EditionSource:
    return _with_places(_EditionForm.model_validate(raw).as_source(), raw)


def _stand_in(raw: Mapping[str, Any], error: ErrorDetails, place: int) -> None:
    *path, last = error["loc"]
    if not isinstance(error["input"], str) or error["type"] not in STOOD_IN_FOR:
        raise LookupError(error["type"])
    holder: Any = raw
    for part in path:
        holder = holder[str(part) if isinstance(holder, Mapping) else part]
    holder[str(last) if isinstance(holder, Mapping) else last] = f"unreadable-{place}"


def _with_places(source: EditionSource, raw: Mapping[str, Any]) -> EditionSource:
    """Remember where in a file of rows each part stands, for what the plan may have to say of it."""
    profiles = []
    for profile, read in zip(source.profiles, raw["profiles"], strict=True):
        if not isinstance(read, Placed):
            return source
        aspects = tuple(
            dataclasses.replace(aspect, place=row.place, level_places=tuple(row["levels"].places.values()))
            for aspect, row in zip(profile.aspects, read["aspects"], strict=True)
        )
        goals = tuple(
            dataclasses.replace(goal, place=getattr(row, "place", ""))
            for goal, row in zip(profile.example_goals, read["example_goals"], strict=True)
        )
        profiles.append(dataclasses.replace(profile, place=read.place, aspects=aspects, example_goals=goals))
    levels = tuple(
        dataclasses.replace(level, place=getattr(row, "place", ""))
        for level, row in zip(source.levels, raw["scale"]["levels"], strict=True)
    )
    return dataclasses.replace(source, levels=levels, profiles=tuple(profiles))


# The format


def one_line(text: str) -> str:
    """A text without line breaks. Raises `ValueError` saying what it holds that no text of an edition may."""
    if any(
        (unicodedata.category(c) in {"Cc", "Cs", "Cn", "Co"} and not c.isspace()) or c in TURNS_AROUND
        for c in text
    ):
        raise ValueError("holds characters that can’t be shown")
    if LOST_LETTER in text:
        raise ValueError(f"holds “{LOST_LETTER}”: another program lost a letter there")
    if text.startswith("="):
        raise ValueError("begins with “=” as a formula does: write words")
    return " ".join(text.split())


def _squeezed(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def _levels_once(value: object) -> object:
    """Refuse "1" beside "01": as numbers they are one, and the second would win in silence."""
    if isinstance(value, Mapping):
        numbers = [int(key) for key in value if str(key).strip().isdecimal()]
        twice = sorted({number for number in numbers if numbers.count(number) > 1})
        if twice:
            raise ValueError(f"has level {twice[0]} twice")
    return value


def _with_an_address(slug: str) -> str:
    """Refuse a slug at whose address something else than the practice profile would answer."""
    if slug in ADDRESSES_TAKEN:
        raise ValueError(f"can’t be “{slug}”: that page holds the handouts. Choose another")
    return slug


type _Note = Annotated[str, BeforeValidator(_squeezed), AfterValidator(one_line)]
type _Text = Annotated[str, BeforeValidator(_squeezed), AfterValidator(one_line), Field(min_length=1)]
type _Slug = Annotated[str, Field(pattern=SLUG, max_length=60)]
type _Number = Annotated[int, Field(ge=1, le=MOST_LEVELS)]
type _Count = Annotated[int, Field(ge=1, le=999)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _MetaForm(_Form):
    title: _Text = Field(max_length=100)
    edition: _Text = Field(max_length=30)
    slug: str | None = Field(None, pattern=SLUG, max_length=150)
    use_rule: _Note = Field("", max_length=300)
    cumulative: Literal["true", "True", "yes", True] = True
    wording: _Note = Field("", max_length=1000)
    anchor_rule: _Note = Field("", max_length=1000)
    character_rule: _Note = Field("", max_length=1000)
    scale_rationale: _Note = Field("", max_length=2000)


class _BandForm(_Form):
    slug: _Slug
    title: _Text = Field(max_length=60)
    levels: Annotated[list[_Number], Field(min_length=1, max_length=MOST_LEVELS)]


class _LevelForm(_Form):
    number: _Number
    name: _Text = Field(max_length=40)
    gist: _Text = Field(max_length=300)


class _ScaleForm(_Form):
    min: Literal["1", 1] = 1
    max: _Number | None = None
    bands: Annotated[list[_BandForm], Field(min_length=1, max_length=MOST_LEVELS)]
    levels: Annotated[list[_LevelForm], Field(min_length=1, max_length=2 * MOST_LEVELS)]


class _AspectForm(_Form):
    slug: _Slug
    title: _Text = Field(max_length=100)
    levels: Annotated[dict[int, Annotated[_Text, Field(max_length=600)]], BeforeValidator(_levels_once)]


class _GoalForm(_Form):
    text: _Text = Field(max_length=300)
    verb: _Text = Field("Use", max_length=30)
    practice: _Text = Field(max_length=120)
    with_whom: _Text = Field(max_length=120)
    count: _Count
    unit: _Text = Field(max_length=60)
    when: _Text = Field(max_length=60)


class _ProfileForm(_Form):
    slug: Annotated[_Slug, AfterValidator(_with_an_address)]
    title: _Text = Field(max_length=100)
    order: _Count
    purpose: _Text = Field(max_length=400)
    cross_cutting: bool = False
    aspects: Annotated[list[_AspectForm], Field(min_length=1, max_length=20)]
    coaching_questions: Annotated[list[Annotated[_Text, Field(max_length=400)]], Field(max_length=50)] = []
    example_goals: Annotated[list[_GoalForm], Field(max_length=50)] = []

    def as_source(self) -> ProfileSource:
        return ProfileSource(
            slug=self.slug,
            title=self.title,
            order=self.order,
            purpose=self.purpose,
            cross_cutting=self.cross_cutting,
            aspects=tuple(AspectSource(a.slug, a.title, tuple(a.levels.items())) for a in self.aspects),
            questions=tuple(self.coaching_questions),
            example_goals=tuple(GoalSource(**goal.model_dump()) for goal in self.example_goals),
        )


class _EditionForm(_Form):
    meta: _MetaForm
    scale: _ScaleForm
    profiles: Annotated[list[_ProfileForm], Field(min_length=1, max_length=MOST_PROFILES)]

    def as_source(self) -> EditionSource:
        slug = self.meta.slug or edition_slug(self.meta.title, self.meta.edition)
        if not slug:
            raise UnreadableSourceError(
                "The edition’s title has no plain letters: give “meta” a “slug” as well."
            )
        top = max(level.number for level in self.scale.levels)
        if self.scale.max not in {None, top}:
            raise UnreadableSourceError(f"The scale: “max” says {self.scale.max}, the levels go to {top}.")
        return EditionSource(
            slug=slug,
            title=self.meta.title,
            name=self.meta.edition,
            note=self.meta.use_rule,
            bands=tuple(BandSource(b.slug, b.title, tuple(b.levels)) for b in self.scale.bands),
            levels=tuple(LevelSource(v.number, v.name, v.gist) for v in self.scale.levels),
            profiles=tuple(profile.as_source() for profile in self.profiles),
        )


# Errors in sentences


def _problem(error: ErrorDetails, raw: object) -> Problem:
    path: Path_ = tuple(part for part in error["loc"] if part != "[key]")
    return Problem(_place(path, raw), f"{where(path, raw)}{_complaint(error, path, raw)}.")


def _place(path: Path_, raw: object) -> str:
    """Where in a file of rows the deepest part of the path stands that the file knows a place of."""
    here, place = raw, ""
    for part in path:
        places: Mapping[Any, str] = here.places if isinstance(here, Placed | PlacedList) else {}
        place = places.get(part, place)
        here = _step(here, part)
        place = (here.place if isinstance(here, Placed) else "") or place
    return place


def _complaint(error: ErrorDetails, path: Path_, raw: object) -> str:
    limits: dict[str, Any] = error.get("ctx", {})
    field = field_name(path, raw)
    kind = error["type"]
    is_text = isinstance(error["input"], str)
    if error["input"] is None and kind != "missing":
        return f"{field}is empty"
    match kind:
        case "missing":
            return f"{field}is missing"
        case "extra_forbidden":
            return f"{field}is not part of the format"
        case "too_short" if path[-1] == "aspects":
            return "it has no skill aspect yet"
        case "string_too_short" | "too_short":
            return f"{field}is {'empty' if is_text else 'an empty list'}"
        case "string_too_long" | "too_long":
            what = f"is too long: at most {limits['max_length']} characters fit"
            return f"{field}{what if is_text else f'has more than {limits["max_length"]} entries'}"
        case "string_type" | "string_unicode":
            return f"{field}has to be text"
        case "list_type":
            return f"{field}has to be a list"
        case "dict_type" | "model_type":
            return f"{field}has to hold names with values under them"
        case "bool_parsing" | "bool_type":
            return f"{field}has to be true or false"
        case "string_pattern_mismatch":
            return f"{field}may hold small letters, digits and single hyphens only"
        case "greater_than_equal":
            return f"{field}has to be {limits['ge']} or more"
        case "less_than_equal":
            return f"{field}has to be {limits['le']} or less"
        case "literal_error" if path[-1] == "cumulative":
            return "“cumulative” has to be true: every level holds the ones before it"
        case "literal_error":
            return f"{field}has to be 1: a scale starts there"
        case "value_error":
            return f"{field}{limits['error']}"
        case _ if kind.startswith("int_") or kind == "finite_number":
            return f"{field}has to be a whole number, such as 2"
    return f"{field}can’t be read ({error['msg']})"


def field_name(path: Path_, raw: object = None) -> str:
    """What to call the part that a path leads to, as the file calls it."""
    last = path[-1] if path else ""
    in_a_list_or_scale = isinstance(last, int) or (len(path) > 1 and path[-2] == "levels")
    if in_a_list_or_scale:
        return "this "
    holder = raw
    for part in path[:-1]:
        holder = _step(holder, part)
    titles = holder.titles if isinstance(holder, Placed) else {}
    return f"“{shown(titles.get(str(last), last))}” "


_PLACES: dict[str, str] = {
    "meta": "The edition",
    "scale": "The scale",
    "bands": "band",
    "profiles": "practice profile",
    "aspects": "skill aspect",
    "coaching_questions": "coaching question",
    "example_goals": "example goal",
}


def where(path: Path_, raw: object) -> str:
    """Name the place of an error as a person would: “Three Questions”, “Balanced inquiry”, level 3."""
    names: list[str] = []
    here: object = raw
    parents: Path_ = ("", *path)
    for parent, part in zip(parents, path, strict=False):
        here = _step(here, part)
        if isinstance(part, int) and parent in {"profiles", "aspects"}:
            names.append(_title(here, f"{_PLACES[str(parent)]} {part + 1}"))
        elif isinstance(part, int) and parent in _PLACES:
            names.append(f"{_PLACES[str(parent)]} {part + 1}")
        elif parent == "levels":
            number = _step(here, "number") if isinstance(part, int) else part
            if number and isinstance(number, str):
                names.append(f"level {shown(number)}")
            elif isinstance(part, int):
                names.append(f"entry {part + 1} of its levels")
        elif part in {"meta", "scale"} and parent == "" and len(path) > 1:
            names.append(_PLACES[str(part)])
    place = ", ".join(names)
    return f"{place[0].upper()}{place[1:]}: " if place else ""


def _step(here: object, part: int | str) -> object:
    if isinstance(here, list) and isinstance(part, int) and part < len(here):
        return here[part]
    return here.get(str(part)) if isinstance(here, Mapping) else None


def _title(here: object, otherwise: str) -> str:
    for key in ("title", "slug"):
        value = _step(here, key)
        if isinstance(value, str) and shown(value):
            return f"“{shown(value)}”"
    return otherwise
