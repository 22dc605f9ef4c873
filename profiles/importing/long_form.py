"""A table of skill aspects with a row a level, made into one with a column a level."""

from profiles.importing.headings import level_in
from profiles.importing.source import Problem
from profiles.importing.tables import Grid, plain

LEVEL = "level"
TEXTS = ("description", "descriptor", "text", "what it looks like")


def widened(grid: Grid) -> Grid:
    """The same table with a column a level, if it has a row a level; else as it is.

    Rows that agree in everything but the level and its description are one aspect. What is wrong with a row is put
    beside what else the grid has to tell.
    """
    if not grid.rows:
        return grid
    heading_number, heading = grid.rows[0]
    names = [plain(title) for title in heading]
    text = next((names.index(name) for name in TEXTS if name in names), None)
    if LEVEL not in names or text is None or "title" not in names:
        return grid
    level = names.index(LEVEL)
    key = [place for place in range(len(names)) if place not in {level, text}]
    levels: dict[int, str] = {}
    aspects: dict[tuple[str, ...], tuple[int, list[str], dict[int, str]]] = {}
    wide = Grid(grid.name, grid.place, told=list(grid.told), aside=list(grid.aside))
    for number, texts in grid.rows[1:]:
        padded = [*texts, *[""] * (len(names) - len(texts))]
        found = level_in(padded[level])
        if found is None:
            sentence = "Write the number of the level that this row describes, such as 2."
            wide.told.append(Problem(grid.at(number, level), sentence))
            continue
        about = [padded[place] for place in key]
        _, _, described = aspects.setdefault(tuple(map(plain, about)), (number, about, {}))
        if found[0] in described:
            wide.told.append(
                Problem(grid.at(number, level), f"Level {found[0]} of this aspect stands twice.")
            )
            continue
        levels.setdefault(found[0], found[1])
        described[found[0]] = padded[text]
    ordered = sorted(levels)
    titles = [f"level {number}{f': {levels[number]}' if levels[number] else ''}" for number in ordered]
    wide.rows = [(heading_number, [*(heading[place] for place in key), *titles])]
    wide.rows += [
        (number, [*about, *(described.get(level, "") for level in ordered)])
        for number, about, described in aspects.values()
    ]
    return wide
