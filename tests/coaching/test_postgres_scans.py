"""In an agency of ten thousand pairs no main page reads a table of what people wrote from end to end (docs/performance.md)."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from django.urls import reverse

from coaching.row_security.policy import walled_models
from tests.bench.county import grow
from tests.cast import make_cast
from tests.coaching import steps
from tests.profiles.factories import small_edition

PAIRS = 10_000
PERSONAL = sorted(model._meta.db_table for model in walled_models())


@pytest.fixture
def superuser(transactional_db) -> Iterator[psycopg.Connection]:
    settings = connection.settings_dict
    with psycopg.connect(user="postgres", dbname=settings["NAME"], autocommit=True) as database:
        yield database


def scanned(superuser: psycopg.Connection, large: list[str]) -> dict[str, int]:
    """How often each of these tables was read from end to end, also by what policies, functions and triggers ask."""
    superuser.execute("SELECT pg_stat_clear_snapshot()")
    rows = superuser.execute(
        "SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname = ANY (%s)", [large]
    )
    return dict(rows.fetchall())


def test_main_pages_scan_no_personal_table(superuser, client_for):
    small_edition()
    cast = make_cast()
    session = steps.ready_for_review(cast.wanda, cast.sam)
    session.open(by=cast.wanda)
    session.say("purpose", by=cast.wanda, field="words", text="We start small.", revision=0)
    steps.practise(session.partnership.goals.get(), 2)
    steps.review(session)
    session = steps.close(session)
    session.open(by=cast.wanda)
    grow(
        PAIRS,
        worker=cast.wanda.email,
        supervisor=cast.sam.email,
        dbname=connection.settings_dict["NAME"],
        entries_of_a_pair=2,
    )
    counts = superuser.execute(
        "SELECT relname FROM pg_class WHERE relname = ANY (%s) AND reltuples >= %s", [PERSONAL, PAIRS]
    )
    large = sorted(name for (name,) in counts.fetchall())
    assert {"coaching_partnership", "coaching_goal", "coaching_practiceentry"} <= set(large)

    slug, focus = session.partnership.slug, session.partnership.focuses.get()
    pages = [
        reverse("home"),
        reverse("practice"),
        *(
            reverse(name, args=[slug])
            for name in ("partnership", "goals", "progress", "agreement", "sessions")
        ),
        reverse("session", args=[slug, session.number]),
        reverse("stage", args=[slug, session.number, "purpose"]),
        reverse("review_focus", args=[slug, session.number, focus.aspect_slug]),
    ]
    found: dict[str, dict[str, int]] = {}
    for person in (cast.wanda, cast.sam):
        client = client_for(person)
        for page in pages:
            before = scanned(superuser, large)
            assert client.get(page).status_code in (200, 302), page
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_stat_force_next_flush()")
            after = scanned(superuser, large)
            if more := {
                table: after[table] - before[table] for table in large if after[table] > before[table]
            }:
                found.setdefault(page, {}).update(more)
    assert found == {}


def test_the_test_sees_a_scan(superuser):
    before = scanned(superuser, ["coaching_goal"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM coaching_goal WHERE count > 3")
        cursor.execute("SELECT pg_stat_force_next_flush()")
    assert scanned(superuser, ["coaching_goal"])["coaching_goal"] > before["coaching_goal"]
