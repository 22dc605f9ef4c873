"""What the code cites can be read: documents of this repository, their numbers, decisions."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = settings.BASE_DIR
PLACES = ("bin", "coaching", "docs", "profiles", "sopcoach", "styles", "static/js", "templates", "tests")
KINDS = {".css", ".html", ".js", ".md", ".py", ".txt", ".yaml", ""}
PRODUCT = (ROOT / "docs" / "product.md").read_text()
_DECIDED = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
DECISIONS = {int(path.name[:4]) for path in _DECIDED}
NUMBERED = re.compile(r"product\.md, ((?:\d+(?:\.\d+)?)(?:(?:, | and )\d+(?:\.\d+)?(?![\w.]*\.md))*)")


def files() -> list[Path]:
    found = list(ROOT.glob("*.md"))
    for place in PLACES:
        found += [path for path in (ROOT / place).rglob("*") if path.is_file() and path.suffix in KINDS]
    return sorted(path for path in found if "vendor" not in path.parts and path != Path(__file__))


def numbers_of(text: str) -> set[str]:
    """Sections ("## 4. …") and what is numbered in them ("7. …" under it is 4.7, also several to a line)."""
    numbers: set[str] = set()
    section = ""
    for line in text.splitlines():
        if heading := re.match(r"## (\d+)\. ", line):
            section = heading[1]
            numbers.add(section)
        elif re.match(r"\d+\. ", line):
            numbers |= {f"{section}.{number}" for number in re.findall(r"(?:^|(?<= ))(\d+)\. (?=\S)", line)}
    return numbers


def missing(text: str) -> Iterator[str]:
    numbers = numbers_of(PRODUCT)
    for cited in NUMBERED.findall(text):
        yield from (
            f"product.md has no {number}"
            for number in re.findall(r"\d+(?:\.\d+)?", cited)
            if number not in numbers
        )
    yield from (
        f"product.md is cited by its number, not “{found}”"
        for found in re.findall(r"\(product\.md, [^\d)][^)]*\)", text)
    )
    for number in re.findall(r"\bADR (\d+)\b", text):
        if int(number) not in DECISIONS:
            yield f"docs/adr has no ADR {number}"
    for path in re.findall(r"\bdocs/[\w./-]+\.(?:md|yaml|json)\b", text):
        if not (ROOT / path).exists():
            yield f"there is no {path}"
    yield from (
        f"“{found}” is in no clone" for found in re.findall(r"house rule \d+|DESIGN\.md|\bmockups?\b", text)
    )


@pytest.mark.parametrize("place", sorted({path.relative_to(ROOT).parts[0] for path in files()}))
def test_what_is_cited_is_there(place):
    wrong = {
        str(path.relative_to(ROOT)): found
        for path in files()
        if path.relative_to(ROOT).parts[0] == place and (found := list(missing(path.read_text())))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("as product.md, 4.7 says", []),
        ("(product.md, 4.1 and 10)", []),
        ("(product.md, 4.99)", ["product.md has no 4.99"]),
        ("(product.md, groups)", ["product.md is cited by its number, not “(product.md, groups)”"]),
        ("ADR 999", ["docs/adr has no ADR 999"]),
        ("docs/nowhere.md", ["there is no docs/nowhere.md"]),
        ("house rule 6", ["“house rule 6” is in no clone"]),
    ],
)
def test_a_citation_of_nothing_is_noticed(sentence, told):
    assert list(missing(sentence)) == told


def test_no_two_decisions_have_one_number():
    first_of = {path.name[:4]: path.name for path in reversed(_DECIDED)}
    assert [path.name for path in _DECIDED] == sorted(first_of.values())
    for path in _DECIDED:
        assert path.read_text().startswith(f"# {int(path.name[:4])}. "), path.name
