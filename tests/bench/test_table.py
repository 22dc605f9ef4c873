import json

import pytest
from django.urls import Resolver404, resolve

from tests.bench.measuring import Figure
from tests.bench.requests import MAIN, WRITES
from tests.bench.table import rows_of, told, write
from tests.bench.urls_of import BARE


def figures(*, slow: str = "") -> dict[str, Figure]:
    names = ("bare", "catalogue", *MAIN, *WRITES)
    return {
        name: Figure(name, 1 if name == "bare" else 30 if name == slow else 8, 40, 5, 7, 9000, is_write=False)
        for name in names
    }


def test_the_bare_view_is_no_route_of_the_product():
    with pytest.raises(Resolver404):
        resolve(BARE)


def test_a_row_that_falls_short_is_named_and_stops_nothing(tmp_path):
    found = figures(slow="movement")
    short = [row for row in rows_of(found) if row.verdict == "FALLS SHORT"]
    assert [(row.what, row.of) for row in short] == [("x bare", "movement"), ("x catalogue", "movement")]
    assert "x bare: movement                              30     25     15  FALLS SHORT" in told(found, {})
    write(tmp_path / "bench.json", found, {"cores": "2"})
    written = json.loads((tmp_path / "bench.json").read_text())
    assert written["must_show"][5]["verdict"] == "FALLS SHORT"
    assert len(written["figures"]) == len(found)
