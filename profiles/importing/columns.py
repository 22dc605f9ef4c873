"""Which tables an edition has, and how their columns are called."""

EDITION, SCALE, PROFILES, ASPECTS, QUESTIONS, GOALS, PROVENANCE = TABLES = (
    "edition",
    "scale",
    "profiles",
    "aspects",
    "questions",
    "goals",
    "provenance",
)
GUIDE = "read me"
"""A sheet for people, which no reader looks at."""

COLUMNS: dict[str, tuple[str, ...]] = {
    EDITION: ("title", "edition", "slug", "note", "scale name"),
    SCALE: ("level", "name", "gist", "band", "band slug", "stands by itself"),
    PROFILES: (
        "slug",
        "title",
        "order",
        "purpose",
        "runs through all",
        "also called",
        "holds at every level",
    ),
    ASPECTS: ("profile", "slug", "title"),
    QUESTIONS: ("profile", "question", "aspect"),
    GOALS: ("profile", "goal", "verb", "practice", "with whom", "count", "unit", "when", "aspect", "level"),
    PROVENANCE: ("what", "text", "name"),
}
"""The aspects have a column a level as well, “level 1”, “level 2”…, and after those what stands in their head."""

CALLED: dict[str, dict[str, str]] = {
    ASPECTS: {
        "practice profile": "profile",
        "profile title": "profile",
        "essential function": "title",
        "core component": "title",
        "skill aspect": "title",
        "aspect": "title",
        "skill": "title",
    }
}
"""Columns by what other practice profiles call them."""

HEAD = ("definition", "what may be looked at", "where it applies", "looks like it", "occasions")

ALSO: dict[str, tuple[str, ...]] = {ASPECTS: ("edition", "edition title", "purpose", "order", *HEAD)}
"""The head, and columns for a file that has no other table."""

DIVIDER = "|"
"""Between several lines in one cell."""

NEEDED: dict[str, tuple[str, ...]] = {
    EDITION: ("edition",),
    SCALE: ("level", "name", "band"),
    PROFILES: ("title",),
    ASPECTS: ("profile", "title"),
    QUESTIONS: ("profile", "question"),
    GOALS: ("profile", "goal", "practice", "with whom", "count", "unit", "when"),
    PROVENANCE: ("what", "text"),
}

FIELD: dict[tuple[str, str], str] = {
    (EDITION, "note"): "use_rule",
    (SCALE, "level"): "number",
    (SCALE, "stands by itself"): "stands_alone",
    (PROFILES, "runs through all"): "cross_cutting",
    (GOALS, "goal"): "text",
    (GOALS, "with whom"): "with_whom",
    (ASPECTS, "what may be looked at"): "evidence",
    (ASPECTS, "where it applies"): "applies",
    (ASPECTS, "looks like it"): "lookalike",
    (PROFILES, "also called"): "aliases",
    (PROFILES, "holds at every level"): "at_every_level",
}
"""What the format calls a column that people know by another name."""
