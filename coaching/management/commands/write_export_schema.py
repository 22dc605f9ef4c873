"""`manage.py write_export_schema`: write the JSON Schema of an export anew from its shape (docs/export.md)."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from coaching.record.views import ADAPTER

FILE = Path(settings.BASE_DIR) / "docs" / "export.schema.json"


def written() -> str:
    return json.dumps(ADAPTER.json_schema(), indent=2, ensure_ascii=False) + "\n"


class Command(BaseCommand):
    help = "Write docs/export.schema.json anew from coaching/record/shape.py."

    def handle(self, *args: Any, **options: Any) -> None:
        FILE.write_text(written(), encoding="utf-8")
        self.stdout.write(f"Written: {FILE.name}, {len(FILE.read_text().splitlines())} lines.")
