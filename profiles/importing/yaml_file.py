"""YAML into the nested text that `from_raw` checks, and back."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from profiles.importing.encoding import decoded
from profiles.importing.format import Path_, field_name, from_raw, where
from profiles.importing.source import EditionSource, ProfileSource, UnreadableSourceError


def read_yaml(content: bytes) -> EditionSource:
    text = decoded(content)
    try:
        raw = yaml.load(text, Loader=_TextLoader)  # noqa: S506 (it builds text only)
    except yaml.MarkedYAMLError as error:
        line = f"Line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise UnreadableSourceError(f"{line}this is not YAML: {error.problem or error.context}.") from error
    except yaml.YAMLError as error:
        raise UnreadableSourceError("The file holds characters that YAML doesn’t allow.") from error
    except RecursionError as error:
        raise UnreadableSourceError("The file is nested too deeply to be an edition.") from error
    doubled = [f"{where(path, raw)}{field_name(path)}stands twice." for path in _doubled_keys(raw)]
    if doubled:
        raise UnreadableSourceError(*doubled)
    return from_raw(raw)


# YAML as text


class _Doubled(dict[Any, Any]):
    """A mapping that remembers which keys stood in it twice; YAML keeps the last in silence."""

    def __init__(self) -> None:
        super().__init__()
        self.doubled: list[str] = []


class _TextLoader(yaml.BaseLoader):
    """Every scalar is text, so that edition 2026.10 doesn't turn into 2026.1. Only “nothing” is itself."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):  # type: ignore[no-untyped-call]
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="an alias (*) stands where text should be", problem_mark=mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.Node, deep: bool = False) -> _Doubled:  # noqa: FBT001, FBT002 (PyYAML's)
        mapping = _Doubled()
        for key_node, value_node in node.value:
            key = (
                self.construct_object(key_node, deep=deep) if isinstance(key_node, yaml.ScalarNode) else None
            )
            if not isinstance(key, str):
                raise yaml.MarkedYAMLError(problem="a name should be text", problem_mark=key_node.start_mark)
            if key in mapping:
                mapping.doubled.append(key)
            mapping[key] = self.construct_object(value_node, deep=deep)
        return mapping


_TextLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""]
)
_TextLoader.add_constructor("tag:yaml.org,2002:null", lambda loader, node: None)


def _doubled_keys(raw: object, path: Path_ = ()) -> Iterator[Path_]:
    if isinstance(raw, _Doubled):
        yield from ((*path, key) for key in raw.doubled)
        for key, value in raw.items():
            yield from _doubled_keys(value, (*path, key))
    elif isinstance(raw, list):
        for index, value in enumerate(raw):
            yield from _doubled_keys(value, (*path, index))


# Writing


def write_yaml(source: EditionSource) -> bytes:
    return _dumped(
        {
            "meta": {
                "title": source.title,
                "edition": source.name,
                "slug": source.slug,
                "use_rule": source.note,
            },
            "scale": {
                "bands": [
                    {"slug": band.slug, "title": band.title, "levels": list(band.levels)}
                    for band in source.bands
                ],
                "levels": [
                    {"number": level.number, "name": level.name, "gist": level.gist}
                    for level in source.levels
                ],
            },
            "profiles": [_profile(profile) for profile in source.profiles],
        }
    )


def _profile(profile: ProfileSource) -> dict[str, Any]:
    return {
        "slug": profile.slug,
        "title": profile.title,
        "order": profile.order,
        "purpose": profile.purpose,
        "cross_cutting": profile.cross_cutting,
        "aspects": [
            {"slug": aspect.slug, "title": aspect.title, "levels": dict(aspect.descriptors)}
            for aspect in profile.aspects
        ],
        "coaching_questions": list(profile.questions),
        "example_goals": [
            {
                "text": goal.text,
                "verb": goal.verb,
                "practice": goal.practice,
                "with_whom": goal.with_whom,
                "count": goal.count,
                "unit": goal.unit,
                "when": goal.when,
            }
            for goal in profile.example_goals
        ],
    }


def empty_yaml(levels: int) -> bytes:
    """The shape to write into: one practice profile with one aspect, and everything still to be said."""
    numbers = range(1, levels + 1)
    goal = dict.fromkeys(("text", "verb", "practice", "with_whom", "count", "unit", "when"), "")
    aspect = {"slug": "", "title": "", "levels": dict.fromkeys(numbers, "")}
    profile = {
        "slug": "",
        "title": "",
        "order": 1,
        "purpose": "",
        "cross_cutting": False,
        "aspects": [aspect],
        "coaching_questions": [""],
        "example_goals": [goal],
    }
    bands = [{"slug": "", "title": "", "levels": list(numbers)}]
    scale = {"bands": bands, "levels": [{"number": number, "name": "", "gist": ""} for number in numbers]}
    meta = {"title": "", "edition": "", "use_rule": ""}
    return _dumped({"meta": meta, "scale": scale, "profiles": [profile]})


def _dumped(content: dict[str, Any]) -> bytes:
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110, encoding="utf-8")
