"""An edition into a file that reads as the same edition, and empty files to write one into."""

from collections.abc import Callable, Iterable

from profiles.importing.columns import (
    ASPECTS,
    COLUMNS,
    DIVIDER,
    EDITION,
    GOALS,
    HEAD,
    PROFILES,
    PROVENANCE,
    QUESTIONS,
    SCALE,
    TABLES,
)
from profiles.importing.csv_file import write_csv
from profiles.importing.raw import goal_as_text
from profiles.importing.raw_provenance import provenance_rows
from profiles.importing.source import AspectSource, EditionSource, content_hash
from profiles.importing.workbook import write_workbook
from profiles.importing.yaml_file import empty_yaml, write_yaml

LEVELS = 7
"""How many levels an empty file has room for; people add and delete columns."""


def rows_of(source: EditionSource) -> dict[str, list[list[str]]]:
    """Every table of an edition, its heading first. What the readers read as the same edition."""
    numbers = sorted(level.number for level in source.levels)
    band_of = {number: band for band in source.bands for number in band.levels}
    tables = {name: [list(COLUMNS[name])] for name in TABLES}
    tables[ASPECTS][0] += [*(f"level {number}" for number in numbers), *HEAD]
    tables[EDITION].append([source.title, source.name, source.slug, source.note, source.scale_name])
    for level in source.levels:
        band = band_of[level.number]
        tables[SCALE].append(
            [
                str(level.number),
                level.name,
                level.gist,
                band.title,
                band.slug,
                "yes" if level.stands_alone else "",
            ]
        )
    for profile in source.profiles:
        runs = "yes" if profile.cross_cutting else "no"
        lines = [_in_one_cell(profile.aliases), _in_one_cell(profile.at_every_level)]
        tables[PROFILES].append(
            [profile.slug, profile.title, str(profile.order), profile.purpose, runs, *lines]
        )
        for aspect in profile.aspects:
            text_of = dict(aspect.descriptors)
            texts = [text_of.get(number, "") for number in numbers]
            tables[ASPECTS].append([profile.slug, aspect.slug, aspect.title, *texts, *_head_of(aspect)])
        tables[QUESTIONS] += [[profile.slug, question, about] for about, question in profile.all_questions]
        for about, goal in profile.all_goals:
            *said, practised = goal_as_text(goal).values()
            tables[GOALS].append([profile.slug, *said, about, practised])
    if source.provenance:
        tables[PROVENANCE] += provenance_rows(source.provenance)
        tables[PROVENANCE].append(["content hash", content_hash(source)])
    return tables


def _head_of(aspect: AspectSource) -> list[str]:
    occasions = [f"{number}: {text}" for number, text in aspect.occasions]
    return [
        aspect.definition,
        _in_one_cell(aspect.evidence),
        aspect.applies,
        aspect.lookalike,
        _in_one_cell(occasions),
    ]


def _in_one_cell(lines: Iterable[str]) -> str:
    return f" {DIVIDER} ".join(lines)


def empty_rows(levels: int) -> dict[str, list[list[str]]]:
    """The tables of an edition that has yet to be written: headings, and the numbers of the levels."""
    tables = {name: [list(COLUMNS[name])] for name in TABLES}
    tables[ASPECTS][0] += [*(f"level {number}" for number in range(1, levels + 1)), *HEAD]
    tables[SCALE] += [[str(number)] for number in range(1, levels + 1)]
    return tables


WRITERS: dict[str, tuple[Callable[[EditionSource], bytes], Callable[[int], bytes]]] = {
    "xlsx": (lambda source: write_workbook(rows_of(source)), lambda n: write_workbook(empty_rows(n))),
    "csv": (lambda source: write_csv(rows_of(source)), lambda n: write_csv(empty_rows(n))),
    "yaml": (write_yaml, empty_yaml),
}
CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "yaml": "application/yaml",
}


def written(kind: str, source: EditionSource | None = None) -> bytes:
    """The edition as a file of that kind, or an empty one to fill in."""
    write, write_empty = WRITERS[kind]
    return write(source) if source else write_empty(LEVELS)
