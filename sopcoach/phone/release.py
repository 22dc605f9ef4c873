"""What this release is made of, so that a phone never shows a page of one with the files of another."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

MADE_OF = ("coaching", "profiles", "sopcoach", "static", "templates")
FROM_LIBRARIES = ("django_htmx/htmx-2.min.js",)
NEEDED = {".js", ".css", ".svg", ".woff2"}


@cache
def release() -> str:
    """A name for this release that changes with any of its own files, and with nothing else."""
    made_of = hashlib.sha256()
    for path in sorted(path for part in MADE_OF for path in _files(part) if path.suffix != ".pyc"):
        made_of.update(path.relative_to(settings.BASE_DIR).as_posix().encode() + b"\0")
        made_of.update(path.read_bytes())
    return made_of.hexdigest()[:16]


def shell_files() -> list[str]:
    """The addresses of whatever a page needs beside itself."""
    ours = (path.relative_to(settings.BASE_DIR / "static") for path in _files("static"))
    names = sorted(path.as_posix() for path in ours if path.suffix in NEEDED and path.parts[0] != "js")
    return [static(name) for name in (*names, *FROM_LIBRARIES)]


def _files(part: str) -> list[Path]:
    return [path for path in (settings.BASE_DIR / part).rglob("*") if path.is_file()]
