"""The one stylesheet that pages load: of Bootstrap what they use, then ours, then paper.

Bootstrap's own file is kept whole beside this one, out of what is served: 2,029 classes, of which we use some 170.
"""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

from styles.used import ROOT, used

HERE = Path(__file__).resolve().parent
MADE = ROOT / "static" / "css" / "sopcoach.css"
BOOTSTRAP = HERE / "bootstrap" / "bootstrap-5.3.9.min.css"
PARTS = (
    "tokens",
    "type",
    "shell",
    "sub_menus",
    "papers",
    "fields",
    "notices",
    "choices",
    "agreement",
    "people",
    "people_list",
    "desk",
    "session",
    "ladder",
    "ladder_head",
    "goals",
    "celebration",
    "movement",
    "sorting",
    "my_data",
    # last, since they win
    "phone",
    "low_windows",
    "forced_colours",
)
ON_PAPER = ("page", "screen_only", "base", "handout", "agreement", "record", "sorting")
HEAD = """/* Made by bin/styles from styles/. Change those files, never this one.
   It holds parts of Bootstrap 5.3.9, Copyright 2011-2026 The Bootstrap Authors, MIT. */
"""


def bundle() -> str:
    """The whole file, a rule a line, so that a change shows in a diff."""
    own = ours()
    return HEAD + "\n".join([*cut(BOOTSTRAP.read_text(), own), own]) + "\n"


def ours() -> str:
    """What is ours of it."""
    screen = [rule for name in PARTS for rule in _rules((HERE / f"{name}.css").read_text())]
    paper = [rule for name in ON_PAPER for rule in _rules((HERE / "print" / f"{name}.css").read_text())]
    return "\n".join([*map(_written, screen), "@media print{", *map(_written, paper), "}"])


def cut(whole: str, ours: str) -> list[str]:
    """The rules of `whole` for what pages have, without the properties and the motions that no rule asks for."""
    keep = used(frozenset(classes(whole) | classes(ours)))
    kept = [rule for rule in (_cut_rule(rule, keep) for rule in _rules(whole)) if rule]
    text = "\n".join(kept)
    while (fewer := _without_idle(text, ours)) != text:
        text = fewer
    return text.splitlines()


def classes(css: str) -> set[str]:
    """Every class that a stylesheet has a rule for."""
    return {name for rule in _rules(css) for name in _classes_of(rule)}


def _classes_of(rule: Node) -> Iterator[str]:
    if isinstance(rule, QualifiedRule):
        yield from re.findall(r"\.(-?[A-Za-z_][\w-]*)", tinycss2.serialize(rule.prelude))
    elif isinstance(rule, AtRule) and rule.content and rule.lower_at_keyword in {"media", "supports"}:
        for inner in _within(rule):
            yield from _classes_of(inner)


def _rules(css: str) -> list[Node]:
    return tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)  # type: ignore[no-any-return]


def _within(rule: AtRule) -> list[Node]:
    return tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)  # type: ignore[no-any-return]


def _cut_rule(rule: Node, keep: frozenset[str]) -> str:
    if isinstance(rule, QualifiedRule):
        selectors = [one for one in _selectors(rule) if _is_met(one, keep)]
        return f"{','.join(selectors)}{{{_declarations(rule)}}}" if selectors else ""
    if rule.lower_at_keyword == "media":
        inner = "".join(filter(None, map(partial(_cut_rule, keep=keep), _within(rule))))
        return f"@media {tinycss2.serialize(rule.prelude).strip()}{{{inner}}}" if inner else ""
    return "" if rule.lower_at_keyword == "charset" else _written(rule)


def _selectors(rule: QualifiedRule) -> list[str]:
    return _squeezed(tinycss2.serialize(rule.prelude)).split(",")


def _is_met(selector: str, keep: frozenset[str]) -> bool:
    """Whether a page can have what it names. What it leaves out (`:not(…)`) need not be there."""
    named = re.sub(r":not\([^)]*\)", "", selector)
    return "data-bs-" not in named and {*re.findall(r"\.(-?[A-Za-z_][\w-]*)", named)} <= keep


def _without_idle(text: str, ours: str) -> str:
    asked = {*re.findall(r"var\(\s*(--[\w-]+)", text + ours)}
    moved = " ".join(re.findall(r"animation(?:-name)?:([^;}]+)", text + ours)).split()
    text = re.sub(r"(--bs-[\w-]+):[^;{}]*(?:;|(?=}))", lambda one: one[0] if one[1] in asked else "", text)
    text = re.sub(
        r"^@keyframes ([\w-]+).*\n?", lambda one: one[0] if one[1] in moved else "", text, flags=re.M
    )
    return re.sub(r"^[^{}@]+{}\n?", "", text, flags=re.M)


def _written(rule: Node) -> str:
    """A rule on one line, as short as it goes without another meaning."""
    if isinstance(rule, QualifiedRule):
        return f"{_squeezed(tinycss2.serialize(rule.prelude))}{{{_declarations(rule)}}}"
    head = f"@{rule.at_keyword} {_squeezed(tinycss2.serialize(rule.prelude))}".strip()
    if rule.content is None:
        return f"{head};"
    if rule.lower_at_keyword in {"media", "supports", "keyframes"}:
        return f"{head}{{{''.join(map(_written, _within(rule)))}}}"
    return f"{head}{{{_declarations(rule)}}}"


def _declarations(rule: QualifiedRule | AtRule) -> str:
    found = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    return ";".join(_declared(one) if isinstance(one, Declaration) else _written(one) for one in found)


def _declared(one: Declaration) -> str:
    value = re.sub(r"\s+", " ", tinycss2.serialize(one.value)).strip()
    return f"{one.name}:{value}{'!important' if one.important else ''}"


def _squeezed(selector: str) -> str:
    return re.sub(r"\s*([,>])\s*", r"\1", re.sub(r"\s+", " ", selector)).strip()
