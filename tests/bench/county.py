# ruff: noqa: S608  (names of tables and columns come from the models)
"""An agency of many pairs, made in minutes: one pair of the demo with all its history, copied by SQL.

The copies keep the shape of their rows and lie in the same tables, behind the same policies. Their sealed words can't be
opened, for no keys are made for them: those who are measured are the demo's own people, with real ones.

Run as a module, with the settings of the bench and the size as its argument; it needs a superuser of the database.
"""

import os
import sys
import time
from collections.abc import Iterator

import django
import psycopg
from django.apps import apps
from django.db import models

WORKERS_OF_A_SUPERVISOR = 12
PEOPLE_OF_A_UNIT = 25
ENTRIES = 100
"""Practice entries of a pair, about: five years of a few in a month."""
BATCH = 10_000
"""Pairs that are copied in one statement."""


def copied_models() -> list[type[models.Model]]:
    """Everything that belongs to a pair, and the pair itself first."""
    from coaching.models import Partnership  # noqa: PLC0415  (the apps are there by now)

    of_a_pair = [
        model
        for model in apps.get_models()
        if any(field.name == "partnership" for field in model._meta.concrete_fields)
    ]
    return [Partnership, *of_a_pair]


def _columns(model: type[models.Model], copied: set[type[models.Model]]) -> Iterator[tuple[str, str]]:
    """Each column with the SQL of its value in copy `k` of a row `t`."""
    from sopcoach.models import User  # noqa: PLC0415

    for field in model._meta.concrete_fields:
        column = f"t.{field.column}"
        target = field.related_model
        if field.primary_key or target in copied:
            yield field.column, f"md5({column}::text || k)::uuid"
        elif target is User:
            yield (
                field.column,
                f"CASE {column} WHEN %(worker)s THEN %(workers_from)s + k "
                f"WHEN %(supervisor)s THEN %(supervisors_from)s + k / {WORKERS_OF_A_SUPERVISOR} ELSE {column} END",
            )
        elif isinstance(field, models.UUIDField):
            yield field.column, f"md5({column}::text || k)::uuid"
        elif field.unique and isinstance(field, models.CharField):
            yield field.column, f"left(md5({column} || k), {field.max_length})"
        else:
            yield field.column, column


def _copy(model: type[models.Model], copied: set[type[models.Model]]) -> str:
    names, values = zip(*_columns(model, copied), strict=True)
    table = model._meta.db_table
    keeper = "id" if model._meta.label == "coaching.Partnership" else "partnership_id"
    return (
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} "
        f"FROM {table} t, generate_series(%(first)s::int, %(last)s::int) k WHERE t.{keeper} = %(pair)s"
    )


def _people(user: type[models.Model]) -> str:
    """Workers, or supervisors, as copies of one of them; `%(start)s` is the key after which they come."""
    columns, values = [], []
    for field in user._meta.concrete_fields:
        column = f"t.{field.column}"
        columns.append(field.column)
        if field.primary_key:
            values.append("%(start)s + k")
        elif field.name == "email":
            values.append("(%(start)s + k) || '@county.example'")
        elif field.name == "unit":
            values.append(
                f"(SELECT (array_agg(id))[1 + mod(k / {PEOPLE_OF_A_UNIT}, count(*)::int)] FROM sopcoach_unit)"
            )
        elif field.name in ("name", "name_folded", "called", "called_folded"):
            values.append(f"CASE {column} WHEN '' THEN '' ELSE {column} || ' ' || to_hex(k) END")
        elif field.unique:
            values.append(f"left(md5({column}::text || k), 32)")
        else:
            values.append(column)
    table = user._meta.db_table
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "
        f"FROM {table} t, generate_series(0, %(count)s::int) k WHERE t.id = %(person)s"
    )


def grow(
    pairs: int, *, worker: str, supervisor: str, dbname: str = "app", entries_of_a_pair: int = ENTRIES
) -> dict[str, int]:
    """Let the agency have so many pairs as that of `worker` and `supervisor` (their e-mails). Returns rows by table."""
    from coaching.models import PracticeEntry  # noqa: PLC0415
    from sopcoach.models import User  # noqa: PLC0415

    every = copied_models()
    copied = set(every)
    with psycopg.connect(
        host=os.environ["PGHOST"], user="postgres", dbname=dbname, autocommit=True
    ) as database:
        # no trigger and no look for what a key names: the rows are copies of such as have been let in
        database.execute("SET session_replication_role = replica")
        found = database.execute(
            "SELECT w.id, s.id, p.id FROM coaching_partnership p JOIN sopcoach_user w ON w.id = p.worker_id "
            "JOIN sopcoach_user s ON s.id = p.supervisor_id WHERE w.email = %s AND s.email = %s AND p.engagement = 'formal'",
            (worker, supervisor),
        ).fetchone()
        if found is None:
            raise SystemExit(f"{worker} and {supervisor} are no pair here.")
        worker_id, supervisor_id, pair = found
        (last,) = database.execute("SELECT max(id) FROM sopcoach_user").fetchone() or (0,)
        asked = {
            "worker": worker_id,
            "supervisor": supervisor_id,
            "pair": pair,
            "workers_from": last + 1,
            "supervisors_from": last + pairs + 2,
        }
        database.execute(_people(User), {"start": last + 1, "count": pairs, "person": worker_id})
        supervisors = {
            "start": last + pairs + 2,
            "count": pairs // WORKERS_OF_A_SUPERVISOR + 1,
            "person": supervisor_id,
        }
        database.execute(_people(User), supervisors)
        (entries,) = database.execute(
            "SELECT count(*) FROM coaching_practiceentry WHERE partnership_id = %s", (pair,)
        ).fetchone() or (0,)
        for first in range(1, pairs + 1, BATCH):
            span = asked | {"first": first, "last": min(first + BATCH - 1, pairs)}
            for model in every:
                times = max(entries_of_a_pair // max(entries, 1), 1) if model is PracticeEntry else 1
                for n in range(times):
                    # each time over with keys of its own, in the same goals
                    again = _copy(model, copied).replace(
                        "md5(t.id::text || k)", f"md5(t.id::text || k || '{'+' * n}')"
                    )
                    again = again.replace(
                        "md5(t.client_key::text || k)", f"md5(t.client_key::text || k || '{'+' * n}')"
                    )
                    database.execute(again, span)
        database.execute("VACUUM ANALYZE")
        return {
            model._meta.db_table: (
                database.execute(f"SELECT count(*) FROM {model._meta.db_table}").fetchone() or (0,)
            )[0]
            for model in (User, *every)
        }


def main() -> None:
    django.setup()
    began = time.monotonic()
    rows = grow(int(sys.argv[1]), worker=sys.argv[2], supervisor=sys.argv[3])
    for table, count in sorted(rows.items(), key=lambda row: -row[1]):
        if count:
            sys.stdout.write(f"{table:32} {count:>12,}\n")
    sys.stdout.write(f"made in {time.monotonic() - began:.0f} s\n")


if __name__ == "__main__":
    main()
