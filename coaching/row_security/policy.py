"""The second depth of the wall: PostgreSQL itself says who may read and write which row (docs/security.md, ADR 8).

Each model with personal rows declares a `wall`. After every `migrate` the policies are made anew from these
declarations, so that what stands in the code is what the database does. The policies repeat `visible_to`: either alone
keeps a row from those who may not read it.

What a policy can't ask, a trigger on the table does (ADR 14): what an update changes, whether a row and what it names
have one keeper, and what would recurse. It stands for the same roles as the policies.
"""

from dataclasses import dataclass

from django.apps import apps
from django.db import models

from coaching.row_security.conditions import ADMINISTERS, NOBODY, both, either, mine, system
from sopcoach.mailing.models import INVITATION


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


BELOW = {
    "sopcoach.SentForm": Wall(
        read=either(mine("person_id"), system("retention")),
        insert=mine("person_id"),
        update=mine("person_id"),
        delete=either(mine("person_id"), system("retention")),
        changes=(change("sealed", "sent_at"),),
    ),
    "sopcoach.Letter": Wall(
        read=either(
            both(ADMINISTERS, f"{{t}}.given_up_at IS NOT NULL OR {{t}}.template = '{INVITATION}'"),
            system("mailing", "retention"),
        ),
        insert=both(system("mailing"), "{t}.tries = 0", "{t}.given_up_at IS NULL"),
        update=system("mailing"),
        delete=system("mailing", "retention"),
        changes=(
            change("due_at", "tries", "given_up_at"),
            change("template", "by_id", "old_address", "ip", "until_on", when="{t}.given_up_at IS NOT NULL"),
        ),
    ),
    "sopcoach.Notice": Wall(
        read=either(mine("person_id"), system("mailing", "reminding", "retention")),
        insert=system("mailing"),
        delete=either(mine("person_id"), system("mailing", "reminding", "retention")),
    ),
    "sopcoach.CalendarFeed": Wall(
        read=either(mine("person_id"), system("calendar")),
        insert=mine("person_id"),
        update=either(mine("person_id"), system("calendar")),
        delete=mine("person_id"),
        changes=(
            change("title", when=mine("person_id")),
            change("looked_up_at", when=system("calendar")),
        ),
    ),
    "sopcoach.AccountChange": Wall(
        read=either(mine("person_id"), system("accounts", "retention")),
        insert=system("accounts"),
        delete=system("retention"),
    ),
    "sopcoach.MailChoice": Wall(
        read=either(mine("person_id"), system("mailing", "reminding")),
        insert=either(mine("person_id"), system("mailing", "reminding")),
        update=either(mine("person_id"), system("mailing", "reminding")),
        changes=(
            change("hour", when=mine("person_id")),
            change("refused", when=either(mine("person_id"), system("mailing"))),
            change("gathered_on", when=system("reminding")),
        ),
    ),
}
"""Walls of tables in the apps below, which know nothing of the wall."""


def walled_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if hasattr(model, "wall") or model._meta.label in BELOW]


def wall_of(model: type[models.Model]) -> Wall:
    below = BELOW.get(model._meta.label)
    return below or model.wall  # type: ignore[attr-defined]
