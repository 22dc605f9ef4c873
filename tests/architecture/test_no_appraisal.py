"""Never one number (product.md, 1.4): nothing computes or shows an average, a ranking or a percentage of people's levels."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
CODE = sorted(path for path in (ROOT / "coaching").rglob("*.py") if "migrations" not in path.parts)
PAGES = sorted(
    [
        *(ROOT / "templates" / "coaching").rglob("*.html"),
        *(ROOT / "templates" / "manage").rglob("*.html"),
        ROOT / "templates" / "home.html",
    ]
)
COMPUTES = {
    *("Avg", "StdDev", "Variance", "Rank", "DenseRank", "PercentRank", "CumeDist", "Ntile", "RowNumber"),
    *("statistics", "mean", "fmean", "median", "quantiles"),
}
SAYS = re.compile(
    r"\baverag|\brank(?:ed|ing|s)?\b|\bpercent|\d\s?%|}}\s?%|\bscore\b|\bleague|\bbest of\b|\bwidthratio\b",
    re.IGNORECASE,
)


def computed(source: str) -> set[str]:
    """Names in a module that make one number of many, or an order of people."""
    names = {
        name
        for node in ast.walk(ast.parse(source))
        for name in (
            getattr(node, "id", None),
            getattr(node, "attr", None),
            getattr(node, "name", None),
            getattr(node, "module", None),
        )
        if isinstance(name, str)
    }
    return names & COMPUTES


def said(template: str) -> list[str]:
    """Words that give people a place among others; what stands in a template's own comments says nothing to them."""
    return SAYS.findall(re.sub(r"{#.*?#}", "", template).replace("{%", "{").replace("%}", "}"))


def test_no_query_averages_or_ranks():
    assert {
        str(path.relative_to(ROOT)): found for path in CODE if (found := computed(path.read_text()))
    } == {}


@pytest.mark.parametrize("template", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_speaks_of_an_average_a_rank_or_a_percentage(template):
    assert said(template.read_text()) == []


def test_the_test_sees_them():
    assert computed("from django.db.models import Avg\nrows.aggregate(Avg('level'))") == {"Avg"}
    assert computed("import statistics\nstatistics.mean(levels)") == {"statistics", "mean"}
    assert said("an average of 4")
    assert said("{{ share }}%")
    assert said("{% widthratio level top 100 %}")
    assert not said("{% if level > 2 %}a franker word on the drawing{% endif %}")
