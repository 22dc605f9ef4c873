"""Debian's khal as a real client of somebody's feed."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

CONFIG = """
[calendars]
[[mine]]
path = {folder}/mine
type = calendar
[sqlite]
path = {folder}/khal.db
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
default_timezone = America/Los_Angeles
local_timezone = America/Los_Angeles
"""


def client_in(folder: Path) -> Callable[[bytes, str], list[str]]:
    """What it holds in the 90 days from some day on, once it has read the feed anew."""
    (folder / "mine").mkdir()
    (folder / "config").write_text(CONFIG.format(folder=folder))
    here = {"HOME": str(folder), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "America/Los_Angeles"}

    def run(*words: str) -> str:
        command = ["khal", "-c", str(folder / "config"), *words]
        done = subprocess.run(command, env=here, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def holds(feed: bytes, since: str) -> list[str]:
        (folder / "feed.ics").write_bytes(feed)
        run("import", "--batch", "-a", "mine", str(folder / "feed.ics"))
        listed = run("list", "--day-format", "", "--format", "{start} {title} {status}", since, "90d")
        return [line.strip() for line in listed.splitlines() if line.strip()]

    return holds
