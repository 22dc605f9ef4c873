"""PostgreSQL with its disk's promises kept, at two sizes of agency: what a page costs must not grow with the agency.

`bin/bench` calls it once for each size, each on a database of its own, and then to compare the two.
"""

import base64
import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

from tests.bench.measuring import measure
from tests.bench.requests import Desk, bare
from tests.bench.server import ROOT, serving
from tests.bench.table import machine, told, write

WORKER, SUPERVISOR = "wanda@demo.example", "sam@demo.example"
MOST = 1.2
"""How many times as long a page may take in the larger agency."""


def file_of(pairs: int) -> Path:
    return ROOT / "var" / f"bench-{pairs}.json"


def at(pairs: int) -> None:
    """Make the agency in the database that the environment names, and measure there."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "SOPCOACH_KEYS": base64.b64encode(os.urandom(32)).decode(),
        "SOPCOACH_DEMO": "1",
        "DEBUG": "0",
        "EMAIL_URL": "",
    }
    run = {"cwd": ROOT, "env": os.environ | environment, "check": True}
    subprocess.run(
        [sys.executable, "manage.py", "prepare_demo", "--static"], stdout=subprocess.DEVNULL, **run
    )
    subprocess.run([sys.executable, "-m", "tests.bench.county", str(pairs), WORKER, SUPERVISOR], **run)
    about = machine() | {"database": f"PostgreSQL, {pairs:,} pairs"}
    with serving(environment) as base:
        requests = Desk(base, worker=WORKER, supervisor=SUPERVISOR).requests()
        figures = measure(requests, beside=bare(base))
    sys.stdout.write(told(figures, about) + "\n")
    write(file_of(pairs), figures, about)


def compare(small: int, large: int) -> None:
    """What the larger agency costs, page by page."""
    found = [
        {one["name"]: one for one in json.loads(file_of(pairs).read_text())["figures"]}
        for pairs in (small, large)
    ]
    sys.stdout.write(f"\n{'p50, ms':18} {small:>9,} {large:>9,} {'times':>6}\n")
    for name, one in found[0].items():
        times = found[1][name]["p50_ms"] / one["p50_ms"]
        verdict = "holds" if times <= MOST else "FALLS SHORT"
        sys.stdout.write(
            f"{name:18} {one['p50_ms']:9.2f} {found[1][name]['p50_ms']:9.2f} {times:6.2f}  {verdict}\n"
        )


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]]
    at(*sizes) if len(sizes) == 1 else compare(*sizes)


if __name__ == "__main__":
    main()
