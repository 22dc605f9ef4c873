"""What is wrong with nested text, in sentences that name the place as a person would."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import ErrorDetails

from profiles.importing.source import Problem
from profiles.importing.tables import Placed, PlacedList, shown

type Path_ = tuple[int | str, ...]


def problem_of(error: ErrorDetails, raw: object) -> Problem:
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


FIXED = {
    "missing": "{field}is missing",
    "extra_forbidden": "{field}is not part of the format",
    "string_type": "{field}has to be text",
    "string_unicode": "{field}has to be text",
    "list_type": "{field}has to be a list",
    "dict_type": "{field}has to hold names with values under them",
    "model_type": "{field}has to hold names with values under them",
    "bool_parsing": "{field}has to be true or false",
    "bool_type": "{field}has to be true or false",
    "string_pattern_mismatch": "{field}may hold small letters, digits and single hyphens only",
    "greater_than_equal": "{field}has to be {ge} or more",
    "less_than_equal": "{field}has to be {le} or less",
    "literal_error": "{field}has to be 1: a scale starts there",
    "value_error": "{field}{error}",
    "finite_number": "{field}has to be a whole number, such as 2",
}
"""What is said of each kind of error, with what pydantic knows of its limits."""
OF_A_KIND = {
    "date_": "{field}has to be a day such as 2026-12-31",
    "int_": "{field}has to be a whole number, such as 2",
}
"""The same for kinds that begin so."""


def _complaint(error: ErrorDetails, path: Path_, raw: object) -> str:
    limits: dict[str, Any] = error.get("ctx", {})
    field, kind = field_name(path, raw), error["type"]
    if error["input"] is None and kind != "missing":
        return f"{field}is empty"
    if "too_short" in kind or "too_long" in kind:
        return _of_its_length(error, field, path)
    begins = next((said for start, said in OF_A_KIND.items() if kind.startswith(start)), None)
    said = FIXED.get(kind, begins)
    return said.format(field=field, **limits) if said else f"{field}can’t be read ({error['msg']})"


def _of_its_length(error: ErrorDetails, field: str, path: Path_) -> str:
    is_text = isinstance(error["input"], str)
    if "too_long" in error["type"]:
        most = error.get("ctx", {})["max_length"]
        return (
            f"{field}is too long: at most {most} characters fit"
            if is_text
            else f"{field}has more than {most} entries"
        )
    if error["type"] == "too_short" and path[-1] == "aspects":
        return "it has no skill aspect yet"
    return f"{field}is {'empty' if is_text else 'an empty list'}"


def field_name(path: Path_, raw: object = None) -> str:
    """What to call the part that a path leads to, as the file calls it."""
    last = path[-1] if path else ""
    in_a_list_or_scale = isinstance(last, int) or (len(path) > 1 and path[-2] in {"levels", "occasions"})
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
    "authors": "author",
    "sources": "source",
    "originators": "originator",
    "reviewers": "reviewer",
    "changelog": "change",
    "glossary": "word",
    "not_written": "practice not written",
    "aliases": "alias",
    "at_every_level": "line that holds at every level",
    "evidence": "thing to look at",
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
        elif parent in {"levels", "occasions"}:
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
