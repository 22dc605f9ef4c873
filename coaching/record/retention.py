"""How long things about people are kept: docs/data_retention.yaml, read, checked, and done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models, router, transaction
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from coaching.models.erasing import finish_erasures
from sopcoach.requests.actor import acting_as_system

SCHEDULE = Path(settings.BASE_DIR, "docs", "data_retention.yaml")
APPS = frozenset({"coaching", "account", "mfa", "usersessions", "sessions", "vault"})
"""Apps all of whose tables are about people."""
MODELS = frozenset(
    {
        "sopcoach.User",
        "sopcoach.SentForm",
        "sopcoach.Letter",
        "sopcoach.Notice",
        "sopcoach.MailChoice",
        "sopcoach.CalendarFeed",
        "sopcoach.AccountChange",
        "sopcoach.Identity",
        "django_tasks_database.DBTaskResult",
        "socialaccount.SocialAccount",
        "socialaccount.SocialToken",
    }
)
"""Tables about people in other apps."""


class Deletion(BaseModel):
    """Rows go once the field `since` lies `days` back, where `where` holds."""

    model_config = ConfigDict(extra="forbid")

    since: str
    days: int = Field(ge=0)
    where: dict[str, str | int | bool | None] = {}


class Entry(BaseModel):
    """What is kept in one table, and how long."""

    model_config = ConfigDict(extra="forbid")

    fields: list[str]
    period: str = Field(min_length=5)
    erasure: str = Field(min_length=5)
    delete: list[Deletion] = []


type Schedule = dict[str, Entry]


class ScheduleError(Exception):
    """The schedule can't be read. The message says where."""


@dataclass(frozen=True)
class Due:
    """What one line of the schedule finds today."""

    model: type[models.Model]
    deletion: Deletion
    count: int


def read_schedule(path: Path = SCHEDULE) -> Schedule:
    """Raises ScheduleError for a file that isn't there or doesn't say what an entry has to say."""
    try:
        return TypeAdapter(dict[str, Entry]).validate_python(yaml.safe_load(path.read_text()))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ScheduleError(f"{path.name}: {error}") from error


def about_people() -> dict[str, type[models.Model]]:
    """Every table about people, by its label."""
    return {
        model._meta.label: model
        for model in apps.get_models()
        if model._meta.app_label in APPS or model._meta.label in MODELS
    }


def fields_of(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.concrete_fields if not field.primary_key}


def problems(schedule: Schedule) -> Iterator[str]:
    """What the schedule leaves out, and what it says of nothing."""
    tables = about_people()
    for label in sorted(tables.keys() | schedule.keys()):
        if label not in schedule:
            yield f"{label} is missing."
        elif label not in tables:
            yield f"{label} is no table about people."
        else:
            written, there = set(schedule[label].fields), fields_of(tables[label])
            yield from (f"{label}.{name} is missing." for name in sorted(there - written))
            yield from (f"{label}.{name} isn’t there any more." for name in sorted(written - there))
            yield from _bad_deletions(tables[label], schedule[label])


def _bad_deletions(model: type[models.Model], entry: Entry) -> Iterator[str]:
    for deletion in entry.delete:
        try:
            str(_rows(model, deletion, datetime.now().astimezone()).query)
        except (FieldError, TypeError, ValueError) as error:
            yield f"{model._meta.label}, delete since {deletion.since}: {error}"


def _rows(model: type[models.Model], deletion: Deletion, now: datetime) -> models.QuerySet[Any]:
    before = now - timedelta(days=deletion.days)
    return model._default_manager.filter(**{f"{deletion.since}__lt": before}, **deletion.where)


def apply(schedule: Schedule, now: datetime, *, dry_run: bool = False) -> Iterator[Due]:
    """Delete what is over its period, each line of the schedule in a transaction of its own, keys included."""
    tables = about_people()
    for label, entry in schedule.items():
        for deletion in entry.delete:
            model = tables[label]
            with transaction.atomic(using=router.db_for_write(model)), acting_as_system("retention"):
                rows = _rows(model, deletion, now)
                count = rows.count()
                if not dry_run:
                    rows.delete()
            yield Due(model, deletion, count)


def finish() -> int:
    """Destroy the keys that an erasure has left behind, and say how many."""
    with acting_as_system("retention"):
        return finish_erasures()
