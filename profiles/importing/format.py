"""What an edition has to hold, whatever the file: checked by pydantic, reported in sentences.

A reader builds nested dicts and lists of text and hands them to `from_raw`.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

from pydantic import (
    ValidationError,
)
from pydantic_core import ErrorDetails

from profiles.importing.format_errors import problem_of
from profiles.importing.format_forms import EditionForm
from profiles.importing.source import (
    EditionSource,
    GoalSource,
    Problem,
    UnreadableSourceError,
)
from profiles.importing.tables import Placed

STOOD_IN_FOR = {
    "string_too_short",
    "string_too_long",
    "too_short",
    "too_long",
    "string_pattern_mismatch",
    "value_error",
}


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
    found = list(dict.fromkeys(problem_of(each, raw) for each in errors))
    try:
        for place, each in enumerate(errors):
            _stand_in(raw, each, place)
        return found, _checked(raw)
    except (UnreadableSourceError, ValidationError, LookupError, TypeError):
        return found, None


def _checked(raw: Mapping[str, Any]) -> EditionSource:
    return _with_places(EditionForm.model_validate(raw).as_source(), raw)


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
            dataclasses.replace(
                aspect,
                place=row.place,
                level_places=tuple(row["levels"].places.values()),
                example_goals=_placed_goals(aspect.example_goals, row.get("example_goals", [])),
            )
            for aspect, row in zip(profile.aspects, read["aspects"], strict=True)
        )
        goals = _placed_goals(profile.example_goals, read["example_goals"])
        profiles.append(dataclasses.replace(profile, place=read.place, aspects=aspects, example_goals=goals))
    levels = tuple(
        dataclasses.replace(level, place=getattr(row, "place", ""))
        for level, row in zip(source.levels, raw["scale"]["levels"], strict=True)
    )
    return dataclasses.replace(source, levels=levels, profiles=tuple(profiles))


def _placed_goals(goals: tuple[GoalSource, ...], rows: list[Any]) -> tuple[GoalSource, ...]:
    return tuple(
        dataclasses.replace(goal, place=getattr(row, "place", ""))
        for goal, row in zip(goals, rows, strict=True)
    )


# The format
