"""What PostgreSQL makes of a query to which its policies add their conditions."""

from django.db import connection

from coaching.models import Correction
from sopcoach.requests.actor import acting_as
from tests.cast import make_cast
from tests.coaching import steps
from tests.profiles.factories import small_edition
from tests.roles import before_the_wall


def test_no_policy_is_compiled_for_seconds_before_it_is_asked(db: None) -> None:
    """Compiled, the corrections of a review took three seconds and two cores' whole attention; a press seemed lost."""
    small_edition()
    cast = make_cast()
    steps.ready_for_review(cast.wanda, cast.sam)
    with before_the_wall(), acting_as(cast.sam), connection.cursor() as cursor:
        # whatever the tables' statistics make of its cost just now
        cursor.execute("SET jit_above_cost = 0")
        try:
            assert "JIT:" not in Correction.objects.visible_to(cast.sam).explain(analyze=True)
            cursor.execute("SET jit = on")
            assert "JIT:" in Correction.objects.visible_to(cast.sam).explain(analyze=True)  # as it would be
        finally:
            cursor.execute("RESET jit")
            cursor.execute("RESET jit_above_cost")
