"""YAML into the nested text that `from_raw` checks, and back."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from profiles.importing.format import from_raw
from profiles.importing.format_errors import Path_, field_name, where
from profiles.importing.source import (
    AspectSource,
    EditionSource,
    GoalSource,
    ProfileSource,
    ProvenanceSource,
    UnreadableSourceError,
    content_hash,
    text_of,
)


def read_yaml(content: bytes) -> EditionSource:
    text = text_of(content)
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
    meta: dict[str, Any] = {
        "title": source.title,
        "edition": source.name,
        "slug": source.slug,
        "use_rule": source.note,
    }
    if source.provenance:
        meta |= _provenance(source.provenance) | {"content_hash": content_hash(source)}
    scale: dict[str, Any] = {"name": source.scale_name} if source.scale_name else {}
    scale["bands"] = [
        {"slug": band.slug, "title": band.title, "levels": list(band.levels)} for band in source.bands
    ]
    scale["levels"] = [
        {"number": level.number, "name": level.name, "gist": level.gist}
        | ({"stands_alone": True} if level.stands_alone else {})
        for level in source.levels
    ]
    return _dumped({"meta": meta, "scale": scale, "profiles": [_profile(each) for each in source.profiles]})


def _provenance(provenance: ProvenanceSource) -> dict[str, Any]:
    said = {
        "status": provenance.status,
        "authors": list(provenance.authors),
        "written_on": provenance.written_on.isoformat() if provenance.written_on else "",
        "citation": provenance.citation,
        "sources": list(provenance.sources),
        "originators": list(provenance.originators),
        "method": provenance.method,
        "reviewers": list(provenance.reviewers),
        "wording": provenance.wording,
        "anchor_rule": provenance.anchor_rule,
        "character_rule": provenance.character_rule,
        "scale_rationale": provenance.scale_rationale,
        "changelog": [{"slug": slug, "change": change} for slug, change in provenance.changelog],
        "glossary": [{"word": word, "meaning": meaning} for word, meaning in provenance.glossary],
        "not_written": [{"title": title, "reason": reason} for title, reason in provenance.not_written],
    }
    return _filled(said)


def _profile(profile: ProfileSource) -> dict[str, Any]:
    beside = {
        "aliases": list(profile.aliases),
        "at_every_level": list(profile.at_every_level),
    }
    return {
        "slug": profile.slug,
        "title": profile.title,
        "order": profile.order,
        "purpose": profile.purpose,
        "cross_cutting": profile.cross_cutting,
        **_filled(beside),
        "aspects": [_aspect(aspect) for aspect in profile.aspects],
        "coaching_questions": list(profile.questions),
        "example_goals": [_goal(goal) for goal in profile.example_goals],
    }


def _aspect(aspect: AspectSource) -> dict[str, Any]:
    head = {
        "definition": aspect.definition,
        "evidence": list(aspect.evidence),
        "applies": aspect.applies,
        "lookalike": aspect.lookalike,
    }
    foot = {
        "occasions": dict(aspect.occasions),
        "coaching_questions": list(aspect.questions),
        "example_goals": [_goal(goal) for goal in aspect.example_goals],
    }
    named = {"slug": aspect.slug, "title": aspect.title}
    return named | _filled(head) | {"levels": dict(aspect.descriptors)} | _filled(foot)


def _goal(goal: GoalSource) -> dict[str, Any]:
    said = {
        "text": goal.text,
        "verb": goal.verb,
        "practice": goal.practice,
        "with_whom": goal.with_whom,
        "count": goal.count,
        "unit": goal.unit,
        "when": goal.when,
    }
    return said if goal.level is None else {"level": goal.level, **said}


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    """Without what nobody has written."""
    return {name: value for name, value in said.items() if value}


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
