"""What pages wear: one stylesheet, made by bin/styles of styles/ (ADR 32)."""

import pytest

from styles.bundle import BOOTSTRAP, HERE, MADE, ON_PAPER, PARTS, bundle, classes, ours
from styles.used import beginnings, used

LONGEST = 300


def test_the_stylesheet_is_what_bin_styles_makes():
    assert MADE.read_text() == bundle(), "styles/ or what pages use has changed: run bin/styles"


def test_it_has_every_class_of_bootstrap_that_a_page_uses():
    of_bootstrap = classes(BOOTSTRAP.read_text())
    kept = classes(MADE.read_text())

    assert len(of_bootstrap) > 2000
    assert used(frozenset(of_bootstrap)) - kept == set()
    assert {"accordion", "carousel", "modal", "toast"} & kept == set()


def test_every_class_of_ours_is_on_some_page():
    own = classes(ours())
    everything = frozenset(own | classes(BOOTSTRAP.read_text()))
    assert own - used(everything) == set(), "no page has these classes: delete their rules"


def test_no_class_of_bootstrap_is_put_together():
    """Whoever looks for `col-sm-6` finds it."""
    assert [
        name for name in classes(BOOTSTRAP.read_text()) for rule in beginnings() if rule.fullmatch(name)
    ] == []


def test_every_part_is_in_it_once():
    parts = [*PARTS, *(f"print/{name}" for name in ON_PAPER)]
    files = [str(path.relative_to(HERE).with_suffix("")) for path in HERE.rglob("*.css")]
    assert sorted(parts) == sorted(name for name in files if not name.startswith("bootstrap/"))


@pytest.mark.parametrize("name", [*PARTS, *(f"print/{name}" for name in ON_PAPER)])
def test_a_part_is_read_in_one_go(name):
    assert len((HERE / f"{name}.css").read_text().splitlines()) <= LONGEST
