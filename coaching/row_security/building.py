"""Builds in the database what the models declare: after every migrate, in one transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from coaching.row_security.memberships import MEMBERSHIPS
from coaching.row_security.policy import wall_of, walled_models
from coaching.row_security.triggers import function_of, trigger

FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION app_me() RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT nullif(pg_catalog.current_setting('app.user_id', true), '')::bigint $$""",
    """CREATE OR REPLACE FUNCTION app_coach() RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT nullif(pg_catalog.current_setting('app.coach_id', true), '')::bigint $$""",
    """CREATE OR REPLACE FUNCTION app_system() RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT nullif(pg_catalog.current_setting('app.system', true), '') $$""",
    *(membership.sql for membership in MEMBERSHIPS),
)


def statements(model: type[models.Model]) -> list[str]:
    """The SQL that builds a model's part of the wall; it may be run again and again."""
    table = model._meta.db_table
    wall = wall_of(model)
    read, insert, update, delete = (
        condition.replace("{t}", table) for condition in (wall.read, wall.insert, wall.update, wall.delete)
    )
    made = {
        "read": f"FOR SELECT USING ({read})",
        "insert": f"FOR INSERT WITH CHECK ({insert})",
        "update": f"FOR UPDATE USING ({read}) WITH CHECK ({update})",
        "delete": f"FOR DELETE USING ({delete})",
    }
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        *(f"DROP POLICY IF EXISTS wall_{name} ON {table}" for name in made),
        *(f"CREATE POLICY wall_{name} ON {table} {rule}" for name, rule in made.items()),
        trigger(model),
        f"CREATE OR REPLACE TRIGGER wall BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW "
        f"EXECUTE FUNCTION {function_of(model)}()",
    ]


def written() -> str:
    """The whole wall as SQL, in the order in which it is built: what `wall.sql` holds, so that a change shows in a diff."""
    parts = ["\n\n".join(f"{function};" for function in FUNCTIONS)]
    for model in sorted(walled_models(), key=lambda model: model._meta.db_table):
        parts.append(f"-- {model._meta.label}\n\n" + "\n".join(f"{one};" for one in statements(model)))
    return "\n\n".join(parts) + "\n"


@contextmanager
def past_the_wall(schema_editor: BaseDatabaseSchemaEditor, *tables: str) -> Iterator[None]:
    """Let a migration read and change every row of these tables, which it owns; without this an update changes none.

    The wall stands again when the block ends, or with the transaction when it fails.
    """
    if schema_editor.connection.vendor != "postgresql":
        yield
        return
    names = [schema_editor.quote_name(table) for table in tables]
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # no table is altered while a check of it waits
    for name in names:
        schema_editor.execute(f"ALTER TABLE {name} NO FORCE ROW LEVEL SECURITY")
    yield
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name in names:
        schema_editor.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")


def build(using: str = "default", **kwargs: object) -> None:
    """Build the wall, in one transaction. Does nothing on a database that has no policies."""
    connection = connections[using]
    if using != "default" or connection.vendor != "postgresql":
        return
    present = set(connection.introspection.table_names())
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in FUNCTIONS:
            cursor.execute(statement)
        for model in walled_models():
            if model._meta.db_table in present:
                for statement in statements(model):
                    cursor.execute(statement)
