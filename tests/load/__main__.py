"""Makes the people, serves them by the server that people use, lets them be there, and says what it was like.

Run by `bin/load`, which gives it a PostgreSQL of its own.
"""

import base64
import json
import os
import secrets
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.server import ROOT, serving
from tests.bench.table import machine

MUST = {"p95 of a save, ms": 250, "p95 of the other’s words, ms": 3000, "errors": 0}
FILE = ROOT / "var" / "load.json"


def main() -> None:
    pairs, seconds = int(sys.argv[1]), int(sys.argv[2])
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "SOPCOACH_KEYS": base64.b64encode(os.urandom(32)).decode(),
        "SOPCOACH_DEMO": "1",
        "DEBUG": "0",
        "EMAIL_URL": "",
    }
    run = {"cwd": ROOT, "env": os.environ | environment, "check": True}
    with tempfile.TemporaryDirectory(prefix="sopcoach-load-") as place:
        people, found = Path(place) / "people.json", Path(place) / "found.json"
        for command in (
            ["manage.py", "prepare_demo", "--static"],
            ["-m", "tests.load.people", str(pairs), str(people)],
        ):
            subprocess.run([sys.executable, *command], stdout=subprocess.DEVNULL, **run)
        about = machine() | {"people": str(pairs * 2), "open sessions": str(pairs), "seconds": str(seconds)}
        with serving(environment) as base:
            run["env"] |= {"LOAD_BASE": base, "LOAD_PEOPLE": str(people), "LOAD_FOUND": str(found)}
            subprocess.run([sys.executable, "-m", "tests.load.run", str(pairs * 2), str(seconds)], **run)
            about["load after"] = machine()["load before"]
        tell(json.loads(found.read_text()), about)


def tell(found: dict, about: dict[str, str]) -> None:
    figures = {
        "p95 of a save, ms": p95(found["saves"]),
        "p95 of the other’s words, ms": p95(found["arrivals"]),
        "errors": sum(found["errors"].values()),
    }
    lines = [", ".join(f"{name} {value}" for name, value in about.items()), ""]
    lines.append(f"{'must show':34} {'found':>8} {'must':>8}")
    for name, must in MUST.items():
        verdict = "holds" if figures[name] <= must else "FALLS SHORT"
        lines.append(f"{name:34} {figures[name]:8.0f} {must:8}  {verdict}")
    lines.append("")
    for name in ("saves", "arrivals", "questions"):
        lines.append(
            f"{name:12} {len(found[name]):7,}  p50 {statistics.median(found[name]):7.0f} ms  most {max(found[name]):7.0f} ms"
        )
    lines += [f"{count:7,} × {what}" for what, count in found["errors"].items() if count]
    sys.stdout.write("\n".join(lines) + "\n")
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps({"about": about, "figures": figures, "must": MUST}, indent=1) + "\n")


def p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)] if times else float("inf")


if __name__ == "__main__":
    main()
