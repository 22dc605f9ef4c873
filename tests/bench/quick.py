"""SQLite and the demo's people: a figure for each main page in under two minutes."""

import base64
import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.measuring import measure
from tests.bench.requests import Desk, bare
from tests.bench.server import ROOT, serving
from tests.bench.table import machine, told, write

FILE = ROOT / "var" / "bench-quick.json"


def main() -> None:
    about = machine() | {"database": "SQLite, the demo’s people"}
    with tempfile.TemporaryDirectory(prefix="sopcoach-bench-") as place:
        environment = _environment(Path(place))
        subprocess.run(
            [sys.executable, "manage.py", "prepare_demo", "--static"],
            cwd=ROOT,
            env=os.environ | environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        with serving(environment) as base:
            desk = Desk(base, worker="wanda@demo.example", supervisor="sam@demo.example")
            figures = measure(desk.requests(), beside=bare(base))
    sys.stdout.write(told(figures, about))
    write(FILE, figures, about)
    sys.stdout.write(f"\n\nWritten to {FILE.relative_to(ROOT)}.\n")


def _environment(place: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "SOPCOACH_KEYS": base64.b64encode(os.urandom(32)).decode(),
        "SOPCOACH_DEMO": "1",
        "DEBUG": "0",
        "EMAIL_URL": "",
        "DATABASE_URL": f"sqlite:///{place}/bench.sqlite3",
        "KEYS_DATABASE_URL": f"sqlite:///{place}/keys.sqlite3",
    }


if __name__ == "__main__":
    main()
