"""The table “provenance”: one row a statement, what it is in its first column."""

from profiles.importing.source import Problem, ProvenanceSource
from profiles.importing.tables import Cell, Placed, PlacedList, fitting, plain, shown

ONE = {
    "status": "status",
    "written on": "written_on",
    "citation": "citation",
    "method": "method",
    "wording": "wording",
    "anchor rule": "anchor_rule",
    "character rule": "character_rule",
    "scale rationale": "scale_rationale",
    "content hash": "content_hash",
}
MANY = {"author": "authors", "source": "sources", "originator": "originators", "reviewer": "reviewers"}
NAMED = {
    "change": ("changelog", "slug", "change"),
    "word": ("glossary", "word", "meaning"),
    "not written": ("not_written", "title", "reason"),
}
KINDS = (*ONE, *MANY, *NAMED)


def put_provenance(meta: Placed, rows: list[tuple[str, dict[str, Cell]]]) -> list[Problem]:
    """Put what the table says into the edition's meta, each where the format looks for it."""
    problems = []
    for place, row in rows:
        what, text = row.get("what", Cell("", place)), row.get("text", Cell("", place))
        kind = plain(what.text)
        if kind in ONE:
            meta.put(ONE[kind], text, kind)
        elif kind in MANY:
            meta.setdefault(MANY[kind], PlacedList()).put(text)
        elif kind in NAMED:
            name, first, second = NAMED[kind]
            pair = Placed(place)
            pair.put(first, row.get("name", Cell("", place)), "name")
            pair.put(second, text, "text")
            meta.setdefault(name, []).append(pair)
        else:
            meant = fitting(what.text, KINDS) or f" It’s one of {', '.join(KINDS)}."
            problems.append(Problem(what.place, f"“{shown(what.text)}” says nothing of an edition.{meant}"))
    return problems


def provenance_rows(provenance: ProvenanceSource) -> list[list[str]]:
    rows = []
    for kind, name in ONE.items():
        said = getattr(provenance, name, None)
        if said:
            rows.append([kind, str(said)])
    for kind, name in MANY.items():
        rows += [[kind, text] for text in getattr(provenance, name)]
    for kind, (name, _, _) in NAMED.items():
        rows += [[kind, text, first] for first, text in getattr(provenance, name)]
    return rows
