"""The second depth of the wall: PostgreSQL itself says who may read and write which row (docs/security.md, ADR 8).

Each model with personal rows declares a `wall`. After every `migrate` the policies are made anew from these
declarations, so that what stands in the code is what the database does. The policies repeat `visible_to`: either alone
keeps a row from those who may not read it.

A policy reads at most the partnership and the releases, whose own policies look at their own columns only, and what its
row belongs to (an entry's goal, a goal's focus); policies that look into each other's tables recurse.

What a policy can't ask, a trigger on the table does (ADR 14): what an update changes, whether a row and what it names
have one keeper, and what would recurse. It stands for the same roles as the policies.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

ME = "app_me()"
COACH = "app_coach()"
"""Whoever asks, as a side or a seat of somebody’s coaching; nobody where that is an administrator (ADR 20)."""
NOBODY = "false"

_EXISTS = "EXISTS (SELECT 1 FROM %s WHERE %s)"


def exists(table: str, condition: str) -> str:
    """That there is such a row; `table` comes with its alias."""
    return _EXISTS % (table, condition)


def _keeper(condition: str) -> str:
    return exists("coaching_partnership keeper", f"keeper.id = {{t}}.partnership_id AND ({condition})")


IN_CONTENT = _keeper(
    f"keeper.worker_id = {ME} OR (keeper.supervisor_id = {ME} AND keeper.engagement <> 'ended')"
)
"""The worker for ever, the supervisor until the partnership ends."""
BY_WORKER = _keeper(f"keeper.worker_id = {ME}")
BY_SUPERVISOR = _keeper(f"keeper.supervisor_id = {ME} AND keeper.engagement <> 'ended'")
BY_EITHER = _keeper(f"{ME} IN (keeper.worker_id, keeper.supervisor_id)")
"""Both sides, also after it has ended."""


def released(link: str) -> str:
    """What the worker has released to a next supervisor. `link` says by which release `r`, in terms of {t}."""
    return exists("coaching_release r", f"r.reader_id = {COACH} AND r.taken_back_at IS NULL AND {link}")


def _same_aspect(focus: str) -> str:
    return f"r.partnership_id = {focus}.partnership_id AND r.aspect_slug = {focus}.aspect_slug"


RELEASED_ASPECT = released(_same_aspect("{t}"))
RELEASED_FOCUS = released(exists("coaching_focus f", f"f.id = {{t}}.focus_id AND {_same_aspect('f')}"))
RELEASED_SESSION = released("r.session_id = {t}.session_id AND r.partnership_id = {t}.partnership_id")


def mine(column: str) -> str:
    return f"{{t}}.{column} = {ME}"


def seated(column: str) -> str:
    """That the row names whoever asks, and they may be in coaching at all: no administrator is."""
    return f"{{t}}.{column} = {COACH}"


ADMINISTERS = exists("sopcoach_user a", f"a.id = {ME} AND a.is_active AND a.is_administrator")


def no_administrator(column: str) -> str:
    """That the person of this column isn't one, whoever writes the row."""
    return exists("sopcoach_user person", f"person.id = {{t}}.{column} AND NOT person.is_administrator")


def system(*names: str) -> str:
    return " OR ".join(f"app_system() = '{name}'" for name in names)


def both(*conditions: str) -> str:
    return " AND ".join(f"({condition})" for condition in conditions)


def either(*conditions: str) -> str:
    return " OR ".join(f"({condition})" for condition in conditions)


@dataclass(frozen=True)
class Change:
    """Columns that may change where `when` holds, in which {t} is the row as it becomes and {old} as it was."""

    columns: tuple[str, ...]
    when: str = "true"


def change(*columns: str, when: str = "true") -> Change:
    return Change(columns, when)


def once(column: str, when: str = "true") -> Change:
    """A column that is empty until somebody fills it, and then stays."""
    return Change((column,), both(f"{{old}}.{column} IS NULL", when))


@dataclass(frozen=True)
class Wall:
    """Who may do what to a model's rows, as SQL conditions in which {t} is its table.

    `update` says how a row may be left; which rows an update, or a lock, may find are those that can be read. `changes`
    names the columns that an update may change: a column in none of them never does. `begins` says what holds of a new
    row besides `insert`, where a policy would look back into its own table.
    """

    read: str
    insert: str
    update: str = NOBODY
    delete: str = NOBODY
    changes: tuple[Change, ...] = ()
    begins: str = "true"


FUNCTIONS = (
    """CREATE OR REPLACE FUNCTION app_me() RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT nullif(current_setting('app.user_id', true), '')::bigint $$""",
    """CREATE OR REPLACE FUNCTION app_coach() RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT nullif(current_setting('app.coach_id', true), '')::bigint $$""",
    """CREATE OR REPLACE FUNCTION app_system() RETURNS text LANGUAGE sql STABLE AS
    $$ SELECT nullif(current_setting('app.system', true), '') $$""",
)


BELOW = {
    "sopcoach.SentForm": Wall(
        read=either(mine("person_id"), system("retention")),
        insert=mine("person_id"),
        update=mine("person_id"),
        delete=either(mine("person_id"), system("retention")),
        changes=(change("sealed", "sent_at"),),
    ),
}
"""Walls of tables in the apps below, which know nothing of the wall."""


def walled_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if hasattr(model, "wall") or model._meta.label in BELOW]


def wall_of(model: type[models.Model]) -> Wall:
    below = BELOW.get(model._meta.label)
    return below or model.wall  # type: ignore[attr-defined]


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
    return f"""CREATE OR REPLACE FUNCTION {_function(model)}() RETURNS trigger LANGUAGE plpgsql AS $wall$
BEGIN
    IF NOT row_security_active(TG_RELID) THEN
        RETURN NEW;
    END IF;
    {body}
    RETURN NEW;
END $wall$"""


def _function(model: type[models.Model]) -> str:
    return f"{model._meta.db_table}_wall"


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
        f"EXECUTE FUNCTION {_function(model)}()",
    ]


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
