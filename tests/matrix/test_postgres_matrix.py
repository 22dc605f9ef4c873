"""The second depth alone: with every `visible_to` thrown open, the database still says no."""

import pytest
from django.apps import apps
from django.db import connection

from tests.matrix.test_matrix import PARTS, differences, of_all_parts
from tests.matrix.world import make_world
from tests.roles import before_the_wall


@pytest.fixture
def no_visible_to(monkeypatch: pytest.MonkeyPatch) -> int:
    opened = 0
    for model in apps.get_app_config("coaching").get_models():
        queryset = type(model._default_manager.get_queryset())
        for cls in {queryset, type(model._default_manager)}:
            if hasattr(cls, "visible_to"):
                monkeypatch.setattr(cls, "visible_to", lambda self, user: self.all())
                opened += 1
    return opened


@pytest.mark.parametrize("part", PARTS)
def test_the_matrix_holds_with_visible_to_thrown_open(db, no_visible_to, part, record_property):
    world = make_world()
    assert no_visible_to > 20
    with before_the_wall(), connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
    found = differences(world, part)
    if found:
        pytest.fail("tests/matrix/table.txt says otherwise:\n" + "\n".join(found))
    record_property("matrix_without_visible_to", of_all_parts())
