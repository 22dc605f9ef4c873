"""A copy of the content's database as a thief would have it, and what people have written in it."""

import shutil
import subprocess
from collections.abc import Iterator

from django.apps import apps
from django.db import connection

from coaching.models.base import NarrativeField


def dump() -> str:
    """All of the content's database as text, as its own tool writes it. What is written must be committed."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        return "\n".join(connection.connection.iterdump())
    name = connection.settings_dict["NAME"]
    # as the superuser of the throwaway server: a backup role walks past the row-level policies
    ran = subprocess.run(
        [shutil.which("pg_dump") or "pg_dump", "--username=postgres", "--dbname", name],
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout


def narratives() -> Iterator[tuple[type, NarrativeField]]:
    for model in apps.get_app_config("coaching").get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, NarrativeField):
                yield model, field


def texts_of_people(shortest: int = 12) -> list[str]:
    """Every text that somebody has written, opened. Shorter ones are words that stand in the catalogue, too."""
    return [
        text
        for model, field in narratives()
        for row in model._base_manager.all()
        if len(text := getattr(row, field.name)) >= shortest
    ]
