"""The form table: every form of the product × what happens to people → what becomes of what was typed."""

from collections.abc import Callable, Iterator

import pytest

from tests.forms.happenings import HAPPENINGS, Happening
from tests.forms.rows import PARTS, Row, rows, that_take_a_form
from tests.forms.taking_back import taken_back
from tests.matrix.world import World, make_world

pytestmark = pytest.mark.both_databases


@pytest.fixture
def world(db) -> World:
    return make_world()


def test_every_form_has_a_row_and_every_row_a_form():
    written = [row.name for row in rows()]
    assert len(written) == len(set(written)), "a row stands twice"
    takes, has = that_take_a_form(), {row.route for row in rows()}
    assert takes - has == set(), "tests/forms/rows.py: a form has no row"
    assert has - takes == set(), "tests/forms/rows.py: a row has no form any more"


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_nothing_that_was_typed_is_lost_or_counted_twice(
    part: Callable[[], Iterator[Row]], world: World, record_property
):
    wrong = [problem for row in part() for problem in problems(row, world)]
    if wrong:
        pytest.fail("\n".join(wrong))
    record_property("forms", f"{len(rows())} forms × {len(HAPPENINGS)} happenings, in {len(PARTS)} parts")


@pytest.mark.parametrize("happening", HAPPENINGS, ids=str)
def test_whatever_is_left_out_of_a_happening_is_there_and_says_why(happening: Happening):
    names = [row.name for row in rows()]
    assert (happening.about is None) == (happening.without == "")
    for name, why in happening.exempt.items():
        assert why.endswith("."), name
        assert any(happening.fits(name, row) for row in names), f"{happening.name}: {name} is no row"


def problems(row: Row, world: World) -> Iterator[str]:
    """What goes wrong with a form, at each thing that happens to it; whatever was changed is taken back."""
    asked = [happening for happening in HAPPENINGS if not happening.reason(row.name)]
    if not asked:
        return
    with taken_back():
        arranged = row.arrange(world)
        for happening in asked:
            if happening.about and not happening.about(arranged.form):
                continue
            with taken_back():
                try:
                    found = happening.check(arranged.afresh())
                except Exception as error:  # one row's failure leaves the others to be seen
                    found = f"{type(error).__name__}: {error}"
            if found:
                yield f"{happening.name}, {row.name}: {found}"
