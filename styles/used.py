"""Which classes the product's pages have: read off templates, Python and scripts, without opening a page.

Too many rather than too few: a class that is kept for nothing costs a line, one that is missing costs a page its shape.
`tests/matrix` asks the same of each page that is answered.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from django.template import TemplateDoesNotExist
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("coaching", "profiles", "sopcoach")
BY_CRISPY = tuple(
    f"bootstrap5/{name}.html" for name in ("display_form", "errors", "field", "uni_form", "whole_uni_form")
)
"""Where django-crispy-forms begins: `{% crispy form %}` and `{{ field|as_crispy_field }}`."""

ATTRIBUTE = re.compile(r"""(?<![\w-])class=(?:"([^"]*)"|'([^']*)')""")
BLOCK = re.compile(r"{%\s*block\s+\w*class\s*%}(.*?){%\s*endblock", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
QUOTED = re.compile(r"""(?P<q>["'`])((?:(?!(?P=q)).)*)(?P=q)""")
LEADS_TO = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"'#]+)""")
CLASS = re.compile(r"-?[A-Za-z_][\w-]*")


def used(known: frozenset[str]) -> frozenset[str]:
    """The classes among those that are `known` to a stylesheet; a word that is none needs no rule."""
    composed = beginnings()
    literal = {*_in_templates(), *_in_python(known), *_in_scripts(known)}
    return frozenset(
        name for name in known if name in literal or any(rule.fullmatch(name) for rule in composed)
    )


def on_page(html: str) -> set[str]:
    """The classes of a page as it is answered."""
    return {name for match in ATTRIBUTE.finditer(html) for name in (match[1] or match[2] or "").split()}


@cache
def _templates() -> tuple[str, ...]:
    """Ours, and what of the packages' they lead to. Where we have one of the same name, ours is the one that is shown."""
    ours = [path for path in sorted((ROOT / "templates").rglob("*.html")) if path.parent.name != "mail"]
    texts = {str(path): path.read_text() for path in ours}
    waiting = [*BY_CRISPY, *_named(texts.values())]
    while waiting:
        try:
            origin = get_template(waiting.pop()).origin.name  # type: ignore[attr-defined]
        except TemplateDoesNotExist:
            continue
        if origin not in texts:
            texts[origin] = Path(origin).read_text()
            waiting += _named([texts[origin]])
    return tuple(texts.values())


def _named(texts: Iterable[str]) -> list[str]:
    return [name for text in texts for name in LEADS_TO.findall(text)]


def _class_texts() -> Iterator[str]:
    for text in _templates():
        yield from (match[1] or match[2] or "" for match in ATTRIBUTE.finditer(_closed(text)))
        yield from (match[1] for match in BLOCK.finditer(text))
        yield from (match[2] for tag in TAG.findall(text) for match in QUOTED.finditer(tag))


def _closed(text: str) -> str:
    """Quotes within a tag would end the attribute that it stands in."""
    return TAG.sub(lambda tag: tag[0].replace('"', "\0").replace("'", "\0"), text)


def _in_templates() -> set[str]:
    """What stands in an attribute, what a tag is told, and the blocks that fill a class."""
    found: set[str] = set()
    for text in _class_texts():
        plain = re.sub(r"{%.*?%}", " ", text, flags=re.DOTALL)
        found.update(word for word in re.sub(r"\S*{{.*?}}\S*", " ", plain).split() if CLASS.fullmatch(word))
        found.update(re.findall(r"\0([\w -]*)\0", text))
    return found


@cache
def beginnings() -> list[re.Pattern[str]]:
    """What a page puts together, `n{{ rung.disc }}` or `shape-{}`: its first part, and a number or one more word."""
    firsts = {first for text in _class_texts() for first in re.findall(r"([\w-]+){{", text)}
    firsts |= {
        first for text in _python() for name in on_page(text) for first in re.findall(r"([\w-]+){", name)
    }
    return [re.compile(first + (r"\w+" if first.endswith("-") else r"(\d+|-[a-z]+)")) for first in firsts]


def _in_python(known: frozenset[str]) -> Iterator[str]:
    """Attributes of widgets, HTML that a template tag makes, and words that are classes and nothing else."""
    for text in _python():
        yield from on_page(text)
        if "-" in text and {*text.split()} <= known:
            yield from text.split()


@cache
def _python() -> tuple[str, ...]:
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    trees = [ast.parse(path.read_text()) for path in paths if "migrations" not in path.parts]
    return tuple(text for tree in trees for text in _literals(tree))


def _literals(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.Dict):
            yield from (
                f'class="{value.value!s}"'
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and key.value == "class" and isinstance(value, ast.Constant)
            )


def _in_scripts(known: frozenset[str]) -> Iterator[str]:
    for path in (ROOT / "static" / "js").rglob("*.js"):
        for match in QUOTED.finditer(path.read_text()):
            if {*match[2].split()} <= known:
                yield from match[2].split()
