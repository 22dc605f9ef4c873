"""The page of a pair: where the two are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coaching.models import Placement, Promise
from coaching.models.carried import carry
from tests.coaching import steps
from tests.limits import MOST_QUERIES

pytestmark = pytest.mark.both_databases


def test_the_page_of_a_pair_asks_the_database_the_same_however_much_is_on_it(session, cast, client_for):
    partnership = session.partnership
    page = reverse("partnership", args=[partnership.slug])

    def count(person) -> int:
        client = client_for(person)
        client.get(page)  # the first page writes that it was opened
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    few = [count(cast.wanda), count(cast.sam)]
    for aspect in steps.aspects_of(partnership)[:3]:
        carry([Placement.place(aspect, by=cast.wanda, level=3)], into=partnership, by=cast.wanda)
    session.open(by=cast.wanda)
    for n in range(12):
        Promise.make(session, by=cast.wanda, text=f"Thing {n}", due_on=timezone.localdate())
    assert [count(cast.wanda), count(cast.sam)] == few
    assert max(few) <= MOST_QUERIES
