"""What no policy can ask, a trigger on the table does (ADR 14): what an update changes, whether a row and what it names have
one keeper, and what would recurse. It stands for the same roles as the policies.
"""

from collections.abc import Iterator

from django.db import models

from coaching.row_security.conditions import NOBODY, exists
from coaching.row_security.policy import wall_of

KEEPERS = ("partnership", "group")


def named_rows(model: type[models.Model]) -> Iterator[tuple[str, str, str]]:
    """The columns by which a row names another row of its keeper, with that row's table and the keeper's column."""
    own = {field.name: field for field in model._meta.concrete_fields}
    for field in own.values():
        target = field.related_model
        if isinstance(target, type) and issubclass(target, models.Model):
            theirs = {one.name for one in target._meta.concrete_fields}
            for keeper in KEEPERS:
                if keeper in own and keeper in theirs:
                    yield field.attname, target._meta.db_table, own[keeper].attname


def _unless(condition: str, *, keeps: str) -> str:
    """A statement of the trigger: NULL counts as no."""
    return f"""IF NOT coalesce(({condition}), false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'row-level security keeps ' || TG_TABLE_NAME || ': {keeps}';
    END IF;"""


def trigger(model: type[models.Model]) -> str:
    """The function that asks of a row, as it comes and as it changes, what no policy can."""
    wall = wall_of(model)
    when = {column: one.when for one in wall.changes for column in one.columns}
    columns = [field.attname for field in model._meta.concrete_fields]
    if unknown := when.keys() - set(columns):
        raise ValueError(
            f"{model.__name__}.wall lets columns change that it doesn’t have: {sorted(unknown)}."
        )
    asked = [_unless(f"TG_OP = 'UPDATE' OR ({wall.begins})", keeps="what it belongs to")]
    for column, table, keeper in named_rows(model):
        there = exists(f"{table} named", f"named.id = NEW.{column} AND named.{keeper} = NEW.{keeper}")
        settled = (
            f"NEW.{column} IS NULL OR (TG_OP = 'UPDATE' AND NEW.{column} IS NOT DISTINCT FROM OLD.{column})"
        )
        asked.append(_unless(f"{settled} OR {there}", keeps=f"{column} belongs to another"))
    for column in columns:
        same = f"TG_OP = 'INSERT' OR NEW.{column} IS NOT DISTINCT FROM OLD.{column}"
        may = when.get(column, NOBODY)
        asked.append(_unless(f"{same} OR ({may})", keeps=f"{column} stays"))
    body = "\n    ".join(asked).replace("{t}", "NEW").replace("{old}", "OLD")
    return f"""CREATE OR REPLACE FUNCTION {function_of(model)}() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    {body}
    RETURN NEW;
END $wall$"""


def function_of(model: type[models.Model]) -> str:
    return f"{model._meta.db_table}_wall"
